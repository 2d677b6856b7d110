// The price that an item is counted with: deflated to the book's year where it says how.
#pragma once
#include "dronewall/scenario/price_description.hpp"

namespace dronewall {

/// The book's factor for a price of another year than its own; 1 where years are equal or not said.
[[nodiscard]] double deflator_of(const PriceDescription& price, const PriceBook& book);

}  // namespace dronewall
