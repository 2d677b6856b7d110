#include "study/run/limit_units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace dronewall {
namespace {

enum class Written { number, percent, money, time, length };

bool is_capital(char letter) { return 'A' <= letter && letter <= 'Z'; }

/// `$` or `EUR` at the front.
bool has_currency(const std::string& text) {
  return !text.empty() && (text.front() == '$' ||
                           (text.size() > 3 && std::all_of(text.begin(), text.begin() + 3, is_capital)));
}

/// Of a text that reads as a figure.
Written written_as(const std::string& text) {
  if (has_currency(text)) return Written::money;
  if (text.ends_with('%')) return Written::percent;
  const std::size_t digits = text.find_last_of("0123456789.");
  std::string letters = digits == std::string::npos ? "" : text.substr(digits + 1);
  letters.erase(0, std::min(letters.find_first_not_of(' '), letters.size()));
  if (letters.empty() || letters == "k" || letters == "M" || letters == "bn") return Written::number;
  for (const char* time : {"s", "ms", "min", "h", "d", "day", "days"})
    if (letters == time) return Written::time;
  return Written::length;
}

/// What a figure in this unit is, and how it is written.
struct Fitting {
  const char* is;
  const char* like;
};

/// nullopt where the writing fits the unit.
std::optional<Fitting> misfit(Written written, const std::string& unit) {
  if (unit == "fraction") {
    if (written == Written::number || written == Written::percent) return std::nullopt;
    return Fitting{"a share", "10%"};
  }
  if (unit == "s") {
    if (written == Written::time) return std::nullopt;
    return Fitting{"a time", "5 min"};
  }
  if (unit == "m") {
    if (written == Written::length) return std::nullopt;
    return Fitting{"a length", "12 km"};
  }
  if (unit.size() == 3 && std::all_of(unit.begin(), unit.end(), is_capital)) {
    if (written == Written::money) return std::nullopt;
    return Fitting{"money", "$2M"};
  }
  if (written == Written::number) return std::nullopt;
  return unit == "h" ? Fitting{"a number of hours", "3"} : Fitting{"a number", "3"};
}

/// `5%` of `P(leakers <= 5%)`.
std::string inside(const Requested& probability) {
  const std::string sign = fmt::format(" {} ", sign_of(probability.comparison));
  const std::size_t at = probability.name.find(sign) + sign.size();
  return probability.name.substr(at, probability.name.size() - at - 1);
}

UnitMistake mistake(const std::string& held, const std::string& unit, const std::string& figure) {
  const std::optional<Fitting> fitting = misfit(written_as(figure), unit);
  if (!fitting) return {};
  return {fmt::format("{} is held to {} ({} is {})", held, figure, held, fitting->is),
          fmt::format("write a limit such as {}", fitting->like)};
}

}  // namespace

UnitMistake unit_mistake(const Requested& held, const std::string& unit, const std::string& limit) {
  const std::size_t at = limit.find_first_not_of("<>= ");
  const std::string figure = at == std::string::npos ? "" : limit.substr(at);
  if (held.kind != Requested::Kind::probability) return mistake(held.measure, unit, figure);
  UnitMistake made = mistake(held.measure, unit, inside(held));
  return made.what.empty() ? mistake(held.name, "fraction", figure) : made;
}

UnitMistake unit_mistake(const ReplicationPlan::Precision& precision, const Requested& of,
                         const std::string& unit) {
  if (precision.is_relative || unit == "fraction" || of.kind == Requested::Kind::probability) return {};
  return {fmt::format("{:g} points are of a fraction, and {} is none", 100 * precision.half_width, of.name),
          "write precision: 1%, a share of the mean"};
}

}  // namespace dronewall
