#include "dronewall/study/requested.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>

#include "dronewall/core/contracts.hpp"

namespace dronewall {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// The finite number at the front of `text`, which is taken off it.
std::optional<double> take_number(std::string_view& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || !std::isfinite(value)) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

bool is_currency(std::string_view text) {
  return text.size() >= 3 && std::isupper(static_cast<unsigned char>(text[0])) &&
         std::isupper(static_cast<unsigned char>(text[1])) &&
         std::isupper(static_cast<unsigned char>(text[2]));
}

}  // namespace

std::optional<WrittenValue> parse_written(std::string_view text) {
  WrittenValue written;
  text = trimmed(text);
  if (!text.empty() && text.front() == '$') {
    written.currency = "USD";
    text.remove_prefix(1);
  } else if (is_currency(text)) {
    written.currency = text.substr(0, 3);
    text.remove_prefix(3);
  }
  text = trimmed(text);
  const std::optional<double> number = take_number(text);
  if (!number) return std::nullopt;
  text = trimmed(text);
  constexpr std::array<std::pair<std::string_view, double>, 4> factors = {
      {{"", 1}, {"k", 1e3}, {"M", 1e6}, {"bn", 1e9}}};
  for (const auto& [letters, factor] : factors)
    if (text == letters) {
      written.value = *number * factor;
      return written;
    }
  if (text != "%" || !written.currency.empty()) return std::nullopt;
  written.value = *number / 100;
  return written;
}

std::optional<double> parse_value(std::string_view text) {
  const std::optional<WrittenValue> written = parse_written(text);
  if (!written) return std::nullopt;
  return written->value;
}

std::optional<double> money_in(const WrittenValue& written, const PriceBook& book, std::string& why) {
  if (written.currency.empty()) {
    why = fmt::format("it is money and has no currency (write {}100k)",
                      book.currency == "USD" ? "$" : book.currency + " ");
    return std::nullopt;
  }
  if (written.currency == book.currency) return written.value;
  if (const auto rate = book.rates.find(written.currency); rate != book.rates.end())
    return written.value * rate->second;
  why =
      fmt::format("{0} has no rate (the report is in {1}; add rates: {{{0}: 1.10}} to a book, or write {1})",
                  written.currency, book.currency);
  return std::nullopt;
}

std::string settle_value(WrittenValue& written, const std::string& unit, const PriceBook& book) {
  std::string why;
  if (unit != book.currency)
    return written.currency.empty() ? "" : "the measure is no money (write 2 or 10%)";
  const std::optional<double> money = money_in(written, book, why);
  if (!money) return why;
  written = {*money, book.currency};
  return "";
}

std::string settle_bound(Requested& requested, const std::string& unit, const PriceBook& book) {
  if (requested.kind != Requested::Kind::probability) return "";
  WrittenValue written{requested.bound, requested.currency};
  const std::string why = settle_value(written, unit, book);
  if (!why.empty()) return fmt::format("{}: {}", requested.name, why);
  requested.bound = written.value;
  requested.currency = written.currency;
  return "";
}

namespace {

struct Sign {
  const char* text;
  Comparison comparison;
};
// The longer signs first: `<=` begins with `<`.
constexpr std::array<Sign, 5> signs = {Sign{"<=", Comparison::at_most}, Sign{">=", Comparison::at_least},
                                       Sign{"<", Comparison::less}, Sign{">", Comparison::more},
                                       Sign{"=", Comparison::equal}};

std::optional<Requested> parse_probability(std::string_view inside, std::string& why) {
  for (const Sign& sign : signs) {
    const std::size_t at = inside.find(sign.text);
    if (at == std::string_view::npos) continue;
    const std::string_view bound = trimmed(inside.substr(at + std::string_view(sign.text).size()));
    const std::optional<WrittenValue> value = parse_written(bound);
    if (!value) {
      why = fmt::format("`{}` is no number to compare with (write 2, 10%, $2M or EUR 3bn)", bound);
      return std::nullopt;
    }
    Requested requested{Requested::Kind::probability,
                        "",
                        std::string(trimmed(inside.substr(0, at))),
                        sign.comparison,
                        value->value,
                        value->currency};
    requested.name = fmt::format("P({} {} {})", requested.measure, sign.text, bound);
    return requested;
  }
  why = "a probability needs a comparison: `P(leakers <= 2)`";
  return std::nullopt;
}

std::optional<Requested> parse_quantile(std::string_view percent, std::string_view inside, std::string& why) {
  std::string_view rest = percent;
  const std::optional<double> level = take_number(rest);
  if (!level || !rest.empty() || !(*level > 0 && *level < 100)) {
    why = fmt::format("q{} is no quantile (write a number between 0 and 100, such as q95)", percent);
    return std::nullopt;
  }
  Requested requested{Requested::Kind::quantile, "", std::string(trimmed(inside))};
  requested.level = *level / 100;
  requested.name = fmt::format("q{}({})", percent, requested.measure);
  return requested;
}

}  // namespace

