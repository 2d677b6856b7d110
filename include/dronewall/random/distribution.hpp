// Distributions by inversion, so that common random numbers stay monotone. Our own: the standard library's
// differ between compilers.
#pragma once
#include <memory>
#include <utility>
#include <vector>

#include "dronewall/random/draws.hpp"
#include "dronewall/random/elementary.hpp"

namespace dronewall {

/// A compiled distribution: value(u) is its quantile function plus a shift, non-decreasing in u to the last
/// bit. Arguments are finite and in the range given; anything else is a caller's bug (the reader has refused
/// it with its place). A distribution without spread (low = high, sd = 0, …) becomes the constant.
///
/// Cost of value(): uniform, exponential, triangular and normal 3 to 10 ns, discrete, lognormal and poisson
/// 10 to 35 ns; beta, pert and gamma some 15 ns from their tables and, for one draw in 128, 0.3 to 2.5 us,
/// because Boost.Math solves for the far tails. The table takes some 0.2 ms, at the first draw.
class Distribution {
 public:
  enum class Kind {
    constant,
    exponential,
    uniform,
    triangular,
    pert,
    normal,
    lognormal,
    poisson,
    beta,
    gamma,
    discrete
  };

  Distribution() = default;  ///< constant 0
  static Distribution constant(double value);
  static Distribution exponential(double mean);                          ///< mean > 0
  static Distribution uniform(double low, double high);                  ///< low <= high
  static Distribution triangular(double low, double mode, double high);  ///< low <= mode <= high
  /// The beta distribution on [low, high] with a = 1 + 4 (mode − low) / (high − low) and a + b = 6, so its
  /// mean is (low + 4 mode + high) / 6; low <= mode <= high. Source: Malcolm, Roseboom, Clark, Fazar,
  /// "Application of a technique for research and development program evaluation", Operations Research 7(5),
  /// 1959; the weight 4 is theirs.
  static Distribution pert(double low, double mode, double high);
  static Distribution normal(double mean, double sd);        ///< sd >= 0; not truncated
  static Distribution lognormal(double median, double p95);  ///< 0 < median <= p95, the 95th percentile
  static Distribution poisson(double mean);                  ///< 0 <= mean <= 1e15
  static Distribution beta(double a, double b);              ///< a, b > 0; on [0, 1]
  static Distribution gamma(double shape, double scale);     ///< both > 0; mean shape × scale
  /// Pairs {value, weight}: at least one, weights > 0 (normalised here), in any order.
  static Distribution discrete(std::vector<std::pair<double, double>> values_and_weights);
  /// The same distribution moved to the right by `by`.
  [[nodiscard]] Distribution shifted(double by) const;

  [[nodiscard]] double value(double u) const {  // u in (0, 1)
    if (kind_ == Kind::constant) return shift_;
    return shift_ + inverse(u);
  }
  /// Replaces each of `count` uniforms by its value: the same bits as value() one by one, in a loop that
  /// vectorises for the common kinds.
  void values(double* uniforms, std::size_t count) const;
  [[nodiscard]] bool is_constant() const { return kind_ == Kind::constant; }
  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] double mean() const;
  [[nodiscard]] double low() const;   ///< infimum of the support, may be −inf
  [[nodiscard]] double high() const;  ///< supremum of the support, may be +inf

 private:
  explicit Distribution(Kind kind, double a = 0, double b = 0, double c = 0)
      : kind_(kind), a_(a), b_(b), c_(c) {}
  [[nodiscard]] double inverse(double u) const;
  [[nodiscard]] double beta_value(double a, double b, double u) const;
  [[nodiscard]] double gamma_value(double shape, double u) const;
  [[nodiscard]] double unshifted_mean() const;

  Kind kind_ = Kind::constant;
  double a_ = 0, b_ = 0,
         c_ = 0;      // the arguments, in the order of the function that made it, unless said there
  double shift_ = 0;  // a constant is all shift
  std::shared_ptr<const std::vector<double>> table_;  // discrete: values, then cumulated; poisson: cumulated
  struct Tails;
  std::shared_ptr<Tails> tails_;  // beta, pert and gamma: tabulated quantiles
};

/// A hash of 1,000 fixed results of this host's exp, log, pow, sin, cos, atan2, hypot and sqrt and of this
/// build's beta and gamma quantiles: equal fingerprints promise equal bytes (glibc chooses its functions by
/// CPU, and distributions bring their own Boost).
[[nodiscard]] std::uint64_t arithmetic_fingerprint();

}  // namespace dronewall
