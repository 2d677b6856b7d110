// Opportunities: when an element could launch at an intruder that its network tracks. Closed form, found when
// the intruder is made; only their beginnings are events, because their ends are looked at when somebody
// asks.
#include <algorithm>

#include "replication/state.hpp"

namespace dronewall {

namespace {

constexpr double never = EventQueue::never;

TargetFlight flight_of(const Intruder& intruder) {
  return {intruder.legs.data(), intruder.legs.data() + intruder.legs.size(), intruder.altitude_m};
}

bool in_altitude(const Weapon& weapon, double altitude_m) {
  return weapon.altitude_low_m <= altitude_m && altitude_m <= weapon.altitude_high_m;
}

}  // namespace

/// Whether the network could ever take the intruder for something that the weapon may be fired at: for what
/// it is identified as, or for what a look shows it to be.
inline bool Replication::State::may_be_hit(const Intruder& intruder, const Weapon& weapon,
                                           std::uint32_t network) const {
  return (weapon.pk[intruder.true_class].given || weapon.pk[perceived(intruder, network)].given) &&
         in_altitude(weapon, intruder.altitude_m);
}

/// When a launch of the mount would meet the intruder in the envelope and on the ground `met`, into `spans`.
inline void Replication::State::collect_windows(const Intruder& intruder, const Unit& unit, std::uint32_t e,
                                                const Mount& mount, std::uint32_t met) {
  spans.clear();
  TargetFlight flight = flight_of(intruder);
  if (met != no_index) {
    collect_met(intruder, unit.network, met);
    if (met_spans.empty()) return;
    flight.met_in = &met_spans;
  }
  static_cast<const UnitKind*>(unit.kind)->windows(elements[e].site, world.weapons[mount.weapon], flight,
                                                   spans);
}

/// Those windows while the network holds a track (its spans are in spans_c).
inline void Replication::State::add_windows(Intruder& intruder, const Unit& unit, std::uint32_t e,
                                            std::uint32_t mount, std::uint32_t met) {
  collect_windows(intruder, unit, e, unit.mounts[mount], met);
  if (spans.empty()) return;
  for (Span& span : spans) span = {on_grid(span.begin), on_grid(span.end)};
  spans_b.clear();
  intersect_spans(spans, spans_c, spans_b);
  add_opportunities(intruder, e, mount, spans_b, met);
}

void Replication::State::find_opportunities(Intruder& intruder) {
  intruder.opportunities.clear();
  intruder.next_opportunity = intruder.first_open = 0;
  if (intruder.tracks.empty()) return;
  const bool engageable = world.threats[intruder.threat].engageable;
  if (!engageable && !world.command.is_there()) return;
  const RaidState& raid = raid_states[intruder.raid_state];
  std::uint32_t network = no_index;  // whose track `spans_c` is
  for (const Unit& unit : world.units) {
    if (unit.network != network) {
      network = unit.network;
      spans_c.clear();
      for (const TrackSpan& track : intruder.tracks)
        if (track.network == network) spans_c.push_back(track.span);
    }
    if (spans_c.empty() || (unit.authority == no_index && !engageable)) continue;
    std::optional<HomeBase> asked;  // whose orders `orders` has
    for (std::uint32_t e = unit.first_element; e < unit.first_element + unit.count; ++e) {
      if (!available(unit.availability, world.elements[e].entity, raid, unit.condition)) continue;
      if (unit.flies) {
        add_opportunities(intruder, e, any_mount, spans_c);
        if (const HomeBase home = home_of(e); asked != home) {
          find_orders(intruder, unit, home);
          asked = home;
        }
        for (std::size_t m = 0; m < unit.mounts.size(); ++m)
          add_opportunities(intruder, e, any_mount, orders[m]);
        continue;
      }
      for (std::uint32_t m = 0; m < unit.mounts.size(); ++m) {
        if (!may_be_hit(intruder, world.weapons[unit.mounts[m].weapon], unit.network)) continue;
        for (const std::uint32_t met : grounds_of(unit)) add_windows(intruder, unit, e, m, met);
      }
    }
  }
  std::sort(intruder.opportunities.begin(), intruder.opportunities.end(),
            [](const Opportunity& a, const Opportunity& b) {
              if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
              if (a.element != b.element) return a.element < b.element;
              if (a.mount != b.mount) return a.mount < b.mount;
              return a.met < b.met;
            });
}

/// The moments after the beginning of a track (its spans are in spans_c) at which the target comes into reach
/// of the unit's flying elements at that base, by mount into `orders`: opportunities of their own, so that it
/// is offered again.
void Replication::State::find_orders(const Intruder& intruder, const Unit& unit, const HomeBase& home) {
  if (orders.size() < unit.mounts.size()) orders.resize(unit.mounts.size());
  for (std::size_t m = 0; m < unit.mounts.size(); ++m) {
    orders[m].clear();
    const Weapon& weapon = world.weapons[unit.mounts[m].weapon];
    if (!may_be_hit(intruder, weapon, unit.network)) continue;
    spans.clear();
    static_cast<const UnitKind*>(unit.kind)->orders(home, weapon, flight_of(intruder), spans);
    for (Span& span : spans) span = {on_grid(span.begin), on_grid(span.end)};
    intersect_spans(spans, spans_c, orders[m]);
    const auto began_before = [&](const Span& span) {
      return std::any_of(spans_c.begin(), spans_c.end(),
                         [&](const Span& track) { return track.begin == span.begin; });
    };
    orders[m].erase(std::remove_if(orders[m].begin(), orders[m].end(), began_before), orders[m].end());
  }
}

void Replication::State::add_opportunities(Intruder& intruder, std::uint32_t element, std::uint32_t mount,
                                           const std::vector<Span>& when, std::uint32_t met) {
  const std::vector<Span>* cut = &when;
  if (world.units[world.elements[element].unit].outages) {
    spans_d.clear();
    intersect_spans(when, element_up[element], spans_d);
    cut = &spans_d;
  }
  if (!element_lost_s.empty() && element_lost_s[element] < never) {
    if (cut != &spans_d) spans_d = when;
    cut_spans(spans_d, element_lost_s[element]);
    cut = &spans_d;
  }
  for (const Span& span : *cut)
    if (span.begin <= intruder.natural_end_s)
      intruder.opportunities.push_back({span, element, mount, false, met});
}

/// The intruder's next event: an opportunity that begins, or the end of its flight (of a ghost: of its last
/// opportunity).
void Replication::State::schedule(IntruderIndex index) {
  const Intruder& intruder = intruders[index];
  double t = never;
  Phase phase = phase_end;
  if (!intruder.fated) {
    t = intruder.natural_end_s;
  } else if (intruder.ghost != 0) {
    const double end = last_end(intruder);
    if (end > now) t = end;  // Else it is finished when the last channel lets go of it.
  }
  if (!intruder.fated || intruder.ghost != 0) {
    if (intruder.next_opportunity < intruder.opportunities.size()) {
      const double begin = intruder.opportunities[intruder.next_opportunity].span.begin;
      if (begin < t) {
        t = begin;
        phase = phase_entry;
      }
    }
    if (!elide && intruder.next_marker < intruder.markers.size() &&
        intruder.markers[intruder.next_marker].time_s <= t) {
      t = intruder.markers[intruder.next_marker].time_s;
      if (t < intruder.natural_end_s)
        phase = phase_fate;  // An end stays behind the rounds that arrive with it.
    }
  }
  // What began while a kill was not yet known to be one is looked at now, when it turns out to be taken for a
  // miss.
  queue.set(slot_of_intruder[index], std::max(t, now), phase);
}

void Replication::State::on_intruder(IntruderIndex index) {
  Intruder& intruder = intruders[index];
  if (!elide)
    while (intruder.next_marker < intruder.markers.size() &&
           intruder.markers[intruder.next_marker].time_s <= now)
      show(intruder, intruder.markers[intruder.next_marker++]);
  bool opened = false;
  while (intruder.next_opportunity < intruder.opportunities.size() &&
         intruder.opportunities[intruder.next_opportunity].span.begin <= now) {
    ++intruder.next_opportunity;
    opened = true;
  }
  if (opened) newly_available.push_back(index);
  if (!intruder.fated && intruder.natural_end_s <= now)
    end_flight(index);
  else if (intruder.ghost != 0 && intruder.holds == 0 && last_end(intruder) <= now)
    finish(index);
  else
    schedule(index);
}

double Replication::State::last_end(const Intruder& intruder) {
  double end = -1;
  for (const Opportunity& opportunity : intruder.opportunities) end = std::max(end, opportunity.span.end);
  return end;
}

/// Whether an element that was there for this raid could have launched at the intruder before its network
/// (`asked`, or any) first held a track: a verdict in time would have given a chance.
bool Replication::State::window_before_track(Intruder& intruder, std::uint32_t asked) {
  const RaidState& raid = raid_states[intruder.raid_state];
  for (const Unit& unit : world.units) {
    if (unit.flies || (asked != no_index && unit.network != asked)) continue;
    double seen_s = never;
    for (const TrackSpan& track : intruder.tracks)
      if (track.network == unit.network) seen_s = std::min(seen_s, track.span.begin);
    if (seen_s == never) continue;
    for (std::uint32_t e = unit.first_element; e < unit.first_element + unit.count; ++e) {
      if (!available(unit.availability, world.elements[e].entity, raid, unit.condition)) continue;
      for (const Mount& mount : unit.mounts) {
        const Weapon& weapon = world.weapons[mount.weapon];
        if (may_be_hit(intruder, weapon, unit.network) && first_window_s(intruder, e, mount) < seen_s)
          return true;
      }
    }
  }
  return false;
}

/// When the first of the mount's windows opens on a ground where some rule would let it engage, tracked or
/// not; infinity: never.
double Replication::State::first_window_s(const Intruder& intruder, std::uint32_t e, const Mount& mount) {
  const Unit& unit = world.units[world.elements[e].unit];
  double first_s = never;
  for (const std::uint32_t met : grounds_of(unit)) {
    collect_windows(intruder, unit, e, mount, met);
    spans_b.clear();
    if (unit.outages)
      intersect_spans(spans, element_up[e], spans_b);
    else
      spans_b = spans;
    if (!spans_b.empty()) first_s = std::min(first_s, spans_b.front().begin);
  }
  return first_s;
}

}  // namespace dronewall
