// The picture: when each sensor covers each intruder, when it confirms it, and so when networks hold tracks.
// Nothing that a defence does moves any of it, so it is known in closed form when an intruder is made.
#include <algorithm>
#include <cmath>

#include "replication/state.hpp"

namespace dronewall {

namespace {

constexpr double never = EventQueue::never;

/// Slant range at which a sensor sees a target: the instrumented limit, and R = R_ref (σ/σ_ref)^¼.
double slant_range_m(const Sensor& sensor, const Intruder& target) {
  if (!(sensor.sees_range_m > 0)) return sensor.range_m;
  const double ratio = target.rcs_m2 / sensor.sees_rcs_m2;
  return std::min(sensor.range_m, sensor.sees_range_m * std::sqrt(std::sqrt(std::max(ratio, 0.0))));
}

Leg until(Leg leg, double end_s) {
  leg.end = std::min(leg.end, end_s);
  return leg;
}

}  // namespace

bool Replication::State::is_drawn_available(const Drawn& chance, Entity entity, const RaidState& raid,
                                            std::uint32_t condition) const {
  if (condition != no_index && !raid.condition[condition]) return false;
  const double p = shared_value(chance, raid);
  if (p >= 1) return true;
  const Address address{pair_of(entity, world.raids[raid.raid].entity), raid.occurrence, 0};
  return draws.uniform(address, Purpose::availability) < p;
}

/// Up-times of what fails and is repaired, over the whole run, from its long-run state: exponential times
/// have no memory, others start twenty mean cycles before the run at a random point of a cycle.
void Replication::State::alternate(const Outages& outages, Entity entity, std::vector<Span>& up) const {
  up.clear();
  // Times that a replication shares make a cycle of their own, begun anywhere in it.
  const auto mean = [&](const Drawn& drawn) {
    return drawn.is_shared() ? value_apart(drawn, {}, Purpose::outage) : drawn.distribution.mean();
  };
  const double cycle = std::max(0.0, mean(outages.up_s)) + std::max(0.0, mean(outages.repair_s));
  double t = -20 * cycle - cycle * draws.uniform({entity, 0, 0}, Purpose::outage, 0);
  for (std::uint32_t k = 0; t < stop_s; ++k) {
    const double up_s = std::max(0.0, value_apart(outages.up_s, {entity, k, 1}, Purpose::outage));
    const double repair_s = std::max(0.0, value_apart(outages.repair_s, {entity, k, 2}, Purpose::outage));
    if (t + up_s > 0) up.push_back({on_grid(std::max(t, 0.0)), on_grid(std::min(t + up_s, stop_s + 1e6))});
    if (!(up_s + repair_s > 0)) break;
    t += up_s + repair_s;
  }
  merge_spans(up);
}

void Replication::State::draw_outages() {
  for (std::size_t s = 0; s < world.sensors.size(); ++s)
    if (world.sensors[s].outages) alternate(*world.sensors[s].outages, world.sensors[s].entity, sensor_up[s]);
  for (std::size_t e = 0; e < world.elements.size(); ++e) {
    const Unit& unit = world.units[world.elements[e].unit];
    if (unit.outages) alternate(*unit.outages, world.elements[e].entity, element_up[e]);
  }
}

/// Appends the stays of the chunk's intruders in one sensor's coverage; each intruder's in order of time. On
/// the ground a coverage is a circle: the lesser of the slant range's and the horizon's.
void Replication::State::cover(std::uint32_t sensor_index) {
  const Sensor& sensor = world.sensors[sensor_index];
  const Site site = sensor_sites[sensor_index];
  // The horizon is a sum of the antenna's part and the target's, which each needs only one root.
  const double antenna_m = radar_horizon_m(std::max(site.height_m, 0.0), 0);
  const bool plain = !sensor.sector && !sensor.outages && sensor_lost_s.empty();
  for (std::size_t i = 0; i < made.size(); ++i) {
    const Intruder& target = intruders[made[i]];
    if (sensor.emitters_only && !world.threats[target.threat].emits) continue;
    const double slant = slant_range_m(sensor, target);
    const double rise = target.altitude_m - site.height_m;
    double radius = std::sqrt(slant * slant - rise * rise);  // NaN: out of reach at any distance
    if (sensor.horizon && horizon_m[i] + antenna_m < radius) radius = horizon_m[i] + antenna_m;
    if (!(radius >= 0)) continue;
    if (plain && target.legs.size() == 1) {
      Leg leg = target.legs.front();
      leg.end = std::min(leg.end, target.natural_end_s);
      const std::optional<Span> inside = inside_circle(leg, site.at, radius);
      if (inside) add_stay(made[i], 0, *inside, site);
      continue;
    }
    cover_legs(sensor_index, target, site, radius);
    for (std::uint32_t entry = 0; entry < spans.size(); ++entry) add_stay(made[i], entry, spans[entry], site);
  }
}

void Replication::State::add_stay(IntruderIndex index, std::uint32_t entry, Span span, const Site& site) {
  const Intruder& target = intruders[index];
  stays.push_back({{on_grid(span.begin), on_grid(span.end)},
                   draw_number(target),
                   entry,
                   target.legs.data(),
                   target.legs.data() + target.legs.size(),
                   target.altitude_m - site.height_m,
                   target.rcs_m2});
  stay_owner.push_back(index);
}

/// The stays of a flight of any legs in a coverage of any shape, into `spans`.
void Replication::State::cover_legs(std::uint32_t sensor_index, const Intruder& target, const Site& site,
                                    double radius) {
  const Sensor& sensor = world.sensors[sensor_index];
  spans.clear();
  for (const Leg& whole : target.legs) {
    if (whole.begin > target.natural_end_s) break;
    const Leg leg = until(whole, target.natural_end_s);
    const std::optional<Span> inside = std::isinf(radius) ? std::optional<Span>(Span{leg.begin, leg.end})
                                                          : inside_circle(leg, site.at, radius);
    if (!inside) continue;
    if (sensor.sector)
      sensor.sector->inside({inside->begin, inside->end, leg.at(inside->begin), leg.velocity}, site.at,
                            spans);
    else
      spans.push_back(*inside);
  }
  if (spans.size() > 1) merge_spans(spans);
  if (sensor.outages) {
    spans_b.clear();
    intersect_spans(spans, sensor_up[sensor_index], spans_b);
    spans.assign(spans_b.begin(), spans_b.end());
  }
  if (!sensor_lost_s.empty()) cut_spans(spans, sensor_lost_s[sensor_index]);
}

/// Every sensor looks at every intruder of the chunk.
void Replication::State::watch(const Wave& wave) {
  horizon_m.resize(chunk);
  for (std::size_t i = 0; i < made.size(); ++i) {
    Intruder& intruder = intruders[made[i]];
    intruder.tracks.clear();
    horizon_m[i] = radar_horizon_m(0, std::max(intruder.altitude_m, 0.0));
    if (intruder.origin != Origin::attack)
      intruder.tracks.push_back(
          {world.attacks[wave.attack].network, {intruder.launch_s, intruder.natural_end_s}});
  }
  if (world.attacks[wave.attack].origin != Origin::attack) return;  // No sensor is needed to see these.
  const RaidState& raid = raid_states[wave.raid_state];
  for (std::uint32_t s = 0; s < world.sensors.size(); ++s) {
    const Sensor& sensor = world.sensors[s];
    if (!available(sensor.availability, sensor.entity, raid, sensor.condition)) continue;
    stays.clear();
    stay_owner.clear();
    cover(s);
    if (stays.empty()) continue;
    LawContext context;
    context.sensor = &sensor;
    context.at = sensor_sites[s].at;
    context.phase_s = scan_phase_s[s];
    context.pair = world.attack_sensor[wave.attack * world.sensors.size() + s];
    context.occurrence = wave.occurrence;
    context.sharers = sharers_of(raid);
    context.draws = &draws;
    if (confirmed.size() < stays.size()) confirmed.resize(stays.size());
    static_cast<const SensorLaw*>(sensor.law)
        ->confirm(context, stays.data(), static_cast<std::uint32_t>(stays.size()), confirmed.data());
    for (std::size_t i = 0; i < stays.size(); ++i) {
      const double seen_s = on_grid(std::min(confirmed[i], 1e9));
      if (seen_s < stays[i].span.end ||
          (seen_s == stays[i].span.end && stays[i].span.begin == stays[i].span.end))
        intruders[stay_owner[i]].tracks.push_back({sensor.network, {seen_s, stays[i].span.end}});
    }
  }
}

/// Tracks in order of network and time, overlapping ones as one; and the first detection by anybody.
void Replication::State::merge_tracks(Intruder& intruder) {
  std::vector<TrackSpan>& tracks = intruder.tracks;
  intruder.detected_s = never;
  if (tracks.empty()) return;
  std::sort(tracks.begin(), tracks.end(), [](const TrackSpan& a, const TrackSpan& b) {
    if (a.network != b.network) return a.network < b.network;
    if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
    return a.span.end < b.span.end;
  });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    intruder.detected_s = std::min(intruder.detected_s, tracks[i].span.begin);
    if (kept > 0 && tracks[kept - 1].network == tracks[i].network &&
        tracks[i].span.begin <= tracks[kept - 1].span.end)
      tracks[kept - 1].span.end = std::max(tracks[kept - 1].span.end, tracks[i].span.end);
    else
      tracks[kept++] = tracks[i];
  }
  tracks.resize(kept);
}

bool Replication::State::holds_track(const Intruder& intruder, std::uint32_t network, double t) const {
  for (const TrackSpan& track : intruder.tracks)
    if (track.network == network && track.span.begin <= t && t <= track.span.end) return true;
  return false;
}

/// When the track that the network holds at t is dropped: after the last coverage and the coast that follows
/// it.
double Replication::State::track_end(const Intruder& intruder, std::uint32_t network, double t) const {
  const double coast = world.coast_s[network];
  double end = t;
  for (const TrackSpan& track : intruder.tracks)
    if (track.network == network && track.span.begin <= end + coast) end = std::max(end, track.span.end);
  return end + coast;
}

}  // namespace dronewall
