// When re-pricing is not exact: a doctrine that read prices would have chosen otherwise.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dronewall/model/model.hpp"

namespace dronewall {

/// What doctrines of the model would choose otherwise if `book` were what they plan with: one sentence for
/// each doctrine and pair of weapons whose order changes against some class, or that it would no longer fire,
/// or now fire. Empty: whatever happened would have happened under these prices, too.
[[nodiscard]] std::vector<std::string> changed_choices(const Model& model, const PriceBook& book);

/// A price of an item beyond which a doctrine would choose otherwise, and what it would do there:
/// `aim120c would be taken before aim9x`.
struct PriceTurn {
  double price = 0;  ///< in the book's words: before any deflator
  std::string change;
  bool operator==(const PriceTurn&) const = default;
};
/// Between these prices of one item all doctrines choose as they did; none where no price of it turns them.
struct PriceTurns {
  std::optional<PriceTurn> below, above;
  bool operator==(const PriceTurns&) const = default;
};
/// By item, each alone with all others as the book has them, which must change no choice. An item whose price
/// turns nothing is not there.
[[nodiscard]] std::map<std::string, PriceTurns> price_turns(const Model& model, const PriceBook& book);

}  // namespace dronewall
