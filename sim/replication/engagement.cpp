// The engagement machine: assignment, reaction, launch, flight or dwell or burst, look, release. One for all
// kinds.
//
// Where nothing else can end a target (World::engagements_are_private) the whole engagement is settled when
// it is assigned and only its end is scheduled; else each step is an event. Both book the same integers.
#include <algorithm>
#include <cmath>

#include "dronewall/core/contracts.hpp"
#include "dronewall/random/distribution.hpp"
#include "replication/state.hpp"

namespace dronewall {

namespace {

constexpr double never = EventQueue::never;

}  // namespace

Vec2 Replication::State::position_of(const Intruder& intruder, double t) {
  for (const Leg& leg : intruder.legs)
    if (t <= leg.end) return leg.at(std::max(t, leg.begin));
  return intruder.legs.back().at(intruder.legs.back().end);
}

Address Replication::State::address_of(const Intruder& intruder, std::uint32_t element) const {
  return {world.attack_element[intruder.attack * world.elements.size() + element], intruder.occurrence,
          intruder.number};
}

ElementShots& Replication::State::shots_of(Intruder& intruder, std::uint32_t element) {
  for (ElementShots& shots : intruder.shots)
    if (shots.element == element) return shots;
  intruder.shots.push_back({element, 0, 0, -1});
  return intruder.shots.back();
}

/// The address of what is drawn once per raid.
Address Replication::State::address_in_raid(Entity entity, const Intruder& intruder) const {
  const RaidState& raid = raid_states[intruder.raid_state];
  return {pair_of(entity, world.raids[raid.raid].entity), raid.occurrence, 0};
}

Entity Replication::State::unit_entity(std::uint32_t element) const {
  return world.units[world.elements[element].unit].entity;
}

/// A time drawn at each use: reaction, dwell, assessment.
double Replication::State::time_of(const Drawn& drawn, const Intruder& intruder, std::uint32_t element,
                                   Purpose purpose, std::uint32_t index) const {
  if (drawn.is_constant()) return drawn.constant_value();
  Sharers sharers = sharers_of(raid_states[intruder.raid_state]);
  sharers.unit = unit_entity(element);
  return drawn_value(drawn, draws, address_of(intruder, element), purpose, index, sharers);
}

const Assessment& Replication::State::assessment_of(const Channel& channel) const {
  const Unit& unit = world.units[world.elements[channel.element].unit];
  const Weapon& weapon = world.weapons[unit.mounts[channel.mount].weapon];
  return weapon.assess ? *weapon.assess : world.doctrines[unit.doctrine].assess;
}

void Replication::State::engage(IntruderIndex index, const Choice& choice) {
  Intruder& intruder = intruders[index];
  ElementState& element = elements[choice.element];
  const Unit& unit = world.units[world.elements[choice.element].unit];
  const Weapon& weapon = world.weapons[unit.mounts[choice.mount].weapon];
  std::uint32_t number = world.elements[choice.element].first_channel;
  while (channels[number].busy) ++number;
  Channel& channel = channels[number];

  settle_visit(intruder, world.elements[choice.element].unit);
  ElementShots& shots = shots_of(intruder, choice.element);
  channel.element = choice.element;
  channel.busy = true;
  channel.phase = ChannelPhase::reaction;
  channel.intruder = index;
  channel.generation = intruder.generation;
  channel.mount = choice.mount;
  channel.rounds = salvo_size(intruder, choice.element, choice.mount);
  channel.engagement = shots.engagements++;
  channel.assigned_s = now;
  channel.arrival_s = channel.look_s = channel.free_s = never;
  take_rounds(choice.element, choice.mount, channel.rounds);
  ++element.busy;
  ++intruder.holds;
  intruder.engaged |= bit_of_network[unit.network];
  intruder.ever_assigned = true;
  intruder.fired_by_network[unit.network].hold_begin_s = now;
  intruder.fired_by_network[unit.network].hold_end_s = never;
  trace("assigned", &intruder, choice.element, weapon.name.c_str());
  const double reaction =
      time_of(weapon.reaction_s, intruder, choice.element, Purpose::reaction, channel.engagement);
  // The reaction runs while a pursuer flies into range.
  channel.launch_s = on_grid(std::max(choice.approach.launch_s, now + std::max(reaction, 0.0)));
  if (unit.flies) {
    fly(choice.element, choice.approach, intruder, Task::engage);
    const double gives_up_s = chase_end(choice.element, intruder, choice.approach.launch_s);
    if (gives_up_s < channel.launch_s) {
      channel.launch_s = gives_up_s;
      channel.phase = ChannelPhase::given_back;
      queue.set(number, channel.launch_s, phase_launch);
      return;
    }
  }
  // A burst takes its rounds from a magazine that others share, so it goes step by step.
  if (private_ && weapon.mode != WeaponMode::fire)
    resolve(number);
  else
    queue.set(number, channel.launch_s, phase_launch);
}

/// When a chase that is meant to be within range at `arrives_s` is given up at the latest: when
/// the target's flight ends, when its track ends before the fighter is there, or when the fighter must turn
/// for home.
double Replication::State::chase_end(std::uint32_t e, const Intruder& target, double arrives_s) const {
  double end_s = std::min(target.natural_end_s, must_turn_s(e));
  const double lost_s = track_end(target, world.units[world.elements[e].unit].network, now);
  if (lost_s < arrives_s) end_s = std::min(end_s, lost_s);
  return std::max(now, on_grid(end_s));
}

/// Settles a private engagement to its end, and schedules only that.
void Replication::State::resolve(std::uint32_t number) {
  Channel& channel = channels[number];
  Intruder& intruder = intruders[channel.intruder];
  if (channel.launch_s > stop_s) {
    queue.cancel(number);
    return;
  }
  if (!launch_allowed(channel, intruder, channel.launch_s)) {
    channel.phase = ChannelPhase::given_back;
    queue.set(number, channel.launch_s, phase_launch);
    return;
  }
  fire(channel, intruder, channel.launch_s);
  if (channel.arrival_s <= stop_s) settle_arrival(channel, intruder);
  channel.phase = ChannelPhase::look;
  // An engagement without length ends where step by step it would have begun: after what else ends then.
  queue.set(number, channel.look_s, channel.look_s > channel.launch_s ? phase_freed : phase_launch);
}

void Replication::State::on_channel(std::uint32_t number) {
  Channel& channel = channels[number];
  switch (channel.phase) {
    case ChannelPhase::reaction:
      return at_launch(number);
    case ChannelPhase::given_back:
      return give_back(number);
    case ChannelPhase::underway:
      settle_arrival(channel, intruders[channel.intruder]);
      channel.phase = ChannelPhase::look;
      queue.set(number, channel.look_s, phase_freed);
      return;
    case ChannelPhase::look:
      return at_look(number);
    case ChannelPhase::cycle:
      return free_channel(number);
    case ChannelPhase::homing:
      return land(channel.element);
    case ChannelPhase::turning:
      return get_ready(channel.element);
    case ChannelPhase::joining:
      return join(number);
    case ChannelPhase::attending:
      return leave(number);
    case ChannelPhase::to_station:
      return arrive_on_station(channel.element);
    case ChannelPhase::on_station:
      return leave_for_home(channel.element);
    case ChannelPhase::until_refuelling:
      return refuel(channel.element);
    case ChannelPhase::refuelling:
      return end_refuelling(channel.element);
    case ChannelPhase::wing:
    case ChannelPhase::idle:
      break;
  }
  expects(channel.phase != ChannelPhase::idle);
}

void Replication::State::at_launch(std::uint32_t number) {
  Channel& channel = channels[number];
  Intruder& intruder = intruders[channel.intruder];
  if (!launch_allowed(channel, intruder, now)) return give_back(number);
  fire(channel, intruder, now);
  channel.phase = ChannelPhase::underway;
  queue.set(number, channel.arrival_s, phase_fate);
}

/// At the end of the reaction: is the target still there, tracked, and would a round launched now meet it
/// inside?
bool Replication::State::launch_allowed(const Channel& channel, const Intruder& intruder, double t) {
  const ElementState& element = elements[channel.element];
  const Unit& unit = world.units[world.elements[channel.element].unit];
  const bool ghost = (intruder.ghost & bit_of_network[unit.network]) != 0;
  if (intruder.fated && !ghost) return false;
  if (!ghost && !(t < intruder.natural_end_s)) return false;
  const Weapon& weapon = world.weapons[unit.mounts[channel.mount].weapon];
  if (weapon.mode == WeaponMode::fire && !(t < exposed_until(channel, intruder, t))) return false;
  if (!unit.flies) return t <= exposed_until(channel, intruder, t);
  const Verdict verdict = verdict_of(intruder, unit);
  if (verdict.kind != VerdictKind::engage || !weapon.pk[perceived(intruder, unit.network)].given)
    return false;
  if (!holds_track(intruder, unit.network, t)) return false;
  const Vec2 from = element.motion.at(t);
  double reach_m = length(position_of(intruder, t) - from);
  double arrival_s = t;  // Of a dwell or burst: when it begins, until the ground has been looked at.
  if (weapon.mode == WeaponMode::flight) {
    const auto meets = meet_on_legs(intruder.legs.data(), intruder.legs.data() + intruder.legs.size(), from,
                                    t, weapon.speed_m_per_s);
    if (!meets) return false;
    arrival_s = *meets;
    reach_m = (arrival_s - t) * weapon.speed_m_per_s;
  }
  if (!is_met_on(intruder, unit.network, verdict.met, arrival_s)) return false;
  if (weapon.mode == WeaponMode::dwell) arrival_s = t + dwell_of(channel, intruder);
  constexpr double rounding_m = 0.1;  // Times lie on a grid of a microsecond.
  if (reach_m > weapon.range_high_m + rounding_m || reach_m < weapon.range_low_m - rounding_m) return false;
  const double free_s = std::max(arrival_s + look_of(channel, intruder), t + weapon.cycle_s);
  return free_s <= must_turn_s(channel.element);
}

/// When the window that is open at t closes, and for a fighter when the track ends or it must turn for home;
/// before t when none is open.
double Replication::State::exposed_until(const Channel& channel, const Intruder& intruder, double t) const {
  const Unit& unit = world.units[world.elements[channel.element].unit];
  if (unit.flies)
    return std::min({track_end(intruder, unit.network, t), ground_end(intruder, unit, t),
                     must_turn_s(channel.element) - look_of(channel, intruder)});
  for (const Opportunity& opportunity : intruder.opportunities)
    if (opportunity.element == channel.element && opportunity.mount == channel.mount &&
        opportunity.span.begin <= t && t <= opportunity.span.end && in_force(intruder, opportunity, unit))
      return opportunity.span.end;
  return -1;
}

/// When an intruder leaves the ground on which the verdict lets rounds meet it; before t when it is not on
/// it.
double Replication::State::ground_end(const Intruder& intruder, const Unit& unit, double t) const {
  const std::uint32_t met = verdict_of(intruder, unit).met;
  if (met == no_index) return never;
  if (const TrackFile* file = file_of(intruder, unit.network))
    for (const GroundSpan& on : file->on)
      if (on.ground == met && on.span.begin <= t && t <= on.span.end) return on.span.end;
  return -1;
}

void Replication::State::at_look(std::uint32_t number) {
  Channel& channel = channels[number];
  Intruder& intruder = intruders[channel.intruder];
  const std::uint64_t bit = bit_of_network[world.units[world.elements[channel.element].unit].network];
  const Assessment& assess = assessment_of(channel);
  const bool dead = intruder.fated;
  const double chance = dead ? assess.dead_seen_alive : assess.alive_seen_dead;
  const bool mistaken = chance > 0 && draws.uniform(address_of(intruder, channel.element),
                                                    Purpose::assessment_error, channel.engagement) < chance;
  const bool seen_dead = dead != mistaken;
  if (seen_dead) {
    intruder.believed_dead |= bit;
    intruder.ghost &= ~bit;
  } else if (dead && intruder.fate == FateKind::shot_down) {
    intruder.ghost |= bit;
  }
  trace("looked", &intruder, channel.element, seen_dead ? "seen dead" : "seen alive");
  release_target(channel, !seen_dead);
  if (channel.free_s > now) {
    channel.phase = ChannelPhase::cycle;
    queue.set(number, channel.free_s, phase_freed);
  } else {
    free_channel(number);
  }
}

void Replication::State::give_back(std::uint32_t number) {
  Channel& channel = channels[number];
  put_back_rounds(channel.element, channel.mount, channel.rounds);
  Intruder& intruder = intruders[channel.intruder];
  // Time was too short. What made it short comes first in time: a wait for a channel, else a late track.
  const Unit& unit = world.units[world.elements[channel.element].unit];
  NetworkShots& shots = intruder.fired_by_network[unit.network];
  if (shots.salvos == 0 && !intruder.fated && shots.reason != LossReason::channels_busy)
    shots.reason = verdict_of(intruder, unit).kind == VerdictKind::engage ? LossReason::seen_too_late
                                                                          : LossReason::held_by_rule;
  if (!(now > channel.assigned_s)) shots_of(intruder, channel.element).given_back_s = now;
  trace("given-back", &intruder, channel.element);
  release_target(channel, true);
  free_channel(number);
}

void Replication::State::release_target(Channel& channel, bool again) {
  Intruder& intruder = intruders[channel.intruder];
  const std::uint32_t network = world.units[world.elements[channel.element].unit].network;
  intruder.engaged &= ~bit_of_network[network];
  intruder.fired_by_network[network].hold_end_s = now;
  --intruder.holds;
  const IntruderIndex index = channel.intruder;
  if (intruder.fated && intruder.holds == 0 && (intruder.ghost == 0 || last_end(intruder) <= now))
    finish(index);
  else if (again) {
    newly_available.push_back(index);
    if (intruder.ghost != 0) schedule(index);
  }
}

void Replication::State::free_channel(std::uint32_t number) {
  Channel& channel = channels[number];
  const std::uint32_t e = channel.element;
  book_busy(world.elements[e].unit, channel.assigned_s, now);
  channel.busy = false;
  channel.phase = ChannelPhase::idle;
  queue.cancel(number);
  --elements[e].busy;
  changed_elements.push_back(world.units[world.elements[e].unit].flies ? hand_over(e) : e);
}

}  // namespace dronewall
