// Grids of prices on the command line: `shahed=$10k..$100k/10`.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "dronewall/study/reprice.hpp"

namespace dronewall {

/// One item and the prices that it takes in turn.
struct PriceAxis {
  std::string item;
  std::vector<double> prices;
};
/// ITEM=LOW..HIGH/N (N even steps, both ends) or ITEM=PRICE,PRICE,…, each with its currency, which `book` has
/// a rate of; nullopt and `why` otherwise.
[[nodiscard]] std::optional<PriceAxis> parse_price_axis(const std::string& text, const PriceBook& book,
                                                        std::string& why);

/// Every combination of the axes' prices laid over a book; the names say the prices.
[[nodiscard]] std::vector<NamedBook> grid_of(const std::vector<PriceAxis>& axes, const PriceBook& base);

}  // namespace dronewall
