// Probabilities and quantiles from what a store has kept of a point.
#pragma once
#include <optional>

#include "dronewall/study/requested.hpp"
#include "dronewall/study/stored_study.hpp"

namespace dronewall {

/// As `run` would say; nullopt where it takes a row of each replication and the store has not kept them all.
/// Throws StoreError.
[[nodiscard]] std::optional<Estimate> requested_of_store(const StoredStudy& study, StoredPointId point,
                                                         const PointTally& tally, const Requested& requested,
                                                         const MeasureDefinition& measure, double confidence);

}  // namespace dronewall
