// The memory of a selection in a file: what it has run, it never runs again.
#pragma once
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "dronewall/store/selection_store.hpp"
#include "dronewall/study/select_study.hpp"
#include "dronewall/study/trial_memory.hpp"

namespace dronewall {

/// What decides the observations of a selection beside what a mix and an answer set.
struct TrialStudy {
  using Texts = std::vector<std::pair<std::string, std::string>>;

  Texts names;                        ///< what the study is called: they decide nothing
  Texts decides;                      ///< seed, versions, round: with others, others are observed
  Texts fields;                       ///< of the scenario, but for prices
  std::vector<StoredFactor> factors;  ///< what varies
  std::uint64_t texts = 0;            ///< hash of all that figures are priced by; also of remarks
};
[[nodiscard]] TrialStudy trial_study_of(const PointModels& models, const StudySelection& selection,
                                        std::uint64_t seed);

/// Holds a store open: for reading until something is to be run, then for writing. Every call throws
/// StoreError where the file fails it, and StudyChanged where the file holds another study.
class StoredTrials final : public TrialMemory {
 public:
  StoredTrials(std::string path, const SelectSpace& space, TrialStudy study,
               std::chrono::milliseconds between_commits = std::chrono::seconds(1));
  /// Commits what it can.
  ~StoredTrials() override;

  [[nodiscard]] bool knows(const Trial& trial) override;
  [[nodiscard]] std::vector<ObservedRounds> take(const Trial& trial, std::uint64_t first,
                                                 std::uint64_t end) override;
  void prepare(const Trial& trial) override;
  void keep(const Trial& trial, std::uint64_t first, const std::vector<FigureSum>& sums) override;
  /// Makes all that was kept lasting.
  void commit();

  /// Pieces whose bytes were not those that were written, and that were run again.
  [[nodiscard]] std::uint64_t damaged() const { return damaged_; }
  /// Figures that trials lack which the file held before: other prices, or nobody had asked for them.
  [[nodiscard]] const std::set<std::string>& lacking() const { return lacking_; }

 private:
  /// By figure; absent where the store has none of these prices.
  using SeriesOfTrial = std::vector<std::optional<StoredSeriesId>>;
  struct Gathered;

  void open(StoreAccess access);
  void enter_study();
  [[nodiscard]] TrialStudy::Texts settings(const Trial& trial) const;
  [[nodiscard]] const SeriesOfTrial& series_of(const Trial& trial);
  [[nodiscard]] SeriesOfTrial find_series(const Trial& trial, std::uint64_t hash) const;
  void gather(StoredSeriesId series, std::size_t figure, Gathered& into);
  void add_lacking_rounds(StoredSeriesId series, const Trial& trial, const StoredSums& sums);

  const std::string path_;
  const std::vector<ChoiceAxis> choices_, answers_;
  const TrialStudy study_;
  const std::chrono::milliseconds between_commits_;
  std::mutex mutex_;
  std::optional<SelectionStore> store_;
  bool writes_ = false;
  std::map<std::uint64_t, SeriesOfTrial> known_;                  // by the trial's hash
  std::set<std::pair<StoredSeriesId, std::uint64_t>> to_remove_;  // pieces that have changed
  std::uint64_t damaged_ = 0;
  std::set<std::string> lacking_;
  std::optional<std::chrono::steady_clock::time_point> last_commit_;  // none: the first comes at once
};

}  // namespace dronewall
