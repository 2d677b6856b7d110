// Where and when something that flies straight meets a target on its legs.
#pragma once
#include <cmath>
#include <optional>
#include <vector>

#include "dronewall/geometry/leg.hpp"
#include "dronewall/geometry/point.hpp"
#include "dronewall/geometry/span.hpp"

namespace dronewall {

/// Smallest t ≥ 0 at which a t² + 2 b t + c is zero or below; nullopt when it stays positive. Each branch
/// adds numbers of one sign, so nothing cancels and a → 0 needs no case of its own.
[[nodiscard]] inline std::optional<double> first_not_positive(double a, double b, double c) {
  if (c <= 0) return 0.0;
  const double square = b * b - a * c;
  if (b < 0) {
    if (!(square >= 0)) return std::nullopt;
    return c / (std::sqrt(square) - b);
  }
  if (!(a < 0)) return std::nullopt;
  return (b + std::sqrt(square)) / -a;
}

/// Smallest time of flight t ≥ 0 with |target + velocity·t| = speed·t: an interceptor that starts at the
/// origin now. (v·v − w²)t² + 2(p·v)t + p·p = 0. nullopt when it never meets. `height_difference_m` adds a
/// constant squared offset to the distance: slant range² = ground² + dz². Speed ≥ 0. Check: p = (60, 20) km,
/// v = (−50, 0) m/s, w = 250 m/s: 212.995564 s.
[[nodiscard]] inline std::optional<double> time_to_meet(Vec2 target, Vec2 velocity, double speed_m_per_s,
                                                        double height_difference_m = 0) {
  return first_not_positive(dot(velocity, velocity) - speed_m_per_s * speed_m_per_s, dot(target, velocity),
                            dot(target, target) + height_difference_m * height_difference_m);
}

/// An interceptor that comes late by no more than this meets all the same, s: a launch at the last moment of
/// a launch window touches its target, and rounding must not make it miss. assumed: far above the clock's
/// last bit (4 ns after a year), far below anything a unit does.
inline constexpr double meeting_slack_s = 1e-6;

/// Earliest meeting with a target that flies `legs` (sorted, contiguous): an interceptor leaves `from` at
/// time `start_s` with speed w ≥ 0. Returns the time of meeting m (≥ start_s): the first at which slant(m) ≤
/// w·(m − start_s), or nullopt when the route ends first. A target that does not exist yet at `start_s` is
/// met at its first moment at the earliest. A miss by less than `meeting_slack_s` is none.
[[nodiscard]] std::optional<double> meet_on_legs(const Leg* first, const Leg* last, Vec2 from, double start_s,
                                                 double speed_m_per_s, double height_difference_m = 0);

/// Launch windows of a fixed launcher: all launch times t for which the earliest meeting point (at m(t) ≥ t,
/// along `legs`: sorted, contiguous) has slant range in [low, high] and m lies inside the flight.
///
/// A launch at t(m) = m − slant(m)/w meets the target at m, and m is its earliest meeting exactly when no
/// earlier moment of the flight has a t(·) as large. On a leg slant is convex, so t(·) rises and then, once
/// the target flees faster than w, falls: a leg contributes the part of its rise that lies above all that the
/// flight reached before, and each span of meeting times in the ring maps to a span of launch times. What a
/// target that outruns the interceptor adds while it flees are second meetings, and they do not count.
///
/// Appends sorted, merged spans, clipped to ≥ the first leg's begin (no launch before the target exists).
/// Windows of no length are left out: a ring that is only touched opens none.
/// A window that opens where the target outran the interceptor before opens 2 `meeting_slack_s` late: the
/// launch at that very instant still meets the earlier point. So meet_on_legs at either end of a window meets
/// in the ring. Speed > 0.
/// `met_in` (sorted, apart; nullptr: any): only launches that meet the target at one of these times count.
void launch_windows(const Leg* first, const Leg* last, Vec2 launcher, double height_difference_m,
                    double low_m, double high_m, double speed_m_per_s, std::vector<Span>& out,
                    const std::vector<Span>* met_in = nullptr);

/// The first time t in [pursuer.begin, pursuer.end] at which the target's position at t + lead_s is within
/// slant range `range_m` of the pursuer's position at t: when a fighter on its straight course may fire a
/// missile whose flight takes `lead_s`. The target flies `legs` (sorted, contiguous) and is nowhere before or
/// after them. nullopt when never. range < |height difference|: never.
[[nodiscard]] std::optional<double> first_within_range(const Leg* first, const Leg* last, Leg pursuer,
                                                       double lead_s, double range_m,
                                                       double height_difference_m);

/// The first time t in [pursuer.begin, pursuer.end] at which the target's position at t + lead_s is `range_m`
/// or more from the pursuer's position at t: when one that is too close has opened the distance that its
/// weapon needs. nullopt when never while the target flies.
[[nodiscard]] std::optional<double> first_beyond_range(const Leg* first, const Leg* last, const Leg& pursuer,
                                                       double lead_s, double range_m);

/// The first time t ≥ not_before_s (≥ start_s) at which the target's position at t + lead_s is within
///     range + w (t − start)
/// of `from`: one that leaves `from` at `start_s` with speed w can by then have come so near that a missile
/// of that range, whose flight takes `lead_s`, reaches the target. The target flies `legs` (sorted,
/// contiguous); nullopt when they end first. On a leg the condition is a quadratic's a t² + 2 b t + c ≤ 0.
[[nodiscard]] std::optional<double> first_within_reach(const Leg* first, const Leg* last, Vec2 from,
                                                       double start_s, double not_before_s,
                                                       double speed_m_per_s, double lead_s, double range_m);

}  // namespace dronewall
