#include "dronewall/study/factor_scale.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "dronewall/scenario/unit_behind.hpp"

namespace dronewall {

std::optional<WrittenNumber> written_number(const std::string& text) {
  const std::size_t begin = text.find_first_of("0123456789.-+");
  if (begin == std::string::npos) return std::nullopt;
  WrittenNumber number{text.substr(0, begin), 0, ""};
  const char* from = text.data() + begin + (text[begin] == '+' ? 1 : 0);
  const auto [end, error] = std::from_chars(from, text.data() + text.size(), number.value);
  if (error != std::errc{}) return std::nullopt;
  number.behind = end;
  const bool has_more = number.behind.find_first_of("0123456789.") != std::string::npos;
  // `5 m2` has a figure in its unit; `3 of 5` and `[1, 2]` are no numbers.
  const bool is_unit = number.behind.find_first_of(" \t,(){}[]", 1) == std::string::npos;
  if ((has_more && !is_unit) || number.before.find_first_of("([{,") != std::string::npos) return std::nullopt;
  return number;
}

FactorScale::FactorScale(const Factor& factor) : levels_(factor.levels) {
  if (factor.range) {
    is_number_ = true;
    is_whole_ = factor.range->whole;
    low_ = factor.range->low, high_ = factor.range->high;
    before_ = factor.range->before, behind_ = factor.range->behind;
    return;
  }
  is_list_ = true;
  is_number_ = !levels_.empty();
  std::vector<double> values;
  for (const std::string& level : levels_) {
    const std::optional<WrittenNumber> written = written_number(level);
    if (values.empty() && written) before_ = written->before, behind_ = written->behind;
    const std::optional<double> number = number_in(level);
    is_number_ = is_number_ && number;
    if (!is_number_) {
      before_.clear(), behind_.clear();
      return;
    }
    is_mixed_ = is_mixed_ || written->behind != behind_;
    values.push_back(*number);
  }
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  low_ = *least, high_ = *most;
  is_whole_ = factor.whole_levels;
}

std::optional<double> FactorScale::number_in(const std::string& text) const {
  const std::optional<WrittenNumber> number = written_number(text);
  if (!number || number->before != before_) return std::nullopt;
  if (number->behind == behind_) return number->value;
  const auto from = unit_behind(number->behind, before_), to = unit_behind(behind_, before_);
  if (!from || !to || from->dimension != to->dimension) return std::nullopt;
  return number->value * (from->numerator * to->denominator) / (from->denominator * to->numerator);
}

std::optional<double> FactorScale::unit_of(const std::string& text) const {
  if (!is_number_) {
    const auto found = std::find(levels_.begin(), levels_.end(), text);
    if (found == levels_.end()) return std::nullopt;
    const auto last = static_cast<double>(std::max<std::size_t>(levels_.size() - 1, 1));
    return static_cast<double>(found - levels_.begin()) / last;
  }
  const std::optional<double> number = number_in(text);
  if (!number) return std::nullopt;
  const double unit = high_ > low_ ? (*number - low_) / (high_ - low_) : 0;
  if (!(unit >= -1e-9 && unit <= 1 + 1e-9)) return std::nullopt;
  return std::clamp(unit, 0.0, 1.0);
}

std::string FactorScale::text(double unit) const {
  if (!is_number_) {
    const double at = unit * static_cast<double>(levels_.size() - 1);
    return levels_.at(static_cast<std::size_t>(std::lround(at)));
  }
  if (is_mixed_)
    for (const std::string& level : levels_)
      if (std::abs(unit_of(level).value_or(-1) - unit) < 1e-9) return level;
  const double value = low_ + unit * (high_ - low_);
  // Digits that the width of the range deserves.
  const double width = std::max(high_ - low_, 1e-300);
  const int decimals = std::clamp(2 - static_cast<int>(std::floor(std::log10(width))), 0, 12);
  std::string digits = fmt::format("{:.{}f}", value, decimals);
  if (digits.find('.') != std::string::npos) {
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
  }
  return before_ + digits + behind_;
}

std::string FactorScale::part(double low, double high) const {
  if (is_number_ && !is_mixed_) {
    const std::string from = text_at_least(low), to = text_at_most(high);
    if (low <= 0) return "up to " + to;
    if (high >= 1) return "from " + from + " on";
    return from == to ? "= " + from : "from " + from + " to " + to;
  }
  std::string held;
  for (const std::string& level : levels_)
    if (const double unit = unit_of(level).value_or(-1); low <= unit && unit <= high)
      held += (held.empty() ? "= " : " or ") + level;
  return held;
}

std::string FactorScale::unit() const {
  const std::size_t begin = behind_.find_first_not_of(' ');
  return before_ + (begin == std::string::npos ? "" : behind_.substr(begin));
}

std::string FactorScale::range() const {
  if (!is_number_) return levels_.front() + " … " + levels_.back();
  return text(0) + " … " + text(1);
}

std::string FactorScale::place_text(double unit) const {
  const double at = value(unit);
  if (!is_whole_ || std::abs(at - std::round(at)) < 1e-9) return text(unit);
  return fmt::format("between {}{:.0f} and {:.0f}{}", before_, std::floor(at), std::ceil(at), behind_);
}

std::string FactorScale::text_at_most(double unit) const { return text_beside(unit, Side::below); }

std::string FactorScale::text_at_least(double unit) const { return text_beside(unit, Side::above); }

std::string FactorScale::text_beside(double unit, Side side) const {
  const bool is_below = side == Side::below;
  if (is_whole_ && !is_list_) {
    const double at = value(unit);
    return fmt::format("{}{:.0f}{}", before_, is_below ? std::floor(at + 1e-9) : std::ceil(at - 1e-9),
                       behind_);
  }
  if (!is_list_) return text(unit);
  const std::string* nearest = nullptr;
  double least = 2;
  for (const std::string& level : levels_) {
    const double beyond = is_below ? unit - *unit_of(level) : *unit_of(level) - unit;
    if (beyond >= -1e-9 && beyond < least) least = beyond, nearest = &level;
  }
  return nearest == nullptr ? text(unit) : *nearest;
}

}  // namespace dronewall
