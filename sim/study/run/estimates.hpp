// From tallies to estimates.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "dronewall/stats/precision.hpp"
#include "dronewall/study/run_point.hpp"
#include "study/run/tally.hpp"

namespace dronewall {

/// A form whose weights apply to the columns' integers: the quanta are multiplied in.
[[nodiscard]] LinearForm on_integers(const LedgerLayout& layout, const LinearForm& form);

/// Says of a solved price, or of an end of its interval, that it is not known beyond the turns that it met.
void say_unknown_beyond(const PriceTurns& met, Estimate& estimate);

/// The estimate of a mean or a ratio of means.
[[nodiscard]] Estimate estimate(const LedgerLayout& layout, const MeasureDefinition& measure,
                                const Tally& tally, double confidence);

/// The estimate of a requested probability or quantile from the exact distribution of one count, whose value
/// is weight × integer + constant; weight > 0.
[[nodiscard]] Estimate estimate(const Requested& requested, const Histogram& histogram, double weight,
                                double constant, double confidence);
/// The same from one value per replication; the values are sorted in place.
[[nodiscard]] Estimate estimate(const Requested& requested, std::vector<double>& values, double confidence);

/// Replications in which a rare part of a measure happened: the fewest over the counts that carry a tenth of
/// the form's variance or more and are 0 in most replications. Absent when there is no such part.
[[nodiscard]] std::optional<std::uint64_t> rare_events(const LedgerLayout& layout,
                                                       const MeasureDefinition& measure, const Tally& tally);

/// Whether a measure is precise enough by now.
[[nodiscard]] PrecisionVerdict judge_measure(const LedgerLayout& layout, const MeasureDefinition& measure,
                                             const Tally& tally, const StoppingRule& rule, double confidence);

/// With intruders still aloft: gives ratios and costs their bounds; takes back a solved price that they could
/// carry beyond a turn. `estimates` are of `measures`, in order;
/// `means` are per replication, of the integers of the layout's columns.
void add_bounds(const LedgerLayout& layout, const std::vector<MeasureDefinition>& measures,
                std::span<const double> means, std::vector<Estimate>& estimates);

/// All of them, with bounds: as a run reports.
[[nodiscard]] std::vector<Estimate> estimate_all(const LedgerLayout& layout,
                                                 const std::vector<MeasureDefinition>& measures,
                                                 const Tally& tally, double confidence);

}  // namespace dronewall
