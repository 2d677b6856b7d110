#include "random/fingerprint.hpp"

#include <bit>
#include <cmath>

#include "dronewall/core/hash.hpp"
#include "dronewall/random/distribution.hpp"
#include "random/quantiles.hpp"

namespace dronewall {

namespace {

/// Argument `number` of all: one of 2^52 points of (0, 1), read through a volatile, or the compiler would put
/// its own results in the place of the library's.
double argument(std::uint64_t number) {
  volatile std::uint64_t bits = mix64(number) >> 12;
  return (static_cast<double>(bits) + 0.5) * 0x1p-52;
}

}  // namespace

std::array<double, 1000> fingerprint_results() {
  std::array<double, 1000> results{};
  for (std::uint64_t i = 0; i < 100; ++i) {
    const double x = argument(2 * i), y = argument(2 * i + 1);
    double* row = &results[10 * i];
    row[0] = std::exp(40 * x - 20);
    row[1] = std::log(x * std::ldexp(1.0, static_cast<int>(i) - 50));
    row[2] = std::pow(100 * x, 8 * y - 4);
    row[3] = std::sin(100 * x - 50);
    row[4] = std::cos(100 * x - 50);
    row[5] = std::atan2(2 * x - 1, 2 * y - 1);
    row[6] = std::hypot(1e5 * x, 1e5 * y);
    row[7] = std::sqrt(1e6 * x);
    row[8] = beta_quantile(1 + 4 * y, 5 - 4 * y, x);
    row[9] = gamma_quantile(8 * y, x);
  }
  return results;
}

std::uint64_t fingerprint_of(const std::array<double, 1000>& results) {
  std::uint64_t hash = 0;
  for (const double result : results) hash = mix64(hash ^ std::bit_cast<std::uint64_t>(result));
  return hash;
}

std::uint64_t arithmetic_fingerprint() { return fingerprint_of(fingerprint_results()); }

}  // namespace dronewall
