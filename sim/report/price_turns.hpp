// Words for prices at which a doctrine would choose otherwise.
#pragma once
#include <string>
#include <vector>

#include "dronewall/study/price_readers.hpp"
#include "report/figures.hpp"

namespace dronewall {

/// What stands in the place of a price that would lie beyond a turn: `> $1.40M`, `< $90k`; "" without a turn.
[[nodiscard]] std::string beyond_words(const PriceTurns& turns, const Measure& money);

/// One item's turns at several points, as lines under a table: `No price of aim9x is given beyond $1.40M,
/// where aim120c would be taken before aim9x: sweep with such a price`. Nothing where nothing was cut off;
/// `remedy` is what is to be done with such a price.
void add_turn_words(std::string& out, const std::string& item, const std::vector<PriceTurns>& turns,
                    const Measure& money, const char* remedy = "sweep");

}  // namespace dronewall
