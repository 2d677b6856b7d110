// Prices beyond which doctrines would choose otherwise: what is taken back of a solved price.
#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "dronewall/pricing/quantities.hpp"
#include "dronewall/study/price_readers.hpp"

namespace dronewall {
namespace {

constexpr double endless = std::numeric_limits<double>::infinity();
constexpr std::string_view solved = "break-even.";

/// `round` of `break-even.round.marginal`; "" of another measure.
std::string item_of(const std::string& measure) {
  if (!measure.starts_with(solved)) return "";
  return measure.substr(solved.size(), measure.rfind('.') - solved.size());
}

}  // namespace

PriceTurns times(double factor, PriceTurns turns) {
  for (std::optional<PriceTurn>* turn : {&turns.below, &turns.above})
    if (*turn) (*turn)->price *= factor;
  return turns;
}

PriceTurns take_back(const PriceTurns& turns, double& price, double& low, double& high) {
  PriceTurns met;
  const double solution = price;
  if (const auto& above = turns.above) {
    if (solution > above->price) price = std::nan(""), low = above->price;
    if (solution > above->price || high > above->price) high = endless, met.above = above;
  }
  if (const auto& below = turns.below) {
    if (solution < below->price) price = std::nan(""), high = below->price;
    if (solution < below->price || low < below->price) low = -endless, met.below = below;
  }
  return met;
}

void set_turns(const Model& model, const ScenarioDescription& scenario,
               std::vector<MeasureDefinition>& measures) {
  if (scenario.plans_itself || !reads_prices(model)) return;
  const PriceBook& book = scenario.prices;
  if (!changed_choices(model, book).empty()) return;
  const std::map<std::string, PriceTurns> turns = price_turns(model, book);
  for (MeasureDefinition& measure : measures) {
    const auto turning = turns.find(item_of(measure.name));
    const auto written = turning == turns.end() ? book.items.end() : book.items.find(turning->first);
    if (written == book.items.end()) continue;
    const double price = written->second.point();
    const double factor = price > 0 ? published_price(written->second, book).point / price : 1;
    measure.turns = times(factor, turning->second);
  }
}

}  // namespace dronewall
