// Area effectors: when one acts on an intruder, and when it ends it. The soft kill competes with every round
// fired at the same target; like a failure it is known when the intruder is made, and nobody foresees it.
#include <algorithm>
#include <cmath>

#include "replication/state.hpp"

namespace dronewall {

namespace {

constexpr double never = EventQueue::never;

std::int64_t microseconds(const Span& span) { return std::llround((span.end - span.begin) * 1e6); }

}  // namespace

/// When an element of an effector emits at an intruder that is inside its radius, into `spans`: while it
/// works; `on-track` without a command also needs a track of its network of a class that may be engaged.
void Replication::State::expose(const Intruder& intruder, const AreaEffector& effector, std::uint32_t e) {
  spans.clear();
  for (const Leg& whole : intruder.legs) {
    if (whole.begin > intruder.natural_end_s) break;
    Leg leg = whole;
    leg.end = std::min(leg.end, intruder.natural_end_s);
    const auto inside = inside_circle(leg, elements[e].site.at, effector.radius_m);
    if (inside && inside->begin < inside->end)
      spans.push_back({on_grid(inside->begin), on_grid(inside->end)});
  }
  merge_spans(spans);
  if (world.units[effector.unit].outages) {
    spans_b.clear();
    intersect_spans(spans, element_up[e], spans_b);
    spans.swap(spans_b);
  }
  if (!element_lost_s.empty()) keep_within({-never, element_lost_s[e]});
  if (effector.emission == Emission::always || world.units[effector.unit].authority != no_index) return;
  const std::uint32_t network = world.units[effector.unit].network;
  spans_c.clear();
  for (const TrackSpan& track : intruder.tracks)
    if (track.network == network && world.threats[intruder.threat].engageable)
      spans_c.push_back({track.span.begin, track.span.end + world.coast_s[network]});
  merge_spans(spans_c);
  spans_b.clear();
  intersect_spans(spans, spans_c, spans_b);
  spans.swap(spans_b);
}

/// When this element ends the intruder, which it acts on in `spans`; infinity: never. Each coming under it is
/// one draw; a hazard h ends it when h × (time under it) reaches an exponential draw of mean 1.
double Replication::State::soft_kill_s(const Intruder& intruder, const AreaEffector& effector,
                                       const Jamming& before) const {
  const double effect = shared_value(*effector.effect[intruder.threat], raid_states[intruder.raid_state]);
  if (!(effect > 0)) return never;
  const Address address = address_of(intruder, before.element);
  if (effector.law == AreaLaw::at_entry) {
    for (std::uint32_t i = 0; i < spans.size(); ++i)
      if (draws.uniform(address, Purpose::soft_kill, before.entries + i) < effect) return spans[i].begin;
    return never;
  }
  double left_s = -draw_log(draws.uniform(address, Purpose::soft_kill)) / effect - before.under_s;
  for (const Span& span : spans) {
    if (left_s < span.end - span.begin) return span.begin + left_s;
    left_s -= span.end - span.begin;
  }
  return never;
}

/// Lets every effector of one manner of emission act on the intruder: the first soft kill ends its flight.
void Replication::State::soften(Intruder& intruder, Emission manner) {
  if (intruder.origin != Origin::attack) return;  // Neither a false track nor a crew minds.
  const RaidState& raid = raid_states[intruder.raid_state];
  double first_s = intruder.natural_end_s;
  std::uint32_t killer = no_index, column = 0;
  for (const AreaEffector& effector : world.effectors) {
    if (effector.emission != manner || !effector.effect[intruder.threat]) continue;
    const Unit& unit = world.units[effector.unit];
    if (manner == Emission::on_track && unit.authority != no_index) continue;  // It waits for a verdict.
    for (std::uint32_t e = unit.first_element; e < unit.first_element + unit.count; ++e) {
      if (!available(unit.availability, world.elements[e].entity, raid, unit.condition)) continue;
      expose(intruder, effector, e);
      const double t = soft_kill_s(intruder, effector, {0, e});
      if (!(t < 1e9) || !(on_grid(t) < first_s)) continue;
      first_s = on_grid(t);
      killer = e;
      column = effector.soft_kills_column;
    }
  }
  if (killer == no_index) return;
  intruder.soft_killer = killer;
  intruder.killer_column = column;
  intruder.natural_end_s = first_s;
  intruder.natural_fate = FateKind::soft_killed;
  if (manner == Emission::on_track) cut_tracks(intruder);
}

PlannedEnd Replication::State::end_of(const Intruder& intruder) {
  return {intruder.natural_end_s, intruder.natural_fate, intruder.soft_killer, intruder.killer_column};
}

void Replication::State::set_end(Intruder& intruder, const PlannedEnd& end) {
  intruder.natural_end_s = end.end_s;
  intruder.natural_fate = end.fate;
  intruder.soft_killer = end.soft_killer;
  intruder.killer_column = end.column;
}

/// Lets those act that need no track; the legs and how they end by themselves are known.
void Replication::State::soften_flight(Intruder& intruder) {
  intruder.soft_killer = no_index;
  intruder.unsoftened = end_of(intruder);
  soften(intruder, Emission::always);
  intruder.untracked = end_of(intruder);
}

/// Lets those act that need a track; the tracks are known.
void Replication::State::soften_tracked(Intruder& intruder) {
  soften(intruder, Emission::on_track);
  intruder.planned = end_of(intruder);
}

/// An element that is struck acts on nobody any more: those that it would have ended fly on.
void Replication::State::lose_effector(std::uint32_t element) {
  for (IntruderIndex index = 0; index < intruders.size(); ++index) {
    Intruder& intruder = intruders[index];
    if (!intruder.in_use || intruder.fated || intruder.soft_killer != element) continue;
    set_end(intruder, intruder.unsoftened);
    soften_flight(intruder);
    renew(index);
  }
}

/// Tracks of a flight that ends earlier than it was planned when it was watched.
void Replication::State::cut_tracks(Intruder& intruder) const {
  std::vector<TrackSpan>& tracks = intruder.tracks;
  tracks.erase(
      std::remove_if(tracks.begin(), tracks.end(),
                     [&](const TrackSpan& track) { return track.span.begin > intruder.natural_end_s; }),
      tracks.end());
  for (TrackSpan& track : tracks) track.span.end = std::min(track.span.end, intruder.natural_end_s);
}

void Replication::State::keep_within(const Span& when) {
  spans_b.assign(1, when);
  spans_c.clear();
  intersect_spans(spans, spans_b, spans_c);
  spans.swap(spans_c);
}

/// An engage verdict on the intruder begins or ends for an authority's units: its effectors that emit on
/// track begin or cease to, and when that will end the intruder is planned anew.
void Replication::State::emit_by_verdict(IntruderIndex index, std::uint32_t authority, bool engage) {
  Intruder& intruder = intruders[index];
  if (intruder.fated) return;
  const RaidState& raid = raid_states[intruder.raid_state];
  for (std::uint32_t number = 0; number < world.effectors.size(); ++number) {
    const AreaEffector& effector = world.effectors[number];
    const Unit& unit = world.units[effector.unit];
    if (effector.emission != Emission::on_track || unit.authority != authority) continue;
    for (std::uint32_t e = unit.first_element; e < unit.first_element + unit.count; ++e) {
      if (!available(unit.availability, world.elements[e].entity, raid, unit.condition)) continue;
      auto jamming = std::find_if(intruder.jamming.begin(), intruder.jamming.end(),
                                  [&](const Jamming& one) { return one.element == e; });
      if (jamming == intruder.jamming.end())
        jamming = intruder.jamming.insert(jamming, Jamming{.effector = number, .element = e});
      if (engage)
        jamming->since_s = now;
      else if (jamming->since_s < never)
        cease_emission(intruder, *jamming, now);
    }
  }
  plan_soft_kill(index);
}

/// The verdict by which an element emits is over: keeps the hours, and how far it has come.
void Replication::State::cease_emission(const Intruder& intruder, Jamming& jamming, double until_s) {
  expose(intruder, world.effectors[jamming.effector], jamming.element);
  keep_within({jamming.since_s, until_s});
  for (const Span& span : spans) {
    jamming.under_s += span.end - span.begin;
    emission[jamming.element].push_back(span);
  }
  jamming.entries += static_cast<std::uint32_t>(spans.size());
  jamming.since_s = never;
}

/// When the intruder's flight ends by the verdicts that hold now.
void Replication::State::plan_soft_kill(IntruderIndex index) {
  Intruder& intruder = intruders[index];
  const PlannedEnd& planned = intruder.planned;
  PlannedEnd end = planned;
  intruder.natural_end_s = planned.end_s;
  for (const Jamming& jamming : intruder.jamming) {
    const AreaEffector& effector = world.effectors[jamming.effector];
    if (jamming.since_s == never || !effector.effect[intruder.threat] || intruder.origin != Origin::attack)
      continue;
    expose(intruder, effector, jamming.element);
    keep_within({jamming.since_s, never});
    const double t = soft_kill_s(intruder, effector, jamming);
    if (!(t < 1e9) || !(std::max(on_grid(t), now) < end.end_s)) continue;
    end = {std::max(on_grid(t), now), FateKind::soft_killed, jamming.element, effector.soft_kills_column};
  }
  set_end(intruder, end);
  schedule(index);
}

/// Keeps when effectors emitted at this intruder, whose flight is over.
void Replication::State::note_emission(Intruder& intruder) {
  for (Jamming& jamming : intruder.jamming)
    if (jamming.since_s < never) cease_emission(intruder, jamming, intruder.fated ? intruder.fate_s : never);
  const RaidState& raid = raid_states[intruder.raid_state];
  const double over_s = intruder.fated ? intruder.fate_s : never;
  for (const AreaEffector& effector : world.effectors) {
    const Unit& unit = world.units[effector.unit];
    if (effector.emission != Emission::on_track || unit.authority != no_index) continue;
    for (std::uint32_t e = unit.first_element; e < unit.first_element + unit.count; ++e) {
      if (!available(unit.availability, world.elements[e].entity, raid, unit.condition)) continue;
      expose(intruder, effector, e);
      for (const Span& span : spans)
        if (span.begin < over_s) emission[e].push_back({span.begin, std::min(span.end, over_s)});
    }
  }
}

/// Hours of emission of each element: the union of its spans, cut to the counted time.
void Replication::State::book_emission() {
  for (const AreaEffector& effector : world.effectors) {
    const Unit& unit = world.units[effector.unit];
    const bool always = effector.emission == Emission::always;
    const double to_s = always ? world.duration_s : last_moment();
    for (std::uint32_t e = unit.first_element; e < unit.first_element + unit.count; ++e) {
      std::vector<Span>& list = emission[e];
      if (always) {
        if (unit.outages)
          list = element_up[e];
        else
          list.assign(1, {0, world.duration_s});
      }
      merge_spans(list);
      for (Span span : list) {
        span = {std::max(span.begin, world.count_from_s), std::min(span.end, to_s)};
        if (!element_lost_s.empty()) span.end = std::min(span.end, element_lost_s[e]);
        if (span.begin < span.end) book(effector.emission_us_column, microseconds(span));
      }
    }
  }
}

}  // namespace dronewall
