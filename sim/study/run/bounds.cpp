// What intruders that are still aloft could yet do to ratios and to money.
//
// Two endings are worked out for all of them at once, on means over replications. At best each is stopped
// then and there: no further round, no harm; one that is reusable has lost its airframe. At worst each does
// what it came for (it leaks, it strikes its asset at the price of a hit), and has cost as many rounds as one
// whose fate is known. The lesser and the greater of the two values are the bounds.
#include <algorithm>
#include <cmath>

#include "study/run/estimates.hpp"

namespace dronewall {
namespace {

/// Means per replication of all columns' integers.
using Means = std::vector<double>;

double value_of(const LedgerLayout& layout, const LinearForm& form, const Means& means) {
  double value = form.constant;
  for (const auto& [column, weight] : form.terms)
    value += weight * layout.columns[column].quantum * means[column];
  return value;
}

double value_of(const LedgerLayout& layout, const MeasureDefinition& measure, const Means& means) {
  const double value = value_of(layout, measure.numerator, means);
  return measure.denominator ? value / value_of(layout, *measure.denominator, means) : value;
}

/// The means once each unresolved intruder has added what `additions` of its kind says.
Means ended(const LedgerLayout& layout, const Means& now, Unresolved::Additions Unresolved::*additions) {
  Means means = now;
  for (const Unresolved& one : layout.unresolved)
    for (const auto& [column, amount] : one.*additions)
      means[column] += static_cast<double>(amount) * now[one.column];
  return means;
}

/// Rounds for the unresolved, as many as for others; where there are no others, as many again.
void add_rounds(const LedgerLayout& layout, double unresolved, double launched, Means& means) {
  const double factor = 1 + unresolved / (launched > unresolved ? launched - unresolved : unresolved);
  for (std::uint32_t column = 0; column < means.size(); ++column)
    if (const auto& line = layout.columns[column].line; line && line->account == Account::munitions)
      means[column] *= factor;
}

/// The turns of a solved price beyond which its bounds lie.
PriceTurns met_by(const PriceTurns& turns, double low, double high) {
  PriceTurns met;
  if (turns.below && low < turns.below->price) met.below = turns.below;
  if (turns.above && high > turns.above->price) met.above = turns.above;
  return met;
}

}  // namespace

void add_bounds(const LedgerLayout& layout, const std::vector<MeasureDefinition>& measures,
                std::span<const double> means, std::vector<Estimate>& estimates) {
  const Means now(means.begin(), means.end());
  double unresolved = 0;
  for (const Unresolved& one : layout.unresolved) unresolved += now[one.column];
  if (!(unresolved > 0)) return;
  const auto launched = layout.column("intruders.launched");
  const Means best = ended(layout, now, &Unresolved::stopped);
  Means worst = ended(layout, now, &Unresolved::worst);
  add_rounds(layout, unresolved, launched ? now[*launched] : unresolved, worst);
  for (std::size_t i = 0; i < estimates.size(); ++i) {
    const bool is_money = measures[i].name.rfind("cost.", 0) == 0;
    if (!estimates[i].mean || !(estimates[i].is_ratio || is_money)) continue;
    const double one = value_of(layout, measures[i], best), other = value_of(layout, measures[i], worst);
    const double low = std::min(one, other), high = std::max(one, other);
    if (const PriceTurns met = met_by(measures[i].turns, low, high); met != PriceTurns{}) {
      estimates[i].mean = estimates[i].se = estimates[i].low = estimates[i].high = estimates[i].sd =
          std::nullopt;
      say_unknown_beyond(met, estimates[i]);
      continue;
    }
    const double slack = 1e-12 * std::max(std::abs(low), std::abs(high));
    if (std::isfinite(low) && std::isfinite(high) && high - low > slack) estimates[i].bounds = {low, high};
  }
}

}  // namespace dronewall
