// Closures of airports: no event of the run depends on them, so they are the union of spans that is made when
// the run is over.
#include <algorithm>
#include <cmath>

#include "replication/state.hpp"

namespace dronewall {

namespace {

constexpr double never = EventQueue::never;

}  // namespace

/// When a run ends: with its last fate, but not before the duration is over, nor after the settling time.
double Replication::State::last_moment() const {
  return aloft > 0 ? stop_s : std::clamp(last_fate_s, std::min(world.duration_s, stop_s), stop_s);
}

/// Keeps when the tracks of an intruder, whose flight is over, kept airports closed.
void Replication::State::note_closures(const Intruder& intruder) {
  const double over_s = intruder.fated ? intruder.fate_s : never;
  for (std::size_t a = 0; a < world.airports.size(); ++a) {
    const ClosingAirport& airport = world.airports[a];
    for (const TrackSpan& track : intruder.tracks) {
      if (airport.network != no_index && airport.network != track.network) continue;
      if (!(track.span.begin <= over_s)) continue;
      double civil_from_s = never;
      if (world.classes[perceived(intruder, track.network)] == "civil") {
        const TrackFile* file = file_of(intruder, track.network);  // Without a command it is known at once.
        civil_from_s = file == nullptr ? track.span.begin : file->first_classified_s;
      }
      if (civil_from_s <= track.span.begin) continue;
      // A false track is gone when it vanishes; any other is kept for a while after its last coverage.
      const double coast_s = intruder.origin == Origin::false_track ? 0 : world.coast_s[track.network];
      const double held_until_s = std::min(track.span.end, over_s) + coast_s;
      note_closure(intruder, airport, {track.span.begin, std::min(held_until_s, civil_from_s)}, closed[a]);
    }
  }
}

/// A track that is held in `held`: appends when it is within the airport's radius. While it coasts it flies
/// on as planned, and stays where its route ended.
void Replication::State::note_closure(const Intruder& intruder, const ClosingAirport& airport, Span held,
                                      std::vector<Span>& near) const {
  const auto add = [&](Leg leg) {
    const Leg cut{std::max(leg.begin, held.begin), std::min(leg.end, held.end),
                  leg.at(std::max(leg.begin, held.begin)), leg.velocity};
    if (!(cut.begin <= cut.end)) return;
    if (const auto inside = inside_circle(cut, airport.at, airport.within_m))
      near.push_back({on_grid(inside->begin), on_grid(inside->end)});
  };
  for (const Leg& leg : intruder.legs) add(leg);
  const Leg& last = intruder.legs.back();
  if (held.end > last.end) add({last.end, held.end, last.at(last.end), {}});
}

/// Closures: spans that follow each other within the time to reopen are one, which ends that long after the
/// last of them.
void Replication::State::book_closures() {
  const double ends_s = last_moment();
  for (std::size_t a = 0; a < world.airports.size(); ++a) {
    const ClosingAirport& airport = world.airports[a];
    for (Span& span : closed[a]) span.end += airport.reopens_after_s;
    merge_spans(closed[a]);
    for (const Span& span : closed[a]) {
      if (!(span.begin < ends_s)) break;
      if (span.begin >= world.count_from_s) book(airport.count_column, 1);
      const double from_s = std::max(span.begin, world.count_from_s), to_s = std::min(span.end, ends_s);
      if (from_s < to_s) book(airport.time_us_column, std::llround((to_s - from_s) * 1e6));
    }
  }
}

}  // namespace dronewall
