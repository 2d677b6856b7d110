// Zones: polygons with holes, and circles.
#pragma once
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "dronewall/geometry/leg.hpp"
#include "dronewall/geometry/point.hpp"
#include "dronewall/geometry/span.hpp"

namespace dronewall {

/// A simple polygon set with holes, in the plane, or a circle. Points on an edge are inside.
class Region {
 public:
  struct Ring {
    std::vector<Vec2> points;  ///< open: the last is not the first; at least three
  };
  struct Polygon {
    Ring outer;
    std::vector<Ring> holes;
  };

  /// Contains nothing.
  Region() = default;
  /// Rings may run either way round. Self-crossing rings are a caller's bug: ask why_invalid first.
  explicit Region(const std::vector<Polygon>& polygons);
  /// "" when the polygons are simple and do not overlap; else a reason in words ("a ring crosses itself or
  /// another ring"), and `near`, if given, becomes a corner or crossing near which it is wrong.
  [[nodiscard]] static std::string_view why_invalid(const std::vector<Polygon>& polygons,
                                                    Vec2* near = nullptr);
  /// A circle, kept exact (not a polygon). radius >= 0 m.
  [[nodiscard]] static Region circle(Vec2 centre, double radius_m);

  [[nodiscard]] bool contains(Vec2 point) const;
  /// Appends when the leg is inside, in order, touching spans merged, cut to the leg. A leg along an edge is
  /// inside. A touch in one point leaves no span (rounding decides whether it is seen at all), unless the leg
  /// has no length in time. No memory is asked for but `out`'s.
  void inside(const Leg& leg, std::vector<Span>& out) const;
  [[nodiscard]] bool empty() const { return edges_.empty() && !is_circle_; }
  /// Bounding box: lower-left, upper-right. Both zero when empty.
  [[nodiscard]] std::pair<Vec2, Vec2> box() const { return {low_, high_}; }
  [[nodiscard]] double area_m2() const { return area_m2_; }
  /// A point well inside: the middle of the box where that is inside, else the middle of the longest crossing
  /// by a line from west to east, of few. The middle of the box when empty.
  [[nodiscard]] Vec2 point_inside() const;

  struct Edge {
    Vec2 a, b;
  };
  /// The sides of all rings; none for a circle.
  [[nodiscard]] const std::vector<Edge>& edges() const { return edges_; }
  struct Circle {
    Vec2 centre;
    double radius_m = 0;
  };
  /// nullopt for polygons.
  [[nodiscard]] std::optional<Circle> as_circle() const {
    return is_circle_ ? std::optional<Circle>({centre_, radius_m_}) : std::nullopt;
  }

 private:
  /// Successive edges and their box, of which most miss a line or a point all at once.
  struct Stretch {
    Vec2 middle, half;
    std::size_t begin, end;  // edges
  };

  void add(const Ring& ring);
  void add_stretch(std::size_t begin, std::size_t end);
  [[nodiscard]] bool misses_box(const Leg& leg) const;
  void add_crossings(const Leg& leg, std::vector<Span>& out) const;
  void add_edges_along(const Leg& leg, std::vector<Span>& out) const;

  std::vector<Edge> edges_;  // of all rings
  std::vector<Stretch> stretches_;
  Vec2 low_, high_;
  double area_m2_ = 0;
  bool is_circle_ = false;
  Vec2 centre_;
  double radius_m_ = 0;
};

}  // namespace dronewall
