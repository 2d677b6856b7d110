// What seldom happens, as a tally has seen it, and the intervals of shares and ratios that it decides.
#pragma once
#include "dronewall/ledger/ledger.hpp"
#include "dronewall/stats/rare_interval.hpp"
#include "study/run/tally.hpp"

namespace dronewall {

/// Whether a form is a sum of events: what happens a whole number of times, none of it below 0. An
/// expectation counts as one only as long as nothing was ever to be expected.
[[nodiscard]] bool sums_events(const LinearForm& form, const LedgerLayout& layout, const Tally& tally);

/// A sum of events as its interval needs it. Where none was seen, an event is the whole of a replication: of
/// the largest numbers seen of all who came, everyone once (WholeReplication). The largest and not the mean,
/// because what leaks seldom may leak when most come.
[[nodiscard]] RareSum rare_sum(const LinearForm& form, const LedgerLayout& layout, const Tally& tally);

/// The interval of a share of counts of which few happened, or nearly all; undefined where neither is so. Its
/// whole is the largest denominator seen.
[[nodiscard]] ConfidenceInterval rare_share(const LinearForm& part, const LinearForm& all, const Tally& tally,
                                            double confidence);

/// The interval of a ratio whose denominator seldom happens: the numerator over the denominator's bounds.
[[nodiscard]] ConfidenceInterval over_rare(double numerator, const RareSum& events, double confidence);

}  // namespace dronewall
