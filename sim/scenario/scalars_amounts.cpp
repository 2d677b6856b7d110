#include "scenario/scalars_amounts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "dronewall/core/contracts.hpp"
#include "dronewall/core/utf8.hpp"
#include "dronewall/scenario/unit_behind.hpp"
#include "scenario/scalars.hpp"
#include "scenario/scalars_digits.hpp"
#include "scenario/scalars_units.hpp"

namespace dronewall {
namespace {

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_capital(c) || (c >= 'a' && c <= 'z'); }

/// The byte at which code point `column` (from 1) starts; npos past the end.
std::size_t byte_of_column(std::string_view line, std::int32_t column) {
  std::size_t at = 0;
  for (std::int32_t i = 1; i < column; ++i) {
    if (at >= line.size()) return line.npos;
    const auto point = code_point_at(line, at);
    at += point ? point->bytes : 1;
  }
  return at;
}

/// `$`, or three capital letters with no letter behind: how many characters of currency start the text.
std::size_t count_currency(std::string_view text) {
  if (text.starts_with('$')) return 1;
  const bool code = text.size() >= 3 && std::all_of(text.begin(), text.begin() + 3, is_capital);
  return code && (text.size() == 3 || !is_letter(text[3])) ? 3 : 0;
}

/// Behind a hint for what was written on the command line: there a shell has seen it first.
std::string shell_hint(Place place, const Problems& problems) {
  if (place.source < 0 || !problems.sources().is_change(place.source)) return "";
  return "; in single quotes, '$50k', or a shell takes $5 for its own";
}

/// The currency that an author meant where ours is not written, and the number it belongs to.
std::string money_hint(std::string_view part) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> signs{
      {{"€", "EUR"}, {"£", "GBP"}, {"US$", "USD"}}};
  for (const auto& [sign, code] : signs) {
    if (part.starts_with(sign)) return fmt::format("write {} {}", code, trimmed(part.substr(sign.size())));
    if (part.ends_with(sign))
      return fmt::format("write {} {}", code, trimmed(part.substr(0, part.size() - sign.size())));
  }
  const bool number = !part.empty() && part[0] >= '0' && part[0] <= '9';
  if (number && part.size() > 3 && count_currency(part.substr(part.size() - 3)) == 3)
    return fmt::format("write {} {}", part.substr(part.size() - 3), trimmed(part.substr(0, part.size() - 3)));
  if (number && part.ends_with('$'))
    return fmt::format("write ${}", trimmed(part.substr(0, part.size() - 1)));
  if (number &&
      find_unit(part.substr(std::min(part.find_first_not_of("0123456789.e+-"), part.size()))) == nullptr)
    return fmt::format("write ${} or EUR {}", part, part);
  return "for example $10k or EUR 3e9";
}

/// k, M, bn: thousands, millions, 10^9; 0 for anything else.
double scale_of(std::string_view suffix) {
  if (suffix.empty()) return 1;
  if (suffix == "k") return 1e3;
  if (suffix == "M") return 1e6;
  return suffix == "bn" ? 1e9 : 0;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\n'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\n'))
    text.remove_suffix(1);
  return text;
}

std::optional<UnitBehind> unit_behind(std::string_view text, std::string_view currency) {
  text = trimmed(text);
  if (!trimmed(currency).empty()) {
    const double scale = scale_of(text);
    if (!(scale > 0)) return std::nullopt;
    return UnitBehind{Dimension::money, scale, 1};
  }
  if (text.empty()) return UnitBehind{Dimension::fraction, 1, 1};
  const Unit* unit = find_unit(text);
  if (unit == nullptr || unit->dimension == Dimension::decibel) return std::nullopt;
  return UnitBehind{unit->dimension, unit->numerator, unit->denominator};
}

Place ScalarText::at(std::string_view part) const {
  expects(part.data() >= text_.data() && part.data() <= text_.data() + text_.size());
  if (first_.source < 0 || first_.line < 1) return first_;
  const std::string_view line = sources_->line(first_.source, first_.line);
  std::size_t start = byte_of_column(line, first_.column);
  if (start >= line.size()) return first_;
  const bool quoted = line[start] == '"' || line[start] == '\'';
  start += quoted ? 1 : 0;
  if (line.substr(start, text_.size()) != text_) return first_;
  const auto offset = static_cast<std::size_t>(part.data() - text_.data());
  Place place = first_;
  place.column += static_cast<std::int32_t>(count_code_points(text_, offset)) + (quoted ? 1 : 0);
  return place;
}

