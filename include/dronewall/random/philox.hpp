// The generator under every draw: a keyed bijection of 128-bit counters, ten rounds of multiply and xor.
#pragma once
#include <array>
#include <cstdint>

namespace dronewall {

/// What Philox4x32 multiplies by and adds to its key in each round.
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 4.3.
struct PhiloxConstants {
  static constexpr int rounds = 10;
  static constexpr std::uint32_t multiply_0 = 0xD2511F53, multiply_2 = 0xCD9E8D57;
  static constexpr std::uint32_t key_step_0 = 0x9E3779B9;  // golden ratio
  static constexpr std::uint32_t key_step_1 = 0xBB67AE85;  // sqrt(3) - 1
};

/// Philox4x32-10: four 32-bit words from a 128-bit counter and a 64-bit key, word 0 the least significant.
/// Each key permutes the counters, so two counters never give the same block. In the header because the call
/// would cost as much as half the work.
/// Source: Salmon, Moraes, Dror, Shaw, SC 2011; checked against the known answers of their Random123.
[[nodiscard]] constexpr std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                                                std::array<std::uint32_t, 2> key) {
  using C = PhiloxConstants;
  for (int round = 0; round < C::rounds; ++round) {
    const std::uint64_t product_0 = std::uint64_t{C::multiply_0} * counter[0];
    const std::uint64_t product_2 = std::uint64_t{C::multiply_2} * counter[2];
    counter = {static_cast<std::uint32_t>(product_2 >> 32) ^ counter[1] ^ key[0],
               static_cast<std::uint32_t>(product_2),
               static_cast<std::uint32_t>(product_0 >> 32) ^ counter[3] ^ key[1],
               static_cast<std::uint32_t>(product_0)};
    key = {key[0] + C::key_step_0, key[1] + C::key_step_1};
  }
  return counter;
}

}  // namespace dronewall
