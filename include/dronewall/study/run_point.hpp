// One design point: replications on all cores into estimates.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "dronewall/ledger/ledger.hpp"
#include "dronewall/stats/precision.hpp"
#include "dronewall/study/estimate.hpp"
#include "dronewall/study/requested.hpp"

namespace dronewall {

/// Runs one replication at a time and fills one integer per column. Used by one thread.
using Runner = std::function<void(std::uint32_t replication, std::int64_t* row)>;
/// Makes a runner; called once per thread, by that thread.
using RunnerFactory = std::function<Runner()>;

/// A precision that is wanted of one measure.
struct WantedPrecision {
  PrecisionGoal goal;
  std::string measure;
};

/// How far a run is; handed to the progress callback a few times a second, on the caller's thread.
struct RunProgress {
  std::uint64_t done = 0;
  std::uint64_t total = 0;  ///< the most there may be
  double seconds = 0;
  /// The widest of the watched intervals at the last look, as a share of its mean; absent before the first
  /// look.
  std::optional<double> worst_half_width;
  std::string worst_measure;
};

struct RunOptions {
  std::uint64_t replications = 10'000;  ///< >= 1; with a wanted precision: the most
  std::uint32_t threads = 1;            ///< >= 1
  double confidence = 0.95;
  std::optional<WantedPrecision> precision;
  std::vector<Requested> requested;
  bool keep_rows = false;
  const std::atomic<bool>* stop = nullptr;  ///< when it becomes true, what was begun is finished and kept
  std::function<void(const RunProgress&)> progress;
};

enum class RunEnd { done, precision_reached, precision_missed, stopped };

struct PointResult {
  std::uint64_t replications = 0;  ///< numbers 0 … replications − 1
  RunEnd end = RunEnd::done;
  std::optional<PrecisionVerdict> precision;
  std::vector<Estimate> estimates;  ///< one per measure, in their order
  std::vector<Estimate> requested;  ///< one per requested measure, in their order
  std::vector<double> means;        ///< per replication, of every column's integers
  double unresolved = 0;            ///< intruders still aloft at the end, per replication
  std::vector<std::int64_t> rows;   ///< keep_rows: one row of columns per replication
  double seconds = 0;               ///< of wall time

  /// nullptr when there is no such measure.
  [[nodiscard]] const Estimate* find(const std::string& name) const;
};

/// A replication whose fates do not sum to its launches: a bug of ours, never a result.
class ConservationBroken : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Why the options ask for what cannot be given (`leakerz is no measure; did you mean leakers?`), or "".
[[nodiscard]] std::string why_not_askable(const std::vector<MeasureDefinition>& measures,
                                          const RunOptions& options);

/// Runs replications 0, 1, … over threads that take them from one counter. All sums are exact integers, so
/// the result depends on neither threads nor order, bit for bit; a stopped run holds all replications below
/// its count. `measures` are read off the layout's columns. Throws ConservationBroken, and what a runner
/// throws.
[[nodiscard]] PointResult run_point(const LedgerLayout& layout,
                                    const std::vector<MeasureDefinition>& measures,
                                    const RunnerFactory& make_runner, const RunOptions& options);

}  // namespace dronewall
