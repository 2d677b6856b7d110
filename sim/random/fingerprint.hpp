// What the fingerprint of this host's arithmetic is made of.
#pragma once
#include <array>
#include <cstdint>

namespace dronewall {

/// 1,000 results at fixed arguments: 100 each of exp, log, pow, sin, cos, atan2, hypot, sqrt, and of the beta
/// and gamma quantiles of this build.
[[nodiscard]] std::array<double, 1000> fingerprint_results();

/// Hash of the bits of all results, in order.
[[nodiscard]] std::uint64_t fingerprint_of(const std::array<double, 1000>& results);

}  // namespace dronewall
