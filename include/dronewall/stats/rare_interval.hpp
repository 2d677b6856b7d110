// Intervals of what seldom happens: losses of which a run has seen a handful, or none.
//
// Where few replications have an event, the normal theory behind t and delta intervals fails: without an
// event they are 0 wide, with a few they reach below 0. What is counted here is events that are independent:
// where several happen together (a raid whose drones share their luck), they count as one of that size. Only
// replications are known to be independent, so where none was seen an event is taken for a whole one.
#pragma once
#include <cstdint>

#include "dronewall/stats/interval.hpp"

namespace dronewall {

/// A sum over replications of something that is 0 in most of them and never below.
struct RareSum {
  std::uint64_t n = 0;  ///< replications
  double sum = 0;       ///< Σ x, >= 0
  double squares = 0;   ///< Σ x²
  double whole = 1;     ///< the most that one replication could hold, > 0: an event where none was seen

  /// (Σ x)² / Σ x²: how many independent events of one size tell as much. 0 without any.
  [[nodiscard]] double events() const;
  /// Σ x² / Σ x: their size; `whole` without any. The first that is seen tells how large events are, so a
  /// bound may shrink with it.
  [[nodiscard]] double size() const;
  /// Fewer than 30 events, in fewer than half of the replications.
  [[nodiscard]] bool is_rare() const;
};

/// The mean Σ x / n: events are Poisson, so that their number k has the exact bounds Γ⁻¹(k; α/2) and
/// Γ⁻¹(k + 1; 1 − α/2), times their size. 0 of n gives 0 … 3.69 / n × whole at 95%. Undefined for n = 0.
/// Source: Garwood, Biometrika 28 (1936) 437; with events of several sizes, after Fay and Feuer, Stat. Med.
/// 16 (1997) 791.
[[nodiscard]] ConfidenceInterval rare_mean_interval(const RareSum& events, double confidence);

/// The share Σ x / trials: Clopper–Pearson on trials / size trials. Where each event comes alone it is exact;
/// where none was seen, with as many trials in each replication, it is that of 0 of n: 0 … 3.69 / n at 95%.
/// Undefined without trials.
/// Source: Korn and Graubard, Survey Methodology 24 (1998) 193.
[[nodiscard]] ConfidenceInterval rare_share_interval(const RareSum& events, double trials, double confidence);
/// The same of a share of which little is lacking: 1 less that of the rest.
[[nodiscard]] ConfidenceInterval nearly_all_interval(const RareSum& lacking, double trials,
                                                     double confidence);

}  // namespace dronewall
