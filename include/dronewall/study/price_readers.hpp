// When re-pricing is not exact: a doctrine that read prices would have chosen otherwise.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "dronewall/model/model.hpp"
#include "dronewall/pricing/pricing.hpp"

namespace dronewall {

/// Whether a doctrine of the model reads planning prices: other prices may then change what happens.
[[nodiscard]] bool reads_prices(const Model& model);
/// What doctrines of the model would choose otherwise if `book` were what they plan with: one sentence for
/// each doctrine and pair of weapons whose order changes against some class, or that it would no longer fire,
/// or now fire. Empty: whatever happened would have happened under these prices, too.
[[nodiscard]] std::vector<std::string> changed_choices(const Model& model, const PriceBook& book);
/// A book with the items of another in the place of its own.
[[nodiscard]] PriceBook laid_over(PriceBook base, const PriceBook& over);
/// Whether a factor can have a part in what a doctrine chooses by price.
[[nodiscard]] bool is_of_choice(const std::string& path);

/// What a reader must know of a scenario that is priced with another book than its own, by which doctrines
/// plan: which choices that book would change, and what to do. "" where it changes none, and where the
/// scenario says by `planning_prices` what they plan with.
[[nodiscard]] std::string planning_warning(const Model& model, const ScenarioDescription& scenario);

/// By item, each alone with all others as the book has them, which must change no choice. An item whose price
/// turns nothing is not there. Prices are in the book's words: before any deflator.
[[nodiscard]] std::map<std::string, PriceTurns> price_turns(const Model& model, const PriceBook& book);
/// Says of the break-even prices among the measures between which turns they are known. Where the book itself
/// changes a choice there are none: planning_warning() says so.
void set_turns(const Model& model, const ScenarioDescription& scenario,
               std::vector<MeasureDefinition>& measures);
/// The same turns of a price that is counted with a factor.
[[nodiscard]] PriceTurns times(double factor, PriceTurns turns);
/// Takes back what is said of a price beyond its turns: the price (NaN then) and the end of its interval that
/// lies there (then infinite). Says which turns that were.
[[nodiscard]] PriceTurns take_back(const PriceTurns& turns, double& price, double& low, double& high);

}  // namespace dronewall
