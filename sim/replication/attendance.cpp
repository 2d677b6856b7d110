// Looks and escorts: who is sent, when it has joined, and when it leaves. An attendance ends when its
// authority no longer wants it or the intruder is gone; while nobody is with the intruder, the next one is
// looked for whenever somebody is free or comes into reach.
#include <algorithm>
#include <tuple>

#include "replication/state.hpp"

namespace dronewall {

namespace {

constexpr double never = EventQueue::never;

const char* name_of(Task task) { return task == Task::look ? "look" : "escort"; }

TargetFlight flight_of(const Intruder& intruder) {
  return {intruder.legs.data(), intruder.legs.data() + intruder.legs.size(), intruder.altitude_m};
}

}  // namespace

/// A look or an escort as a weapon that needs no range and no time.
Weapon Replication::State::presence() {
  Weapon weapon;
  weapon.mode = WeaponMode::dwell;
  weapon.reaction_s.distribution = Distribution::constant(0);
  weapon.assess = Assessment{};
  weapon.assess->time_s.distribution = Distribution::constant(0);
  return weapon;
}

/// An authority says what it wants with a track; Task::none ends what it wanted before.
void Replication::State::attend(IntruderIndex index, std::uint32_t authority, Task task) {
  const std::uint32_t lead = lead_of(index);
  const auto found = std::find_if(attendances.begin(), attendances.end(), [&](const Attendance& one) {
    return one.task != Task::none && one.intruder == lead && one.authority == authority;
  });
  if (found != attendances.end()) {
    const auto number = static_cast<std::uint32_t>(found - attendances.begin());
    if (task == Task::none) return end_attendance(number, "released");
    if (found->task != task) change_task(number, task);
    return;
  }
  if (task == Task::none) return;
  if (free_attendances.empty()) {
    free_attendances.push_back(static_cast<std::uint32_t>(attendances.size()));
    attendances.emplace_back();
  }
  const std::uint32_t number = free_attendances.back();
  free_attendances.pop_back();
  const std::uint32_t dynamic = new_dynamic();
  dynamics[dynamic] = {};
  dynamics[dynamic].attendance = number;
  attendances[number] = {lead, authority, task, now, -1, first_dynamic_slot + dynamic};
  attendance_due = true;
}

/// Those that are there already do the other thing from now on.
void Replication::State::change_task(std::uint32_t number, Task task) {
  attendances[number].task = task;
  for_attendants(number, [&](std::uint32_t c) {
    elements[channels[c].element].task = task;
    if (channels[c].phase != ChannelPhase::attending) return;
    channels[c].phase = ChannelPhase::joining;
    queue.set(c, now, phase_entry);
  });
}

/// Nobody is wanted with the intruder any more. Who had joined it is the first to be asked when it may be
/// engaged now.
void Replication::State::end_attendance(std::uint32_t number, const char* why) {
  Attendance& attendance = attendances[number];
  for_attendants(number, [&](std::uint32_t c) {
    if (channels[c].phase == ChannelPhase::attending && !intruders[attendance.intruder].fated)
      hand_overs.emplace_back(attendance.intruder, channels[c].element);
    dismiss(c, why);
  });
  queue.cancel(attendance.slot);
  dynamics[attendance.slot - first_dynamic_slot] = {};
  free_dynamics.push_back(attendance.slot - first_dynamic_slot);
  attendance.task = Task::none;
  free_attendances.push_back(number);
}

/// A pursuer's look or escort is over.
void Replication::State::dismiss(std::uint32_t c, const char* why) {
  const Channel& channel = channels[c];
  if (channel.phase == ChannelPhase::attending && elements[channel.element].task == Task::escort)
    trace("escort-ends", &intruders[channel.intruder], channel.element, why);
  channels[c].attendance = no_index;
  free_channel(c);
}

/// Somebody is wanted anew, or a pursuer has become free.
bool Replication::State::somebody_may_attend() const {
  return attendance_due ||
         std::any_of(changed_elements.begin(), changed_elements.end(),
                     [&](std::uint32_t e) { return world.units[world.elements[e].unit].flies; });
}

/// Sends somebody to whom nobody is with, the longest wish first.
void Replication::State::serve_attendances() {
  attendance_due = false;
  serving.clear();
  for (std::uint32_t number = 0; number < attendances.size(); ++number)
    if (attendances[number].task != Task::none && wants_somebody(number)) serving.push_back(number);
  const auto key = [&](std::uint32_t number) {
    const Attendance& one = attendances[number];
    const Intruder& intruder = intruders[one.intruder];
    return std::make_tuple(one.since_s, intruder.attack, intruder.occurrence, intruder.number, one.authority);
  };
  std::sort(serving.begin(), serving.end(), [&](auto a, auto b) { return key(a) < key(b); });
  for (const std::uint32_t number : serving) serve_attendance(number);
}

/// Nobody is with the intruder or on the way, and it has not been looked at. Who it has just got away from
/// would only catch it again at this very instant, for ever.
bool Replication::State::wants_somebody(std::uint32_t number) {
  const Attendance& attendance = attendances[number];
  if (attendance.outrun_s == now) return false;
  const std::uint32_t network = world.command.authorities[attendance.authority].network;
  const TrackFile* file = file_of(intruders[attendance.intruder], network);
  if (attendance.task == Task::look && file != nullptr && file->visual) return false;
  bool found = false;
  for_attendants(number, [&](std::uint32_t) { found = true; });
  return !found;
}

/// The nearest pursuer that can get there.
void Replication::State::serve_attendance(std::uint32_t number) {
  const Attendance attendance = attendances[number];
  const Intruder& target = intruders[attendance.intruder];
  std::uint32_t best = no_index;
  double best_m = never;
  for (const Unit& unit : world.units) {
    if (!unit.flies || unit.authority != attendance.authority) continue;
    if (!holds_track(target, unit.network, now)) continue;
    for (std::uint32_t e = unit.first_element; e < unit.first_element + unit.count; ++e) {
      const double distance_m = length(position_of(target, now) - elements[e].motion.at(now));
      if (distance_m < best_m && course_to(e, attendance)) {
        best = e;
        best_m = distance_m;
      }
    }
  }
  if (best == no_index) return ask_later(number);
  send(number, best);
}

/// The element's course to the intruder, when it may be sent to it and can come home again. Who cannot keep
/// up is no escort.
std::optional<Approach> Replication::State::course_to(std::uint32_t e, const Attendance& attendance) const {
  const Unit& unit = world.units[world.elements[e].unit];
  const ElementState& element = elements[e];
  const Intruder& target = intruders[attendance.intruder];
  const auto& kind = *static_cast<const UnitKind*>(unit.kind);
  if (element.busy > 0 || !may_be_sent(e, target) || !takes_task(target, e)) return std::nullopt;
  constexpr double rounding = 1e-9;
  if (attendance.task == Task::escort && target.speed_m_per_s > kind.flight()->speed_m_per_s * (1 + rounding))
    return std::nullopt;
  auto course = kind.approach(element.motion, element.site.at, presence_, flight_of(target), now);
  if (course && !has_time_there(*course, element.site.at, *kind.flight())) course.reset();
  return course;
}

/// Whether it could stay a second at least before it must turn for home: else one that has just left would
/// come again.
bool Replication::State::has_time_there(const Approach& course, Vec2 base, const FlightProfile& flight) {
  constexpr double least_stay_s = 1;
  const double home_s = length(course.leg.at(course.leg.end) - base) / flight.speed_m_per_s;
  return course.launch_s + least_stay_s + home_s <= course.take_off_s + flight.endurance_s;
}

/// Whether it is there for this raid, in order and not lost.
bool Replication::State::may_be_sent(std::uint32_t e, const Intruder& target) const {
  const Unit& unit = world.units[world.elements[e].unit];
  if (is_lost(e)) return false;
  if (!available(unit.availability, world.elements[e].entity, raid_states[target.raid_state], unit.condition))
    return false;
  return !unit.outages || std::any_of(element_up[e].begin(), element_up[e].end(),
                                      [&](const Span& up) { return up.begin <= now && now <= up.end; });
}

void Replication::State::send(std::uint32_t number, std::uint32_t e) {
  const Attendance& attendance = attendances[number];
  const Intruder& target = intruders[attendance.intruder];
  const Approach approach = *course_to(e, attendance);
  const std::uint32_t c = world.elements[e].first_channel;
  Channel& channel = channels[c];
  channel.element = e;
  channel.phase = ChannelPhase::joining;
  channel.busy = true;
  channel.intruder = attendance.intruder;
  channel.generation = target.generation;
  channel.attendance = number;
  channel.rounds = 0;
  channel.assigned_s = now;
  ++elements[e].busy;
  trace("assigned", &target, e, name_of(attendance.task));
  fly(e, approach, target, attendance.task);
  queue.set(c, std::max(now, on_grid(approach.launch_s)), phase_entry);
  queue.cancel(attendance.slot);
}

/// Nobody can be sent now: the next moment at which a course of one that is free comes into reach, or at
/// which the track is held again.
void Replication::State::ask_later(std::uint32_t number) {
  const Attendance& attendance = attendances[number];
  const Intruder& target = intruders[attendance.intruder];
  double next_s = never;
  for (const Unit& unit : world.units) {
    if (!unit.flies || unit.authority != attendance.authority) continue;
    for (const TrackSpan& track : target.tracks)
      if (track.network == unit.network && track.span.begin > now)
        next_s = std::min(next_s, track.span.begin);
    std::optional<HomeBase> asked;
    for (std::uint32_t e = unit.first_element; e < unit.first_element + unit.count; ++e) {
      if (elements[e].busy > 0 || !may_be_sent(e, target) || asked == home_of(e)) continue;
      asked = home_of(e);
      spans.clear();
      static_cast<const UnitKind*>(unit.kind)->orders(*asked, presence_, flight_of(target), spans);
      for (const Span& span : spans)
        if (on_grid(span.begin) > now) next_s = std::min(next_s, on_grid(span.begin));
    }
  }
  queue.set(attendance.slot, next_s, phase_entry);
}

/// A pursuer is with its intruder.
void Replication::State::join(std::uint32_t c) {
  Channel& channel = channels[c];
  const std::uint32_t number = channel.attendance;
  const IntruderIndex index = channel.intruder;
  const Unit& unit = world.units[world.elements[channel.element].unit];
  channel.phase = ChannelPhase::attending;
  stay_with(c);
  trace("joined", &intruders[index], channel.element, name_of(attendances[number].task));
  if (attendances[number].task == Task::look) return seen_visually(index, unit.network);
  note_escort(index);
}

/// It stays until it must turn for home, or until the intruder outruns it or leads it out of where it may
/// fly.
void Replication::State::stay_with(std::uint32_t c) {
  const std::uint32_t e = channels[c].element;
  const double away_s = elements[e].motion.path.back().end;
  const bool to_the_end = away_s >= intruders[channels[c].intruder].legs.back().end;
  const double leaves_s = std::min(must_turn_s(e), to_the_end ? never : away_s);
  queue.set(c, std::max(now, on_grid(leaves_s)), phase_freed);
}

/// Its time with the intruder is up; another may take over.
void Replication::State::leave(std::uint32_t c) {
  const bool fuel = must_turn_s(channels[c].element) <= now + tick_s;
  if (!fuel) attendances[channels[c].attendance].outrun_s = now;
  dismiss(c, fuel ? "fuel" : "outrun");
  attendance_due = true;
}

/// An escort has joined: the crew may turn back, a formation as one. The draw is the intruder's own, so every
/// further escort finds it as the first did.
void Replication::State::note_escort(IntruderIndex index) {
  for_formation(index, [&](IntruderIndex member) { intruders[member].escorted = true; });
  const Intruder& intruder = intruders[index];
  const Attack& attack = world.attacks[intruder.attack];
  if (!attack.turns_back) return;
  const double chance = shared_value(*attack.turns_back, raid_states[intruder.raid_state]);
  const Address address{attack.entity, intruder.occurrence, draw_number(intruder)};
  if (!(draws.uniform(address, Purpose::turn_back) < chance)) return;
  for_formation(index, [&](IntruderIndex member) { turn_back(member); });
}

/// The intruder flies another way: those with it follow, those on their way to it take a new course.
void Replication::State::redirect_attendants(IntruderIndex index) {
  for (std::uint32_t c = 0; c < channels.size(); ++c) {
    Channel& channel = channels[c];
    if (!channel.busy || channel.intruder != index || channel.attendance == no_index) continue;
    const std::uint32_t e = channel.element;
    if (channel.phase == ChannelPhase::attending) {
      keep_following(e, intruders[index]);
      stay_with(c);
      continue;
    }
    --elements[e].busy;  // It is asked like one that is free.
    const auto course = course_to(e, attendances[channel.attendance]);
    ++elements[e].busy;
    if (!course) {
      dismiss(c, "");
      attendance_due = true;
      continue;
    }
    fly(e, *course, intruders[index], elements[e].task);
    queue.set(c, std::max(now, on_grid(course->launch_s)), phase_entry);
  }
}

/// Who was with the target until now engages it, whatever the order of the others, if it can.
void Replication::State::engage_after_look(IntruderIndex index, std::uint32_t e) {
  Intruder& intruder = intruders[index];
  const Unit& unit = world.units[world.elements[e].unit];
  if (!intruder.in_use || intruder.fated || elements[e].busy > 0 || !may_be_engaged(intruder, unit)) return;
  Choice best;
  Obstacles obstacles;
  for (std::size_t i = intruder.first_open; i < intruder.next_opportunity; ++i) {
    const Opportunity& opportunity = intruder.opportunities[i];
    if (opportunity.element == e && opportunity.span.end >= now)
      consider(intruder, opportunity, best, obstacles);
  }
  if (best.element != no_index) engage(index, best);
}

}  // namespace dronewall
