// Logarithm and exponential of our own: the same bits on every host, because they use only operations that
// IEEE 754 rounds correctly (no library, no fused multiply-add). Branch-free: loops of draw_log
// over an array vectorise, those of draw_exp under -fno-trapping-math.
#pragma once
#include <bit>
#include <cstdint>

namespace dronewall {

/// ln 2 in two parts; the upper has 33 bits, so its product with any exponent is exact.
/// Source of the two-part reduction: Cody and Waite, "Software Manual for the Elementary Functions", 1980.
inline constexpr double ln2_upper = 0x1.62e42fefp-1;
inline constexpr double ln2_lower = 0x1.473de6af278edp-34;

/// Natural logarithm for draws: error < 1 ulp for every normal x > 0; 0 at 1 exactly. Subnormal (below
/// 2^-1022), zero, negative, infinite and NaN arguments are a caller's bug and give a number without meaning.
///     x = 2^k m,  m in [sqrt(1/2), sqrt(2)),  f = m - 1,  s = f / (2 + f)
///     ln m = 2 artanh(s) = f - (f^2/2 - s (f^2/2 + R)),  R = 2/3 s^2 + 2/5 s^4 + …
/// R is interpolated at Chebyshev nodes (error below 2^-57 of ln m). The form that keeps f apart is that of
/// K. C. Ng's fdlibm (Sun, 1993).
[[nodiscard]] inline double draw_log(double x) {
  constexpr std::uint64_t one = 0x3ff0'0000'0000'0000, root_half = 0x3fe6'a09e'667f'3bcd;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const std::uint64_t exponent = (bits + (one - root_half)) >> 52;  // k + 1023
  const double m = std::bit_cast<double>(bits - (exponent << 52) + one);
  // Below 2^52 an integer stands in the lowest bits of the fraction of itself plus 2^52.
  const double k = std::bit_cast<double>(exponent | 0x4330'0000'0000'0000) - (0x1p52 + 1023);

  const double f = m - 1;
  const double half_square = 0.5 * f * f;
  const double s = f / (2 + f);
  const double z = s * s, z2 = z * z;
  const double even = 0x1.5555555555558p-1 +
                      z2 * (0x1.2492492df14bdp-2 + z2 * (0x1.7462b4ac4485p-3 + z2 * 0x1.2b584c6bb8a6p-3));
  const double odd = 0x1.99999999952e2p-2 + z2 * (0x1.c71c62e57c3a6p-3 + z2 * 0x1.39fe60413b735p-3);
  const double r = z * (even + z * odd);
  return k * ln2_upper - ((half_square - (s * (half_square + r) + k * ln2_lower)) - f);
}

/// Exponential for draws: error < 1 ulp (half the least subnormal below 2^-1022), +inf above the largest
/// double, 0 below the least, NaN for NaN.
///     x = n ln 2 + r,  |r| <= ln(2) / 2,  e^x = 2^n (1 + (r + r^2 q(r)))
/// q = (e^r - 1 - r) / r^2 is interpolated at Chebyshev nodes (error below 2^-61 of e^r).
[[nodiscard]] inline double draw_exp(double x) {
  constexpr double point = 0x1.8p52;  // adding it rounds to an integer, which then stands in the lowest bits
  x = x > 710 ? 710 : x;              // infinite already; a NaN passes both
  x = x < -746 ? -746 : x;            // zero already
  const double n = (x * 0x1.71547652b82fep+0 + point) - point;
  const double r = (x - n * ln2_upper) - n * ln2_lower;

  const double r2 = r * r, r4 = r2 * r2;
  const double q0 = 0.5 + r * 0x1.5555555555557p-3 + r2 * (0x1.5555555555556p-5 + r * 0x1.11111111100dfp-7);
  const double q4 = 0x1.6c16c16c162d6p-10 + r * 0x1.a01a01abe63a9p-13 +
                    r2 * (0x1.a01a01a6d787dp-16 + r * 0x1.71de02372dd4ep-19);
  const double q8 = 0x1.27e4db679d0cp-22 + r * 0x1.af4dddd8d7f8cp-26 + r2 * 0x1.1f72fca335d17p-29;
  const double result = 1 + (r + r2 * (q0 + r4 * (q4 + r4 * q8)));

  // Two steps, so that the first stays a normal number and the last rounds once.
  const double shifted = n * 0.5 + point;
  const double rest = n - (shifted - point);
  const double scale_1 = std::bit_cast<double>((std::bit_cast<std::uint64_t>(shifted) + 1023) << 52);
  const double scale_2 = std::bit_cast<double>((std::bit_cast<std::uint64_t>(rest + point) + 1023) << 52);
  return result * scale_1 * scale_2;
}

}  // namespace dronewall
