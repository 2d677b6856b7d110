// Variants of a scenario on common random numbers: what differs, by how much, and what cannot be told from 0.
#pragma once
#include <string>
#include <vector>

#include "dronewall/study/run_point.hpp"

namespace dronewall {

/// One of the scenarios that are compared: what it books, what is read off it, and its runners.
struct Variant {
  const LedgerLayout& layout;
  const std::vector<MeasureDefinition>& measures;
  RunnerFactory make_runner;
};

/// What the paired interval says of a difference.
enum class Told {
  equal,    ///< 0 in every replication
  above,    ///< the whole interval lies above 0
  below,    ///< below 0
  unclear,  ///< the interval holds 0, or there is none
  undefined
};
/// `equal`, `above`, `below`, `unclear`, `undefined`.
[[nodiscard]] const char* name_of(Told told);

/// One measure of two variants that share their luck.
struct Difference {
  Estimate estimate;  ///< the other's minus the first's; a ratio's by the delta method, see `method`
  Told told = Told::unclear;
  /// Variance of the difference without pairing over that with it: so many times the replications would be
  /// needed for the same half-width if each variant had a luck of its own. Absent where nothing varies.
  std::optional<double> variance_ratio;
};

/// One variant against the first.
struct PairComparison {
  std::vector<Difference> differences;              ///< measures that both have, in the first's order
  std::vector<std::string> only_first, only_other;  ///< measures that one has alone
  /// cost-per-leaker-averted.VIEW = −(difference of cost.defender.VIEW) / (difference of leakers), a ratio of
  /// means: what the one that lets fewer through pays more, for each leaker less. Below 0 it pays less.
  /// Undefined where the leakers cannot be told apart, and where the first costs more and lets more through.
  std::vector<Estimate> averted;

  [[nodiscard]] const Difference* find(const std::string& measure) const;
};

struct CompareResult {
  std::uint64_t replications = 0;  ///< of each variant, numbers 0 … replications − 1
  RunEnd end = RunEnd::done;
  std::optional<PrecisionVerdict> precision;
  std::vector<PointResult> variants;          ///< as each would report by itself, without rows and quantiles
  std::vector<PairComparison> against_first;  ///< of variants 1, 2, …
  double seconds = 0;
};

/// Runs all variants, replication k of each on the same draws, in one pass: kept are sums and cross products
/// of all columns and of their differences, exact integers, so the result depends on neither threads nor
/// order. `options.precision` speaks of the difference of the second variant to the first; `requested` and
/// `keep_rows` must be unset. At least two variants. Throws as run_point().
[[nodiscard]] CompareResult compare(const std::vector<Variant>& variants, const RunOptions& options);

}  // namespace dronewall
