#include <cmath>

#include "catch.hpp"
#include "dronewall/geometry/intercept.hpp"
#include "geometry/flights.hpp"
#include "geometry/meeting_search.hpp"

using namespace dronewall;

namespace {

struct Launcher {
  Vec2 at;
  double height = 0;
  double low = 0, high = 0;
  double speed = 0;
};

std::vector<Span> windows_of(const std::vector<Leg>& route, const Launcher& launcher) {
  std::vector<Span> out;
  launch_windows(route.data(), route.data() + route.size(), launcher.at, launcher.height, launcher.low,
                 launcher.high, launcher.speed, out);
  return out;
}

void check_windows(const std::vector<Span>& found, const std::vector<Span>& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    CHECK(found[i].begin == Approx(expected[i].begin).epsilon(1e-12));
    CHECK(found[i].end == Approx(expected[i].end).epsilon(1e-12));
  }
}

/// May the launcher fire at t? By the definition, with the numeric search.
bool may_fire(const std::vector<Leg>& route, const Launcher& launcher, double t) {
  if (t < route.front().begin) return false;
  const auto met = search_meeting(route, launcher.at, t, launcher.speed, launcher.height);
  if (!met) return false;
  const double slant = launcher.speed * (*met - t);
  return launcher.low <= slant && slant <= launcher.high;
}

}  // namespace