std::optional<Requested> parse_requested(std::string_view text, std::string& why) {
  text = trimmed(text);
  const std::size_t open = text.find('(');
  std::optional<Requested> requested;
  if (open == std::string_view::npos) {
    requested = Requested{Requested::Kind::plain, std::string(text), std::string(text)};
  } else if (text.back() != ')') {
    why = fmt::format("`{}` has no closing parenthesis", text);
    return std::nullopt;
  } else {
    const std::string_view head = trimmed(text.substr(0, open));
    const std::string_view inside = text.substr(open + 1, text.size() - open - 2);
    if (head == "P") {
      requested = parse_probability(inside, why);
    } else if (head.size() > 1 && head.front() == 'q') {
      requested = parse_quantile(head.substr(1), inside, why);
    } else {
      why = fmt::format("`{}` is neither a measure nor `P(…)` nor `q95(…)`", text);
    }
  }
  if (requested &&
      (requested->measure.empty() || requested->measure.find_first_of("() ") != std::string::npos)) {
    why = fmt::format("`{}` is no name of a measure", requested->measure);
    return std::nullopt;
  }
  return requested;
}

const char* sign_of(Comparison comparison) {
  return std::find_if(signs.begin(), signs.end(),
                      [&](const Sign& sign) { return sign.comparison == comparison; })
      ->text;
}

namespace {

std::string why_no_share(const std::string& name, double bound) {
  if (0 <= bound && bound <= 1) return "";
  return fmt::format("{} is a share, and {:g} is none: it lies between 0 and 100%{}", name, bound,
                     bound > 1 && bound <= 100 ? fmt::format(" (write {:g}%)", bound) : "");
}

}  // namespace

std::string why_no_limit(const Requested& left, const std::string& unit, double bound) {
  const bool is_share = unit == "fraction";
  if (left.kind == Requested::Kind::probability) {
    const std::string why = is_share ? why_no_share(left.measure, left.bound) : "";
    return why.empty() ? why_no_share(left.name, bound) : why;
  }
  return is_share ? why_no_share(left.name, bound) : "";
}

std::string why_no_money(const Requested& left, const std::string& limit, const std::string& unit,
                         const PriceBook& book) {
  if (Requested bounded = left; left.kind == Requested::Kind::probability)
    return settle_bound(bounded, unit, book);
  std::optional<WrittenValue> written = parse_written(limit);
  if (!written) return "";  // A length or a time: the reader has taken it.
  const std::string why = settle_value(*written, unit, book);
  return why.empty() ? "" : fmt::format("{}{}: {}", left.name, limit, why);
}

bool is_of_money(const std::string& measure) {
  return measure.starts_with("cost") || measure.starts_with("attacker-cost") ||
         measure.starts_with("break-even");
}

bool meets(const Requested& requested, double value) {
  switch (requested.comparison) {
    case Comparison::less:
      return value < requested.bound;
    case Comparison::at_most:
      return value <= requested.bound;
    case Comparison::equal:
      return value == requested.bound;
    case Comparison::at_least:
      return value >= requested.bound;
    case Comparison::more:
      return value > requested.bound;
  }
  expects(false);
}

}  // namespace dronewall
