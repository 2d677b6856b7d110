// Quantile functions of standardised distributions; p and u lie in (0, 1).
#pragma once
#include <vector>

namespace dronewall {

/// Standard normal: z with P(Z <= z) = p, relative error below 1e-15.
/// Source: Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics
/// 37(3), 1988, routine PPND16.
[[nodiscard]] double normal_quantile(double p);

/// Beta on [0, 1] with a, b > 0, and gamma with shape > 0 and scale 1, through Boost.Math. The probability of
/// the nearer tail is cut to 37 bits first, so that neighbouring results lie further apart than the solver's
/// last digits and the quantile never falls as p grows. Relative error in that probability: below 1e-11.
[[nodiscard]] double beta_quantile(double a, double b, double p);
[[nodiscard]] double gamma_quantile(double shape, double p);
/// Without the cut, by tails: lower gives x with P(X <= x) = p, upper x with P(X > x) = q, and rest 1 − x.
[[nodiscard]] double beta_lower(double a, double b, double p);
[[nodiscard]] double beta_upper(double a, double b, double q);
[[nodiscard]] double beta_rest(double a, double b, double q);
[[nodiscard]] double gamma_lower(double shape, double p);
[[nodiscard]] double gamma_upper(double shape, double q);
/// A tail probability without the last 16 bits of its fraction.
[[nodiscard]] double cut_tail(double tail);

/// Cumulated probabilities of 0, 1, … of a Poisson count, up to 1; 0 < mean <= 500.
[[nodiscard]] std::vector<double> poisson_cumulated(double mean);
/// The least k with P(N <= k) >= u for a Poisson count N of large mean, 500 <= mean <= 1e15:
///     floor(mean + sqrt(mean) z + (1/3 + z^2/6) - (z/36 + z^3/72) / sqrt(mean) + (-8/405 + 7 z^2/810 +
///     z^4/270) / mean)
/// with z the normal quantile of u. Every probability is met within 2e-8 at 500, falling as mean^-1.5.
/// Source: Giles, "Algorithm 955: approximation of the inverse Poisson cumulative distribution function", ACM
/// Transactions on Mathematical Software 42(1), 2016; the error was measured against 40 digits.
[[nodiscard]] double large_poisson_quantile(double mean, double u);

}  // namespace dronewall
