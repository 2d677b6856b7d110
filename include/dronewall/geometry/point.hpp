// Points and vectors of the plane.
#pragma once
#include <cmath>

namespace dronewall {

/// A point or vector of the plane, metres (or metres per second): x to the east, y to the north.
struct Vec2 {
  double x = 0;
  double y = 0;

  bool operator==(const Vec2&) const = default;
};
[[nodiscard]] constexpr Vec2 operator+(Vec2 a, Vec2 b) { return {a.x + b.x, a.y + b.y}; }
[[nodiscard]] constexpr Vec2 operator-(Vec2 a, Vec2 b) { return {a.x - b.x, a.y - b.y}; }
[[nodiscard]] constexpr Vec2 operator*(Vec2 a, double s) { return {a.x * s, a.y * s}; }
[[nodiscard]] constexpr double dot(Vec2 a, Vec2 b) { return a.x * b.x + a.y * b.y; }
/// Positive when b points to the left of a (counter-clockwise).
[[nodiscard]] constexpr double cross(Vec2 a, Vec2 b) { return a.x * b.y - a.y * b.x; }
/// Not std::hypot: overflow begins at 1e154 m, and this runs in the innermost loops.
[[nodiscard]] inline double length(Vec2 a) { return std::sqrt(dot(a, a)); }

}  // namespace dronewall
