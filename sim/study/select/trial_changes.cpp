#include "study/select/trial_changes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "dronewall/core/hash.hpp"
#include "dronewall/core/phrases.hpp"
#include "dronewall/random/distribution.hpp"
#include "dronewall/study/stored_study.hpp"
#include "dronewall/study/stored_sweep.hpp"
#include "dronewall/study/version.hpp"
#include "study/select/select_trials.hpp"
#include "study/sweep/sweep_changes.hpp"

namespace dronewall {
namespace {

/// Every observation is a sum over the uncertain points; of the other factors each level stands by itself.
Fields compared(const std::vector<StoredFactor>& factors) {
  Fields lines;
  for (const StoredFactor& factor : factors)
    lines.emplace_back(factor.path, factor.role == "uncertain" ? factor.levels : "varied");
  return lines;
}

std::vector<std::string> what_differs(const SelectionStore& store, const TrialStudy& study) {
  Fields stored;
  for (const auto& [key, value] : study.decides) stored.emplace_back(key, store.text(key).value_or(""));
  std::vector<std::string> lines = differences(stored, study.decides);
  for (const std::vector<std::string>& more :
       {differences(compared(store.factors()), compared(study.factors)),
        differences(store.fields(), study.fields)})
    lines.insert(lines.end(), more.begin(), more.end());
  return lines;
}

}  // namespace

void refuse_changes(const SelectionStore& store, const TrialStudy& study) {
  // A process that was killed before its first commit leaves tables with nothing in them.
  if (!store.text(study_text::results)) return;
  const std::vector<std::string> lines = what_differs(store, study);
  if (lines.empty()) return;
  const SelectionStore::Size size = store.size();
  throw StudyChanged(
      fmt::format("{}Of its {} of {} none would be kept: all were simulated as it was. {},\n"
                  "or give --store another file; this one stays as it is.",
                  text_of_changes(store.path(), lines), counted(size.replications, "replication"),
                  counted(size.trials, "trial"), way_out_of(lines, store.text(study_text::program))));
}

TrialStudy trial_study_of(const PointModels& models, const StudySelection& selection, std::uint64_t seed) {
  const StudyDescription& description = models.study();
  TrialStudy study;
  study.names = {{study_text::file, description.file},
                 {study_text::title, description.title},
                 {study_text::program, program_version}};
  study.decides = {{study_text::seed, fmt::format("{}", seed)},
                   {study_text::results, fmt::format("{}", results_version)},
                   {study_text::fingerprint, fmt::format("{:016x}", arithmetic_fingerprint())},
                   {"round", fmt::format("{}", round_over(selection.space.uncertain_points))},
                   {"uncertain_points", fmt::format("{} (hash {:016x})", selection.space.uncertain_points,
                                                    selection.uncertain_hash)}};
  std::vector<std::string> paths;
  for (const Factor& factor : description.factors) {
    paths.push_back(factor.path);
    study.factors.push_back(stored_factor(factor));
  }
  study.fields = fields_of(models, paths);
  // Whether losses are expected or sampled decides prices, too.
  study.texts = hash_text(name_of(models.scoring()), models.scenario_hash());
  return study;
}

}  // namespace dronewall
