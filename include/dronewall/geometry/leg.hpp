// Straight legs of a flight, and when they are inside a circle or a sector.
#pragma once
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "dronewall/geometry/point.hpp"
#include "dronewall/geometry/span.hpp"

namespace dronewall {

/// One straight leg of a flight at constant velocity: position = start + velocity·(t − begin), begin ≤ t ≤
/// end. A wait at a point is a leg with velocity zero. Consecutive legs share their ends.
struct Leg {
  double begin = 0;  ///< s
  double end = 0;    ///< s, >= begin
  Vec2 start;        ///< m
  Vec2 velocity;     ///< m/s

  [[nodiscard]] Vec2 at(double t) const { return start + velocity * (t - begin); }
};

/// When a point p + v·t is within `radius_m` of the origin, over all times, past ones too: the chord
///     t = (−p·v ± sqrt(r² v·v − (p×v)²)) / v·v
/// nullopt when never (also for radius < 0 or NaN); a point that stands still inside is there from −∞ to +∞.
/// The discriminant is a difference of squares in the miss distance, free of the cancellation in
/// (p·v)² − v·v (p·p − r²); both roots are as exact as p itself, whose last bit is worth eps·|p|/|v| seconds.
[[nodiscard]] inline std::optional<Span> chord(Vec2 p, Vec2 v, double radius_m) {
  if (!(radius_m >= 0)) return std::nullopt;
  const double vv = dot(v, v);
  if (vv == 0) {
    if (!(dot(p, p) <= radius_m * radius_m)) return std::nullopt;
    return Span{-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  }
  const double miss = cross(p, v);
  const double square = radius_m * radius_m * vv - miss * miss;
  if (!(square >= 0)) return std::nullopt;
  const double middle = -dot(p, v) / vv;
  const double half = std::sqrt(square) / vv;
  return Span{middle - half, middle + half};
}

/// When a leg is inside the circle |p − centre| ≤ radius: at most one span, cut to the leg. nullopt when
/// never inside; a touch in one point counts as a span of no length. radius < 0: never.
[[nodiscard]] inline std::optional<Span> inside_circle(const Leg& leg, Vec2 centre, double radius_m) {
  const std::optional<Span> whole = chord(leg.start - centre, leg.velocity, radius_m);
  if (!whole) return std::nullopt;
  const Span cut{std::max(leg.begin, leg.begin + whole->begin), std::min(leg.end, leg.begin + whole->end)};
  if (!(cut.begin <= cut.end)) return std::nullopt;
  return cut;
}

/// A range of bearings, clockwise from `from_rad` to `to_rad` (from north = +y, clockwise, any multiple of a
/// turn added). Wider than π is allowed; equal bearings, also one turn apart, are the whole circle. Make it
/// once: the trigonometry is here. Bearings of whole quarter turns are exact.
class Sector {
 public:
  Sector(double from_rad, double to_rad);

  /// Whether the direction `p` from the apex lies in the sector; its edges and the apex itself do.
  [[nodiscard]] bool contains(Vec2 p) const;
  /// As inside_sector below.
  void inside(const Leg& leg, Vec2 apex, std::vector<Span>& out) const;

 private:
  enum class Width { up_to_half, over_half, whole };
  Width width_ = Width::whole;
  Vec2 from_;  // unit vectors along the edges
  Vec2 to_;
};

/// When a leg is inside the wedge seen from `apex`, clockwise from bearing `from_rad` to `to_rad` (bearings
/// from north = +y, clockwise; a wedge wider than π is allowed). Appends the spans in order, cut to the leg:
/// two when the leg leaves a wedge wider than π and comes back. In hot loops keep the Sector.
void inside_sector(const Leg& leg, Vec2 apex, double from_rad, double to_rad, std::vector<Span>& out);

}  // namespace dronewall
