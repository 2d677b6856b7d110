// Forced before every file of replication and kinds: their draws then come one after another from
// xoshiro256++, whatever the address, as in an engine without common random numbers. To see what addresses
// cost.
#pragma once
#include <cstdint>
#include <span>

#include "dronewall/random/draws.hpp"
#include "reference/xoshiro.hpp"

namespace dronewall {

/// Draws' interface on a generator with a state. A replication owns one and hands out pointers to it.
class SequentialDraws {
 public:
  static constexpr double greatest_uniform = 1 - 0x1p-53;

  SequentialDraws(std::uint64_t seed, std::uint32_t replication)
      : random_(seed + (std::uint64_t{replication} << 32)) {}

  [[nodiscard]] double uniform(const Address&, Purpose, std::uint32_t = 0) const { return random_.uniform(); }
  void uniforms(Entity, std::uint32_t, std::uint32_t, std::uint32_t count, Purpose, std::uint32_t,
                double* out) const {
    for (std::uint32_t i = 0; i < count; ++i) out[i] = random_.uniform();
  }
  void uniforms(Entity, std::uint32_t, std::span<const std::uint32_t> numbers, Purpose, std::uint32_t,
                double* out) const {
    for (std::size_t i = 0; i < numbers.size(); ++i) out[i] = random_.uniform();
  }

 private:
  mutable ad20::Xoshiro random_;
};

}  // namespace dronewall

#define Draws SequentialDraws
