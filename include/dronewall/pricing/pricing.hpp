// Prices laid on booked quantities: every figure of money is a linear form of ledger columns, or a ratio of
// two.
#pragma once
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "dronewall/core/problem.hpp"
#include "dronewall/ledger/ledger.hpp"
#include "dronewall/scenario/description.hpp"

namespace dronewall {

/// Which accounts of the defender a figure of cost holds (MODEL §8). Each view holds the one before it.
enum class View {
  munitions,  ///< what was fired
  marginal,   ///< and operations: what this attack caused
  full,       ///< and standing and acquisition: what is spent
  total       ///< and damage and disruption: what is spent and suffered
};
inline constexpr std::array<View, 4> all_views = {View::munitions, View::marginal, View::full, View::total};
/// `munitions`, `marginal`, … as in measures.
[[nodiscard]] const char* name_of(View view);
/// Whether a view holds an account; never true for `attack`.
[[nodiscard]] bool holds(View view, Account account);

/// What of a loss is priced: the count that happened, or its expectation at the last chance (DESIGN §5),
/// whose mean is the same and which varies less. Probabilities and quantiles of money need the count.
enum class Scoring { sampled, expected };
/// `sampled`, `expected`.
[[nodiscard]] const char* name_of(Scoring scoring);

/// Why an item is not counted.
enum class Missing {
  price,  ///< it was booked and has no price
  life    ///< it was acquired and has a price, but no life to spread it over
};

/// An item that a view leaves out: listed above every result as not counted.
struct NotCounted {
  std::string item;
  Account account = Account::munitions;
  Missing missing = Missing::price;
};

/// The price that an item was counted with, in the book's currency, deflated to the book's year where it says
/// how.
struct UsedPrice {
  std::string item;
  double point = 0;          ///< mode, or mean of a distribution
  double low = 0, high = 0;  ///< what nobody knows; equal to the point where the price is one figure
  std::string source;
  /// What the point is: the price, the mode of what nobody knows, or the mean of a chance.
  enum class Basis { price, mode, mean } basis = Basis::price;
  std::optional<int> year;  ///< the price level that it was given in; absent: nobody said
  double deflated_by = 1;   ///< the book's deflator where it was used, and is in the figures above
};

/// A layout with prices: the measures of money (DESIGN §2), and what they leave out.
struct Pricing {
  std::string currency;
  std::optional<int> year;             ///< the price level of the book
  Scoring scoring = Scoring::sampled;  ///< expected: some loss is priced so
  std::vector<MeasureDefinition> measures;
  std::vector<UsedPrice> prices;        ///< of the items booked, by name
  std::vector<NotCounted> not_counted;  ///< by account, then name
  /// Per view, the accounts that it should hold and of which nothing is priced: booked items all without a
  /// price, or nothing booked at all of standing or acquisition (no hours, no `life`).
  std::array<std::vector<Account>, 4> lacks;
  /// Per view, the accounts of which some items are counted and others are not.
  std::array<std::vector<Account>, 4> partial;
  bool has_ranges = false;  ///< some price is low .. high: the `.least` and `.most` ratios are there

  /// Prices of another year than the book's that its deflator has moved.
  [[nodiscard]] std::vector<const UsedPrice*> moved_prices() const;
  /// Prices of another year than the book's that are counted as they were given.
  [[nodiscard]] std::vector<const UsedPrice*> foreign_prices() const;
};

/// Where a message about an item's price points: the place that uses the item, or no place.
using PlaceOfItem = std::function<Place(const std::string& item)>;
/// The place in a scenario that names the item: the weapon, the threat, or the unit or sensor of that type.
[[nodiscard]] Place place_of_item(const ScenarioDescription& scenario, const std::string& item);

/// Every measure of money of a layout under a book, in currency units:
///   cost.defender.VIEW, cost.attacker, cost.nation.NATION.VIEW, cost.unit.UNIT.VIEW, cost.account.ACCOUNT,
///   cost.item.ITEM, cost.investment; cost-exchange.VIEW, cost-exchange.per-stopped.VIEW, cost-per-kill.VIEW,
///   attacker-cost-per-strike, break-even.ITEM.VIEW; with price ranges also cost-exchange.VIEW.least and
///   .most.
/// The cost of a column is value × quantum × price, split by `paid_by` for nations. An acquisition column
/// counts whole pieces with quantum duration / life, so its value alone is the investment. A column marked
/// must_be_priced whose item has no price is an error in `problems`; other unpriced items are left out and
/// listed.
/// Of a count and its expectation, the price is laid on the one that `scoring` says.
[[nodiscard]] Pricing price(const LedgerLayout& layout, const PriceBook& book, const PlaceOfItem& place_of,
                            Problems& problems, Scoring scoring = Scoring::expected);

}  // namespace dronewall
