// Strikes at units and sensors: each ends the service of one element or sensor.
#include <algorithm>

#include "replication/state.hpp"

namespace dronewall {

/// Where the intruder goes that is to strike a unit or sensor: the intruders of an attack take its elements
/// in turn, by number; a formation goes for its lead's.
Vec2 Replication::State::take_aim(Intruder& intruder) {
  const Defence& defence = world.struck[world.attacks[intruder.attack].defence];
  const std::uint32_t number = draw_number(intruder);
  if (defence.unit == no_index) {
    intruder.aim = defence.first_sensor + number % defence.sensors;
    return sensor_sites[intruder.aim].at;
  }
  const Unit& unit = world.units[defence.unit];
  intruder.aim = unit.first_element + number % unit.count;
  return elements[intruder.aim].site.at;
}

bool Replication::State::is_lost(std::uint32_t element) const {
  return !element_lost_s.empty() && element_lost_s[element] < EventQueue::never;
}

/// An intruder has struck what it aimed at. Of what flies it finds those that stand on the ground at its
/// base: the first of them by number.
void Replication::State::strike(const Intruder& intruder) {
  const Defence& defence = world.struck[world.attacks[intruder.attack].defence];
  if (defence.unit == no_index) {
    if (!(sensor_lost_s[intruder.aim] < EventQueue::never)) lose_sensor(intruder.aim);
    return;
  }
  const Unit& unit = world.units[defence.unit];
  if (!unit.flies) {
    if (!is_lost(intruder.aim)) lose_element(intruder.aim);
    return;
  }
  for (std::uint32_t e = unit.first_element; e < unit.first_element + unit.count; ++e) {
    const ElementMotion& motion = elements[e].motion;
    const bool on_ground = !motion.aloft || motion.take_off_s > now;
    if (on_ground && !is_lost(e)) return lose_element(e);
  }
}

/// It sees nothing from now on.
void Replication::State::lose_sensor(std::uint32_t sensor) {
  sensor_lost_s[sensor] = now;
  trace("out-of-service", nullptr, no_index, world.sensors[sensor].name.c_str());
  for (IntruderIndex index = 0; index < intruders.size(); ++index) {
    const Intruder& intruder = intruders[index];
    if (!intruder.in_use || intruder.fated) continue;
    const bool is_seen =
        std::any_of(intruder.tracks.begin(), intruder.tracks.end(), [&](const TrackSpan& track) {
          return track.network == world.sensors[sensor].network && track.span.end > now;
        });
    if (!is_seen) continue;
    renew(index);
    shorten_chases(index);
  }
}

/// It takes no target from now on: reactions are given back, rounds in the air fly on, bursts and dwells
/// cease. Its rounds are gone with it.
void Replication::State::lose_element(std::uint32_t e) {
  const Element& element = world.elements[e];
  const Unit& unit = world.units[element.unit];
  element_lost_s[e] = on_grid(now - tick_s);
  trace("out-of-service", nullptr, e);
  for (Intruder& intruder : intruders)
    if (intruder.in_use) close_opportunities(intruder, e);
  if (unit.kind->area() != nullptr) lose_effector(e);
  for (std::uint32_t c = element.first_channel; c < element.first_channel + unit.channels; ++c) {
    Channel& channel = channels[c];
    if (channel.phase == ChannelPhase::turning) queue.cancel(c);  // It is never ready again.
    if (channel.phase == ChannelPhase::wing) {
      leave_wing(e);
      stand_down(e);
    }
    if (!channel.busy || channel.intruder == no_index) continue;
    if (channel.phase == ChannelPhase::joining) {
      dismiss(c, "");
      stand_down(e);  // At once, so that its wing can go with whoever is sent instead.
      attendance_due = true;
    }
    if (channel.phase == ChannelPhase::reaction) break_off(c);
    if (channel.phase == ChannelPhase::underway) cease(c);
  }
  for (std::uint32_t m = 0; m < unit.mounts.size(); ++m) {
    if (unit.mounts[m].rounds == unlimited_rounds) continue;
    Magazine& magazine = elements[e].magazines[m];
    if (magazine.filled > magazine.fired) magazine.empty_since_s = now;
    magazine.filled = magazine.fired;
    magazine.reload_at_s.clear();
    if (magazine.reload_slot != no_index) schedule_reload(e, m);
  }
}

/// A lost element's chances at the intruder are over, and so are waits for its unit that nobody else ends.
void Replication::State::close_opportunities(Intruder& intruder, std::uint32_t e) {
  const std::uint32_t unit = world.elements[e].unit;
  double last_end_s = now;
  for (Opportunity& opportunity : intruder.opportunities) {
    if (opportunity.element == e) opportunity.span.end = std::min(opportunity.span.end, element_lost_s[e]);
    if (world.elements[opportunity.element].unit == unit && opportunity.span.begin <= now)
      last_end_s = std::max(last_end_s, opportunity.span.end);
  }
  for (Visit& visit : intruder.visits)
    if (visit.unit == unit && !visit.settled) visit.last_end_s = std::min(visit.last_end_s, last_end_s);
}

/// A reaction, or the way to the target, is broken off at this instant.
void Replication::State::break_off(std::uint32_t number) {
  channels[number].phase = ChannelPhase::given_back;
  queue.set(number, now, phase_launch);
}

/// A burst ends with the rounds that have been fired.
void Replication::State::cease_burst(std::uint32_t number) {
  Channel& channel = channels[number];
  const Unit& unit = world.units[world.elements[channel.element].unit];
  if (channel.phase != ChannelPhase::underway || !(channel.arrival_s > now) ||
      world.weapons[unit.mounts[channel.mount].weapon].mode != WeaponMode::fire)
    return;
  channel.arrival_s = now;
  channel.will_kill = false;
  queue.set(number, now, phase_fate);
}

/// The shooter is gone: what it has to keep doing for its effect (a burst, a dwell) has none.
void Replication::State::cease(std::uint32_t number) {
  Channel& channel = channels[number];
  const Unit& unit = world.units[world.elements[channel.element].unit];
  const WeaponMode mode = world.weapons[unit.mounts[channel.mount].weapon].mode;
  if (mode == WeaponMode::flight || !(channel.arrival_s > now)) return;
  if (mode == WeaponMode::fire) {
    channel.arrival_s = now;
    channel.will_kill = false;
    settle_arrival(channel, intruders[channel.intruder]);
  }
  channel.phase = ChannelPhase::look;
  channel.look_s = channel.free_s = now;
  queue.set(number, now, phase_freed);
}

/// Fighters whose track of the intruder now ends before they are there give up when it does.
void Replication::State::shorten_chases(IntruderIndex index) {
  const Intruder& intruder = intruders[index];
  if (intruder.holds == 0) return;
  for (std::uint32_t number = 0; number < channels.size(); ++number) {
    Channel& channel = channels[number];
    if (!channel.busy || channel.intruder != index || channel.generation != intruder.generation ||
        channel.phase != ChannelPhase::reaction || !world.units[world.elements[channel.element].unit].flies)
      continue;
    const double gives_up_s = chase_end(channel.element, intruder, channel.launch_s);
    if (!(gives_up_s < channel.launch_s)) continue;
    channel.phase = ChannelPhase::given_back;
    queue.set(number, gives_up_s, phase_launch);
  }
}

}  // namespace dronewall
