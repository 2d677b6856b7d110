// The units of the language and the words for what they measure.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "dronewall/scenario/key_table.hpp"

namespace dronewall {

/// SI value = written value * numerator / denominator, exact in both, so that 70% is 0.7 and 45 km/h is 12.5
/// m/s.
struct Unit {
  std::string_view text;
  Dimension dimension = Dimension::none;
  double numerator = 1;
  double denominator = 1;
};

/// The unit of a text such as `km`, `/ s` (blanks do not matter) or `%`; nullptr when there is none.
[[nodiscard]] const Unit* find_unit(std::string_view text);

/// The unit that an unknown text probably means ("km/h" for `kmh`, "m2" for `m²`), or "".
[[nodiscard]] std::string nearest_unit(std::string_view text);

/// "a length", "a time", "a plain number": completes "12 km is … (… is needed)".
[[nodiscard]] const char* noun_of(Dimension dimension);

/// True where a number stands without a unit: plain numbers, counts, fractions.
[[nodiscard]] bool may_be_bare(Dimension dimension);

/// The units of a dimension, as they are written.
[[nodiscard]] std::vector<std::string_view> units_of(Dimension dimension);

/// "12 km or 12 m": a bare number with the units that it could have.
[[nodiscard]] std::string with_units(std::string_view number, Dimension dimension);

}  // namespace dronewall
