// When random values are drawn, and at which other levels an author may have them drawn.
#pragma once
#include <string>
#include <vector>

#include "dronewall/scenario/key_table.hpp"
#include "dronewall/scenario/values.hpp"

namespace dronewall {

/// `once per intruder`: for tables of the language; "" where nothing is drawn.
[[nodiscard]] std::string words_of(Occasion occasion);
/// The words that may stand after `draw:` for such a key.
[[nodiscard]] std::vector<std::string> levels_of(Occasion occasion);

/// Reports a `draw:` that has no meaning for the key; true when it has one.
bool check_level(const Key& key, const Quantity& quantity, Problems& problems);

}  // namespace dronewall
