// Means, ratios and paired differences of observations.
#include <cmath>
#include <limits>
#include <numeric>

#include "dronewall/core/contracts.hpp"
#include "dronewall/stats/selection.hpp"

namespace dronewall {
namespace {

double mean_of(const std::vector<double>& values, std::uint64_t n) {
  return std::accumulate(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(n), 0.0) /
         static_cast<double>(n);
}

/// The first n observations of a figure, each as its distance from the figure's value.
class Residuals {
 public:
  Residuals(const Observations& observations, std::uint64_t n)
      : observations_(observations),
        value_(observations.value(n)),
        below_(observations.denominators.empty() ? 1 : mean_of(observations.denominators, n)) {}

  double operator()(std::uint64_t k) const {
    if (observations_.denominators.empty()) return observations_.numerators[k] - value_;
    return (observations_.numerators[k] - value_ * observations_.denominators[k]) / below_;
  }

 private:
  const Observations& observations_;
  double value_;
  double below_;
};

}  // namespace

double Observations::value(std::uint64_t n) const {
  expects(n <= count() && (denominators.empty() || denominators.size() == numerators.size()));
  if (n == 0) return std::numeric_limits<double>::quiet_NaN();
  if (denominators.empty()) return mean_of(numerators, n);
  const double below = mean_of(denominators, n);
  return below == 0 ? std::numeric_limits<double>::quiet_NaN() : mean_of(numerators, n) / below;
}

double Observations::variance(std::uint64_t n) const {
  expects(n >= 2);
  const Residuals residuals(*this, n);
  double squares = 0;
  for (std::uint64_t k = 0; k < n; ++k) squares += residuals(k) * residuals(k);
  return squares / static_cast<double>(n - 1);
}

MeanDifference paired_difference(const Observations& first, const Observations& second, std::uint64_t n) {
  expects(n >= 2);
  const Residuals of_first(first, n), of_second(second, n);
  double squares = 0;
  for (std::uint64_t k = 0; k < n; ++k) {
    const double apart = of_first(k) - of_second(k);
    squares += apart * apart;
  }
  const auto size = static_cast<double>(n);
  return {first.value(n) - second.value(n), std::sqrt(squares / (size - 1) / size), n};
}

}  // namespace dronewall
