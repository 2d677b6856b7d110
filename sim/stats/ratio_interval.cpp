#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "dronewall/core/contracts.hpp"
#include "dronewall/stats/interval.hpp"

namespace dronewall {
namespace {

double t_for(double confidence, std::uint64_t n) {
  expects(0 < confidence && confidence < 1);
  return student_t_quantile((1 + confidence) / 2, static_cast<double>(n - 1));
}

double sum_of(std::span<const double> values) { return std::accumulate(values.begin(), values.end(), 0.0); }

}  // namespace

double RatioMoments::ratio() const {
  if (denominator_mean == 0) return std::numeric_limits<double>::quiet_NaN();
  return numerator_mean / denominator_mean;
}

double RatioMoments::standard_error() const {
  const double r = ratio();
  const double residual_variance = numerator_variance - 2 * r * covariance + r * r * denominator_variance;
  // Rounding takes the variance of an (almost) constant ratio below 0; NaN stays NaN this way round.
  const double variance = residual_variance < 0 ? 0.0 : residual_variance;
  return std::sqrt(variance / static_cast<double>(n)) / std::abs(denominator_mean);
}

double RatioMoments::bias() const {
  const double slope = ratio() * denominator_variance - covariance;
  return slope / (static_cast<double>(n) * denominator_mean * denominator_mean);
}

RatioMoments ratio_moments(const Moments& moments, Terms numerator, double numerator_constant,
                           Terms denominator, double denominator_constant) {
  return {.n = moments.count(),
          .numerator_mean = moments.form_mean(numerator, numerator_constant),
          .denominator_mean = moments.form_mean(denominator, denominator_constant),
          .numerator_variance = moments.form_variance(numerator),
          .denominator_variance = moments.form_variance(denominator),
          .covariance = moments.form_covariance(numerator, denominator)};
}

ConfidenceInterval delta_interval(const RatioMoments& moments, double confidence) {
  if (moments.n < 2) return {};
  const double ratio = moments.ratio();
  const double half_width = t_for(confidence, moments.n) * moments.standard_error();
  if (!std::isfinite(ratio) || !std::isfinite(half_width)) return {};
  return {ratio - half_width, ratio + half_width, IntervalMethod::delta};
}

ConfidenceInterval fieller_interval(const RatioMoments& moments, double confidence) {
  if (moments.n < 2) return {};
  const double t = t_for(confidence, moments.n);
  const double scale = t * t / static_cast<double>(moments.n);
  const double x = moments.denominator_mean;
  const double y = moments.numerator_mean;
  // (y − ρ x)² <= scale (s_yy − 2 ρ s_xy + ρ² s_xx), written as a ρ² − 2 b ρ + c <= 0.
  const double a = x * x - scale * moments.denominator_variance;
  const double b = x * y - scale * moments.covariance;
  const double c = y * y - scale * moments.numerator_variance;
  if (!(a > 0)) return {};
  const double root = std::sqrt(std::max(b * b - a * c, 0.0));
  return {(b - root) / a, (b + root) / a, IntervalMethod::fieller};
}

ConfidenceInterval ratio_interval(const RatioMoments& moments, std::span<const double> numerators,
                                  std::span<const double> denominators, double confidence,
                                  const BootstrapOptions& options) {
  if (moments.n <= bootstrap_up_to && numerators.size() >= bootstrap_from_batches)
    return bootstrap_t_interval(numerators, denominators, confidence, options);
  return delta_interval(moments, confidence);
}

ConfidenceInterval linearised_interval(const LinearisedValue& linearised, double confidence,
                                       const BootstrapOptions& options) {
  if (linearised.n < 2 || !std::isfinite(linearised.value)) return {};
  const std::span<const double> batches = linearised.batch_residuals;
  ConfidenceInterval around;
  if (linearised.n <= bootstrap_up_to && batches.size() >= bootstrap_from_batches) {
    const std::vector<double> sizes(batches.size(), linearised.batch_size);
    around = bootstrap_t_interval(batches, sizes, confidence, options);
  } else {
    around = mean_interval(0, linearised.residual_variance, linearised.n, confidence);
    around.method = IntervalMethod::delta;
  }
  return {linearised.value + around.low, linearised.value + around.high, around.method};
}

ConfidenceInterval paired_ratio_interval(RatioRows first, RatioRows second, double confidence) {
  const std::size_t n = first.numerators.size();
  expects(first.denominators.size() == n);
  expects(second.numerators.size() == n && second.denominators.size() == n);
  const double first_sum = sum_of(first.denominators);
  const double second_sum = sum_of(second.denominators);
  if (n < 2 || first_sum == 0 || second_sum == 0) return {};
  const double first_ratio = sum_of(first.numerators) / first_sum;
  const double second_ratio = sum_of(second.numerators) / second_sum;
  const auto count = static_cast<double>(n);
  double squares = 0;  // The residuals of either variant sum to 0, so they need no centring.
  for (std::size_t k = 0; k < n; ++k) {
    const double residual =
        (first.numerators[k] - first_ratio * first.denominators[k]) / (first_sum / count) -
        (second.numerators[k] - second_ratio * second.denominators[k]) / (second_sum / count);
    squares += residual * residual;
  }
  const double half_width = t_for(confidence, n) * std::sqrt(squares / (count - 1) / count);
  const double difference = first_ratio - second_ratio;
  return {difference - half_width, difference + half_width, IntervalMethod::delta};
}

}  // namespace dronewall
