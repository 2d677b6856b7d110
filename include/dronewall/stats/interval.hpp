// Confidence intervals: of means, ratios of means, probabilities, quantiles and paired differences.
//
// `confidence` is the wanted coverage, in (0, 1), usually 0.95; all intervals are two-sided with equal tails.
// What cannot be said (too few values, a denominator that may be zero) is an undefined interval, never a 0.
#pragma once
#include <cstdint>
#include <span>

#include "dronewall/stats/histogram.hpp"
#include "dronewall/stats/moments.hpp"

namespace dronewall {

enum class IntervalMethod {
  undefined,
  student_t,
  delta,
  fieller,
  bootstrap_t,
  clopper_pearson,
  order_statistic,
  poisson
};
/// `t`, `delta`, `fieller`, `bootstrap-t`, `clopper-pearson`, `order-statistic`, `poisson`; `undefined`.
[[nodiscard]] const char* name_of(IntervalMethod method);

/// A range that holds the true value with the wanted confidence. NaN bounds when undefined; an infinite bound
/// means that the sample is too small to bound that side.
struct ConfidenceInterval {
  double low;
  double high;
  IntervalMethod method;

  ConfidenceInterval();  ///< undefined
  ConfidenceInterval(double low_bound, double high_bound, IntervalMethod used)
      : low(low_bound), high(high_bound), method(used) {}

  [[nodiscard]] bool is_defined() const { return method != IntervalMethod::undefined; }
  /// Half of the length; NaN when undefined.
  [[nodiscard]] double half_width() const { return (high - low) / 2; }
  [[nodiscard]] bool contains(double value) const { return low <= value && value <= high; }
};

/// Student's t quantile: P(T <= t) = p with `degrees` >= 1 of freedom, p in (0, 1).
[[nodiscard]] double student_t_quantile(double p, double degrees);

/// Mean ± t(n − 1) × sqrt(variance / n). Undefined for n < 2. For skewed data and small n it covers less than
/// it says: geometric(0.6), n = 20, covers 91.0% at 95% (case R04).
[[nodiscard]] ConfidenceInterval mean_interval(double mean, double variance, std::uint64_t n,
                                               double confidence);

/// t interval of the mean of first[k] − second[k]: replications on common random numbers, same length.
[[nodiscard]] ConfidenceInterval paired_interval(std::span<const double> first,
                                                 std::span<const double> second, double confidence);

// ---- Ratios of means
// ------------------------------------------------------------------------------------------

/// What the textbook intervals of a ratio need: means and unbiased (co)variances per replication.
struct RatioMoments {
  std::uint64_t n = 0;
  double numerator_mean = 0;
  double denominator_mean = 0;
  double numerator_variance = 0;
  double denominator_variance = 0;
  double covariance = 0;