TEST_CASE("a target that flies over the launcher opens two windows around the least range", "[geometry]") {
  // x = −30 km + 100 t; in the ring at 240 … 290 s and 310 … 360 s; launches lead by range / 300 m/s.
  const std::vector<Leg> route{{0, 600, {-30'000, 0}, {100, 0}}};
  check_windows(windows_of(route, {{0, 0}, 0, 1'000, 6'000, 300}),
                {{220, 290 - 10.0 / 3}, {310 - 10.0 / 3, 340}});
  check_windows(windows_of(route, {{0, 0}, 0, 0, 6'000, 300}), {{220, 340}});
}

TEST_CASE("slant range counts the height difference", "[geometry]") {
  // 6 km of slant at 3.6 km of height are 4.8 km of ground; 4.5 km are 2.7 km.
  const std::vector<Leg> route{{0, 600, {-30'000, 0}, {100, 0}}};
  check_windows(windows_of(route, {{0, 0}, 3'600, 4'500, 6'000, 300}),
                {{252 - 20, 273 - 15}, {327 - 15, 348 - 20}});
  check_windows(windows_of(route, {{0, 0}, -3'600, 1'000, 6'000, 300}), {{232, 328}});
  CHECK(windows_of(route, {{0, 0}, 6'001, 0, 6'000, 300}).empty());
}

TEST_CASE("no launch before the target exists, none after its last chance", "[geometry]") {
  const std::vector<Leg> fleeing{{10, 1'000, {5'000, 0}, {50, 0}}};  // born inside, leaves 10 km at 110 s
  check_windows(windows_of(fleeing, {{0, 0}, 0, 0, 10'000, 250}), {{10, 70}});
  const std::vector<Leg> diving{{0, 100, {20'000, 0}, {-150, 0}}};  // strikes at 5 km after 100 s
  check_windows(windows_of(diving, {{0, 0}, 0, 0, 10'000, 250}), {{20'000.0 / 300 - 10'000 / 250.0, 80}});
}

TEST_CASE("windows run on through a wait and over the corners of a route", "[geometry]") {
  const std::vector<Leg> route{{0, 150, {20'000, 0}, {-100, 0}},
                               {150, 250, {5'000, 0}, {0, 0}},
                               {250, 300, {5'000, 0}, {0, 100}},
                               {300, 700, {5'000, 5'000}, {100, 0}}};
  // Ends where 10 km is left: x = sqrt(100 − 25) km on the last leg.
  const double leaves = 300 + (std::sqrt(75e6) - 5'000) / 100;
  check_windows(windows_of(route, {{0, 0}, 0, 0, 10'000, 250}), {{60, leaves - 40}});
  const std::vector<Leg> waiting{{0, 100, {5'000, 0}, {0, 0}}};
  check_windows(windows_of(waiting, {{0, 0}, 0, 0, 5'000, 250}), {{0, 80}});
  CHECK(windows_of(waiting, {{0, 0}, 0, 0, 4'999, 250}).empty());
  CHECK(windows_of(waiting, {{0, 0}, 0, 5'001, 9'000, 250}).empty());
}

TEST_CASE("a target that outruns the interceptor can be met only while it does not flee", "[geometry]") {
  // 400 m/s against 300 m/s. Straight over the launcher at 75 s: from there on every meeting is a second one.
  const std::vector<Leg> over{{0, 150, {-30'000, 0}, {400, 0}}};
  check_windows(windows_of(over, {{0, 0}, 0, 0, 6'000, 300}), {{40, 75}});
  check_windows(windows_of(over, {{0, 0}, 0, 1'000, 6'000, 300}), {{40, 72.5 - 10.0 / 3}});
  // Past it at 3 km: the last launch meets where slant grows at 300 m/s, u = 300·3000/√(400² − 300²) behind
  // abeam.
  const std::vector<Leg> past{{0, 150, {-30'000, 3'000}, {400, 0}}};
  const double behind = 300 * 3'000 / std::sqrt(70'000.0);
  const double last = (30'000 + behind) / 400 - std::sqrt(behind * behind + 9e6) / 300;
  check_windows(windows_of(past, {{0, 0}, 0, 0, 5'000, 300}), {{65 - 5'000 / 300.0, last}});
  // Born fleeing: never.
  CHECK(windows_of({{0, 150, {100, 0}, {400, 0}}}, {{0, 0}, 0, 0, 50'000, 300}).empty());
}

TEST_CASE("a target that flees and comes back is launched at ahead of its return", "[geometry]") {
  // Out at 400 m/s from 3 km to 43 km and back: at t = 0 nothing reaches it before it turns at 100 s.
  const std::vector<Leg> route{{0, 100, {3'000, 0}, {400, 0}}, {100, 200, {43'000, 0}, {-400, 0}}};
  // Meets at slant s at 100 + (43000 − s)/400; launch s/300 earlier. All within 10 km.
  check_windows(windows_of(route, {{0, 0}, 0, 0, 10'000, 300}), {{100 + 82.5 - 100 / 3.0, 190}});
  check_windows(windows_of(route, {{0, 0}, 0, 0, 60'000, 300}), {{0, 190}});
}

TEST_CASE("a window that opens where the target outran the interceptor opens on its return", "[geometry]") {
  // Over the launcher at 75 s, inside the least range; 30 km out at 150 s it turns back. A launch at 75 s
  // meets over the launcher; a moment later the meeting is 300 (m − 75) = 30000 − 400 (m − 150): at m =
  // 1125/7 s, in the ring.
  const std::vector<Leg> route{{0, 150, {-30'000, 0}, {400, 0}}, {150, 250, {30'000, 0}, {-400, 0}}};
  const auto windows = windows_of(route, {{0, 0}, 0, 1'000, 50'000, 300});
  REQUIRE(windows.size() == 2);
  CHECK(windows[0].end == Approx(72.5 - 10.0 / 3).epsilon(1e-12));
  CHECK(windows[1].begin == Approx(75).margin(1e-5));
  CHECK(windows[1].end == Approx(222.5 - 10.0 / 3).epsilon(1e-12));
  const auto met = meet_on_legs(route.data(), route.data() + route.size(), {0, 0}, windows[1].begin, 300);
  REQUIRE(met);
  CHECK(*met == Approx(1125.0 / 7).margin(1e-4));
}

TEST_CASE("launch windows agree with a numeric search at each instant", "[geometry]") {
  Dice dice(17);
  int open = 0, closed = 0, outrun = 0, several = 0, shifted_wrong = 0;
  for (int round = 0; round < 3'000; ++round) {
    const auto route = dice.flight(dice.whole(1, 4), 15'000, 20, 400);
    const double low = dice.whole(0, 1) * dice.uniform(0, 6'000);
    const Launcher launcher{dice.point(10'000), dice.whole(0, 1) * dice.uniform(-3'000, 3'000), low,
                            low + dice.uniform(500, 15'000), dice.uniform(60, 600)};
    const auto windows = windows_of(route, launcher);
    REQUIRE(is_merged(windows));
    several += windows.size() > 1;
    for (int i = 0; i < 30; ++i) {
      const double t = dice.uniform(route.front().begin - 10, route.back().end);
      const bool expected = may_fire(route, launcher, t);
      (expected ? open : closed) += 1;
      outrun += expected && length(leg_at(route, t).velocity) > launcher.speed;
      REQUIRE((covers(windows, t) == expected || at_edge(windows, t, 1e-5)));
      shifted_wrong += covers(windows, t + 1) != expected;
    }
  }
  CHECK(open > 5'000);
  CHECK(closed > 5'000);
  CHECK(outrun > 300);
  CHECK(several > 100);
  CHECK(shifted_wrong > 100);  // windows wrong by one second would be noticed
}

TEST_CASE("a launch at either end of a window meets its target in the ring", "[geometry]") {
  Dice dice(18);
  int ends = 0;
  for (int round = 0; round < 5'000; ++round) {
    auto route = dice.flight(dice.whole(1, 4), 15'000, 20, 400);
    const double night = dice.uniform(0, 3e7);  // a year in: the clock has 4 ns
    for (Leg& leg : route) leg.begin += night, leg.end += night;
    const Launcher launcher{dice.point(10'000), 500, 1'000, dice.uniform(2'000, 15'000),
                            dice.uniform(60, 600)};
    for (const Span& window : windows_of(route, launcher))
      for (const double t : {window.begin, window.end}) {
        const auto met = meet_on_legs(route.data(), route.data() + route.size(), launcher.at, t,
                                      launcher.speed, launcher.height);
        REQUIRE(met);
        const double slant = launcher.speed * (*met - t);
        // Where the target begins to outrun the interceptor, nanoseconds of launch are decimetres of slant.
        REQUIRE((launcher.low - 0.5 < slant && slant < launcher.high + 0.5));
        ++ends;
      }
  }
  CHECK(ends > 1'000);
}
