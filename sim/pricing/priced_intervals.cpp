// Intervals of many vectors of prices at a point, from moments and exact counts.
#include <algorithm>
#include <cmath>

#include "dronewall/core/contracts.hpp"
#include "dronewall/pricing/quantities.hpp"
#include "dronewall/stats/rare_interval.hpp"

namespace dronewall {
namespace {

std::vector<std::size_t> groups_of(const QuantityTable& table, std::size_t point, CostRole role, View view) {
  std::vector<std::size_t> found;
  for (std::size_t g = 0; g < table.groups().size(); ++g) {
    const QuantityGroup& group = table.groups()[g];
    if (group.role != role || (role == CostRole::defender && !holds(view, group.account))) continue;
    if (table.wholes(point)[g] != 0) found.push_back(g);  // NaN is no 0
  }
  // What is no event settles most vectors at the first look.
  std::stable_partition(found.begin(), found.end(),
                        [&](std::size_t g) { return std::isnan(table.wholes(point)[g]); });
  return found;
}

ConfidenceInterval not_below_0(double mean, double half, IntervalMethod method) {
  if (!std::isfinite(mean) || !std::isfinite(half)) return {};
  return {std::max(0.0, mean - half), mean + half, method};
}

}  // namespace

PricedIntervals::PricedIntervals(const PriceVectors& vectors, std::size_t point, View view, double confidence,
                                 double t)
    : vectors_(vectors),
      point_(point),
      confidence_(confidence),
      t_(t),
      n_(vectors.table().replications(point)),
      defender_(groups_of(vectors.table(), point, CostRole::defender, view)),
      attacker_(groups_of(vectors.table(), point, CostRole::attacker, view)) {}

/// The exact bound of a sum of events, where they are few; nullopt where it is no such sum.
std::optional<ConfidenceInterval> PricedIntervals::rare(const std::vector<std::size_t>& side,
                                                        std::size_t vector, double mean, double variance) {
  const std::span<const double> prices = vectors_.prices(vector), wholes = vectors_.table().wholes(point_);
  double whole = 0;
  for (const std::size_t g : side) {
    if (prices[g] == 0) continue;
    if (std::isnan(wholes[g])) return std::nullopt;
    whole = std::max(whole, prices[g] * wholes[g]);
  }
  const double n = static_cast<double>(n_);
  RareSum events{n_, n * mean, (n - 1) * variance + n * mean * mean, whole};
  if (!(whole > 0) || !std::isfinite(variance) || !events.is_rare()) return std::nullopt;
  const double k = events.events();
  constexpr double rounding = 1e-12;  // Of equal counts under another price.
  if (!(std::abs(k - known_events_) <= rounding * k)) {
    const ConfidenceInterval bounds = rare_mean_interval(events, confidence_);
    known_events_ = k;
    known_low_ = bounds.low / events.size() * n;
    known_high_ = bounds.high / events.size() * n;
  }
  const double each = events.size() / n;
  return ConfidenceInterval(each * known_low_, each * known_high_, IntervalMethod::poisson);
}

ConfidenceInterval PricedIntervals::of_mean(const std::vector<std::size_t>& side, std::size_t vector,
                                            double mean, double variance) {
  if (n_ < 2) return {};
  if (const auto exact = rare(side, vector, mean, variance)) return *exact;
  return not_below_0(mean, t_ * std::sqrt(variance / static_cast<double>(n_)), IntervalMethod::student_t);
}

ConfidenceInterval PricedIntervals::defender(std::size_t vector, const PricedPoint& priced) {
  return of_mean(defender_, vector, priced.defender, priced.defender_variance);
}

ConfidenceInterval PricedIntervals::attacker(std::size_t vector, const PricedPoint& priced) {
  return of_mean(attacker_, vector, priced.attacker, priced.attacker_variance);
}

ConfidenceInterval PricedIntervals::exchange(std::size_t vector, const PricedPoint& priced) {
  if (n_ < 2 || priced.attacker == 0) return {};
  if (const auto above = rare(defender_, vector, priced.defender, priced.defender_variance))
    return {above->low / priced.attacker, above->high / priced.attacker, above->method};
  if (const auto below = rare(attacker_, vector, priced.attacker, priced.attacker_variance))
    return {priced.defender / below->high, priced.defender / below->low, below->method};
  const RatioMoments moments = priced.exchange(n_);
  return not_below_0(moments.ratio(), t_ * moments.standard_error(), IntervalMethod::delta);
}

}  // namespace dronewall
