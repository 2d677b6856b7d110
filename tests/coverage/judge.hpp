// Whether intervals are still what they were when the table was made.
#pragma once
#include <string>

#include "measured.hpp"

namespace dronewall::coverage {

/// In how many of a thousand seeds a program without a fault would fail, all rows taken together
/// (Bonferroni).
inline constexpr double family_error = 1e-3;

/// What of a row is not as recorded, in words; "" when all is. Three two-sided tests, each at `error` / 3:
/// Fisher's exact one of how often an interval held the true value, the same of how often one was given, and
/// a normal one of the mean half-width, which tells an interval that is a few percent wider or narrower.
[[nodiscard]] std::string changed(const Measured& now, const Measured& recorded, double error);

/// `covers`, `conservative: …`, `under-covers by 3.1 points: …`.
[[nodiscard]] std::string verdict(const Row& row, const Measured& measured);

}  // namespace dronewall::coverage
