// AD20 by hand with nothing left out: every launch, coverage, detection, window, shot, arrival and look is an
// event. A drone's timeline is known at its launch and sorted once; its head stands in the pending set.
#include <algorithm>
#include <limits>

#include "dronewall/kernel/event_queue.hpp"
#include "reference/ad20.hpp"

namespace ad20 {
namespace {

using dronewall::EventQueue;
using dronewall::Slot;

enum class Kind { launched, entered, seen, left, opens, closes, arrived };

/// One entry of a drone's timeline; `number` is a battery's for opens and closes, 1 for a `left` that was
/// seen.
struct Entry {
  double time_s;
  Kind kind;
  int number;
};

struct Drone {
  Flight flight;
  std::array<Entry, 2 + 3 * radars + 2 * batteries> timeline;
  std::size_t length = 0, next = 0;
  int seen_by = 0;  // radars that have seen it and cover it
  std::array<bool, batteries> window_open{};
  bool aloft = false, engaged = false;

  void add(double time_s, Kind kind, int number = 0) { timeline[length++] = {time_s, kind, number}; }
};

enum class Stage { free, reacting, flying, looking };
struct Channel {
  Stage stage = Stage::free;
  int rounds = 0, target = 0;
};

class Program {
 public:
  explicit Program(Xoshiro& random) : random_(random) {
    queue_.reset(drones + batteries);
    for (int b = 0; b < batteries; ++b) channel_[index(b)].rounds = all_batteries[index(b)].rounds;
    for (int d = 0; d < drones; ++d) {
      prepare(drone_[index(d)]);
      schedule_next(d);
    }
  }

  Outcome run() {
    while (queue_.next_time() < EventQueue::never) {
      ++outcome_.events;
      const double now_s = queue_.next_time();
      const int slot = static_cast<int>(queue_.next_slot());
      if (slot < drones)
        fly_on(slot, now_s);
      else
        proceed(slot - drones, now_s);
    }
    return outcome_;
  }

 private:
  static constexpr int none = -1;
  static std::size_t index(int i) { return static_cast<std::size_t>(i); }
  static Slot slot_of(int b) { return static_cast<Slot>(drones + b); }

  void prepare(Drone& drone) {
    drone.flight = draw_flight(random_);
    drone.add(drone.flight.launch_s, Kind::launched);
    drone.add(drone.flight.end_s, Kind::arrived);
    const double radius2 = coverage_radius2_m2(drone.flight.altitude_m);
    for (const Point radar : all_radars) {
      const Span covered = within(drone.flight, radar, radius2);
      if (covered.begin >= covered.end) continue;
      const double seen_s = covered.begin + random_.exponential(detection_mean_s);
      drone.add(covered.begin, Kind::entered);
      if (seen_s < covered.end) drone.add(seen_s, Kind::seen);
      drone.add(covered.end, Kind::left, seen_s < covered.end);
    }
    for (int b = 0; b < batteries; ++b) {
      const Span window = launch_window(drone.flight, all_batteries[index(b)]);
      if (window.begin >= window.end) continue;
      drone.add(window.begin, Kind::opens, b);
      drone.add(window.end, Kind::closes, b);
    }
    // The sort keeps equal times as added: the last coverage and window end with the route, after its
    // `arrived`.
    std::stable_sort(drone.timeline.begin(), drone.timeline.begin() + drone.length,
                     [](const Entry& a, const Entry& b) { return a.time_s < b.time_s; });
  }

  void schedule_next(int d) {
    const Drone& drone = drone_[index(d)];
    queue_.set(static_cast<Slot>(d), drone.timeline[drone.next].time_s);
  }

