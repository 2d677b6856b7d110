#include <numbers>

#include "dronewall/geometry/leg.hpp"

namespace dronewall {
namespace {

constexpr double turn_rad = 2 * std::numbers::pi;
/// Bearings that close come from degrees and rounding, not from a sector of a millionth of a second of arc.
constexpr double same_bearing_rad = 1e-12;

/// sin and cos of whole quarter turns miss zero by 1e-16 or so: with it a flight along a cardinal edge would
/// fall on one side or the other by chance.
double snap(double component) { return std::abs(component) < 1e-15 ? 0 : component; }

Vec2 direction(double bearing_rad) { return {snap(std::sin(bearing_rad)), snap(std::cos(bearing_rad))}; }

/// When `value` + `rate`·(t − leg.begin) ≥ 0, cut to the leg; empty (begin > end) when never.
Span not_negative(double value, double rate, const Leg& leg) {
  constexpr Span never{1, 0};
  if (rate == 0) return value >= 0 ? Span{leg.begin, leg.end} : never;
  const double zero = leg.begin - value / rate;
  return rate > 0 ? Span{std::max(leg.begin, zero), leg.end} : Span{leg.begin, std::min(leg.end, zero)};
}

}  // namespace

Sector::Sector(double from_rad, double to_rad) : from_(direction(from_rad)), to_(direction(to_rad)) {
  double width = std::fmod(to_rad - from_rad, turn_rad);
  if (width < 0) width += turn_rad;
  if (width > same_bearing_rad && width < turn_rad - same_bearing_rad)
    width_ = width <= std::numbers::pi ? Width::up_to_half : Width::over_half;
}

bool Sector::contains(Vec2 p) const {
  const bool right_of_from = cross(from_, p) <= 0;
  const bool left_of_to = cross(to_, p) >= 0;
  switch (width_) {
    case Width::up_to_half:
      return right_of_from && left_of_to;
    case Width::over_half:
      return right_of_from || left_of_to;
    case Width::whole:
      break;
  }
  return true;
}

void Sector::inside(const Leg& leg, Vec2 apex, std::vector<Span>& out) const {
  if (width_ == Width::whole) {
    out.push_back({leg.begin, leg.end});
    return;
  }
  const Vec2 p = leg.start - apex;
  const Span right_of_from = not_negative(cross(p, from_), cross(leg.velocity, from_), leg);
  const Span left_of_to = not_negative(cross(to_, p), cross(to_, leg.velocity), leg);
  if (width_ == Width::up_to_half) {
    const Span both{std::max(right_of_from.begin, left_of_to.begin),
                    std::min(right_of_from.end, left_of_to.end)};
    if (both.begin <= both.end) out.push_back(both);
  } else {
    const std::size_t mine = out.size();
    out.push_back(right_of_from);
    out.push_back(left_of_to);
    merge_spans(out, mine);
  }
}

void inside_sector(const Leg& leg, Vec2 apex, double from_rad, double to_rad, std::vector<Span>& out) {
  Sector(from_rad, to_rad).inside(leg, apex, out);
}

}  // namespace dronewall
