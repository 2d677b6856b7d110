#include "scenario/price_forms.hpp"

#include <cmath>

#include "dronewall/core/contracts.hpp"

namespace dronewall {

double mean_on_learning_curve(double first, double rate, std::uint64_t from, std::uint64_t to) {
  expects(0 < rate && rate <= 1 && 1 <= from && from <= to);
  const double exponent = std::log2(rate);
  double sum = 0;
  for (std::uint64_t n = to; n >= from; --n)
    sum += std::pow(static_cast<double>(n), exponent);  // the small first
  return first * sum / static_cast<double>(to - from + 1);
}

double present_value(double payment, double rate, std::uint64_t years) {
  expects(rate >= 0);
  const auto count = static_cast<double>(years);
  if (rate == 0) return payment * count;
  return payment * -std::expm1(-count * std::log1p(rate)) / rate;
}

}  // namespace dronewall
