// What the tests of this folder sample with.
#pragma once
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

#include "dronewall/random/draws.hpp"

namespace dronewall::sampling {

inline Entity named(std::string_view name) { return entity_of(name.data(), name.size()); }

/// `count` uniforms of one seed, by number; every test takes its own purpose.
inline std::vector<double> uniforms(std::uint32_t count, Purpose purpose, std::uint64_t seed = 2026) {
  std::vector<double> result(count);
  Draws(seed, 0).uniforms(named("test"), 0, 0, count, purpose, 0, result.data());
  return result;
}

/// True when `hits` of `count` trials lie within so many standard deviations of probability p.
inline bool within_sigmas(double hits, double count, double p, double sigmas) {
  return std::fabs(hits - count * p) <= sigmas * std::sqrt(count * p * (1 - p));
}

struct Moments {
  double mean, variance;
  double mean_error, variance_error;  // standard errors
};

inline Moments moments_of(const std::vector<double>& sample) {
  const auto n = static_cast<double>(sample.size());
  double mean = 0;
  for (const double x : sample) mean += x / n;
  double second = 0, fourth = 0;
  for (const double x : sample) {
    const double square = (x - mean) * (x - mean);
    second += square / n;
    fourth += square * square / n;
  }
  return {mean, second, std::sqrt(second / n), std::sqrt((fourth - second * second) / n)};
}

}  // namespace dronewall::sampling
