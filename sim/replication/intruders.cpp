// Intruders: their draws, made in one batch for all that are launched together, and their flights as timed
// legs.
#include <algorithm>
#include <cmath>

#include "dronewall/core/contracts.hpp"
#include "replication/state.hpp"

namespace dronewall {

namespace {

constexpr double never = EventQueue::never;
/// What a draw of a speed is cut at, where a distribution without bound falls below it once in a million.
constexpr double slowest_m_per_s = 1e-3;

/// When a drone that flies `legs` has covered the share `part` of its way.
double time_at_part(const std::vector<Leg>& legs, double part) {
  double total = 0;
  for (const Leg& leg : legs) total += length(leg.velocity) * (leg.end - leg.begin);
  double rest = total * part;
  for (const Leg& leg : legs) {
    const double speed = length(leg.velocity);
    const double way = speed * (leg.end - leg.begin);
    if (speed > 0 && rest <= way) return leg.begin + rest / speed;
    rest -= way;
  }
  return legs.back().end;
}

}  // namespace

/// Room for as much as an intruder may meet, within reason: so that what one replication meets and those
/// before did not is no reason to allocate.
void Replication::State::reserve_room(Intruder& intruder) const {
  intruder.tracks.reserve(std::min(usual_room, 2 * world.sensors.size()));
  intruder.opportunities.reserve(std::min(usual_room, 2 * world.elements.size()));
  intruder.shots.reserve(std::min(usual_room, world.elements.size()));
  if (scores_) intruder.score.unfailed.reserve(usual_room);
  intruder.visits.reserve(std::min(usual_room, world.units.size()));
}

IntruderIndex Replication::State::new_intruder() {
  IntruderIndex index;
  if (free_intruders.empty()) {
    index = static_cast<IntruderIndex>(intruders.size());
    reserve_room(intruders.emplace_back());
    slot_of_intruder.push_back(no_index);
  } else {
    index = free_intruders.back();
    free_intruders.pop_back();
  }
  const std::uint32_t dynamic = new_dynamic();
  dynamics[dynamic] = {no_index, index};
  slot_of_intruder[index] = first_dynamic_slot + dynamic;
  return index;
}

/// One property of every intruder of the chunk: by intruder, or one value for all where the scenario says so.
void Replication::State::draw(const Drawn& drawn, const Wave& wave, Purpose purpose, std::uint32_t index,
                              std::vector<double>& out) {
  const auto count = static_cast<std::uint32_t>(made.size());
  if (out.size() < chunk) out.resize(chunk);
  if (drawn.is_constant()) {
    std::fill_n(out.begin(), count, drawn.constant_value());
    return;
  }
  if (drawn.is_shared()) {
    std::fill_n(out.begin(), count, shared_value(drawn, raid_states[wave.raid_state]));
    return;
  }
  uniforms_of_chunk(wave, purpose, index, out.data());
  drawn.distribution.values(out.data(), count);
}

void Replication::State::uniforms_of_chunk(const Wave& wave, Purpose purpose, std::uint32_t index,
                                           double* out) {
  const auto count = static_cast<std::uint32_t>(made.size());
  const Entity entity = world.attacks[wave.attack].entity;
  // A formation flies as its lead does; only what fails, fails by itself.
  if (world.attacks[wave.attack].formation && purpose != Purpose::failure_point) {
    std::fill_n(out, count, draws.uniform({entity, wave.occurrence, 0}, purpose, index));
    return;
  }
  if (numbers[count - 1] - numbers[0] == count - 1 && wave.order.empty()) {
    draws.uniforms(entity, wave.occurrence, numbers[0], count, purpose, index, out);
    return;
  }
  draws.uniforms(entity, wave.occurrence, {numbers.data(), count}, purpose, index, out);
}

void Replication::State::make_intruders(const Wave& wave, std::uint32_t count) {
  const Attack& attack = world.attacks[wave.attack];
  made.clear();
  for (std::uint32_t i = 0; i < count; ++i) made.push_back(new_intruder());
  choose_threats(wave);
  draw_properties(wave);
  for (std::uint32_t i = 0; i < count; ++i) {
    Intruder& intruder = intruders[made[i]];
    intruder.attack = wave.attack;
    intruder.occurrence = wave.occurrence;
    intruder.number = numbers[i];
    intruder.raid_state = wave.raid_state;
    ++raid_states[wave.raid_state].users;
    clear_history(intruder);
    intruder.formation = wave.formation;
    if (wave.formation != no_index) {
      formations[wave.formation].members.push_back(made[i]);
      --formations[wave.formation].to_come;
    }
    plan_flight(intruder, i, attack);
    if (!world.effectors.empty()) soften_flight(intruder);
    enter_zones(intruder);
    intruder.counted = counts(intruder.launch_s);
    count_launch(intruder);
  }
  foresee(wave);
  watch(wave);
  for (const IntruderIndex index : made) {
    merge_tracks(intruders[index]);
    if (!world.effectors.empty()) soften_tracked(intruders[index]);
    open_files(index);
    find_opportunities(intruders[index]);
    if (!elide) mark(intruders[index]);
    schedule(index);
  }
}

/// Which threat each is, from the attack's mix.
void Replication::State::choose_threats(const Wave& wave) {
  const Attack& attack = world.attacks[wave.attack];
  const auto count = static_cast<std::uint32_t>(made.size());
  if (scratch.size() < chunk) scratch.resize(chunk);
  if (attack.mix.size() > 1) uniforms_of_chunk(wave, Purpose::mix, 0, scratch.data());
  for (std::uint32_t i = 0; i < count; ++i) {
    std::uint32_t place = 0;
    if (attack.mix.size() > 1)
      while (place + 1 < attack.mix.size() && scratch[i] >= attack.mix[place].second) ++place;
    Intruder& intruder = intruders[made[i]];
    intruder.mix_place = place;
    intruder.threat = attack.mix[place].first;
    intruder.true_class = world.threats[intruder.threat].threat_class;
    intruder.origin = attack.origin;
    intruder.apparent = attack.origin == Origin::attack ? intruder.true_class : attack.apparent;
  }
}

void Replication::State::draw_properties(const Wave& wave) {
  const Attack& attack = world.attacks[wave.attack];
  const auto count = static_cast<std::uint32_t>(made.size());
  for (const auto& [threat_index, share] : attack.mix) {
    // With a mix, each threat's distributions are inverted at the same uniforms, and its own intruders keep
    // theirs.
    const ThreatType& threat = world.threats[threat_index];
    const auto keep = [&](const Drawn& drawn, Purpose purpose, std::vector<double>& into) {
      if (into.size() < chunk) into.resize(chunk);
      draw(drawn, wave, purpose, 0, property);
      for (std::uint32_t i = 0; i < count; ++i)
        if (intruders[made[i]].threat == threat_index) into[i] = property[i];
    };
    keep(threat.speed_m_per_s, Purpose::speed, speed);
    keep(attack.altitude_m ? *attack.altitude_m : threat.altitude_m, Purpose::altitude, altitude);
    keep(threat.rcs_m2 ? *threat.rcs_m2 : zero_, Purpose::rcs, rcs);
    keep(threat.reliability, Purpose::reliability, reliability);
    keep(threat.endurance_s ? *threat.endurance_s : never_, Purpose::endurance, endurance);
  }
  if (reliable.size() < chunk) {
    reliable.resize(chunk);
    fail_at.resize(chunk);
    spread_u.resize(chunk);
  }
  const bool may_fail =
      std::any_of(reliability.begin(), reliability.begin() + count, [](double r) { return r < 1; });
  if (may_fail) {
    uniforms_of_chunk(wave, Purpose::failure_point, 0, reliable.data());
    uniforms_of_chunk(wave, Purpose::failure_point, 1, fail_at.data());
  } else {
    std::fill_n(reliable.begin(), count, 0.0);
  }
  if (attack.spread_m) {
    if (attack.spread_m->is_constant()) {
      uniforms_of_chunk(wave, Purpose::spread, 0, spread_u.data());
      const double width = attack.spread_m->constant_value();
      for (std::uint32_t i = 0; i < count; ++i) spread_u[i] = (spread_u[i] - 0.5) * width;
    } else {
      draw(*attack.spread_m, wave, Purpose::spread, 0, spread_u);
    }
  } else {
    std::fill_n(spread_u.begin(), count, 0.0);
  }
  if (attack.loiter_s) draw(*attack.loiter_s, wave, Purpose::loiter, 0, loiter);
  if (coordinates.size() < attack.route.size() * 2) coordinates.resize(attack.route.size() * 2);
  for (std::size_t w = 0; w < attack.route.size(); ++w) {
    if (attack.route[w].constant) continue;
    draw(attack.route[w].first, wave, Purpose::coordinate, static_cast<std::uint32_t>(2 * w),
         coordinates[2 * w]);
    draw(attack.route[w].second, wave, Purpose::coordinate, static_cast<std::uint32_t>(2 * w + 1),
         coordinates[2 * w + 1]);
  }
}

void Replication::State::clear_history(Intruder& intruder) {
  intruder.fated = false;
  intruder.soft_killer = no_index;
  intruder.killer_column = 0;
  intruder.engaged = intruder.believed_dead = intruder.ghost = 0;
  intruder.holds = 0;
  intruder.ever_assigned = intruder.ever_engaged = intruder.escorted = false;
  intruder.intercept_s = never;
  intruder.fired_by_network.assign(world.networks.size(), {});
  intruder.shots.clear();
  intruder.visits.clear();
  intruder.files.clear();
  intruder.jamming.clear();
  intruder.wrongly_engaged = false;
  intruder.in_use = true;
}

/// Legs from the drawn waypoints; then how the flight ends if nobody ends it.
void Replication::State::plan_flight(Intruder& intruder, std::uint32_t i, const Attack& attack) {
  points.clear();
  if (attack.zone != no_index)
    points.push_back(random_place(attack.entity, intruder.occurrence, attack.zone));
  for (std::size_t w = 0; w < attack.route.size(); ++w) {
    const Waypoint& waypoint = attack.route[w];
    if (waypoint.constant)
      points.push_back(waypoint.fixed);
    else if (waypoint.geographic)
      points.push_back(world.projection->forward(coordinates[2 * w][i], coordinates[2 * w + 1][i]));
    else
      points.push_back({coordinates[2 * w][i], coordinates[2 * w + 1][i]});
  }
  intruder.aim = no_index;  // Whoever had this place before may have had one.
  if (attack.defence != no_index) points.push_back(take_aim(intruder));
  if (spread_u[i] != 0) {
    const Vec2 along = points.back() - points.front();
    const double way = length(along);
    const Vec2 shift = way > 0 ? Vec2{-along.y / way, along.x / way} * spread_u[i] : Vec2{0, spread_u[i]};
    const std::size_t shifted = attack.goal == GoalKind::overfly ? points.size() : points.size() - 1;
    for (std::size_t p = 0; p < shifted; ++p)
      points[p] = points[p] + shift;  // The goal itself stays where it is.
  }
  intruder.launch_s = launch_s[i];
  speed[i] = std::max(speed[i], slowest_m_per_s);
  intruder.speed_m_per_s = speed[i];
  intruder.altitude_m = std::max(altitude[i], 0.0);
  intruder.rcs_m2 = std::max(rcs[i], 0.0);
  intruder.goal = points.back();

  std::vector<Leg>& legs = intruder.legs;
  legs.clear();
  double t = intruder.launch_s;
  const auto fly = [&](Vec2 from, Vec2 to) {
    const Vec2 way = to - from;
    const double distance = length(way);
    if (!(distance > 0)) return;
    const double end = t + distance / speed[i];
    legs.push_back({t, end, from, way * (speed[i] / distance)});
    t = end;
  };
  for (std::size_t p = 1; p < points.size(); ++p) fly(points[p - 1], points[p]);
  intruder.goal_s = on_grid(t);
  if (attack.origin == Origin::false_track) intruder.goal_s = never;  // It comes no nearer.
  if (attack.goal == GoalKind::loiter) {
    if (loiter[i] > 0) legs.push_back({t, t + loiter[i], points.back(), {}});
    t += std::max(loiter[i], 0.0);
    for (std::size_t p = points.size(); p-- > 1;) fly(points[p], points[p - 1]);
  }
  if (legs.empty()) legs.push_back({t, t, points.back(), {}});
  intruder.route_end_s = on_grid(t);
  intruder.natural_end_s = intruder.route_end_s;
  intruder.natural_fate = attack.goal == GoalKind::strike ? FateKind::struck : FateKind::left_the_area;
  double fails_s = never;
  if (reliable[i] >= reliability[i]) fails_s = time_at_part(legs, fail_at[i]);
  intruder.fails_s =
      on_grid(std::min(fails_s, std::min(intruder.launch_s + std::max(endurance[i], 0.0), 1e9)));
  end_by_failure(intruder);
  prepare_score(intruder, attack, reliability[i], intruder.launch_s + endurance[i]);
}

/// It fails before its route ends.
void Replication::State::end_by_failure(Intruder& intruder) {
  if (!(intruder.fails_s < intruder.natural_end_s)) return;
  intruder.natural_end_s = intruder.fails_s;
  intruder.natural_fate = FateKind::failed_by_itself;
}

/// Spans inside the defended zones, and the moment of entering.
void Replication::State::enter_zones(Intruder& intruder) {
  intruder.inside.clear();
  intruder.entered_s = never;
  if (intruder.origin != Origin::attack) return;
  if (world.defended_everywhere) {
    intruder.inside.push_back({intruder.launch_s, intruder.route_end_s});
  } else {
    for (const std::uint32_t zone : world.defended)
      for (const Leg& leg : intruder.legs) world.zones[zone].inside(leg, intruder.inside);
    merge_spans(intruder.inside);
  }
  intruder.entered_s = intruder.inside.empty() || intruder.inside.front().begin > intruder.natural_end_s
                           ? never
                           : on_grid(intruder.inside.front().begin);
  // A route that ends on the border ends inside. The slack is a length, so that the same map flown at another
  // speed gives the same fates.
  constexpr double edge_m = 1e-3;
  const Leg& last = intruder.legs.back();
  const auto reaches_end = [&](const Span& span) {
    return (last.end - span.end) * length(last.velocity) <= edge_m;
  };
  const bool ends_inside =
      world.defended_everywhere || (!intruder.inside.empty() && reaches_end(intruder.inside.back()));
  if (intruder.natural_fate == FateKind::left_the_area && ends_inside)
    intruder.natural_fate = FateKind::ended_its_route;
}

}  // namespace dronewall
