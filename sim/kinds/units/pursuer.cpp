// A pursuer: a fighter, helicopter or reusable drone that flies a collision course and fires when it is in
// range.
#include "kinds/units/pursuer.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace dronewall {

namespace {

class Pursuer final : public UnitKind {
 public:
  explicit Pursuer(FlightProfile profile)
      : profile_(std::move(profile)), usual_readiness_s_(profile_.readiness_s.distribution.value(0.95)) {}

  [[nodiscard]] bool flies() const override { return true; }
  [[nodiscard]] std::uint32_t keeps_aloft() const override {
    return profile_.patrol ? profile_.patrol->keep : 0;
  }
  [[nodiscard]] const FlightProfile* flight() const override { return &profile_; }
  [[nodiscard]] std::string why_no_patrol(std::uint32_t count, Vec2 base,
                                          double more_endurance_s) const override {
    const PatrolPlan& plan = *profile_.patrol;
    if (plan.keep > count) return fmt::format("it keeps {} of its {} elements aloft", plan.keep, count);
    if (!plan.sortie_s.is_constant()) return "";
    const double sortie_s = plan.sortie_s.constant_value();
    const double endurance_s = profile_.endurance_s + more_endurance_s;
    const double ways_s = 2 * length(plan.at - base) / profile_.speed_m_per_s;
    if (sortie_s > endurance_s)
      return fmt::format("a sortie of {:g} h is longer than the endurance of {:g} h", sortie_s / 3600,
                         endurance_s / 3600);
    if (!(sortie_s > ways_s))
      return fmt::format("the way out and home takes {:.3g} h of a sortie of {:g} h", ways_s / 3600,
                         sortie_s / 3600);
    return "";
  }
  void windows(const Site&, const Weapon&, const TargetFlight&, std::vector<Span>&) const override {}

  /// Whether a course is in reach changes where the target enters or leaves what the endurance or the zone
  /// lets it reach: such moments in closed form, and before each that is in reach the first one, by halving.
  void orders(const HomeBase& base, const Weapon& weapon, const TargetFlight& target,
              std::vector<Span>& out) const override {
    constexpr double near_enough_s = 1e-3;
    const std::size_t mine = out.size();
    turning_points(weapon, target, base, out);
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(mine), out.end(),
              [](const Span& a, const Span& b) { return a.begin < b.begin; });
    const auto in_reach = [&](double order_s) {
      const double start_s = order_s + usual_readiness_s_;
      return course({base.at, start_s, start_s, base.at, base.look_s, base.endurance_s}, weapon, target,
                    order_s)
          .has_value();
    };
    double before_s = target.first->begin;
    bool was_in_reach = in_reach(before_s);
    std::size_t kept = mine;
    for (std::size_t i = mine; i < out.size(); ++i) {
      Span span = out[i];
      if (!(span.begin > before_s)) continue;
      const bool is_in_reach = in_reach(span.begin);
      const double first_s = span.begin;
      if (is_in_reach && !was_in_reach)
        while (span.begin - before_s > near_enough_s) {
          const double middle_s = (before_s + span.begin) / 2;
          (in_reach(middle_s) ? span.begin : before_s) = middle_s;
        }
      before_s = first_s;
      was_in_reach = is_in_reach;
      if (is_in_reach) out[kept++] = span;
    }
    out.resize(kept);
  }

  /// Leaves at once when aloft, else when ready and after its readiness; flies the straight collision course
  /// to the meeting with the target itself, and may launch from the first point at which the round (of its
  /// mean speed) would meet the target within range; a dwell or burst begins when the target is within range.
  /// It comes no nearer than the weapon's least range, and then flies with its target. Without a collision
  /// course it flies to the first point from which a round reaches. The altitude is matched.
  /// Ready sooner than usual for a target that is out of reach still, it waits for the usual moment.
  [[nodiscard]] std::optional<Approach> approach(const ElementMotion& motion, Vec2 base, const Weapon& weapon,
                                                 const TargetFlight& target, double now_s) const override {
    // One that was ordered up for another target and has not left yet leaves when it would have.
    if (motion.aloft) {
      const double start_s = std::max(now_s, motion.take_off_s);
      return course({motion.at(start_s), start_s, motion.take_off_s, base, motion.look_s, motion.endurance_s},
                    weapon, target, now_s);
    }
    const auto leaving = [&](double start_s) {
      return course({motion.at(start_s), start_s, start_s, base, motion.look_s, motion.endurance_s}, weapon,
                    target, now_s);
    };
    const double order_s = std::max(now_s, motion.ready_s);
    const auto soon = leaving(order_s + motion.readiness_s);
    if (soon || !(motion.readiness_s < usual_readiness_s_)) return soon;
    return leaving(order_s + usual_readiness_s_);
  }

 private:
  /// One that is to leave a place.
  struct Departure {
    Vec2 from;
    double start_s;
    double take_off_s;
    Vec2 base;
    double look_s;
    double endurance_s;
  };

