#include "dronewall/stats/interval.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

#include "dronewall/core/contracts.hpp"

namespace dronewall {

const char* name_of(IntervalMethod method) {
  switch (method) {
    case IntervalMethod::undefined:
      return "undefined";
    case IntervalMethod::student_t:
      return "t";
    case IntervalMethod::delta:
      return "delta";
    case IntervalMethod::fieller:
      return "fieller";
    case IntervalMethod::bootstrap_t:
      return "bootstrap-t";
    case IntervalMethod::clopper_pearson:
      return "clopper-pearson";
    case IntervalMethod::order_statistic:
      return "order-statistic";
    case IntervalMethod::poisson:
      return "poisson";
  }
  contract_broken("the method has a name", __FILE__, __LINE__);
}

ConfidenceInterval::ConfidenceInterval()
    : ConfidenceInterval(std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN(),
                         IntervalMethod::undefined) {}

double student_t_quantile(double p, double degrees) {
  expects(0 < p && p < 1 && degrees >= 1);
  return boost::math::quantile(boost::math::students_t(degrees), p);
}

ConfidenceInterval mean_interval(double mean, double variance, std::uint64_t n, double confidence) {
  expects(0 < confidence && confidence < 1);
  if (n < 2 || !std::isfinite(mean) || !std::isfinite(variance)) return {};
  const double t = student_t_quantile((1 + confidence) / 2, static_cast<double>(n - 1));
  const double half_width = t * std::sqrt(variance / static_cast<double>(n));
  return {mean - half_width, mean + half_width, IntervalMethod::student_t};
}

ConfidenceInterval paired_interval(std::span<const double> first, std::span<const double> second,
                                   double confidence) {
  expects(first.size() == second.size());
  const std::size_t n = first.size();
  if (n < 2) return {};
  double sum = 0;
  for (std::size_t k = 0; k < n; ++k) sum += first[k] - second[k];
  const double mean = sum / static_cast<double>(n);
  double squares = 0;
  for (std::size_t k = 0; k < n; ++k) {
    const double deviation = first[k] - second[k] - mean;
    squares += deviation * deviation;
  }
  return mean_interval(mean, squares / static_cast<double>(n - 1), n, confidence);
}

}  // namespace dronewall
