// Fire: how many rounds a salvo has, when they leave and arrive, how long a dwell or a burst lasts.
#include <algorithm>
#include <cmath>

#include "dronewall/random/elementary.hpp"
#include "replication/state.hpp"

namespace dronewall {

namespace {

constexpr double never = EventQueue::never;

}  // namespace

/// A weapon's first assignment of an instant: how many rounds it has for how many targets that it could
/// serve, each counted once however many chances at it are open.
void Replication::State::begin_instant(std::uint32_t e, std::uint32_t mount, std::int64_t usable) {
  const Unit& unit = world.units[world.elements[e].unit];
  Magazine::Instant& instant = elements[e].magazines[mount].instant;
  instant = {now, usable, 0, 0};
  ++round_of_counts;
  for (const ElementState::Waiting& waiting : elements[e].waiting) {
    Intruder& other = intruders[waiting.intruder];
    if (!other.in_use || other.generation != waiting.generation || other.counted_in == round_of_counts)
      continue;
    const Opportunity& opportunity = other.opportunities[waiting.opportunity];
    if (opportunity.span.end < now || !may_be_engaged(other, unit) || !in_force(other, opportunity, unit))
      continue;
    if (opportunity.mount != mount && opportunity.mount != any_mount) continue;
    other.counted_in = round_of_counts;
    ++instant.waiting;
  }
}

/// Rounds of the next salvo, as the unit's fire policy has it and magazine and `at_most` allow.
std::int64_t Replication::State::salvo_size(Intruder& intruder, std::uint32_t e, std::uint32_t mount) {
  ElementState& element = elements[e];
  const Unit& unit = world.units[world.elements[e].unit];
  const Weapon& weapon = world.weapons[unit.mounts[mount].weapon];
  const Doctrine& doctrine = world.doctrines[unit.doctrine];
  const ClassId seen_as = perceived(intruder, unit.network);
  const std::int64_t usable = usable_rounds(unit, element, mount, seen_as);
  if (weapon.mode == WeaponMode::fire) return 1;  // The burst takes what it needs when it begins.
  const auto& policy = *static_cast<const FirePolicy*>(doctrine.fire);
  FireContext context;
  context.salvos_before = intruder.fired_by_network[unit.network].salvos;
  context.rounds_left = usable;
  context.pk = weapon.pk[seen_as].mean;
  if (policy.spreads()) {
    Magazine::Instant& instant = element.magazines[mount].instant;
    if (instant.at_s != now) begin_instant(e, mount, usable);
    context.targets_now = ++instant.targets;
    context.targets_waiting = instant.waiting;
    context.rounds_at_instant = instant.rounds;
  }
  const std::int64_t allowed =
      doctrine.at_most == no_index
          ? usable
          : std::int64_t{doctrine.at_most} - intruder.fired_by_network[unit.network].rounds;
  return std::max<std::int64_t>(1, std::min({policy.rounds(context), usable, allowed}));
}

/// How long this engagement's look takes.
double Replication::State::look_of(const Channel& channel, const Intruder& intruder) const {
  return std::max(0.0, time_of(assessment_of(channel).time_s, intruder, channel.element, Purpose::assessment,
                               channel.engagement));
}

/// How long this engagement's dwell takes.
double Replication::State::dwell_of(const Channel& channel, const Intruder& intruder) const {
  const Unit& unit = world.units[world.elements[channel.element].unit];
  const Weapon& weapon = world.weapons[unit.mounts[channel.mount].weapon];
  // What is not meant to be fired at takes as long as what it was taken for.
  const ClassId id =
      weapon.pk[intruder.true_class].given ? intruder.true_class : perceived(intruder, unit.network);
  return std::max(0.0,
                  time_of(weapon.dwell_s[id], intruder, channel.element, Purpose::dwell, channel.engagement));
}

/// Rounds leave (or the dwell begins): when they arrive and when the look ends is known now.
void Replication::State::fire(Channel& channel, Intruder& intruder, double t) {
  const std::uint32_t e = channel.element;
  const Unit& unit = world.units[world.elements[e].unit];
  const Weapon& weapon = world.weapons[unit.mounts[channel.mount].weapon];
  ElementShots& shots = shots_of(intruder, e);
  channel.shot = shots.rounds;
  switch (weapon.mode) {
    case WeaponMode::flight: {
      const Vec2 from = elements[e].motion.at(t);
      const double rise = unit.flies ? 0 : intruder.altitude_m - elements[e].site.height_m;
      const auto meets = meet_on_legs(intruder.legs.data(), intruder.legs.data() + intruder.legs.size(), from,
                                      t, weapon.speed_m_per_s, rise);
      channel.arrival_s =
          on_grid(meets.value_or(intruder.route_end_s));  // The window's very edge may round away.
      break;
    }
    case WeaponMode::dwell:
      channel.arrival_s = on_grid(t + dwell_of(channel, intruder));
      break;
    case WeaponMode::fire:
      burst(channel, intruder, t);
      break;
  }
  const auto rounds = static_cast<std::uint32_t>(std::min<std::int64_t>(channel.rounds, 1'000'000));
  const std::uint32_t shots_now = weapon.mode == WeaponMode::fire ? 1 : rounds;
  shots.rounds += shots_now;
  intruder.fired_by_network[unit.network].rounds += shots_now;
  ++intruder.fired_by_network[unit.network].salvos;
  intruder.ever_engaged = true;
  intruder.fired_by_network[unit.network].reason = LossReason::missed;
  note_wrong(intruder, unit.network);
  if (weapon.mode != WeaponMode::fire) book_rounds(channel, intruder, t);
  // One tick of the clock at least: without any times a weapon would fire for ever at one instant.
  channel.look_s =
      std::max(on_grid(channel.arrival_s + look_of(channel, intruder)), on_grid(channel.assigned_s + tick_s));
  channel.free_s = std::max(channel.look_s, on_grid(t + weapon.cycle_s));
  if (is_traced(options)) tell_fired(t, channel, intruder);
  if (intruder.score.is_wanted) score_salvo(channel, intruder, t);
}

/// Continuous fire: it ends with the kill, when the target leaves or ends, when a fighter must turn for home,
/// or with the last round. Its end is known now, so the rounds that it will not use stay free for others.
void Replication::State::burst(Channel& channel, const Intruder& intruder, double t) {
  const std::uint32_t e = channel.element;
  const Unit& unit = world.units[world.elements[e].unit];
  const Weapon& weapon = world.weapons[unit.mounts[channel.mount].weapon];
  const std::int64_t more =
      usable_rounds(unit, elements[e], channel.mount, perceived(intruder, unit.network));
  take_rounds(e, channel.mount, more);
  channel.rounds += more;
  // A false track breaks up with the first round.
  const auto rounds = intruder.origin == Origin::false_track ? 1.0 : static_cast<double>(channel.rounds);
  channel.spent_s = t + static_cast<double>(channel.rounds) / weapon.rounds_per_s;
  const double end_s = std::min(
      {exposed_until(channel, intruder, t), intruder.natural_end_s, t + rounds / weapon.rounds_per_s});
  const double rate = weapon.kill_rate_per_s * pk_of(channel, intruder, channel.shot);
  const double u = draws.uniform(address_of(intruder, channel.element), Purpose::kill_time, channel.shot);
  const double kill_s = rate > 0 ? t - draw_log(u) / rate : never;
  channel.will_kill = kill_s <= end_s;
  channel.arrival_s = std::max(t, on_grid(std::min(kill_s, end_s)));
  keep_rounds_until(channel, channel.arrival_s);
}

/// A burst that ends at t uses rate × time, at least one round; the rest goes back into the magazine.
void Replication::State::keep_rounds_until(Channel& channel, double t) {
  const Unit& unit = world.units[world.elements[channel.element].unit];
  const Weapon& weapon = world.weapons[unit.mounts[channel.mount].weapon];
  const auto spent = std::llround((t - channel.launch_s) * weapon.rounds_per_s);
  const std::int64_t used = std::clamp<std::int64_t>(spent, 1, channel.rounds);
  if (used == channel.rounds) return;
  put_back_rounds(channel.element, channel.mount, channel.rounds - used);
  channel.rounds = used;
  changed_elements.push_back(channel.element);
}

}  // namespace dronewall
