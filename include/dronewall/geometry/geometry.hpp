// Points, legs, horizons and intercepts in closed form. Knows lengths and times, not drones. SI units.
#pragma once
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace dronewall {

/// A point or vector of the plane, metres (or metres per second).
struct Vec2 {
  double x = 0;
  double y = 0;

  bool operator==(const Vec2&) const = default;
};
[[nodiscard]] constexpr Vec2 operator+(Vec2 a, Vec2 b) { return {a.x + b.x, a.y + b.y}; }
[[nodiscard]] constexpr Vec2 operator-(Vec2 a, Vec2 b) { return {a.x - b.x, a.y - b.y}; }
[[nodiscard]] constexpr Vec2 operator*(Vec2 a, double s) { return {a.x * s, a.y * s}; }
[[nodiscard]] constexpr double dot(Vec2 a, Vec2 b) { return a.x * b.x + a.y * b.y; }
[[nodiscard]] constexpr double cross(Vec2 a, Vec2 b) { return a.x * b.y - a.y * b.x; }
[[nodiscard]] double length(Vec2 a);

/// A closed span of time, seconds; empty when !(begin <= end).
struct Span {
  double begin = 0;
  double end = 0;

  bool operator==(const Span&) const = default;
};

/// One straight leg of a flight at constant velocity: position = start + velocity·(t − begin), begin ≤ t ≤ end.
/// A wait at a point is a leg with velocity zero. Consecutive legs share their ends.
struct Leg {
  double begin = 0;  ///< s
  double end = 0;    ///< s, >= begin
  Vec2 start;        ///< m
  Vec2 velocity;     ///< m/s

  [[nodiscard]] Vec2 at(double t) const { return start + velocity * (t - begin); }
};

/// Radar horizon between an antenna and a target over a smooth Earth, metres along the ground:
///     d = sqrt(2 k R) (sqrt(h_antenna) + sqrt(h_target)),   k = 4/3, R = 6,371,000 m
/// Heights are metres above the surface; negative or NaN is a caller's bug. Terrain is not masked.
/// Check value: 20 m and 100 m give 59,651.4222 m. Source: effective Earth radius, Recommendation ITU-R P.834.
[[nodiscard]] double radar_horizon_m(double antenna_height_m, double target_height_m);

/// When a leg is inside the circle |p − centre| ≤ radius: at most one span, cut to the leg. nullopt when never
/// inside; a touch in one point counts as a span of no length. radius < 0: never.
[[nodiscard]] std::optional<Span> inside_circle(const Leg& leg, Vec2 centre, double radius_m);

/// When a leg is inside the wedge seen from `apex`, clockwise from bearing `from_rad` to `to_rad` (bearings from
/// north = +y, clockwise; a wedge wider than π is allowed). Appends the spans in order, cut to the leg.
void inside_sector(const Leg& leg, Vec2 apex, double from_rad, double to_rad, std::vector<Span>& out);

/// A simple polygon set with holes, in the plane. Points on an edge are inside.
class Region {
 public:
  struct Ring {
    std::vector<Vec2> points;  ///< open: the last is not the first; at least three
  };
  struct Polygon {
    Ring outer;
    std::vector<Ring> holes;
  };

  Region() = default;
  /// Corrects ring orientation. Self-crossing rings are a caller's bug: ask why_invalid first.
  explicit Region(std::vector<Polygon> polygons);
  /// "" when the polygons are simple; else a reason in words ("the ring crosses itself near x, y").
  [[nodiscard]] static std::string_view why_invalid(const std::vector<Polygon>& polygons);
  /// A circle, kept exact (not a polygon).
  [[nodiscard]] static Region circle(Vec2 centre, double radius_m);

  [[nodiscard]] bool contains(Vec2 point) const;
  /// Appends when the leg is inside, in order, touching spans merged, cut to the leg.
  void inside(const Leg& leg, std::vector<Span>& out) const;
  [[nodiscard]] bool empty() const;
  /// Bounding box: lower-left, upper-right.
  [[nodiscard]] std::pair<Vec2, Vec2> box() const;
  [[nodiscard]] double area_m2() const;

 private:
  std::vector<Polygon> polygons_;
  struct Edge {
    Vec2 a, b;
  };
  std::vector<Edge> edges_;  // of all rings
  Vec2 low_, high_;
  bool is_circle_ = false;
  Vec2 centre_;
  double radius_m_ = 0;
};

/// Sorts spans and merges those that overlap or touch (gap ≤ 0); drops empty ones.
void merge_spans(std::vector<Span>& spans);
/// Appends the intersection of two sorted, merged lists.
void intersect_spans(const std::vector<Span>& a, const std::vector<Span>& b, std::vector<Span>& out);

/// Smallest time of flight t ≥ 0 with |target + velocity·t| = speed·t: an interceptor that starts at the origin now.
/// (v·v − w²)t² + 2(p·v)t + p·p = 0. nullopt when it never meets. `range_m2_extra` ≥ 0 adds a constant squared
/// offset to the distance (a height difference: slant range² = ground² + dz²).
/// Check: p = (60, 20) km, v = (−50, 0) m/s, w = 250 m/s: 212.995564 s.
[[nodiscard]] std::optional<double> time_to_meet(Vec2 target, Vec2 velocity, double speed_m_per_s,
                                                double height_difference_m = 0);

/// Earliest meeting with a target that flies `legs` (sorted, contiguous): an interceptor leaves `from` at time
/// `start_s` with speed w. Returns the time of meeting (≥ start_s), or nullopt when the route ends first.
[[nodiscard]] std::optional<double> meet_on_legs(const Leg* first, const Leg* last, Vec2 from, double start_s,
                                                 double speed_m_per_s, double height_difference_m = 0);

/// Launch windows of a fixed launcher: all launch times t for which the meeting point (at m(t) > t, along `legs`)
/// has slant range in [low, high] and m lies inside the flight. Uses that m ↦ m − slant(m)/w is increasing while the
/// target does not outrun the interceptor: the image of each span of meeting times is a span of launch times.
/// Where the target outruns it (closing slower than it flees), only the earliest meeting counts.
/// Appends sorted spans of launch times, clipped to ≥ legs begin (no launch before the target exists).
void launch_windows(const Leg* first, const Leg* last, Vec2 launcher, double height_difference_m, double low_m,
                    double high_m, double speed_m_per_s, std::vector<Span>& out);

/// Azimuthal equidistant projection about a centre on the WGS84 ellipsoid (GeographicLib).
class Projection {
 public:
  Projection(double centre_lat_deg, double centre_lon_deg);
  [[nodiscard]] Vec2 forward(double lat_deg, double lon_deg) const;
  /// {lat, lon} in degrees.
  [[nodiscard]] std::pair<double, double> backward(Vec2 point) const;

 private:
  double lat_deg_;
  double lon_deg_;
};

}  // namespace dronewall