  void fly_on(int d, double now_s) {
    Drone& drone = drone_[index(d)];
    const Entry entry = drone.timeline[drone.next++];
    switch (entry.kind) {
      case Kind::launched:
        drone.aloft = true;
        break;
      case Kind::entered:
        break;
      case Kind::seen:
        ++drone.seen_by;
        break;
      case Kind::left:
        drone.seen_by -= entry.number;
        break;
      case Kind::opens:
        drone.window_open[index(entry.number)] = true;
        break;
      case Kind::closes:
        drone.window_open[index(entry.number)] = false;
        break;
      case Kind::arrived:
        drone.aloft = false;
        ++outcome_.leaks;
        queue_.cancel(static_cast<Slot>(d));
        return;
    }
    schedule_next(d);
    if (entry.kind == Kind::seen || entry.kind == Kind::opens) target_picks(d, now_s);
  }

  [[nodiscard]] bool may_launch(const Drone& drone, int b) const {
    return drone.aloft && drone.seen_by > 0 && drone.window_open[index(b)];
  }
  [[nodiscard]] bool ready(int b) const {
    return channel_[index(b)].stage == Stage::free && channel_[index(b)].rounds > 0;
  }

  /// A drone that waits takes the nearest battery that could launch at it now.
  void target_picks(int d, double now_s) {
    const Drone& drone = drone_[index(d)];
    if (drone.engaged) return;
    int best = none;
    double nearest = EventQueue::never;
    for (int b = 0; b < batteries; ++b) {
      if (!ready(b) || !may_launch(drone, b)) continue;
      const double distance = drone.flight.slant_m(all_batteries[index(b)].at, now_s);
      if (distance < nearest) nearest = distance, best = b;
    }
    if (best != none) assign(d, best, now_s);
  }

  /// A free battery takes the waiting drone that reaches its goal first.
  void battery_picks(int b, double now_s) {
    if (!ready(b)) return;
    int best = none;
    double earliest = EventQueue::never;
    for (int d = 0; d < drones; ++d) {
      const Drone& drone = drone_[index(d)];
      if (drone.engaged || drone.flight.end_s >= earliest || !may_launch(drone, b)) continue;
      earliest = drone.flight.end_s, best = d;
    }
    if (best != none) assign(best, b, now_s);
  }

  void assign(int d, int b, double now_s) {
    const Battery& battery = all_batteries[index(b)];
    drone_[index(d)].engaged = true;
    Channel& channel = channel_[index(b)];
    channel.stage = Stage::reacting;
    channel.target = d;
    --channel.rounds;
    queue_.set(slot_of(b), now_s + battery.reaction_fixed_s + random_.exponential(battery.reaction_mean_s));
  }

  /// A battery's next step: launch or give back, arrive, look.
  void proceed(int b, double now_s) {
    Channel& channel = channel_[index(b)];
    Drone& target = drone_[index(channel.target)];
    if (channel.stage == Stage::reacting && may_launch(target, b)) {
      ++outcome_.shots;
      channel.stage = Stage::flying;
      queue_.set(slot_of(b), meeting_time(target.flight, all_batteries[index(b)], now_s));
    } else if (channel.stage == Stage::reacting) {
      ++channel.rounds;
      comes_free(b, now_s);
    } else if (channel.stage == Stage::flying) {
      if (random_.uniform() < kill_probability) kill(channel.target);
      channel.stage = Stage::looking;
      queue_.set(slot_of(b), now_s + look_s);
    } else {
      comes_free(b, now_s);
    }
  }

  void kill(int d) {
    ++outcome_.kills;
    drone_[index(d)].aloft = false;
    queue_.cancel(static_cast<Slot>(d));
  }

  void comes_free(int b, double now_s) {
    Channel& channel = channel_[index(b)];
    channel.stage = Stage::free;
    queue_.cancel(slot_of(b));
    drone_[index(channel.target)].engaged = false;
    const int d = channel.target;
    battery_picks(b, now_s);
    target_picks(d, now_s);
  }

  Xoshiro& random_;
  EventQueue queue_;
  Outcome outcome_;
  std::array<Drone, drones> drone_;
  std::array<Channel, batteries> channel_;
};

}  // namespace

Outcome run_full(Xoshiro& random) { return Program(random).run(); }

}  // namespace ad20