std::optional<double> Amounts::read(const ScalarText& text, std::string_view part, Dimension dimension) {
  part = trimmed(part);
  return dimension == Dimension::money ? read_money(text, part) : read_measure(text, part, dimension);
}

std::optional<double> Amounts::read_measure(const ScalarText& text, std::string_view part,
                                            Dimension dimension) {
  const char* needed = noun_of(dimension);
  const auto refuse = [&](std::string what, std::string hint = "") {
    problems_->error(text.at(part), std::move(what), std::move(hint));
    return std::nullopt;
  };
  if (const std::size_t letters = count_currency(part);
      letters > 0 && part.find_first_of("0123456789") != part.npos)
    return refuse(fmt::format("{} is an amount of money ({} is needed)", part, needed),
                  fmt::format("for example {}", example_of(dimension)));
  const auto digits = read_digits(text, part, needed, example_of(dimension), *problems_);
  if (!digits) return std::nullopt;
  if (digits->rest.empty()) {
    if (!may_be_bare(dimension))
      return refuse(fmt::format("{} has no unit ({} is needed)", digits->written, needed),
                    fmt::format("write {}", with_units(digits->written, dimension)));
    if (dimension == Dimension::count && digits->value != std::floor(digits->value))
      return refuse(fmt::format("{} is not a whole number (a count is needed)", digits->written));
    if (dimension == Dimension::count && digits->value < 0)
      return refuse(fmt::format("{} is negative (a count is 0 or more)", digits->written));
    return digits->value;
  }
  const Unit* unit = find_unit(digits->rest);
  if (!unit) {
    const std::string near = nearest_unit(digits->rest);
    return refuse(fmt::format("`{}` is no unit ({} is needed)", digits->rest, needed),
                  near.empty() ? fmt::format("for example {}", example_of(dimension))
                               : fmt::format("did you mean `{}`?", near));
  }
  if (unit->dimension != dimension)
    return refuse(fmt::format("{} is {} ({} is needed)", part, noun_of(unit->dimension), needed),
                  dimension == Dimension::none || dimension == Dimension::count
                      ? fmt::format("write {}", digits->written)
                      : fmt::format("for example {}", example_of(dimension)));
  const double value = unit->dimension == Dimension::decibel
                           ? std::pow(10.0, digits->value / 10)
                           : digits->value * unit->numerator / unit->denominator;
  if (!std::isfinite(value)) return refuse(fmt::format("{} is beyond what numbers can hold", part));
  return value;
}

std::optional<double> Amounts::read_money(const ScalarText& text, std::string_view part) {
  constexpr const char* needed = "an amount of money";
  const auto refuse = [&](std::string what, std::string hint = "") {
    problems_->error(text.at(part), std::move(what), std::move(hint));
    return std::nullopt;
  };
  const std::size_t letters = count_currency(part);
  if (part.starts_with('-') && count_currency(part.substr(1)) > 0)
    return refuse(fmt::format("{} is negative (an amount of money is 0 or more)", part));
  if (letters == 0)
    return refuse(part.empty() ? fmt::format("nothing stands here ({} is needed)", needed)
                               : fmt::format("`{}` has no currency ({} is needed)", part, needed),
                  money_hint(part) + shell_hint(text.at(part), *problems_));
  const std::string code = part[0] == '$' ? "USD" : std::string(part.substr(0, letters));
  const auto digits = read_digits(text, part.substr(letters), needed, "10k", *problems_);
  if (!digits) return std::nullopt;
  const double scale = scale_of(digits->rest);
  if (scale == 0)
    return refuse(fmt::format("`{}` is no multiple of money", digits->rest),
                  "write k, M or bn (10^3, 10^6, 10^9)");
  if (digits->value < 0) return refuse(fmt::format("{} is negative (an amount of money is 0 or more)", part));
  if (!currency_.empty() && currency_ != code)
    return refuse(fmt::format("{} stands beside {} (one value has one currency)", code, currency_));
  currency_ = code;
  const double value = digits->value * scale;
  if (!std::isfinite(value)) return refuse(fmt::format("{} is beyond what numbers can hold", part));
  return value;
}

}  // namespace dronewall
