#include "study/sweep/known_points.hpp"

namespace dronewall {

std::vector<Known> known_points(const Store& store) {
  std::vector<Known> known;
  known.reserve(store.point_count());
  store.each_point([&](const StoredPoint& one) {
    if (one.point != known.size())
      throw StoreError(store.path() +
                       " is damaged: points are missing (`dronewall store verify` says which)");
    known.push_back({one.hash, one.replications, one.point, one.number.value_or(SweepPlan::none), one.state});
  });
  return known;
}

}  // namespace dronewall
