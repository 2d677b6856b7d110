// The points of a store as planning needs them.
#pragma once
#include <vector>

#include "dronewall/study/stored_sweep.hpp"

namespace dronewall {

/// A stored point as the plan needs it.
struct Known {
  std::uint64_t hash = 0;
  std::uint64_t replications = 0;
  StoredPointId point = 0;
  std::uint32_t number = SweepPlan::none;  ///< none: the design does not hold it
  PointState state = PointState::planned;
  bool lacks_rows = false;  ///< all rows are to be kept, and some are not there
};

/// By id. Throws StoreError when one is missing.
[[nodiscard]] std::vector<Known> known_points(const Store& store);

}  // namespace dronewall
