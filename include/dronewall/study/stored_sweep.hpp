// A study and its store: what is there, what is left to be run, and whether they belong together.
#pragma once
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "dronewall/store/store.hpp"
#include "dronewall/study/designs.hpp"
#include "dronewall/study/point_model.hpp"
#include "dronewall/study/run_points.hpp"

namespace dronewall {

/// The study cannot be continued in this store: field by field what differs, and what would be kept.
class StudyChanged : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// All that decides what is simulated and estimated, of a study that has been read and checked.
class SweptStudy {
 public:
  /// The models and the design must outlive this.
  SweptStudy(const PointModels& models, const DesignMatrix& design);

  [[nodiscard]] const PointModels& models() const { return models_; }
  [[nodiscard]] const StudyDescription& study() const { return models_.study(); }
  [[nodiscard]] const DesignMatrix& design() const { return design_; }
  [[nodiscard]] const PointGoal& goal() const { return goal_; }
  [[nodiscard]] std::uint64_t at_most() const { return study().replications.at_most; }
  /// Compiles the point with this place in the design.
  [[nodiscard]] RunnablePoint make(std::uint32_t number) const;
  /// Of all that decides a quantity; prices are in it where a doctrine reads them.
  [[nodiscard]] std::uint64_t quantity_hash() const { return quantity_hash_; }
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }
  /// What else the store keeps: keys of study_text and their values.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& texts() const { return texts_; }
  /// What varies, in the order of the study, whatever order its design has.
  [[nodiscard]] std::vector<StoredFactor> factors() const;
  /// The text that the point with this place in the design sets, one per factor.
  [[nodiscard]] std::vector<std::string> settings(std::uint32_t number) const;
  void keep_all_rows() { goal_.rows = RowsKept::all; }
  /// False: simulates also what nobody can observe; equal results.
  bool elide = true;
  std::string data;  ///< the folder of catalogs as given; empty: none was

 private:
  void set_texts();
  const PointModels& models_;
  const DesignMatrix& design_;
  PointGoal goal_;
  std::vector<std::pair<std::string, std::string>> fields_, texts_;
  std::uint64_t quantity_hash_ = 0;
};

enum class Failed { stay, again };

/// What a sweep has to do, found without writing.
struct SweepPlan {
  std::vector<PointTask> tasks;        ///< by the ids that their points have or will have
  std::vector<std::uint32_t> numbers;  ///< by id: place in the design; none where it has none
  std::vector<std::uint32_t>
      new_points;                  ///< places of points that are not in the store, by id from the first new
  std::uint64_t points = 0;        ///< of the design, without repetitions
  std::uint64_t finished = 0;      ///< of them, before anything is run
  std::uint64_t reopened = 0;      ///< of the finished ones, those that are looked at again
  std::uint64_t failed = 0;        ///< set aside before, and left so
  std::uint64_t repeated = 0;      ///< points of the design that equal an earlier one
  bool changes_store = false;      ///< something other than results is to be written
  bool estimates_changed = false;  ///< prices, measures or the confidence are others now
  bool goal_changed = false;       ///< how many replications are wanted is
  std::vector<std::string> notes;  ///< what a user should know, by find_what_is_kept()

  static constexpr std::uint32_t none = ~std::uint32_t{0};
};

/// Compares. Throws StudyChanged when what is stored was simulated otherwise.
[[nodiscard]] SweepPlan plan_sweep(const Store& store, const SweptStudy& study, Failed failed = Failed::stay);
/// Finds what of the stored replications each task takes over (PointTask::kept), and says in the plan's notes
/// which points are estimated anew and which are run again because the store lacks what is needed of them.
/// Compiles a point of each layout that is stored.
void find_what_is_kept(const Store& store, const SweptStudy& study, SweepPlan& plan);
/// Whether a finished sweep's scenario has other texts now than when it was swept: other prices, say, or
/// remarks. Throws StudyChanged when what decides a quantity is other.
[[nodiscard]] bool has_other_texts(const Store& store, const PointModels& models);
/// The plan of a store that is not there yet.
[[nodiscard]] SweepPlan plan_sweep(const SweptStudy& study);
/// Writes what the study is, new points and places. Commits.
void enter_study(Store& store, const SweptStudy& study, const SweepPlan& plan);

/// The line by which a shell runs replications of a point again; count 0: all of them.
[[nodiscard]] std::string shard_line(const SweptStudy& study, std::uint32_t number, std::uint64_t first,
                                     std::uint64_t count);

/// Makes one file again of a finished store that a killed process left in several, where nobody else writes
/// it and it may be written; else it stays as it is.
void tidy_store(const std::string& path);

/// Runs what is left.
RunPointsResult run_sweep(Store& store, const SweptStudy& study, const SweepPlan& plan,
                          RunPointsOptions options);

/// What a sweep will take, from a few replications of a few of its points.
struct SweepForecast {
  std::uint64_t points = 0, finished = 0;                ///< finished and not looked at again
  std::uint64_t reopened = 0, failed = 0, repeated = 0;  ///< as SweepPlan has them
  double replications = 0;                               ///< still to be run
  double seconds = 0;                                    ///< of wall time, on so many threads
  double bytes = 0;                                      ///< that the store will grow by
  std::uint64_t pilot_points = 0, pilot_replications = 0;
};
[[nodiscard]] SweepForecast forecast(const SweptStudy& study, const SweepPlan& plan, std::uint32_t threads);

}  // namespace dronewall
