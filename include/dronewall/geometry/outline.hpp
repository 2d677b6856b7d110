// The outer border of several zones taken together, and the shortest way out over it.
#pragma once
#include <optional>
#include <vector>

#include "dronewall/geometry/point.hpp"
#include "dronewall/geometry/region.hpp"

namespace dronewall {

/// What bounds the union of several regions: the pieces of their borders that have the outside on one side.
/// Made once, in O(edges²); circles stay exact. Gaps and overlaps of less than a metre between neighbours are
/// rounding of their maps and no border.
class Outline {
 public:
  /// Contains nothing, so everything is outside.
  Outline() = default;
  explicit Outline(const std::vector<const Region*>& regions);

  /// The nearest point of the border to `from`, which lies in one of the regions: the straight way there
  /// stays inside. nullopt when there is no border. O(pieces). Ties go to the region given first.
  [[nodiscard]] std::optional<Vec2> nearest(Vec2 from) const;

 private:
  struct Arc {
    Vec2 centre;
    double radius_m = 0;
    double from_rad = 0, to_rad = 0;  ///< counter-clockwise, from < to <= from + 2π
  };
  void add_sides(const Region::Edge& edge, const Region& own, const std::vector<const Region*>& regions);
  void add_arcs(const Region& own, const std::vector<const Region*>& regions);

  std::vector<Region::Edge> sides_;
  std::vector<Arc> arcs_;
};

}  // namespace dronewall
