// Uniforms from many counters at once.
#pragma once
#include <cstdint>

namespace dronewall {

/// Counters are processed in groups of this many.
inline constexpr std::uint32_t lanes = 8;

/// True where this processor and this build have the vector version.
[[nodiscard]] bool has_wide_lanes();

/// Uniforms of `count` counters under one key: out[i] is what Draws gives for the 128-bit counter
/// high[i]:low[i]. `count` is a multiple of `lanes`. Caller's bug unless has_wide_lanes(): the instructions
/// do not exist then.
void wide_uniforms(const std::uint64_t* low, const std::uint64_t* high, std::uint32_t count,
                   std::uint64_t key, double* out);

}  // namespace dronewall
