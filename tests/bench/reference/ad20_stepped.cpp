// AD20 the other way: a loop that looks at every drone, radar and battery once a second. Detection, reaction
// and look end at the first step after their time; the flight of an interceptor is still a closed form.
#include <limits>

#include "reference/ad20.hpp"

namespace ad20 {
namespace {

constexpr double step_s = 1;
constexpr double never = std::numeric_limits<double>::infinity();

struct Drone {
  Flight flight;
  double radius2_m2;
  std::array<double, radars> seen_at;  // never: not covered
  bool tracked = false, engaged = false, gone = false;
};

enum class Stage { free, reacting, flying, looking };
struct Channel {
  Stage stage = Stage::free;
  int rounds = 0;
  Drone* target = nullptr;
  double until_s = 0;
};

class Program {
 public:
  explicit Program(Xoshiro& random) : random_(random) {
    for (Drone& drone : drone_) {
      drone.flight = draw_flight(random_);
      drone.radius2_m2 = coverage_radius2_m2(drone.flight.altitude_m);
      drone.seen_at.fill(never);
    }
    for (int b = 0; b < batteries; ++b) channel_[index(b)].rounds = all_batteries[index(b)].rounds;
  }

  Outcome run() {
    for (double now_s = 0; outcome_.kills + outcome_.leaks < drones; now_s += step_s) {
      ++outcome_.events;
      for (int b = 0; b < batteries; ++b) proceed(b, now_s);
      for (Drone& drone : drone_) fly(drone, now_s);
      for (int b = 0; b < batteries; ++b) battery_picks(b, now_s);
    }
    return outcome_;
  }

 private:
  static std::size_t index(int i) { return static_cast<std::size_t>(i); }

  void fly(Drone& drone, double now_s) {
    if (drone.gone || now_s < drone.flight.launch_s) return;
    if (now_s >= drone.flight.end_s) {
      drone.gone = true;
      ++outcome_.leaks;
      return;
    }
    const Point p = drone.flight.at(now_s);
    drone.tracked = false;
    for (std::size_t j = 0; j < radars; ++j) {
      const Point from = all_radars[j];
      const double distance2 = (p.x - from.x) * (p.x - from.x) + (p.y - from.y) * (p.y - from.y);
      double& seen_at = drone.seen_at[j];
      if (distance2 > drone.radius2_m2)
        seen_at = never;
      else if (seen_at == never)
        seen_at = now_s + random_.exponential(detection_mean_s);
      drone.tracked |= seen_at <= now_s;
    }
  }

  /// The meeting point of a launch now lies in the envelope and on the flight.
  [[nodiscard]] static bool may_launch(const Drone& drone, const Battery& battery, double now_s) {
    if (drone.gone || !drone.tracked) return false;
    // While an interceptor crosses its range the drone flies less than a tenth of that.
    if (std::abs(drone.flight.at(now_s).x - battery.at.x) > 1.1 * battery.range_m) return false;
    const double meeting_s = meeting_time(drone.flight, battery, now_s);
    return meeting_s <= drone.flight.end_s && drone.flight.slant_m(battery.at, meeting_s) <= battery.range_m;
  }

  /// A free battery takes the waiting drone that reaches its goal first. (No two envelopes of this case
  /// overlap, so a drone never chooses between batteries.)
  void battery_picks(int b, double now_s) {
    Channel& channel = channel_[index(b)];
    if (channel.stage != Stage::free || channel.rounds == 0) return;
    const Battery& battery = all_batteries[index(b)];
    Drone* best = nullptr;
    for (Drone& drone : drone_)
      if (!drone.engaged && may_launch(drone, battery, now_s) &&
          (best == nullptr || drone.flight.end_s < best->flight.end_s))
        best = &drone;
    if (best == nullptr) return;
    best->engaged = true;
    --channel.rounds;
    const double reaction_s = battery.reaction_fixed_s + random_.exponential(battery.reaction_mean_s);
    channel = {Stage::reacting, channel.rounds, best, now_s + reaction_s};
  }

  void proceed(int b, double now_s) {
    Channel& channel = channel_[index(b)];
    const Battery& battery = all_batteries[index(b)];
    if (channel.stage == Stage::reacting && now_s >= channel.until_s) {
      if (may_launch(*channel.target, battery, now_s)) {
        ++outcome_.shots;
        channel.stage = Stage::flying;
        channel.until_s = meeting_time(channel.target->flight, battery, now_s);
      } else {
        ++channel.rounds;
        release(channel);
      }
    }
    if (channel.stage == Stage::flying && now_s >= channel.until_s) {
      if (random_.uniform() < kill_probability) {
        channel.target->gone = true;
        ++outcome_.kills;
      }
      channel.stage = Stage::looking;
      channel.until_s += look_s;
    }
    if (channel.stage == Stage::looking && now_s >= channel.until_s) release(channel);
  }

  static void release(Channel& channel) {
    channel.target->engaged = false;
    channel.stage = Stage::free;
  }

  Xoshiro& random_;
  Outcome outcome_;
  std::array<Drone, drones> drone_;
  std::array<Channel, batteries> channel_;
};

}  // namespace

Outcome run_stepped(Xoshiro& random) { return Program(random).run(); }

}  // namespace ad20
