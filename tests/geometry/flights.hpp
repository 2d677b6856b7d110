// Random but repeatable flights, and lookups in lists of spans, for the geometry tests.
#pragma once
#include <cmath>
#include <cstddef>
#include <numbers>
#include <random>
#include <vector>

#include "dronewall/geometry/geometry.hpp"

namespace dronewall {

/// Seeded chance. The engine's bits are fixed by the standard; its distributions are not, so the scaling is
/// our own.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  double uniform(double low, double high) {
    return low + (high - low) * (static_cast<double>(engine_() >> 11) * 0x1p-53);
  }
  int whole(int low, int high) { return static_cast<int>(std::floor(uniform(low, high + 1))); }
  Vec2 point(double reach) { return {uniform(-reach, reach), uniform(-reach, reach)}; }
  /// Contiguous legs inside ±`reach` around a start there; one in five is a wait.
  std::vector<Leg> flight(int legs, double reach, double slowest_m_per_s, double fastest_m_per_s) {
    std::vector<Leg> route;
    Leg leg{uniform(-100, 100), 0, point(reach), {}};
    for (int i = 0; i < legs; ++i) {
      const double speed = whole(1, 5) == 1 ? 0 : uniform(slowest_m_per_s, fastest_m_per_s);
      const double course = uniform(0, 2 * std::numbers::pi);
      leg.velocity = Vec2{std::sin(course), std::cos(course)} * speed;
      leg.end = leg.begin + uniform(20, 200);
      route.push_back(leg);
      leg = {leg.end, 0, leg.at(leg.end), {}};
    }
    return route;
  }

 private:
  std::mt19937_64 engine_;
};

/// Whether t lies in one of the spans.
inline bool covers(const std::vector<Span>& spans, double t) {
  for (const Span& span : spans)
    if (span.begin <= t && t <= span.end) return true;
  return false;
}

/// Whether t is within `slack` of the begin or end of one of the spans, where rounding may decide.
inline bool at_edge(const std::vector<Span>& spans, double t, double slack) {
  for (const Span& span : spans)
    if (std::abs(span.begin - t) <= slack || std::abs(span.end - t) <= slack) return true;
  return false;
}

/// Sorted, and with a gap between any two.
inline bool is_merged(const std::vector<Span>& spans) {
  for (std::size_t i = 0; i < spans.size(); ++i)
    if (!(spans[i].begin <= spans[i].end) || (i > 0 && !(spans[i - 1].end < spans[i].begin))) return false;
  return true;
}

}  // namespace dronewall
