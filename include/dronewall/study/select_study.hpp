// From a study file to what a selection needs.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "dronewall/replication/replication.hpp"
#include "dronewall/study/point_proof.hpp"
#include "dronewall/study/select.hpp"

namespace dronewall {

/// A study's question: the space of its choices and attacker's answers over its uncertain points, and the
/// plan as far as the file says it (aim, constraints, budget of the attacker, confidence, seed).
struct StudySelection {
  SelectSpace space;
  SelectPlan plan;
  std::string unit;                    ///< of the objective: "fraction", a currency, "" …
  std::vector<std::string> uncertain;  ///< paths
  std::uint64_t uncertain_hash = 0;    ///< of what the uncertain points set, in their order
  StudyPoints
      points;  ///< each mix against each answer at each uncertain point; as `make`, it needs the models
};

/// Mixes are the grid of the `choices` (lists, or ranges of whole numbers with all numbers in them), answers
/// the grid of what the attacker `may`. Uncertain points are the grid of the uncertain lists times a
/// space-filling design of the uncertain ranges: the study's own (latin-hypercube or sobol, also inside a
/// cross), else a latin hypercube of 32. They are the same for every mix and of equal weight. Reports to
/// `problems` what cannot be selected by; then nullopt. `models` must outlive the selection.
[[nodiscard]] std::optional<StudySelection> selection_of(const PointModels& models,
                                                         const ReplicationOptions& replication,
                                                         Problems& problems);

}  // namespace dronewall
