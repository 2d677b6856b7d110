// What a flip among levels between which nothing lies (names, distributions) says, in words.
#pragma once
#include <string>

#include "dronewall/study/stored_sensitivity.hpp"

namespace dronewall {

/// `above`, `below`, `cannot be told`, `no result`.
[[nodiscard]] const char* name_of(Flip::Level::Side side);
/// The levels at which the verdict is another than at the base, or "": `1 min or 2 min`.
[[nodiscard]] std::string flipping_levels(const Flip& flip);
/// `flips at 1 min; holds at triangular(1 min .. 3 min .. 12 min)`; where the base's own verdict cannot be
/// told, on which side each level lies. "" for a flip without levels.
[[nodiscard]] std::string words_of_levels(const Flip& flip);

}  // namespace dronewall
