// Which values a quantity can take, for checking ranges.
#pragma once
#include "dronewall/scenario/description.hpp"

namespace dronewall {

/// Least and greatest value of a quantity; ±infinity where it has no end. A normal distribution counts by its
/// mean alone: it has no ends, and refusing `speed: normal(50 m/s .. 3 m/s)` for a tail of 10^-60 would help
/// nobody.
[[nodiscard]] Interval support_of(const Quantity& quantity);

}  // namespace dronewall
