// Warnings before anything runs: books of a study under which a doctrine would choose otherwise.
#pragma once
#include <cstdint>
#include <vector>

#include "dronewall/study/point_proof.hpp"

namespace dronewall {

/// What planning_warning() says of the study's own books at its points: a warning at each book that would
/// change a choice. Of many points some are looked at, spread evenly.
[[nodiscard]] std::vector<Problem> planning_warnings(const PointModels& models, const StudyPoints& points,
                                                     std::uint32_t threads);

}  // namespace dronewall