  /// Moments, as the begins of spans, at which a course from the base may come into reach.
  void turning_points(const Weapon& weapon, const TargetFlight& target, const HomeBase& base,
                      std::vector<Span>& out) const {
    constexpr double rounding_m = 1;
    const double w = profile_.speed_m_per_s;
    const double busy_s = weapon.reaction_s.distribution.mean() + engagement_s(weapon, base.look_s);
    const double lead = lead_s(weapon, weapon.range_high_m);
    double fastest = 0;
    for (const Leg* leg = target.first; leg != target.last; ++leg)
      fastest = std::max(fastest, length(leg->velocity));
    const auto add = [&](double radius_m, double sooner_s) {
      if (!(radius_m > 0)) return;
      const std::size_t mine = out.size();
      launch_windows(target.first, target.last, base.at, 0, 0, radius_m, w, out);
      for (std::size_t i = mine; i < out.size(); ++i)
        out[i] = {out[i].begin - sooner_s - usual_readiness_s_, out[i].end};
    };
    // A meeting within w (endurance − engagement) / 2 of the base leaves time to come home; less, when the
    // target leads it away meanwhile; the launch may be a missile's range and flight before a meeting.
    const double radius_m = w * (base.endurance_s - busy_s) / 2 - rounding_m;
    add(radius_m, 0);
    add(radius_m - fastest * busy_s / 2, 0);
    add(radius_m + weapon.range_high_m, lead - weapon.range_high_m / w);
    if (profile_.zone() == nullptr) return;
    const std::size_t mine = out.size();
    for (const Leg* leg = target.first; leg != target.last; ++leg) profile_.zone()->inside(*leg, out);
    for (std::size_t i = mine, n = out.size(); i < n; ++i) {
      const double flight_s = length(position(target, out[i].begin) - base.at) / w;
      out.push_back({out[i].begin - flight_s - usual_readiness_s_, out[i].end});
    }
  }

  /// The course of one that leaves its place; its reaction runs from `now_s`.
  [[nodiscard]] std::optional<Approach> course(const Departure& one, const Weapon& weapon,
                                               const TargetFlight& target, double now_s) const {
    const double reacted_s = std::max(one.start_s, now_s + weapon.reaction_s.distribution.mean());
    std::optional<Approach> result = too_close(weapon, target, one.from, one.start_s)
                                         ? opening(weapon, target, one.from, one.start_s)
                                         : closing(weapon, target, one.from, one.start_s);
    if (!result) result = to_launch_point(weapon, target, one.from, one.start_s, reacted_s);
    if (!result || !wait_for_ground(target, weapon, *result) || !stays_inside(*result)) return std::nullopt;
    result->take_off_s = one.take_off_s;
    const double done_s = std::max(result->launch_s, reacted_s) + engagement_s(weapon, one.look_s);
    const Vec2 place = place_on_course(*result, target, profile_.speed_m_per_s, profile_.zone(), done_s);
    const double landed_s = done_s + length(one.base - place) / profile_.speed_m_per_s;
    constexpr double rounding_s = 1e-6;
    if (landed_s > one.take_off_s + one.endurance_s + rounding_s) return std::nullopt;
    return result;
  }

  /// Puts the launch off until the round meets the target where the rules let it. From the course p + v t a
  /// round launched `flight` before the moment m meets it then:  |target(m) − p(m) + v·flight| = u·flight.
  /// Beyond the course it flies with its target, until that is there. False when it never is.
  [[nodiscard]] static bool wait_for_ground(const TargetFlight& target, const Weapon& weapon,
                                            Approach& approach) {
    if (target.met_in == nullptr) return true;
    constexpr double slack_s = 2e-6;  // Times are rounded to a microsecond.
    const Leg& course = approach.leg;
    const bool flies = weapon.mode == WeaponMode::flight;
    double meets_s = approach.launch_s;
    if (flies)
      meets_s = meet_on_legs(target.first, target.last, course.at(approach.launch_s), approach.launch_s,
                             weapon.speed_m_per_s)
                    .value_or(approach.launch_s);
    for (const Span& span : *target.met_in) {
      if (span.end < meets_s) continue;
      if (span.begin <= meets_s) return true;
      const auto flight_s = flies && span.begin <= course.end
                                ? time_to_meet(position(target, span.begin) - course.at(span.begin),
                                               course.velocity, weapon.speed_m_per_s)
                                : std::nullopt;
      approach.launch_s = std::max(approach.launch_s, span.begin - flight_s.value_or(0) + slack_s);
      return true;
    }
    return false;
  }

  /// The collision course, to the meeting or as near as the weapon allows.
  [[nodiscard]] std::optional<Approach> closing(const Weapon& weapon, const TargetFlight& target, Vec2 from,
                                                double start_s) const {
    const auto meets_s = meet_on_legs(target.first, target.last, from, start_s, profile_.speed_m_per_s);
    if (!meets_s) return std::nullopt;
    Approach result;
    const Vec2 way = position(target, *meets_s) - from;
    const double flight_s = *meets_s - start_s;
    result.leg = {start_s, *meets_s, from, flight_s > 0 ? way * (1 / flight_s) : Vec2{}};
    const auto launch_s = first_within_range(target.first, target.last, result.leg,
                                             lead_s(weapon, weapon.range_high_m), weapon.range_high_m, 0);
    result.launch_s = launch_s.value_or(*meets_s);
    if (weapon.range_low_m > 0)
      if (const auto near_s = first_within_range(target.first, target.last, result.leg,
                                                 lead_s(weapon, near_m(weapon)), near_m(weapon), 0))
        result.leg.end = std::max(*near_s, result.launch_s);
    return result;
  }

