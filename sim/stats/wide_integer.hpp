// Arithmetic on 128-bit integers that notices when it would wrap.
#pragma once
#include <bit>
#include <cstdint>

#include "dronewall/core/contracts.hpp"
#include "dronewall/stats/moments.hpp"

namespace dronewall {

/// Bits of |value|: 0 for 0, 127 at most (but for −2^127, which no caller has).
[[nodiscard]] inline int bits_of(Int128 value) {
  const Int128 magnitude = value < 0 ? -value : value;
  const auto high = static_cast<std::uint64_t>(magnitude >> 64);
  const auto low = static_cast<std::uint64_t>(magnitude);
  return static_cast<int>(high != 0 ? 64 + std::bit_width(high) : std::bit_width(low));
}

/// Whether first × second, and a sum of two such products, stays within 127 bits.
[[nodiscard]] inline bool product_fits(Int128 first, Int128 second) {
  return bits_of(first) + bits_of(second) <= 126;
}

/// first × second; wrapping is a broken contract. (The compilers' own check needs a library function that
/// clang's default runtime lacks.)
[[nodiscard]] inline Int128 checked_product(Int128 first, Int128 second) {
  expects(product_fits(first, second));
  return first * second;
}

/// first + second; wrapping is a broken contract.
[[nodiscard]] inline Int128 checked_sum(Int128 first, Int128 second) {
  Int128 sum = 0;
  expects(!__builtin_add_overflow(first, second, &sum));
  return sum;
}

}  // namespace dronewall
