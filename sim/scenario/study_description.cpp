// What the structs of a study compute.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "dronewall/core/contracts.hpp"
#include "dronewall/scenario/study.hpp"

namespace dronewall {
namespace {

/// A number without exponent, with as many decimals as tell 10⁻⁸ of `width` apart.
std::string plain(double value, double width) {
  const int decimals = std::clamp(static_cast<int>(std::ceil(8 - std::log10(width))), 0, 30);
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (decimals > 0) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

std::string number_text(const FactorRange& range, double unit) {
  expects(unit >= 0 && unit <= 1);
  if (!range.whole) return plain(range.low + unit * (range.high - range.low), range.high - range.low);
  const double values = range.high - range.low + 1;
  return fmt::format("{:.0f}", range.low + std::min(std::floor(unit * values), values - 1));
}

}  // namespace

std::string FactorRange::text(double unit) const { return before + number_text(*this, unit) + behind; }

double FactorRange::number(double unit) const {
  const std::string text = number_text(*this, unit);
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::vector<std::size_t> StudyDescription::varied() const {
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < factors.size(); ++i)
    if (factors[i].role != Factor::Role::attacker) numbers.push_back(i);
  return numbers;
}

const Factor* StudyDescription::find(const std::string& path) const {
  const auto found =
      std::find_if(factors.begin(), factors.end(), [&](const Factor& factor) { return factor.path == path; });
  return found == factors.end() ? nullptr : &*found;
}

}  // namespace dronewall
