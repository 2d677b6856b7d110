// Effects: what a round, dwell or burst does to its target when it arrives, and what the end of a flight
// means to those who were engaging it.
#include <algorithm>
#include <cmath>

#include "replication/state.hpp"

namespace dronewall {

double Replication::State::pk_of(const Channel& channel, const Intruder& intruder, std::uint32_t shot) {
  const Unit& unit = world.units[world.elements[channel.element].unit];
  const std::uint32_t w = unit.mounts[channel.mount].weapon;
  const Weapon& weapon = world.weapons[w];
  const Weapon::Pk& pk = weapon.pk[intruder.true_class];
  if (!pk.given) return 0;
  if (pk.chance.is_constant()) return pk.chance.constant_value();
  const auto value = [&](const Address& address, std::uint32_t index) {
    return std::clamp(pk.chance.distribution.value(draws.uniform(address, Purpose::pk, index)), 0.0, 1.0);
  };
  switch (pk.chance.level) {
    case DrawLevel::shot:
      return value(address_of(intruder, channel.element), shot);
    case DrawLevel::unit:
      return value(address_in_raid(pair_of(weapon.entity, unit_entity(channel.element)), intruder), pk.key);
    case DrawLevel::replication:
      return value({weapon.entity, 0, 0}, pk.key);
    default:
      break;
  }
  RaidState& raid = raid_states[intruder.raid_state];
  double& kept = raid.pk[w * world.classes.size() + intruder.true_class];
  if (std::isnan(kept))
    kept = value({pair_of(weapon.entity, world.raids[raid.raid].entity), raid.occurrence, 0}, pk.key);
  return kept;
}

void Replication::State::settle_arrival(Channel& channel, Intruder& intruder) {
  const double t = channel.arrival_s;
  const std::uint32_t e = channel.element;
  const Mount& mount = world.units[world.elements[e].unit].mounts[channel.mount];
  const Weapon& weapon = world.weapons[mount.weapon];
  const bool is_burst = weapon.mode == WeaponMode::fire;
  if (is_burst) {
    keep_rounds_until(channel, t);
    book_rounds(channel, intruder, t);
  }
  const bool gone = intruder.fated || intruder.natural_end_s < t;
  const std::uint32_t falling = weapon.mode == WeaponMode::flight ? static_cast<std::uint32_t>(channel.rounds)
                                : is_burst                        ? 1
                                           : 0;  // A dwell leaves nothing to fall down.
  if (gone || intruder.origin == Origin::false_track) {
    if (counts(is_burst ? t : channel.launch_s)) book(mount.wasted_column, channel.rounds);
    trace_at(t, "wasted", &intruder, e, weapon.name.c_str());
    for (std::uint32_t i = 0; i < falling; ++i) fall(intruder, e, t, channel.shot + i);
    if (!gone) end(intruder, FateKind::left_the_area, t);  // There is nothing: the track breaks up.
    return;
  }
  intruder.intercept_s = std::min(intruder.intercept_s, t);
  bool hit = channel.will_kill && is_burst;
  if (is_burst) {
    fall(intruder, e, t, channel.shot);
  } else {
    const Address address = address_of(intruder, e);
    for (std::int64_t i = 0; i < channel.rounds; ++i) {
      const std::uint32_t shot = channel.shot + static_cast<std::uint32_t>(i);
      const bool hits = draws.uniform(address, Purpose::kill, shot) < pk_of(channel, intruder, shot);
      // What falls down: the target, once, and each round that missed it.
      if (hits ? !hit : falling > 0) fall(intruder, e, t, shot);
      hit |= hits;
    }
  }
  if (hit)
    kill(intruder, t, mount.kills_column);
  else
    trace_at(t, "missed", &intruder, e, weapon.name.c_str());
}

void Replication::State::kill(Intruder& intruder, double t, std::uint32_t kills_column) {
  intruder.killer_column = kills_column;
  trace_at(t, "shot-down", &intruder, no_index);
  end(intruder, FateKind::shot_down, t);
}

/// The intruder meets its fate at t by what somebody did.
void Replication::State::end(Intruder& intruder, FateKind fate, double t) {
  note_fate(intruder, fate, t);
  queue.cancel(slot_of_intruder[static_cast<std::size_t>(&intruder - intruders.data())]);
  leave_formation(static_cast<IntruderIndex>(&intruder - intruders.data()));
  close_files(intruder);
  if (!private_) stop_engagements(intruder);
}

void Replication::State::note_fate(Intruder& intruder, FateKind fate, double t) {
  intruder.fated = true;
  intruder.fate = fate;
  intruder.fate_s = t;
  if (intruder.origin != Origin::attack) return;
  --aloft;
  last_fate_s = std::max(last_fate_s, t);
}

/// The target is gone: fighters on their way to it turn, bursts at it cease. Rounds in the air fly on.
void Replication::State::stop_engagements(const Intruder& intruder) {
  if (intruder.holds == 0) return;
  const auto index = static_cast<IntruderIndex>(&intruder - intruders.data());
  for (std::uint32_t number = 0; number < channels.size(); ++number) {
    const Channel& channel = channels[number];
    if (!channel.busy || channel.intruder != index || channel.generation != intruder.generation) continue;
    stop_engagement(number);
  }
}

void Replication::State::stop_engagement(std::uint32_t number) {
  const Channel& channel = channels[number];
  const Unit& unit = world.units[world.elements[channel.element].unit];
  const bool chases = channel.phase == ChannelPhase::reaction || channel.phase == ChannelPhase::given_back;
  if (chases && unit.flies)
    break_off(number);
  else
    cease_burst(number);
}

/// The flight ends without anybody having ended it.
void Replication::State::end_flight(IntruderIndex index) {
  Intruder& intruder = intruders[index];
  note_fate(intruder, intruder.natural_fate, intruder.natural_end_s);
  trace(intruder.origin == Origin::false_track ? "vanished" : name_of(intruder.fate), &intruder,
        intruder.soft_killer);
  leave_formation(index);
  close_files(intruder);
  if (!private_) stop_engagements(intruder);
  if (intruder.fate == FateKind::struck && intruder.aim != no_index) strike(intruder);
  if (intruder.holds == 0)
    finish(index);
  else
    queue.cancel(slot_of_intruder[index]);
}

}  // namespace dronewall
