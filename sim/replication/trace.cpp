// What a trace shows. Markers are the events that nobody in the simulated world waits for: without elision
// they are scheduled too, so that a trace tells the whole story and a test can prove that they change
// nothing.
#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "replication/state.hpp"

namespace dronewall {

namespace {

enum Mark : std::uint8_t {
  mark_launched,
  mark_entered,
  mark_left,
  mark_detected,
  mark_lost,
  mark_engageable
};

}  // namespace

/// Take-offs were ordered before: each is told when it happens, unless it was called off.
void Replication::State::tell_take_offs(double until_s) {
  while (true) {
    std::uint32_t first = no_index;
    for (std::uint32_t e = 0; e < elements.size(); ++e)
      if (elements[e].take_off_untold && elements[e].motion.take_off_s <= until_s &&
          (first == no_index || elements[e].motion.take_off_s < elements[first].motion.take_off_s))
        first = e;
    if (first == no_index) return;
    elements[first].take_off_untold = false;
    tell(elements[first].motion.take_off_s, "take-off", nullptr, first, "");
  }
}

/// A salvo says how many rounds it has.
void Replication::State::tell_fired(double t, const Channel& channel, const Intruder& intruder) {
  const Mount& mount = world.units[world.elements[channel.element].unit].mounts[channel.mount];
  const Weapon& weapon = world.weapons[mount.weapon];
  const bool is_salvo = weapon.mode != WeaponMode::fire && channel.rounds > 1;
  const std::string detail =
      is_salvo ? fmt::format("{}, {} rounds", weapon.name, channel.rounds) : weapon.name;
  tell(t, "fired", &intruder, channel.element, detail.c_str());
}

void Replication::State::tell(double t, const char* what, const Intruder* intruder, std::uint32_t element,
                              const char* detail) {
  tell_take_offs(t);
  TraceEvent event;
  event.time_s = t;
  event.what = what;
  event.detail = detail;
  std::string name;
  if (intruder != nullptr) {
    const Attack& attack = world.attacks[intruder->attack];
    name = world.raids[attack.raid].repeats
               ? fmt::format("{}/{}#{}", attack.name, intruder->occurrence + 1, intruder->number + 1)
               : fmt::format("{}#{}", attack.name, intruder->number + 1);
    const Vec2 at = position_of(*intruder, t);
    event.has_place = true;
    event.x_m = at.x;
    event.y_m = at.y;
    event.altitude_m = intruder->altitude_m;
  }
  event.intruder = name;
  if (element != no_index) event.actor = world.elements[element].name;
  options.trace->on(event);
}

/// What a command says of a track, by one of its rules (numbered from 1; none: an identification).
void Replication::State::trace_command(const char* what, const TrackFile& file, std::uint32_t command,
                                       std::uint32_t rule) {
  if (!is_traced(options)) return;
  const Command& post = world.command.commands[command];
  const std::string detail = rule == no_index ? post.name + ": identification"
                                              : fmt::format("{}: rule {}, {}", post.name, rule + 1,
                                                            name_of(post.rules[rule].action));
  trace(what, &intruders[file.intruder], no_index, detail.c_str());
}

void Replication::State::mark(Intruder& intruder) {
  intruder.markers.clear();
  intruder.next_marker = 0;
  const auto add = [&](double t, Mark what, std::uint32_t who) {
    if (t <= intruder.natural_end_s) intruder.markers.push_back({t, what, who});
  };
  add(intruder.launch_s, mark_launched, no_index);
  for (const Span& span : intruder.inside) {
    add(on_grid(span.begin), mark_entered, no_index);
    if (span.end < intruder.natural_end_s) add(on_grid(span.end), mark_left, no_index);
  }
  for (const TrackSpan& track : intruder.tracks) {
    add(track.span.begin, mark_detected, track.network);
    add(track.span.end, mark_lost, track.network);
  }
  for (const Opportunity& opportunity : intruder.opportunities)
    add(opportunity.span.begin, mark_engageable, opportunity.element);
  std::stable_sort(intruder.markers.begin(), intruder.markers.end(),
                   [](const auto& a, const auto& b) { return a.time_s < b.time_s; });
}

void Replication::State::show(const Intruder& intruder, const Intruder::Marker& marker) {
  if (!is_traced(options)) return;
  switch (static_cast<Mark>(marker.what)) {
    case mark_launched:
      return trace("launched", &intruder, no_index, world.threats[intruder.threat].name.c_str());
    case mark_entered:
      return trace("entered", &intruder, no_index);
    case mark_left:
      return trace("left", &intruder, no_index);
    case mark_detected:
      return trace("detected", &intruder, no_index, world.networks[marker.who].c_str());
    case mark_lost:
      return trace("track-lost", &intruder, no_index, world.networks[marker.who].c_str());
    case mark_engageable:
      return trace("engageable", &intruder, marker.who);
  }
}

}  // namespace dronewall
