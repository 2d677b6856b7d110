// Checking a whole study before anything runs.
#pragma once
#include <cstdint>

#include "dronewall/study/point_proof.hpp"

namespace dronewall {

struct StudyCheckOptions {
  StudyPoints::Of points = StudyPoints::Of::design;  ///< those of the selection: of a study with `select:`
  ProofExtent extent = ProofExtent::points;
  std::uint32_t threads = 1;
};

/// Makes the design; compiles the scenario as it is, each end of a range when it alone is changed, and points
/// (see prove_points()); checks that every measure that the study names exists at one of them. Everything
/// wrong is reported, with places in the study file.
[[nodiscard]] Proved check_study(const PointModels& models, const StudyCheckOptions& options,
                                 Problems& problems);

}  // namespace dronewall