  [[nodiscard]] static bool too_close(const Weapon& weapon, const TargetFlight& target, Vec2 from, double t) {
    if (!(weapon.range_low_m > 0)) return false;
    const double then_s = t + lead_s(weapon, near_m(weapon));
    return length(position(target, then_s) - from) < weapon.range_low_m;
  }

  /// Flies against the target's direction (from one that stands: away) until the weapon's least range is
  /// open.
  [[nodiscard]] std::optional<Approach> opening(const Weapon& weapon, const TargetFlight& target, Vec2 from,
                                                double start_s) const {
    Vec2 away = from - position(target, start_s);
    for (const Leg* leg = target.first; leg != target.last; ++leg)
      if (leg->begin <= start_s && start_s <= leg->end && length(leg->velocity) > 0)
        away = Vec2{} - leg->velocity;
    if (!(length(away) > 0)) away = {1, 0};
    Approach result;
    result.leg = {start_s, (target.last - 1)->end, from, away * (profile_.speed_m_per_s / length(away))};
    const auto open_s = first_beyond_range(target.first, target.last, result.leg,
                                           lead_s(weapon, near_m(weapon)), near_m(weapon));
    if (!open_s) return std::nullopt;
    result.launch_s = result.leg.end = *open_s;
    return result;
  }

  /// Straight to the point from which the first launch reaches the target, arriving just in time.
  [[nodiscard]] std::optional<Approach> to_launch_point(const Weapon& weapon, const TargetFlight& target,
                                                        Vec2 from, double start_s, double reacted_s) const {
    constexpr double rounding_m = 1e-3;
    const double lead = lead_s(weapon, weapon.range_high_m);
    const double range_m = weapon.range_high_m - rounding_m;
    const auto launch_s = first_within_reach(target.first, target.last, from, start_s, reacted_s,
                                             profile_.speed_m_per_s, lead, range_m);
    if (!launch_s) return std::nullopt;
    const Vec2 way = position(target, *launch_s + lead) - from;
    const double distance_m = length(way), flown_m = std::max(0.0, distance_m - range_m);
    const double flight_s = *launch_s - start_s;
    Approach result;
    result.leg = {start_s, *launch_s, from,
                  flown_m > 0 && flight_s > 0 ? way * (flown_m / distance_m / flight_s) : Vec2{}};
    result.launch_s = *launch_s;
    return result;
  }

  /// Whether it may launch from inside its zone; a course that leaves the zone again ends at the border.
  [[nodiscard]] bool stays_inside(Approach& approach) const {
    if (profile_.zone() == nullptr) return true;
    std::vector<Span> inside;
    profile_.zone()->inside(approach.leg, inside);
    if (inside.empty() || approach.launch_s < inside.front().begin || approach.launch_s > inside.front().end)
      return false;
    approach.held = inside.front().end < approach.leg.end;
    approach.leg.end = std::min(approach.leg.end, inside.front().end);
    return true;
  }

  /// Flight of a round over `range_m`; none for what needs no flight.
  [[nodiscard]] static double lead_s(const Weapon& weapon, double range_m) {
    return weapon.mode == WeaponMode::flight ? range_m / weapon.speed_m_per_s : 0;
  }
  /// Where it stops to close in: its least range and a little more, for the clock's grid.
  [[nodiscard]] static double near_m(const Weapon& weapon) {
    constexpr double margin_m = 1;
    return weapon.range_low_m + std::min(margin_m, (weapon.range_high_m - weapon.range_low_m) / 2);
  }

  /// From the launch to the end of the look, on average; the longest dwell of any class. What it turns out
  /// to take is held against the endurance again when it launches.
  [[nodiscard]] static double engagement_s(const Weapon& weapon, double doctrine_look_s) {
    double dwell_s = 0;
    if (weapon.mode == WeaponMode::dwell)
      for (const Drawn& dwell : weapon.dwell_s) dwell_s = std::max(dwell_s, dwell.distribution.mean());
    const double look_s = weapon.assess ? weapon.assess->time_s.distribution.mean() : doctrine_look_s;
    return lead_s(weapon, weapon.range_high_m) + dwell_s + look_s;
  }

  [[nodiscard]] static Vec2 position(const TargetFlight& target, double t) {
    for (const Leg* leg = target.first; leg != target.last; ++leg)
      if (t <= leg->end) return leg->at(t);
    return (target.last - 1)->at((target.last - 1)->end);
  }

  FlightProfile profile_;
  double usual_readiness_s_;  ///< nineteen of twenty are ready by then
};

}  // namespace

std::unique_ptr<UnitKind> make_pursuer(FlightProfile profile) {
  return std::make_unique<Pursuer>(std::move(profile));
}

}  // namespace dronewall
