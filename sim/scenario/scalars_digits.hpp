// The number at the start of a text.
#pragma once
#include <optional>
#include <string_view>

#include "scenario/scalars_amounts.hpp"

namespace dronewall {

/// A finite number and what stands behind it.
struct Digits {
  double value = 0;
  std::string_view written;  ///< `1.5e3`
  std::string_view rest;     ///< trimmed
};

/// Reads `-12`, `0.5`, `3e9` at the start of `part`. Refused, each with a hint: leading zeros, commas and
/// underscores between digits, a point without digits on both sides, infinities and NaN, what no double can
/// hold. `needed` completes the message: "a length".
[[nodiscard]] std::optional<Digits> read_digits(const ScalarText& text, std::string_view part,
                                                const char* needed, const char* example, Problems& problems);

}  // namespace dronewall
