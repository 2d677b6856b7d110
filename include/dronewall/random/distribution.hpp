// Distributions by inversion, so that common random numbers stay monotone. Our own: the standard library's differ
// between compilers.
#pragma once
#include <memory>
#include <vector>

#include "dronewall/random/draws.hpp"

namespace dronewall {

/// Natural logarithm and exponential for draws: correctly repeatable on every host (no libm), ≤ 2 ulp.
[[nodiscard]] double draw_log(double x);  ///< x > 0
[[nodiscard]] double draw_exp(double x);

/// A compiled distribution. value(u) is its quantile function plus `shift`: non-decreasing in u.
class Distribution {
 public:
  enum class Kind {
    constant, exponential, uniform, triangular, pert, normal, lognormal, poisson, beta, gamma, discrete
  };

  Distribution() = default;  ///< constant 0
  static Distribution constant(double value);
  static Distribution exponential(double mean);                           ///< mean > 0
  static Distribution uniform(double low, double high);                   ///< low <= high
  static Distribution triangular(double low, double mode, double high);   ///< low <= mode <= high
  static Distribution pert(double low, double mode, double high);         ///< beta with lambda 4
  static Distribution normal(double mean, double sd);                     ///< sd >= 0
  static Distribution lognormal(double median, double p95);               ///< 0 < median <= p95
  static Distribution poisson(double mean);                               ///< mean >= 0
  static Distribution beta(double a, double b);                           ///< a, b > 0
  static Distribution gamma(double shape, double scale);                  ///< > 0
  /// Values with weights > 0 (normalised here), sorted by value.
  static Distribution discrete(std::vector<std::pair<double, double>> values_and_weights);
  [[nodiscard]] Distribution shifted(double by) const;

  [[nodiscard]] double value(double u) const {  // u in (0, 1)
    if (kind_ == Kind::constant) return shift_;
    return inverse(u);
  }
  [[nodiscard]] bool is_constant() const { return kind_ == Kind::constant; }
  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] double mean() const;
  [[nodiscard]] double low() const;   ///< infimum of the support, may be −inf
  [[nodiscard]] double high() const;  ///< supremum of the support, may be +inf

 private:
  [[nodiscard]] double inverse(double u) const;
  Kind kind_ = Kind::constant;
  double a_ = 0, b_ = 0, c_ = 0;
  double shift_ = 0;
  std::shared_ptr<const std::vector<double>> table_;  // discrete: values then cumulated; poisson: cumulated
};

/// A hash of 1,000 fixed results of exp, log, sin, pow, sqrt of this host's library: equal fingerprints promise equal
/// bytes (glibc chooses its functions by CPU).
[[nodiscard]] std::uint64_t arithmetic_fingerprint();

}  // namespace dronewall
