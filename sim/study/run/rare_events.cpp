#include "study/run/rare_events.hpp"

#include <algorithm>
#include <cmath>

#include "dronewall/ledger/events.hpp"

namespace dronewall {
namespace {

RareSum seen_sum(const LinearForm& form, const Tally& tally) {
  RareSum events;
  events.n = tally.moments().count();
  const double n = static_cast<double>(events.n), mean = tally.moments().form_mean(form.terms);
  events.sum = n * mean;
  events.squares = (n - 1) * tally.variance(form) + n * mean * mean;
  double dearest = 0;
  for (const auto& [column, weight] : form.terms) dearest = std::max(dearest, weight);
  constexpr double rounding = 1e-6;  // A difference of equal sums is 0 but for its last bits.
  if (std::abs(events.sum) < rounding * dearest) events.sum = events.squares = 0;
  return events;
}

/// Of a share, none of whose counts is below 0.
RareSum seen_of_share(const LinearForm& form, const LinearForm& all, const Tally& tally) {
  RareSum events = seen_sum(form, tally);
  if (events.sum != 0) return events;
  events.whole = 0;
  for (const auto& [column, weight] : all.terms)
    events.whole += weight * static_cast<double>(tally.largest(column));
  return events;
}

}  // namespace

bool sums_events(const LinearForm& form, const LedgerLayout& layout, const Tally& tally) {
  return may_sum_events(layout, form) &&
         std::all_of(form.terms.begin(), form.terms.end(), [&](const Term& term) {
           return layout.columns[term.first].is_count || tally.moments().mean(term.first) == 0;
         });
}

RareSum rare_sum(const LinearForm& form, const LedgerLayout& layout, const Tally& tally) {
  RareSum events = seen_sum(form, tally);
  if (events.sum == 0)
    events.whole =
        WholeReplication(layout, form).size([&](std::uint32_t column) { return tally.largest(column); });
  return events;
}

ConfidenceInterval rare_share(const LinearForm& part, const LinearForm& all, const Tally& tally,
                              double confidence) {
  const double trials = tally.moments().form_mean(all.terms) * static_cast<double>(tally.moments().count());
  const RareSum happened = seen_of_share(part, all, tally);
  if (happened.is_rare()) return rare_share_interval(happened, trials, confidence);
  const RareSum lacking = seen_of_share(plus(all, part, -1), all, tally);
  if (lacking.sum < 0 || !lacking.is_rare()) return {};
  return nearly_all_interval(lacking, trials, confidence);
}

ConfidenceInterval over_rare(double numerator, const RareSum& events, double confidence) {
  const ConfidenceInterval below = rare_mean_interval(events, confidence);
  return {numerator / below.high, numerator / below.low, below.method};
}

}  // namespace dronewall
