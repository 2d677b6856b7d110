// Sorties of what flies: readiness, take-off, the way home, landing, turn-round; hours are booked when it
// lands.
#include <algorithm>
#include <cmath>

#include "dronewall/core/contracts.hpp"
#include "replication/state.hpp"

namespace dronewall {

/// The readiness of the next sortie, known to whoever plans it.
void Replication::State::draw_readiness(std::uint32_t e) {
  const Unit& unit = world.units[world.elements[e].unit];
  const FlightProfile& flight = *static_cast<const UnitKind*>(unit.kind)->flight();
  ElementState& element = elements[e];
  const Address address{world.elements[e].entity, 0, element.sorties};
  element.motion.readiness_s = std::max(0.0, value_apart(flight.readiness_s, address, Purpose::readiness));
}

/// Sends an element off on a course to a target: it takes off, with its wing, or turns from what it was
/// flying to.
void Replication::State::fly(std::uint32_t e, const Approach& approach, const Intruder& target, Task task) {
  ElementState& element = elements[e];
  const FlightProfile& flight =
      *static_cast<const UnitKind*>(world.units[world.elements[e].unit].kind)->flight();
  if (element.patrol.on_station) set_on_station(e, false);
  element.task = task;
  element.motion.path.assign(1, approach.leg);
  if (!approach.held) {
    const TargetFlight legs{target.legs.data(), target.legs.data() + target.legs.size(), target.altitude_m};
    follow(legs, flight.speed_m_per_s, flight.zone(), element.motion.path);
  }
  const bool is_on_ground = !element.motion.aloft;
  if (is_on_ground) take_off(e, approach.take_off_s);
  if (flight.scramble < 2) return;
  if (is_on_ground)
    gather_wing(e);
  else
    follow_lead(e);
}

/// One that is with a target whose flight has changed stays with it, and its wing too.
void Replication::State::keep_following(std::uint32_t e, const Intruder& target) {
  const FlightProfile& flight =
      *static_cast<const UnitKind*>(world.units[world.elements[e].unit].kind)->flight();
  std::vector<Leg>& path = elements[e].motion.path;
  path.assign(1, {now, now, elements[e].motion.at(now), {}});
  const TargetFlight legs{target.legs.data(), target.legs.data() + target.legs.size(), target.altitude_m};
  follow(legs, flight.speed_m_per_s, flight.zone(), path);
  if (flight.scramble > 1) follow_lead(e);
}

Vec2 Replication::State::place_at(std::uint32_t e, const Approach& approach, const Intruder& target,
                                  double t) const {
  const FlightProfile& flight =
      *static_cast<const UnitKind*>(world.units[world.elements[e].unit].kind)->flight();
  const TargetFlight legs{target.legs.data(), target.legs.data() + target.legs.size(), target.altitude_m};
  return place_on_course(approach, legs, flight.speed_m_per_s, flight.zone(), t);
}

void Replication::State::take_off(std::uint32_t e, double at_s) {
  ElementState& element = elements[e];
  element.motion.aloft = true;
  element.motion.take_off_s = at_s;
  ++element.sorties;
  if (is_traced(options)) element.take_off_untold = true;
}

/// With no further task an element that is aloft goes back to its station or home; one that had not yet taken
/// off stays.
void Replication::State::after_task(std::uint32_t e) {
  ElementState& element = elements[e];
  if (!world.units[world.elements[e].unit].flies || !element.motion.aloft || element.busy > 0) return;
  const std::uint32_t number = world.elements[e].first_channel;
  if (channels[number].phase != ChannelPhase::idle) return;  // It is on its way, or on station.
  channels[number].element = e;
  if (element.motion.take_off_s > now) return stand_down(e);
  if (!returns_to_station(e)) leave_for_home(e);
}

/// An element that had not left stays; its wing with it.
void Replication::State::stand_down(std::uint32_t e) {
  ElementState& element = elements[e];
  element.motion.aloft = element.take_off_untold = false;
  element.task = Task::none;
  element.motion.path.assign(1, {now, now, element.site.at, {}});
  --element.sorties;
  trace("stood-down", nullptr, e);
  for_wing(e, [&](std::uint32_t wingman) {
    leave_wing(wingman);
    changed_elements.push_back(wingman);
    stand_down(wingman);
  });
}

void Replication::State::leave_for_home(std::uint32_t e) {
  const Unit& unit = world.units[world.elements[e].unit];
  const FlightProfile& flight = *static_cast<const UnitKind*>(unit.kind)->flight();
  ElementState& element = elements[e];
  if (element.patrol.on_station) set_on_station(e, false);
  element.task = Task::none;
  const std::uint32_t number = world.elements[e].first_channel;
  const Vec2 from = element.motion.at(now);
  const Vec2 way = element.site.at - from;
  const double distance = length(way);
  const double home_s = on_grid(now + distance / flight.speed_m_per_s);
  element.motion.path.assign(
      1, {now, home_s, from, distance > 0 ? way * (1 / (home_s > now ? home_s - now : 1)) : Vec2{}});
  channels[number].phase = ChannelPhase::homing;
  queue.set(number, home_s, phase_freed);
  trace("flies-home", nullptr, e);
  if (flight.scramble > 1) follow_lead(e);
}

/// The last moment at which an element on its present course can turn for home and land before its endurance
/// is used up: t + |p(t) − base| / w = take-off + endurance. The left side never falls, because the element
/// never flies faster than w.
double Replication::State::must_turn_s(std::uint32_t e) const {
  const Unit& unit = world.units[world.elements[e].unit];
  const FlightProfile& flight = *static_cast<const UnitKind*>(unit.kind)->flight();
  const ElementState& element = elements[e];
  const double w = flight.speed_m_per_s;
  const double landed_s = element.motion.take_off_s + element.motion.endurance_s;
  double home_s = 0;
  for (const Leg& leg : element.motion.path) {
    home_s = length(leg.at(leg.end) - element.site.at) / w;
    if (leg.end + home_s <= landed_s) continue;
    // On the leg, at the time τ after its begin: |q + v τ|² = w² (L − τ)², L what was left of the endurance
    // then.
    const Vec2 q = leg.start - element.site.at;
    const double left_m = w * (landed_s - leg.begin);
    const double a = dot(leg.velocity, leg.velocity) - w * w;
    const double b = dot(q, leg.velocity) + w * left_m;
    const double c = dot(q, q) - left_m * left_m;
    if (!(c < 0)) return leg.begin;
    return leg.begin - c / (b + std::sqrt(std::max(0.0, b * b - a * c)));
  }
  return landed_s - home_s;
}

/// Hours count where they began. What a patrol flies until its planned landing would have been flown without
/// any intruder; what a task adds would not.
void Replication::State::book_flight(std::uint32_t e, double landing_s) {
  const Unit& unit = world.units[world.elements[e].unit];
  const ElementState& element = elements[e];
  const double take_off_s = element.motion.take_off_s;
  if (!counts(std::max(take_off_s, 0.0))) return;
  const bool patrols = element.patrol.leaves_s >= 0;
  const double patrolled_s = patrols ? std::min(landing_s, element.patrol.planned_landing_s) - take_off_s : 0;
  const double flown_ms = (landing_s - take_off_s) * 1000;
  const std::int64_t patrol_ms = std::llround(patrolled_s * 1000);
  book(unit.columns.flight_ms, std::llround(flown_ms) - patrol_ms);
  book(patrols ? unit.columns.patrol_sorties : unit.columns.sorties, 1);
  if (patrols) book(unit.columns.patrol_ms, patrol_ms);
}

void Replication::State::land(std::uint32_t e) {
  const std::uint32_t unit_index = world.elements[e].unit;
  const Unit& unit = world.units[unit_index];
  const FlightProfile& flight = *static_cast<const UnitKind*>(unit.kind)->flight();
  ElementState& element = elements[e];
  Channel& channel = channels[world.elements[e].first_channel];
  book_flight(e, now);
  trace("landed", nullptr, e);
  element.motion.aloft = false;
  element.motion.path.assign(1, {now, now, element.site.at, {}});
  element.patrol = PatrolSortie{};
  for_wing(e, [&](std::uint32_t wingman) {
    leave_wing(wingman);
    land(wingman);
  });
  const Address address{world.elements[e].entity, 0, element.sorties};
  const double work_s = std::max(0.0, value_apart(flight.turn_round_s, address, Purpose::turn_round));
  double begin_s = now;
  if (flight.bays != no_index) {
    const auto bay = std::min_element(bay_free_s[unit_index].begin(), bay_free_s[unit_index].end());
    begin_s = std::max(now, *bay);
    *bay = begin_s + work_s;
  }
  element.motion.ready_s = on_grid(begin_s + work_s);
  // It is not to be tasked before: its channel is the bay's.
  channel.busy = true;
  channel.intruder = no_index;
  ++element.busy;
  channel.phase = ChannelPhase::turning;
  queue.set(world.elements[e].first_channel, element.motion.ready_s, phase_freed);
}

void Replication::State::get_ready(std::uint32_t e) {
  Channel& channel = channels[world.elements[e].first_channel];
  channel.busy = false;
  channel.phase = ChannelPhase::idle;
  queue.cancel(world.elements[e].first_channel);
  --elements[e].busy;
  rearm(e);
  draw_readiness(e);
  changed_elements.push_back(e);
  trace("ready", nullptr, e);
  if (!stations.empty()) fill_stations(world.elements[e].unit);
}

}  // namespace dronewall
