// AD20 by hand, as fast as a fixed program of this one case goes: a drone's tracks and launch windows are
// intersected beforehand, so only two things are events: a launch becomes possible, and a battery's channel
// comes free.
#include <algorithm>
#include <limits>

#include "reference/ad20.hpp"

namespace ad20 {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

/// A battery's launches at a drone become possible.
struct Opening {
  double time_s;
  int drone;
};

class Program {
 public:
  explicit Program(Xoshiro& random) : random_(random) {
    for (int d = 0; d < drones; ++d) prepare(d);
    std::sort(openings_.begin(), openings_.begin() + opening_count_,
              [](const Opening& a, const Opening& b) { return a.time_s < b.time_s; });
    for (int b = 0; b < batteries; ++b) rounds_[index(b)] = all_batteries[index(b)].rounds;
    free_at_.fill(never);
    target_.fill(none);
  }

  Outcome run() {
    std::size_t next = 0;
    for (;;) {
      const auto earliest = std::min_element(free_at_.begin(), free_at_.end());
      const double opening_s = next < opening_count_ ? openings_[next].time_s : never;
      if (std::min(opening_s, *earliest) == never) break;
      ++outcome_.events;
      if (opening_s < *earliest)
        target_picks(openings_[next++].drone, opening_s);
      else
        comes_free(static_cast<int>(earliest - free_at_.begin()), *earliest);
    }
    outcome_.leaks = drones - outcome_.kills;
    return outcome_;
  }

 private:
  static constexpr int none = -1;
  static std::size_t index(int i) { return static_cast<std::size_t>(i); }

  /// The times at which some radar that has seen the drone covers it: sorted, disjoint.
  struct Track {
    std::array<Span, radars> held;
    std::size_t count = 0;

    [[nodiscard]] bool held_at(double time_s) const {
      for (std::size_t i = 0; i < count; ++i)
        if (time_s <= held[i].end) return held[i].begin <= time_s;
      return false;
    }
  };

  /// Draws a flight and its detections, and lists when launches at it become possible.
  void prepare(int d) {
    const Flight& flight = flight_[index(d)] = draw_flight(random_);
    const Track& track = track_[index(d)] = detect(flight);
    for (int b = 0; b < batteries; ++b) {
      const Span window = window_[index(d)][index(b)] = launch_window(flight, all_batteries[index(b)]);
      for (std::size_t i = 0; i < track.count; ++i) {
        const double begin = std::max(window.begin, track.held[i].begin);
        if (begin < std::min(window.end, track.held[i].end)) openings_[opening_count_++] = {begin, d};
      }
    }
  }

  Track detect(const Flight& flight) {
    Track track;
    std::size_t seen = 0;
    const double radius2 = coverage_radius2_m2(flight.altitude_m);
    for (std::size_t j = radars; j-- > 0;) {  // about the order in which they are passed
      Span span = within(flight, all_radars[j], radius2);
      if (span.begin >= span.end) continue;
      span.begin += random_.exponential(detection_mean_s);
      if (span.begin >= span.end) continue;
      std::size_t place = seen++;
      for (; place > 0 && track.held[place - 1].begin > span.begin; --place)
        track.held[place] = track.held[place - 1];
      track.held[place] = span;
    }
    for (std::size_t i = 0; i < seen; ++i) {
      if (track.count > 0 && track.held[i].begin <= track.held[track.count - 1].end)
        track.held[track.count - 1].end = std::max(track.held[track.count - 1].end, track.held[i].end);
      else
        track.held[track.count++] = track.held[i];
    }
    return track;
  }

  [[nodiscard]] bool waits(int d) const { return !dead_[index(d)] && !engaged_[index(d)]; }
  [[nodiscard]] bool ready(int b) const { return target_[index(b)] == none && rounds_[index(b)] > 0; }
  [[nodiscard]] bool may_launch(int d, int b, double now_s) const {
    const Span& window = window_[index(d)][index(b)];
    return window.begin <= now_s && now_s <= window.end && track_[index(d)].held_at(now_s);
  }

  /// A drone that waits takes the nearest battery that could launch at it now.
  void target_picks(int d, double now_s) {
    if (!waits(d)) return;
    int best = none;
    double nearest = never;
    for (int b = 0; b < batteries; ++b) {
      if (!ready(b) || !may_launch(d, b, now_s)) continue;
      const double distance = flight_[index(d)].slant_m(all_batteries[index(b)].at, now_s);
      if (distance < nearest) nearest = distance, best = b;
    }
    if (best != none) assign(d, best, now_s);
  }

  /// A free battery takes the waiting drone that reaches its goal first.
  void battery_picks(int b, double now_s) {
    if (!ready(b)) return;
    int best = none;
    double earliest = never;
    for (int d = 0; d < drones; ++d) {
      if (!waits(d) || flight_[index(d)].end_s >= earliest || !may_launch(d, b, now_s)) continue;
      earliest = flight_[index(d)].end_s, best = d;
    }
    if (best != none) assign(best, b, now_s);
  }

  /// All that follows an assignment is known at once, so the channel's release is its only event.
  void assign(int d, int b, double now_s) {
    const Battery& battery = all_batteries[index(b)];
    const double launch_s = now_s + battery.reaction_fixed_s + random_.exponential(battery.reaction_mean_s);
    engaged_[index(d)] = true;
    target_[index(b)] = d;
    free_at_[index(b)] = launch_s;
    if (!may_launch(d, b, launch_s)) return;  // channel and round are given back at launch_s
    --rounds_[index(b)];
    ++outcome_.shots;
    free_at_[index(b)] = meeting_time(flight_[index(d)], battery, launch_s) + look_s;
    if (random_.uniform() < kill_probability) {
      dead_[index(d)] = true;
      ++outcome_.kills;
    }
  }

  void comes_free(int b, double now_s) {
    const int d = target_[index(b)];
    engaged_[index(d)] = false;
    target_[index(b)] = none;
    free_at_[index(b)] = never;
    battery_picks(b, now_s);
    target_picks(d, now_s);
  }

  Xoshiro& random_;
  Outcome outcome_;
  std::array<Flight, drones> flight_;
  std::array<Track, drones> track_;
  std::array<std::array<Span, batteries>, drones> window_;
  std::array<Opening, drones * batteries * radars> openings_;
  std::size_t opening_count_ = 0;
  std::array<bool, drones> dead_{}, engaged_{};
  std::array<int, batteries> rounds_, target_;
  std::array<double, batteries> free_at_;
};

}  // namespace

Outcome run_elided(Xoshiro& random) { return Program(random).run(); }

}  // namespace ad20
