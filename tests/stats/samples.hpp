// What the statistical tests share: seeded uniforms and the judgement of a count.
#pragma once
#include <cmath>
#include <cstdint>
#include <span>

#include "dronewall/core/hash.hpp"
#include "dronewall/stats/interval.hpp"

namespace dronewall::test {

/// Uniforms on (0, 1) from SplitMix64: a sequence per seed and stream.
class Uniforms {
 public:
  Uniforms(std::uint64_t seed, std::uint64_t stream) : state_(mix64(seed) ^ mix64(~stream)) {}

  std::uint64_t bits() { return mix64(state_++); }
  double operator()() { return (static_cast<double>(bits() >> 11) + 0.5) * 0x1p-53; }

 private:
  std::uint64_t state_;
};

/// Whether `hits` of `trials` lies within so many standard deviations of what probability p gives.
inline bool within_sigmas(double hits, double trials, double p, double sigmas) {
  return std::abs(hits - trials * p) <= sigmas * std::sqrt(trials * p * (1 - p));
}

/// Means and unbiased (co)variances in two passes.
inline RatioMoments moments_of(std::span<const double> y, std::span<const double> x) {
  const auto n = static_cast<double>(y.size());
  RatioMoments moments{.n = y.size()};
  for (std::size_t k = 0; k < y.size(); ++k) {
    moments.numerator_mean += y[k] / n;
    moments.denominator_mean += x[k] / n;
  }
  for (std::size_t k = 0; k < y.size(); ++k) {
    const double dy = y[k] - moments.numerator_mean;
    const double dx = x[k] - moments.denominator_mean;
    moments.numerator_variance += dy * dy / (n - 1);
    moments.denominator_variance += dx * dx / (n - 1);
    moments.covariance += dy * dx / (n - 1);
  }
  return moments;
}

}  // namespace dronewall::test
