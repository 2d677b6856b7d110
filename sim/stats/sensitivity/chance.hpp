// Seeded chance for resampling: same seed, same bytes.
#pragma once
#include <cmath>
#include <cstdint>
#include <numbers>

#include "dronewall/core/hash.hpp"

namespace dronewall {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(mix64(seed)) {}

  /// Uniform in (0, 1).
  double uniform() { return (static_cast<double>(mix64(state_++) >> 11) + 0.5) * 0x1p-53; }
  /// 0 … size − 1.
  std::size_t index(std::size_t size) {
    return static_cast<std::size_t>(uniform() * static_cast<double>(size));
  }
  /// Standard normal (Box and Muller).
  double normal() {
    const double radius = std::sqrt(-2 * std::log(uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
  }

 private:
  std::uint64_t state_;
};

}  // namespace dronewall
