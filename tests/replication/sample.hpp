// Mean and variance of what the replications of a scene report. Seeded.
#pragma once
#include <cmath>
#include <string>

#include "replication/scene.hpp"

namespace dronewall::test {

/// Mean and variance of one column over n replications.
struct Sample {
  double mean = 0, variance = 0, n = 0;

  [[nodiscard]] bool near(double expected, double sigmas) const {
    return std::abs(mean - expected) <= sigmas * std::sqrt(variance / n);
  }
};

inline Sample sample(const Scene& scene, const std::string& column, std::uint32_t n) {
  ReplicationOptions options;
  options.seed = 2026;
  Runs runs(scene.model(), options);
  double sum = 0, squares = 0;
  for (std::uint32_t k = 0; k < n; ++k) {
    runs.run(k);
    const auto x = static_cast<double>(runs[column]);
    sum += x;
    squares += x * x;
  }
  const double mean = sum / n;
  return {mean, (squares - sum * mean) / (n - 1), static_cast<double>(n)};
}

}  // namespace dronewall::test
