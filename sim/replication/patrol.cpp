// Patrols: elements kept on a station, each relieved when it must leave. Flown whether or not anything comes.
#include <algorithm>
#include <cmath>

#include "dronewall/core/contracts.hpp"
#include "replication/state.hpp"

namespace dronewall {

namespace {

constexpr double day_s = 86'400;

const FlightProfile& profile_of(const Unit& unit) {
  return *static_cast<const UnitKind*>(unit.kind)->flight();
}

/// Seconds since the patrol's hours last began, in [0, 86,400), for a moment of the run.
double since_begin(const PatrolPlan& plan, double start_unix_s, double t) {
  const double since = std::fmod(start_unix_s + t - plan.from_s, day_s);
  const double positive = since < 0 ? since + day_s : since;
  return day_s - positive < tick_s ? 0 : positive;  // The beginning itself, but for rounding.
}

}  // namespace

double Replication::State::way_to_station_s(std::uint32_t e) const {
  const FlightProfile& flight = profile_of(world.units[world.elements[e].unit]);
  return length(flight.patrol->at - elements[e].site.at) / flight.speed_m_per_s;
}

/// The first moment at or after t at which somebody should be on station.
double Replication::State::next_on_station(const PatrolPlan& plan, double t) const {
  if (!(plan.lasts_s < day_s)) return t;
  const double since = since_begin(plan, world.start_unix_s, t);
  return since < plan.lasts_s - tick_s ? t : on_grid(t + (day_s - since));
}

/// The end of the hours of which t is one; infinity for a patrol by day and night.
double Replication::State::hours_end(const PatrolPlan& plan, double t) const {
  if (!(plan.lasts_s < day_s)) return EventQueue::never;
  return on_grid(t + (plan.lasts_s - since_begin(plan, world.start_unix_s, t)));
}

/// The first ones are on station at the start, or when the hours begin; they took off in time for that.
void Replication::State::start_patrols() {
  for (std::uint32_t place = 0; place < patrol_places.size(); ++place) {
    patrol_places[place].waits = false;
    const Unit& unit = world.units[patrol_places[place].unit];
    const double way_s = way_to_station_s(unit.first_element);
    const double arrives_s = next_on_station(*profile_of(unit).patrol, 0);
    if (arrives_s > way_s)
      queue.set(first_patrol_slot + place, on_grid(arrives_s - way_s), phase_freed);
    else
      relieve(place, arrives_s - way_s);
  }
}

/// Somebody takes off at `at_s` (now; before the start for the first ones) to take this place on the station.
/// None does who would arrive at or after the end.
void Replication::State::relieve(std::uint32_t place, double at_s) {
  queue.cancel(first_patrol_slot + place);
  const std::uint32_t unit_index = patrol_places[place].unit;
  const Unit& unit = world.units[unit_index];
  const PatrolPlan& plan = *profile_of(unit).patrol;
  const double way_s = way_to_station_s(unit.first_element);
  const double arrives_s = on_grid(at_s + way_s);
  patrol_places[place].waits = false;
  if (!(arrives_s < world.duration_s)) return;
  const double wanted_s = next_on_station(plan, arrives_s);
  if (wanted_s > arrives_s)
    return queue.set(first_patrol_slot + place, on_grid(wanted_s - way_s), phase_freed);
  const std::uint32_t e = ready_element(unit);
  if (e == no_index) {
    patrol_places[place].waits = true;
    return;
  }
  take_off_on_patrol(e, at_s, arrives_s, hours_end(plan, arrives_s));
  const double leaves_s = elements[e].patrol.leaves_s;
  queue.set(first_patrol_slot + place, std::max(now, on_grid(next_on_station(plan, leaves_s) - way_s)),
            phase_freed);
}

/// Of those on the ground and ready, the one that has been for longest; no_index: none.
std::uint32_t Replication::State::ready_element(const Unit& unit) const {
  std::uint32_t best = no_index;
  for (std::uint32_t e = unit.first_element; e < unit.first_element + unit.count; ++e) {
    const ElementState& element = elements[e];
    if (element.motion.aloft || element.busy > 0 || is_lost(e)) continue;
    if (best == no_index || element.motion.ready_s < elements[best].motion.ready_s) best = e;
  }
  return best;
}

void Replication::State::take_off_on_patrol(std::uint32_t e, double at_s, double arrives_s, double end_s) {
  const Unit& unit = world.units[world.elements[e].unit];
  const PatrolPlan& plan = *profile_of(unit).patrol;
  ElementState& element = elements[e];
  const Address address{world.elements[e].entity, 0, element.sorties};
  const double drawn_s = value_apart(plan.sortie_s, address, Purpose::sortie);
  const double sortie_s = std::clamp(drawn_s, 0.0, element.motion.endurance_s);
  const double way_s = way_to_station_s(e);
  PatrolSortie& patrol = element.patrol;
  patrol.leaves_s = std::max(arrives_s, std::min(on_grid(at_s + sortie_s - way_s), end_s));
  patrol.planned_landing_s = on_grid(patrol.leaves_s + way_s);
  plan_refuellings(e, arrives_s);
  take_off(e, at_s);
  fly_to_station(e, at_s);
  if (arrives_s <= now) arrive_on_station(e);
}

/// As many refuellings as the sortie needs, evenly over its time on station.
void Replication::State::plan_refuellings(std::uint32_t e, double arrives_s) {
  const Unit& unit = world.units[world.elements[e].unit];
  PatrolSortie& patrol = elements[e].patrol;
  const double take_off_s = arrives_s - way_to_station_s(e);
  double lacks_s = patrol.planned_landing_s - take_off_s - profile_of(unit).endurance_s;
  double off_task_s = 0;
  patrol.refuellings = 0;
  for (const Refuelling& tanker : unit.tankers)
    for (std::uint32_t i = 0; i < tanker.times && lacks_s > tick_s; ++i) {
      lacks_s -= tanker.gives_s - tanker.time_s;
      off_task_s += tanker.time_s;
      ++patrol.refuellings;
    }
  if (patrol.refuellings == 0) return;
  patrol.refuel_time_s = off_task_s / patrol.refuellings;
  patrol.refuel_every_s = (patrol.leaves_s - arrives_s) / (patrol.refuellings + 1);
  patrol.refuel_s = on_grid(arrives_s + patrol.refuel_every_s);
}

/// Straight to the station, from where it is at `from_s`.
void Replication::State::fly_to_station(std::uint32_t e, double from_s) {
  const FlightProfile& flight = profile_of(world.units[world.elements[e].unit]);
  ElementState& element = elements[e];
  const Vec2 from = element.motion.at(from_s);
  const Vec2 way = flight.patrol->at - from;
  const double arrives_s = on_grid(from_s + length(way) / flight.speed_m_per_s);
  element.task = Task::patrol;
  element.motion.path.assign(
      1, {from_s, arrives_s, from, arrives_s > from_s ? way * (1 / (arrives_s - from_s)) : Vec2{}});
  Channel& channel = channels[world.elements[e].first_channel];
  channel.element = e;
  channel.phase = ChannelPhase::to_station;
  queue.set(world.elements[e].first_channel, std::max(now, arrives_s), phase_freed);
}

void Replication::State::arrive_on_station(std::uint32_t e) {
  const FlightProfile& flight = profile_of(world.units[world.elements[e].unit]);
  ElementState& element = elements[e];
  element.motion.path.assign(1, {now, now, flight.patrol->at, {}});
  if (element.patrol.leaves_s <= now) return leave_for_home(e);
  set_on_station(e, true);
  stay_on_station(e);
}

/// Until the next refuelling, or until it must leave.
void Replication::State::stay_on_station(std::uint32_t e) {
  const PatrolSortie& patrol = elements[e].patrol;
  const std::uint32_t number = world.elements[e].first_channel;
  const bool refuels = patrol.refuellings > 0 && patrol.refuel_s < patrol.leaves_s;
  channels[number].phase = refuels ? ChannelPhase::until_refuelling : ChannelPhase::on_station;
  queue.set(number, std::max(now, refuels ? patrol.refuel_s : patrol.leaves_s), phase_freed);
}

/// Off task at the tanker; nobody may send it anywhere.
void Replication::State::refuel(std::uint32_t e) {
  ElementState& element = elements[e];
  PatrolSortie& patrol = element.patrol;
  const std::uint32_t number = world.elements[e].first_channel;
  --patrol.refuellings;
  patrol.refuel_s = on_grid(patrol.refuel_s + patrol.refuel_every_s);
  set_on_station(e, false);
  channels[number].phase = ChannelPhase::refuelling;
  channels[number].busy = true;
  channels[number].intruder = no_index;
  ++element.busy;
  queue.set(number, std::min(patrol.leaves_s, on_grid(now + patrol.refuel_time_s)), phase_freed);
  trace("refuels", nullptr, e);
}

void Replication::State::end_refuelling(std::uint32_t e) {
  channels[world.elements[e].first_channel].busy = false;
  --elements[e].busy;
  changed_elements.push_back(e);
  arrive_on_station(e);
}

/// Back to its station after a task, if it would be there before it must leave; false: it flies home.
bool Replication::State::returns_to_station(std::uint32_t e) {
  const ElementState& element = elements[e];
  const FlightProfile& flight = profile_of(world.units[world.elements[e].unit]);
  if (element.patrol.leaves_s < 0 || !flight.retask) return false;
  const double way_s = length(flight.patrol->at - element.motion.at(now)) / flight.speed_m_per_s;
  if (!(now + way_s < element.patrol.leaves_s)) return false;
  fly_to_station(e, now);
  trace("returns-to-station", nullptr, e);
  return true;
}

void Replication::State::set_on_station(std::uint32_t e, bool is_there) {
  ElementState& element = elements[e];
  if (element.patrol.on_station == is_there) return;
  const std::uint32_t unit = world.elements[e].unit;
  book_station(unit, now);
  element.patrol.on_station = is_there;
  if (is_there)
    ++stations[unit].aloft;
  else
    --stations[unit].aloft;
  trace(is_there ? "on-station" : "off-station", nullptr, e);
}

/// Books who was on a unit's station, until t.
void Replication::State::book_station(std::uint32_t unit, double t) {
  Station& station = stations[unit];
  const double from = std::clamp(station.since_s, world.count_from_s, world.duration_s);
  const double to = std::clamp(t, world.count_from_s, world.duration_s);
  station.since_s = t;
  if (!(to > from)) return;
  const std::int64_t us = std::llround((to - from) * 1e6);
  book(world.units[unit].columns.on_station_us, us * station.aloft);
  if (station.aloft == 0) book(world.units[unit].columns.off_station_us, us);
}

/// A place that waits for somebody to be ready.
void Replication::State::fill_stations(std::uint32_t unit) {
  for (std::uint32_t place = 0; place < patrol_places.size(); ++place)
    if (patrol_places[place].unit == unit && patrol_places[place].waits) return relieve(place, now);
}

}  // namespace dronewall
