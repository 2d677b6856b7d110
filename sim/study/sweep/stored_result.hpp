// How a point's results go into a store.
#pragma once
#include <vector>

#include "dronewall/store/store.hpp"
#include "dronewall/study/estimate.hpp"
#include "study/sweep/point_run.hpp"

namespace dronewall {

[[nodiscard]] StoredEstimate stored(const Estimate& estimate);

/// The merged tally with its layout and rows; tallies that it has absorbed go.
void store_tally(Store& store, const PointRun& run, const Store::EncodedTally& tally,
                 const std::vector<StoredRows>& rows, const std::vector<std::uint64_t>& absorbed);
/// Takes away what a point cannot go on with: rows, and tallies that stand apart. Its first tally stays until
/// it is written anew.
void forget_results(Store& store, StoredPointId point);
/// A finished point: its tally, rows, state and estimates.
void store_finished(Store& store, PointRun& run, const Store::EncodedTally& tally,
                    const std::vector<Estimate>& estimates);

}  // namespace dronewall
