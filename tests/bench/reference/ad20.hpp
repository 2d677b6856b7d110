// The case AD20 that all references share: 20 drones, 10 radars, 6 batteries in a local frame. Lengths in
// metres, times in seconds.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "reference/xoshiro.hpp"

namespace ad20 {

constexpr int drones = 20;
constexpr int radars = 10;
constexpr int batteries = 6;

constexpr double kill_probability = 0.7;
constexpr double look_s = 2;  // from the intercept to the free channel
constexpr double detection_mean_s = 30;
constexpr double radar_range_m = 80e3;  // slant
constexpr double antenna_m = 15;

struct Point {
  double x, y;
};
/// Empty when begin >= end.
struct Span {
  double begin, end;
};
constexpr Span nothing{0, -1};

struct Battery {
  Point at;
  double range_m, speed_m_per_s, reaction_fixed_s, reaction_mean_s;
  int rounds;
};

/// Missiles (even) and guns (odd) in turn.
constexpr auto all_batteries = [] {
  std::array<Battery, batteries> all{};
  for (std::size_t b = 0; b < all.size(); ++b) {
    const double x = 15e3 + 45e3 * static_cast<double>(b);
    all[b] = b % 2 == 0 ? Battery{{x, -8e3}, 30e3, 900, 6, 4, 8} : Battery{{x, 8e3}, 4e3, 1000, 2, 2, 40};
  }
  return all;
}();

constexpr auto all_radars = [] {
  std::array<Point, radars> all{};
  for (std::size_t j = 0; j < all.size(); ++j)
    all[j] = {20e3 + 28e3 * static_cast<double>(j), j % 2 == 0 ? 15e3 : -15e3};
  return all;
}();

/// What every reference counts in one replication.
struct Outcome {
  int kills = 0, shots = 0, leaks = 0, events = 0;
};

/// One drone's straight flight from x = 300 km to x = 0.
struct Flight {
  Point start, velocity;
  double altitude_m, launch_s, end_s;

  [[nodiscard]] Point at(double time_s) const {
    return {start.x + velocity.x * (time_s - launch_s), start.y + velocity.y * (time_s - launch_s)};
  }
  [[nodiscard]] double slant_m(Point from, double time_s) const {
    const Point p = at(time_s);
    return std::sqrt((p.x - from.x) * (p.x - from.x) + (p.y - from.y) * (p.y - from.y) +
                     altitude_m * altitude_m);
  }
};

inline Flight draw_flight(Xoshiro& random) {
  Flight flight;
  flight.launch_s = random.uniform(0, 600);
  flight.start = {300e3, random.uniform(-40e3, 40e3)};
  const double end_y = random.uniform(-20e3, 20e3);
  const double speed = random.uniform(45, 55);
  flight.altitude_m = random.uniform(100, 1000);
  const double dy = end_y - flight.start.y;
  const double length = std::sqrt(flight.start.x * flight.start.x + dy * dy);
  flight.velocity = {-flight.start.x / length * speed, dy / length * speed};
  flight.end_s = flight.launch_s + length / speed;
  return flight;
}

/// Square of the ground radius inside which a radar covers this altitude: the instrumented slant range, cut
/// by the horizon of the 4/3 earth, sqrt(2 k R) (sqrt(h1) + sqrt(h2)).
inline double coverage_radius2_m2(double altitude_m) {
  constexpr double k = 4.0 / 3, earth_m = 6'371'000;
  const double horizon = std::sqrt(2 * k * earth_m) * (std::sqrt(antenna_m) + std::sqrt(altitude_m));
  const double height = altitude_m - antenna_m;
  return std::min(horizon * horizon, radar_range_m * radar_range_m - height * height);
}

/// When the flight is within a ground distance of a point, cut to the flight.
inline Span within(const Flight& f, Point centre, double radius2_m2) {
  const double rx = f.start.x - centre.x, ry = f.start.y - centre.y;
  const double a = f.velocity.x * f.velocity.x + f.velocity.y * f.velocity.y;
  const double b = rx * f.velocity.x + ry * f.velocity.y;
  const double discriminant = b * b - a * (rx * rx + ry * ry - radius2_m2);
  if (discriminant <= 0) return nothing;
  const double root = std::sqrt(discriminant);
  return {std::max(f.launch_s + (-b - root) / a, f.launch_s),
          std::min(f.launch_s + (-b + root) / a, f.end_s)};
}

/// Launch times whose meeting point lies in the battery's envelope and on the flight. A meeting at m is
/// launched at m − slant(m)/w, which rises with m because the interceptor is faster than the drone.
inline Span launch_window(const Flight& f, const Battery& b) {
  const Span meeting = within(f, b.at, b.range_m * b.range_m - f.altitude_m * f.altitude_m);
  if (meeting.begin >= meeting.end) return nothing;
  return {meeting.begin - f.slant_m(b.at, meeting.begin) / b.speed_m_per_s,
          meeting.end - f.slant_m(b.at, meeting.end) / b.speed_m_per_s};
}

/// When an interceptor launched now meets the drone: the positive root of |r + v t|² + h² = (w t)².
inline double meeting_time(const Flight& f, const Battery& b, double now_s) {
  const Point p = f.at(now_s);
  const double rx = p.x - b.at.x, ry = p.y - b.at.y;
  const double a =
      b.speed_m_per_s * b.speed_m_per_s - f.velocity.x * f.velocity.x - f.velocity.y * f.velocity.y;
  const double half = rx * f.velocity.x + ry * f.velocity.y;
  const double c = rx * rx + ry * ry + f.altitude_m * f.altitude_m;
  return now_s + (half + std::sqrt(half * half + a * c)) / a;
}

/// The three programs of this case in C++; each runs one replication.
Outcome run_elided(Xoshiro& random);   ///< schedules only what can change a decision
Outcome run_full(Xoshiro& random);     ///< schedules everything that happens
Outcome run_stepped(Xoshiro& random);  ///< looks at everything once a second

}  // namespace ad20
