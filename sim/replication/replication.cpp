// One replication: reset, run the events in order, close the books.
#include "dronewall/replication/replication.hpp"

#include <algorithm>
#include <cmath>

#include "dronewall/core/contracts.hpp"
#include "replication/state.hpp"

namespace dronewall {

double first_scan_index(double t, double phase_s, double period_s) {
  return std::max(0.0, std::ceil((t - phase_s) / period_s));
}

Replication::Replication(const Model& model, const ReplicationOptions& options)
    : state_(std::make_unique<State>(model.world(), options)) {}
Replication::~Replication() = default;
void Replication::run(std::uint32_t number, std::int64_t* row) { state_->run(number, row); }
std::uint64_t Replication::events() const { return state_->handled; }

Replication::State::State(const World& compiled, const ReplicationOptions& how)
    : world(compiled),
      options(how),
      elide(how.elide && how.trace == nullptr),
      scores_(std::any_of(compiled.assets.begin(), compiled.assets.end(),
                          [](const Asset& asset) { return asset.expected_column != no_index; })),
      foreseeable_(!compiled.command.is_there() && compiled.struck.empty()),
      // While the settling time lasts the run ends with the last fate, which must then be known when it
      // happens.
      private_(elide && compiled.engagements_are_private && compiled.settle_s == 0),
      stop_s(on_grid(compiled.duration_s + compiled.settle_s)) {
  for (const Weapon& weapon : world.weapons)
    longest_reactions_s.push_back(
        1.01 * std::max(0.0, weapon.reaction_s.distribution.value(Draws::greatest_uniform)) + tick_s);
  channels.resize(world.channels);
  elements.resize(world.elements.size());
  bay_free_s.resize(world.units.size());
  bit_of_network.resize(world.networks.size());
  for (const std::string& name : world.networks)
    entity_of_network.push_back(entity_of(name.data(), name.size()));
  std::uint32_t shooting = 0;
  for (std::uint32_t u = 0; u < world.units.size(); ++u) {
    const Unit& unit = world.units[u];
    if (!unit.mounts.empty() && bit_of_network[unit.network] == 0)
      bit_of_network[unit.network] = std::uint64_t{1} << shooting++;
    for (std::uint32_t e = unit.first_element; e < unit.first_element + unit.count; ++e) {
      elements[e].magazines.resize(unit.mounts.size());
      elements[e].waiting.reserve(usual_room);
      elements[e].motion.path.reserve(unit.flies ? usual_room : 1);
      for (std::uint32_t m = 0; m < unit.mounts.size(); ++m)
        // What flies gets its load on the ground.
        if (world.weapons[unit.mounts[m].weapon].reload_s && unit.mounts[m].rounds != unlimited_rounds &&
            !unit.flies)
          reload_slots.emplace_back(e, m);
    }
  }
  for (auto* list : {&newly_available, &changed_elements, &active_elements}) list->reserve(usual_room);
  for (auto* list : {&spans, &spans_b, &spans_c, &spans_d}) list->reserve(usual_room);
  for (auto* list : {&made, &doomed}) list->reserve(chunk);
  fails_at_s.reserve(chunk);
  stays.reserve(chunk);
  stay_owner.reserve(chunk);
  sensor_sites.resize(world.sensors.size());
  scan_phase_s.resize(world.sensors.size());
  sensor_up.resize(world.sensors.size());
  element_up.resize(world.elements.size());
  if (!world.struck.empty()) {
    sensor_lost_s.resize(world.sensors.size());
    element_lost_s.resize(world.elements.size());
  }
  closed.resize(world.airports.size());
  emission.resize(world.effectors.empty() ? 0 : world.elements.size());
  occurrence_of_raid.resize(world.raids.size());
  last_occurrence_s.resize(world.raids.size());
  times_of_raid.resize(world.raids.size());
  first_raid_slot = world.channels;
  first_reload_slot = first_raid_slot + static_cast<Slot>(world.raids.size());
  first_post_slot = first_reload_slot + static_cast<Slot>(reload_slots.size());
  first_patrol_slot = first_post_slot + static_cast<Slot>(world.command.posts.size());
  posts.resize(world.command.posts.size());
  for (PostState& post : posts) post.queue.reserve(usual_room);
  met_spans.reserve(usual_room);
  for (std::uint32_t u = 0; u < world.units.size(); ++u)
    if (world.units[u].flies)
      patrol_places.insert(patrol_places.end(), world.units[u].kind->keeps_aloft(), {u, false});
  if (!patrol_places.empty()) stations.resize(world.units.size());
  first_dynamic_slot = first_patrol_slot + static_cast<Slot>(patrol_places.size());
  for (std::size_t i = 0; i < reload_slots.size(); ++i)
    elements[reload_slots[i].first].magazines[reload_slots[i].second].reload_slot =
        first_reload_slot + static_cast<Slot>(i);
}

void Replication::State::run(std::uint32_t number, std::int64_t* out) {
  row = out;
  std::fill_n(row, world.layout.columns.size(), std::int64_t{0});
  reset(number);
  start_raids();
  start_patrols();
  loop();
  close();
  for (const auto& [column, value] : world.constant_columns) row[column] = value;
}

void Replication::State::reset(std::uint32_t number) {
  draws = Draws(options.seed, number);
  now = 0;
  handled = 0;
  aloft = 0;
  free_dynamics.clear();
  free_waves.clear();
  free_intruders.clear();
  free_raid_states.clear();
  free_files.clear();
  // Places given out last are taken first again: the order in which memory was used before must not matter.
  for (auto i = static_cast<std::uint32_t>(dynamics.size()); i-- > 0;) free_dynamics.push_back(i);
  for (auto i = static_cast<std::uint32_t>(waves.size()); i-- > 0;) free_waves.push_back(i);
  for (auto i = static_cast<std::uint32_t>(intruders.size()); i-- > 0;) {
    free_intruders.push_back(i);
    intruders[i].in_use = false;
    ++intruders[i].generation;
  }
  for (auto i = static_cast<std::uint32_t>(raid_states.size()); i-- > 0;) free_raid_states.push_back(i);
  for (auto i = static_cast<std::uint32_t>(files.size()); i-- > 0;) {
    free_files.push_back(i);
    files[i].in_use = false;
  }
  queue.reset(static_cast<std::uint32_t>(first_dynamic_slot + dynamics.size()));
  newly_available.clear();
  changed_elements.clear();
  active_elements.clear();
  std::fill(occurrence_of_raid.begin(), occurrence_of_raid.end(), 0U);
  std::fill(last_occurrence_s.begin(), last_occurrence_s.end(), 0.0);
  std::fill(stations.begin(), stations.end(), Station{});
  for (Channel& channel : channels) {
    channel.phase = ChannelPhase::idle;
    channel.busy = false;
    channel.intruder = channel.attendance = no_index;
  }
  attendances.clear();
  free_attendances.clear();
  hand_overs.clear();
  attendance_due = false;
  free_formations.clear();
  for (auto i = static_cast<std::uint32_t>(formations.size()); i-- > 0;) free_formations.push_back(i);
  std::fill(sensor_lost_s.begin(), sensor_lost_s.end(), EventQueue::never);
  std::fill(element_lost_s.begin(), element_lost_s.end(), EventQueue::never);
  last_fate_s = 0;
  for (auto* spans_of : {&emission, &closed})
    for (std::vector<Span>& list : *spans_of) list.clear();
  reset_sites();
  for (std::uint32_t e = 0; e < elements.size(); ++e) reset_element(e);
  draw_outages();
  draw_down_times();
}

/// Where sensors stand in this replication, and when they first scan.
void Replication::State::reset_sites() {
  for (std::uint32_t s = 0; s < world.sensors.size(); ++s) {
    const Sensor& sensor = world.sensors[s];
    sensor_sites[s] = sensor.site;
    if (sensor.site.random_zone != no_index)
      sensor_sites[s].at = random_place(sensor.entity, 0, sensor.site.random_zone);
    const Address own{sensor.entity, 0, 0};
    scan_phase_s[s] = sensor.phase_s ? std::max(0.0, value_apart(*sensor.phase_s, own, Purpose::scan_phase))
                                     : draws.uniform(own, Purpose::scan_phase) * sensor.period_s;
  }
}

void Replication::State::reset_element(std::uint32_t e) {
  const Element& compiled = world.elements[e];
  const Unit& unit = world.units[compiled.unit];
  ElementState& element = elements[e];
  element.site = compiled.site;
  if (compiled.site.random_zone != no_index)
    element.site.at = random_place(compiled.entity, 0, compiled.site.random_zone);
  element.motion.path.assign(1, {0, 0, element.site.at, {}});
  element.motion.aloft = element.take_off_untold = false;
  element.motion.take_off_s = element.motion.ready_s = element.motion.readiness_s = 0;
  element.motion.endurance_s = 0;
  element.task = Task::none;
  element.patrol = PatrolSortie{};
  element.lead = no_index;
  element.motion.height_m = compiled.site.height_m;
  element.motion.look_s = world.doctrines[unit.doctrine].assess.time_s.distribution.mean();
  element.busy = 0;
  element.sorties = 0;
  element.waiting.clear();
  element.active = false;
  for (std::uint32_t m = 0; m < unit.mounts.size(); ++m) {
    Magazine& magazine = element.magazines[m];
    magazine.rounds = magazine.filled = unit.mounts[m].rounds;
    magazine.fired = 0;
    magazine.last_fired_s = 0;
    magazine.instant = {};
    magazine.reload_at_s.clear();
    magazine.empty_since_s = unit.mounts[m].rounds == 0 ? 0 : EventQueue::never;
  }
  if (!unit.flies) return;
  draw_readiness(e);
  const FlightProfile& flight = *static_cast<const UnitKind*>(unit.kind)->flight();
  element.motion.endurance_s = flight.endurance_s + unit.more_endurance_s;
  if (flight.bays != no_index) bay_free_s[compiled.unit].assign(flight.bays, 0.0);
}

/// A point uniform in a zone: drawn in its box until it falls inside.
Vec2 Replication::State::random_place(Entity entity, std::uint32_t occurrence, std::uint32_t zone) const {
  const auto [low, high] = world.zones[zone].box();
  for (std::uint32_t attempt = 0;; ++attempt) {
    const Vec2 point{
        low.x + (high.x - low.x) * draws.uniform({entity, occurrence, attempt}, Purpose::siting, 0),
        low.y + (high.y - low.y) * draws.uniform({entity, occurrence, attempt}, Purpose::siting, 1)};
    if (world.zones[zone].contains(point)) return point;
    expects(attempt < 1'000'000);
  }
}

void Replication::State::loop() {
  while (true) {
    const double t = queue.next_time();
    if (!newly_available.empty() || !changed_elements.empty() || attendance_due) {
      if (t > now || queue.next_phase() > phase_decision) {
        dispatch();
        continue;
      }
    }
    if (!(t <= stop_s)) break;
    if (t > world.duration_s && aloft == 0) break;
    now = t;
    ++handled;
    handle(queue.next_slot());
  }
  // Who is aloft still is so until the clock stops, whatever was the last that happened.
  now = aloft > 0 ? stop_s : std::max(now, world.duration_s);
}

void Replication::State::handle(Slot slot) {
  if (slot < first_raid_slot) return on_channel(slot);
  if (slot < first_reload_slot) {
    const std::uint32_t raid = slot - first_raid_slot;
    start_raid(raid, now);
    return next_occurrence(raid);
  }
  if (slot >= first_patrol_slot && slot < first_dynamic_slot) return relieve(slot - first_patrol_slot, now);
  if (slot < first_post_slot) {
    const auto [element, mount] = reload_slots[slot - first_reload_slot];
    return reload(element, mount);
  }
  if (slot < first_dynamic_slot) {
    queue.cancel(slot);
    return serve(slot - first_post_slot);
  }
  const Dynamic dynamic = dynamics[slot - first_dynamic_slot];
  if (dynamic.file != no_index) return on_file(dynamic.file);
  if (dynamic.wave != no_index) return advance_wave(slot - first_dynamic_slot);
  if (dynamic.attendance != no_index) {
    queue.cancel(slot);
    attendance_due = true;
    return;
  }
  on_intruder(dynamic.intruder);
}

/// The clock has stopped: what is aloft stays so, what is busy is booked to the end, aircraft to their
/// landing.
void Replication::State::close() {
  if (private_) now = stop_s;
  if (is_traced(options)) tell_take_offs(now);
  for (IntruderIndex i = 0; i < intruders.size(); ++i) {
    Intruder& intruder = intruders[i];
    if (!intruder.in_use) continue;
    if (!intruder.fated) {
      intruder.fate = FateKind::still_aloft;
      intruder.fate_s = now;
    }
    settle(intruder);
  }
  close_posts();
  for (std::uint32_t number = 0; number < channels.size(); ++number) {
    Channel& channel = channels[number];
    if (!channel.busy || channel.intruder == no_index) continue;
    const Unit& unit = world.units[world.elements[channel.element].unit];
    book_busy(world.elements[channel.element].unit, channel.assigned_s, now);
    if (channel.attendance != no_index) continue;
    const bool is_burst = world.weapons[unit.mounts[channel.mount].weapon].mode == WeaponMode::fire;
    if (!is_burst || channel.phase != ChannelPhase::underway) continue;
    keep_rounds_until(channel, now);
    book_rounds(channel, intruders[channel.intruder], now);
  }
  for (const PatrolPlace& place : patrol_places) book_station(place.unit, now);
  for (std::uint32_t e = 0; e < elements.size(); ++e) {
    const Unit& unit = world.units[world.elements[e].unit];
    ElementState& element = elements[e];
    for (std::uint32_t m = 0; m < unit.mounts.size(); ++m) {
      book_empty(e, m, now);
      if (unit.mounts[m].stock_end_column != no_index)
        book(unit.mounts[m].stock_end_column, element.magazines[m].filled - element.magazines[m].fired);
    }
    if (!unit.flies || !element.motion.aloft || element.motion.take_off_s > now) continue;
    const FlightProfile& flight = *static_cast<const UnitKind*>(unit.kind)->flight();
    const std::uint32_t lead = element.lead == no_index ? e : element.lead;
    const bool homing = channels[world.elements[lead].first_channel].phase == ChannelPhase::homing;
    const double home_s = length(element.site.at - element.motion.at(now)) / flight.speed_m_per_s;
    book_flight(e, homing ? element.motion.path.back().end : now + home_s);
  }
  if (!world.effectors.empty()) book_emission();
  if (!world.airports.empty()) book_closures();
}

}  // namespace dronewall