  /// R = mean y / mean x; NaN when mean x is 0.
  [[nodiscard]] double ratio() const;
  /// Delta method: sqrt((s_yy − 2 R s_xy + R² s_xx) / n) / |mean x|.
  [[nodiscard]] double standard_error() const;
  /// First-order bias of R: (R s_xx − s_xy) / (n mean x²). Check value (case C04): y = 10, x in {1, 3}, n =
  /// 5: 0.25.
  [[nodiscard]] double bias() const;
};

/// The moments of numerator / denominator, both linear forms of tracked columns.
[[nodiscard]] RatioMoments ratio_moments(const Moments& moments, Terms numerator, double numerator_constant,
                                         Terms denominator, double denominator_constant);

/// R ± t(n − 1) × standard error. Undefined for n < 2 or a zero denominator.
[[nodiscard]] ConfidenceInterval delta_interval(const RatioMoments& moments, double confidence);

/// Fieller: all ρ that a t test of mean(y − ρ x) = 0 does not reject. Undefined where that set is no
/// interval: the denominator cannot be told from zero. Source: Fieller, J. R. Stat. Soc. B 16 (1954) 175.
[[nodiscard]] ConfidenceInterval fieller_interval(const RatioMoments& moments, double confidence);

/// How a bootstrap resamples: same seed, same bytes.
struct BootstrapOptions {
  std::uint64_t seed = 0;
  std::uint32_t resamples = 2'000;
};

/// Bootstrap-t (studentised) interval of Σ numerator / Σ denominator over m equal batches (or single
/// replications): the quantiles of (R* − R) / se* over resamples of batches take the place of Student's t, so
/// that the interval follows the skewness that rare, costly losses give. A mean is a ratio whose denominators
/// are 1. Undefined for m < 2 or a zero denominator. A resample that misses the few batches which differ has
/// no spread; it counts as the exact Poisson bound of so few (Garwood 1936). A bound is infinite when more
/// than a tail of the resamples has no ratio. Source: Efron and Tibshirani, "An Introduction to the
/// Bootstrap" (1993), section 12.5.
[[nodiscard]] ConfidenceInterval bootstrap_t_interval(std::span<const double> numerators,
                                                      std::span<const double> denominators, double confidence,
                                                      const BootstrapOptions& options);

/// The rule that chooses for a ratio: up to `bootstrap_up_to` replications bootstrap-t on the batches given,
/// where there are at least `bootstrap_from_batches`; else delta. Batches may be empty: then delta.
///
/// The limit is measured, on the raid of tests/stats/raid.hpp (1 replication in 50 has a loss, lognormal with
/// sigma 1; 95% wanted, 1,000 experiments each; from n = 1,000 on bootstrap-t has 500 batches or fewer):
///
///     n               50    100    200    500  1,000  2,000  4,000  8,000
///     delta         0.52   0.66   0.75   0.84   0.86   0.90   0.93   0.93
///     bootstrap-t   0.59   0.79   0.92   0.94   0.94   0.94   0.95   0.95
///
/// No interval can do much at n = 50, where 36% of the samples hold no loss at all.
inline constexpr std::uint64_t bootstrap_up_to = 10'000;
inline constexpr std::uint64_t bootstrap_from_batches = 20;
[[nodiscard]] ConfidenceInterval ratio_interval(const RatioMoments& moments,
                                                std::span<const double> numerators,
                                                std::span<const double> denominators, double confidence,
                                                const BootstrapOptions& options);

/// Numerators and denominators of one variant, per replication or per equal batch.
struct RatioRows {
  std::span<const double> numerators;
  std::span<const double> denominators;
};
/// Ratio of the first variant minus ratio of the second on common random numbers (row k of both shares its
/// luck): delta method on the paired residuals (y − R x) / mean x. Undefined for fewer than two rows or a
/// zero denominator.
[[nodiscard]] ConfidenceInterval paired_ratio_interval(RatioRows first, RatioRows second, double confidence);

/// A smooth function of means, such as the difference of two ratios on common random numbers, near its
/// sample: value + mean of the residuals, which are linear in the replication and have mean 0 in the sample.
struct LinearisedValue {
  double value = 0;
  double residual_variance = 0;  ///< unbiased, per replication
  std::uint64_t n = 0;
  std::span<const double> batch_residuals;  ///< sums over equal batches of replications; may be empty
  double batch_size = 1;
};
/// By the rule of ratio_interval(): bootstrap-t on the batches up to `bootstrap_up_to` replications where
/// there are enough of them, else delta. Undefined for n < 2.
[[nodiscard]] ConfidenceInterval linearised_interval(const LinearisedValue& linearised, double confidence,
                                                     const BootstrapOptions& options);

// ---- Probabilities and quantiles
// ------------------------------------------------------------------------------

/// Clopper–Pearson: exact, covers at least `confidence` for every true probability. Undefined for n = 0.
/// Source: Clopper and Pearson, Biometrika 26 (1934) 404.
[[nodiscard]] ConfidenceInterval probability_interval(std::uint64_t successes, std::uint64_t n,
                                                      double confidence);

/// The order statistics (ranks from 1) that bound quantile p of n independent values: rank 0 is −infinity and
/// rank n + 1 is +infinity, for samples too small to bound that side. Binomial tails, at least the wanted
/// coverage.
struct RankInterval {
  std::uint64_t low;
  std::uint64_t high;
};
[[nodiscard]] RankInterval quantile_ranks(double p, std::uint64_t n, double confidence);

/// Order-statistic interval of quantile p, free of any distribution: of an ascending sample (unsorted is a
/// caller's bug) or of a histogram. Undefined when empty. 0 < p < 1.
[[nodiscard]] ConfidenceInterval quantile_interval(std::span<const double> ascending, double p,
                                                   double confidence);
[[nodiscard]] ConfidenceInterval quantile_interval(const Histogram& histogram, double p, double confidence);

}  // namespace dronewall
