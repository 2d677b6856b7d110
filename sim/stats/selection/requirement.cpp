#include "dronewall/stats/requirement.hpp"

#include <cmath>

#include "dronewall/core/contracts.hpp"
#include "dronewall/stats/interval.hpp"

namespace dronewall {
namespace {

/// The sample with one more observation.
ExcessSample with_one_more(const ExcessSample& sample, double value) {
  const auto n = static_cast<double>(sample.n);
  ExcessSample more = sample;
  const double away = value - sample.mean;
  more.n = sample.n + 1;
  more.mean = sample.mean + away / (n + 1);
  more.variance = ((n - 1) * sample.variance + away * away * n / (n + 1)) / n;
  return more;
}

/// The t bound of the mean on the side of `sign`.
double bound_of(const ExcessSample& sample, double alpha, double sign) {
  const auto n = static_cast<double>(sample.n);
  return sample.mean + sign * student_t_quantile(1 - alpha, n - 1) * std::sqrt(sample.variance / n);
}

}  // namespace

const char* name_of(LimitVerdict verdict) {
  switch (verdict) {
    case LimitVerdict::open:
      return "open";
    case LimitVerdict::met:
      return "met";
    case LimitVerdict::broken:
      break;
  }
  return "broken";
}

LimitVerdict judge_excess(const ExcessSample& sample, double alpha) {
  expects(sample.n >= 2 && sample.variance >= 0 && 0 < alpha && alpha < 0.5);
  const ExcessSample above = sample.greatest ? with_one_more(sample, *sample.greatest) : sample;
  if (bound_of(above, alpha, 1) <= 0) return LimitVerdict::met;
  const ExcessSample below = sample.least ? with_one_more(sample, *sample.least) : sample;
  if (bound_of(below, alpha, -1) > 0) return LimitVerdict::broken;
  return LimitVerdict::open;
}

LimitVerdict judge_probability(std::uint64_t successes, std::uint64_t n, Limit side, double limit,
                               double alpha) {
  expects(n >= 1 && successes <= n && 0 < alpha && alpha < 0.5);
  const ConfidenceInterval interval = probability_interval(successes, n, 1 - 2 * alpha);
  const bool at_least = side == Limit::at_least;
  if (at_least ? interval.low >= limit : interval.high <= limit) return LimitVerdict::met;
  if (at_least ? interval.high < limit : interval.low > limit) return LimitVerdict::broken;
  return LimitVerdict::open;
}

}  // namespace dronewall
