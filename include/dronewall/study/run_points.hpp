// Design points × replications over threads, into a store.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "dronewall/scenario/study.hpp"
#include "dronewall/store/store.hpp"
#include "dronewall/study/run_point.hpp"

namespace dronewall {

/// A design point that can be run.
struct RunnablePoint {
  std::shared_ptr<const LedgerLayout> layout;
  std::vector<MeasureDefinition> measures;  ///< the layout's own, then those of money
  RunnerFactory make_runner;
};

/// A point that cannot be compiled or run: why, in one line.
class PointFailed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Compiles a point; called by several threads at once. Throws PointFailed.
using MakePoint = std::function<RunnablePoint(StoredPointId)>;

/// A point and how many replications it may have in all, what is stored included.
struct PointTask {
  StoredPointId point = 0;
  std::uint64_t at_most = 0;
  std::uint64_t kept = 0;  ///< of them, stored ones that are not run again, for a forecast and the progress
};

/// Which columns' rows are kept beside the sums.
enum class RowsKept {
  where_needed,  ///< those that a requested probability or quantile of a sum needs, and then all of money
  all
};

/// What is wanted of every point.
struct PointGoal {
  std::uint64_t at_least = 100;  ///< with a precision: no look before
  /// Of a measure, or of one of `requested` by its name: `P(leakers <= 2)`.
  std::optional<WantedPrecision> precision;
  std::vector<Requested> requested;
  double confidence = 0.95;
  RowsKept rows = RowsKept::where_needed;
};

struct SweepProgress {
  std::uint64_t points = 0, of_points = 0;  ///< finished, of those to be run
  std::uint64_t before = 0;                 ///< points that were finished before
  std::uint64_t replications = 0;           ///< run by now, stored ones not counted
  std::uint64_t at_most = 0;   ///< replications that there may be to run, stored ones not counted
  bool may_end_early = false;  ///< a precision is wanted, so that fewer may do
  std::uint64_t failed = 0;
  double seconds = 0;
  /// The widest half-width among the finished points, as a share of its mean; absent before the first.
  std::optional<double> worst_half_width;
  std::string worst_measure;
};

struct RunPointsOptions {
  std::uint32_t threads = 1;
  OnError on_error = OnError::go_on;
  std::uint64_t stop_after = 0;                        ///< failed points; with OnError::stop_after
  const std::atomic<bool>* stop = nullptr;             ///< when it becomes true, what is finished is kept
  std::uint64_t finished_before = 0;                   ///< points of the study; the progress tells them
  std::uint64_t failed_before = 0;                     ///< points of the study; `on_error` counts them, too
  std::function<void(const SweepProgress&)> progress;  ///< a few times a second, on the caller's thread
  /// The line that reproduces a failure: of a point and its replications.
  std::function<std::string(StoredPointId, std::uint64_t first, std::uint64_t count)> line_of;
  std::chrono::milliseconds between_commits{1'000};  ///< what a killed sweep may lose
};

struct RunPointsResult {
  std::uint64_t finished = 0, reached = 0, capped = 0, failed = 0;  ///< of the tasks
  std::uint64_t replications = 0;                                   ///< run now
  bool stopped = false;                                             ///< by `stop`
  bool gave_up = false;                                             ///< by `on_error`
};

/// Runs the tasks. What the store holds of a point is taken over, and the rest is run in ranges of at most
/// 1,000 replications that threads take from one counter; finished ranges are committed at most
/// `between_commits` apart. A finished point gets estimates of what is requested and of leak-fraction,
/// leakers, the cost-exchange ratios and the defender's costs. Everything stored but `times` depends on
/// neither threads nor interruptions, bit for bit, and a point's estimates equal those of run_point(). A
/// range that fails is tried three times, then its point is set aside. Throws StoreError when the store
/// fails: what was committed stays.
RunPointsResult run_points(Store& store, const std::vector<PointTask>& tasks, const MakePoint& make,
                           const PointGoal& goal, const RunPointsOptions& options);

/// The measures every point is estimated for beside the requested ones.
[[nodiscard]] const std::vector<std::string>& measures_always_kept();

}  // namespace dronewall
