// One design point on its way: which replications are to be run next, what is known, when it is finished.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "dronewall/stats/precision.hpp"
#include "dronewall/study/run_points.hpp"
#include "study/run/tally.hpp"
#include "study/run/wanted.hpp"

namespace dronewall {

/// Replications `first` … `first + count − 1`.
struct ReplicationRange {
  std::uint64_t first = 0, count = 0;
  [[nodiscard]] std::uint64_t end() const { return first + count; }
};

/// What a range of replications gave.
struct RangeResult {
  std::uint64_t first = 0;
  Tally tally;
  StoredRows rows;  ///< empty unless rows are kept
};

/// A stored tally's plan: every line of cost has cross products, so that any price book can be laid on it.
[[nodiscard]] TallyPlan plan_stored_tally(const LedgerLayout& layout,
                                          const std::vector<MeasureDefinition>& measures);

/// Known again in another store, another process and another program of the same results version.
[[nodiscard]] std::uint64_t hash_of_layout(const LedgerLayout& layout);

/// What of a store a point can take over.
enum class KeptResults {
  all,
  other_columns,  ///< the tallies are of another layout
  without_rows    ///< rows are needed, and are not those of the tallies
};

/// Not shared between threads but for run(), which changes nothing that others read.
class PointRun {
 public:
  PointRun(StoredPointId point, RunnablePoint runnable, const PointGoal& goal, std::uint64_t at_most);
  PointRun(const PointRun&) = delete;
  PointRun& operator=(const PointRun&) = delete;

  [[nodiscard]] const RunnablePoint& runnable() const { return runnable_; }
  [[nodiscard]] std::uint64_t layout_hash() const { return layout_hash_; }

  /// What a store holds of a point that has this one's layout.
  [[nodiscard]] KeptResults kept_in(const Store& store, StoredPointId point) const;
  /// Takes over what a store holds. False when that cannot be gone on with: then this must not be used.
  [[nodiscard]] bool restore(const Store& store);
  /// After restoring: opens the first look, or finishes.
  void begin();

  /// The next range of this look that nobody has been given; nullopt: none until the look is judged.
  [[nodiscard]] std::optional<ReplicationRange> next();
  /// Runs a range on a runner of its own; ends early when `stop` becomes true.
  [[nodiscard]] RangeResult run(const Runner& runner, ReplicationRange range, const std::atomic<bool>* stop);
  /// Books a range. True when its look is complete: then judge() it.
  [[nodiscard]] bool add(RangeResult result);
  /// What a complete look says; nullopt without a wanted precision. Others may call next() meanwhile.
  [[nodiscard]] std::optional<PrecisionVerdict> verdict() const;
  /// Finishes, or opens the next look.
  void judge(const std::optional<PrecisionVerdict>& verdict);
  void judge() { judge(verdict()); }

  [[nodiscard]] bool is_finished() const { return dronewall::is_finished(state_.state); }
  /// Its state and how many replications are merged.
  [[nodiscard]] const StoredPoint& state() const { return state_; }
  void fail(const std::string& reason);
  /// What a store must know, merged so far; nullopt when there is nothing.
  [[nodiscard]] std::optional<StoredTally> stored() const;
  /// Rows since the last call.
  [[nodiscard]] std::vector<StoredRows> take_rows();
  /// First replications of tallies that stood apart and are merged now, since the last call.
  [[nodiscard]] std::vector<std::uint64_t> take_absorbed();
  /// Of the requested and the always kept measures; once something is merged.
  [[nodiscard]] std::vector<Estimate> estimates() const;
  /// Half-width of the watched measure as a share of its mean.
  [[nodiscard]] std::optional<double> watched_width(const std::vector<Estimate>& estimates) const;

 private:
  void plan_rows();
  void take_piece(std::uint64_t first, Tally tally);
  void see_rows(const StoredRows& rows);
  [[nodiscard]] std::uint64_t done() const { return total_ ? total_->moments().count() : 0; }
  [[nodiscard]] std::uint64_t look_after(std::uint64_t look) const;
  [[nodiscard]] PrecisionVerdict verdict_on(const Requested& requested, const Wanted& wanted) const;
  [[nodiscard]] bool fits(const StoredTally& tally) const;

  StoredPoint state_;
  RunnablePoint runnable_;
  const PointGoal& goal_;
  StoppingRule rule_;
  std::uint64_t layout_hash_;
  TallyPlan plan_;
  std::vector<Wanted> wanted_;
  std::vector<std::uint32_t> row_columns_;  // kept; empty: none
  std::optional<Tally> total_;              // replications 0 …
  std::map<std::uint64_t, Tally> pieces_;   // later ones, by their first
  std::map<std::uint64_t, StoredRows> rows_;
  std::vector<std::uint64_t> apart_;  // first replications of stored tallies that are not merged yet
  std::uint64_t look_ = 0;            // to be judged when this many are merged
  std::uint64_t handed_out_ = 0;      // ranges up to here were given
};

}  // namespace dronewall
