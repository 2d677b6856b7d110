// The earliest meeting by numeric search: slow, and independent of the closed forms it checks.
#pragma once
#include <algorithm>
#include <optional>
#include <vector>

#include "dronewall/geometry/geometry.hpp"

namespace dronewall {

/// The leg flown at t; the last one after the end.
inline const Leg& leg_at(const std::vector<Leg>& route, double t) {
  for (const Leg& leg : route)
    if (t <= leg.end) return leg;
  return route.back();
}

/// The first m ≥ start at which slant(m) − w (m − start) is zero or below. On a leg this is convex: its
/// minimum is found by thirds, then the first zero before it by halves.
inline std::optional<double> search_meeting(const std::vector<Leg>& route, Vec2 from, double start_s,
                                            double speed_m_per_s, double height_m) {
  for (const Leg& leg : route) {
    if (leg.end < start_s) continue;
    const auto short_by = [&](double m) {
      const Vec2 p = leg.at(m) - from;
      return std::sqrt(dot(p, p) + height_m * height_m) - speed_m_per_s * (m - start_s);
    };
    const double begin = std::max(leg.begin, start_s);
    double low = begin;
    double high = leg.end;
    for (int i = 0; i < 120; ++i) {
      const double one = low + (high - low) / 3;
      const double two = high - (high - low) / 3;
      (short_by(one) <= short_by(two) ? high : low) = short_by(one) <= short_by(two) ? two : one;
    }
    double met = short_by(leg.end) <= short_by(high) ? leg.end : high;
    if (short_by(met) > 0) continue;
    if (short_by(begin) <= 0) return begin;
    double before = begin;
    for (int i = 0; i < 80; ++i) {
      const double middle = (before + met) / 2;
      (short_by(middle) <= 0 ? met : before) = middle;
    }
    return met;
  }
  return std::nullopt;
}

}  // namespace dronewall
