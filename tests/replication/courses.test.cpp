// Courses of pursuers where weapons and reactions bind: launch points, least ranges, following, and their
// traces.
#include <algorithm>
#include <cmath>

#include "replication/scene.hpp"
#include "replication/stress.hpp"

using namespace dronewall;
using test::Runs;
using test::Scene;

namespace {

std::string route(const std::string& from_x, const std::string& to_x, const std::string& y = "0 km") {
  return "{threat: drone, count: 1, route: [{x: " + from_x + ", y: " + y + "}, {x: " + to_x + ", y: " + y +
         "}], goal: overfly}";
}

}  // namespace

TEST_CASE("a missile reaches what its carrier cannot touch", "[replication][pursuer]") {
  Scene scene;
  scene.weapon = "{range: [0 km, 30 km], altitude: [0 m, 5 km], speed: 900 m/s, pk: {drone: 1}}";
  SECTION("a fast one passes a slow one") {
    // 250 m/s along y = 28 km; from the origin at 20 m/s, 30 km of missile in 100 / 3 s: the first t with
    // (−80,000 + 250 (t + 100 / 3))² + 28,000² = (30,000 + 20 t)².
    scene.threat = "{class: drone, speed: 250 m/s, altitude: 0 m}";
    scene.attack = route("-80 km", "80 km", "28 km");
    scene.unit =
        "{kind: pursuer, base: {x: 0 km, y: 0 km}, speed: 20 m/s, endurance: 4 h, weapons: {round: {load: "
        "1}}}";
    const double x = -80'000 + 250 * 100 / 3.0;
    const double a = 250.0 * 250 - 20 * 20, b = x * 250 - 30'000 * 20.0,
                 c = x * x + 28'000.0 * 28'000 - 30'000.0 * 30'000;
    const double t = (-b - std::sqrt(b * b - a * c)) / a;
    const test::KeptTrace trace = test::trace_of(scene.model());
    REQUIRE(trace.times("fired").size() == 1);
    CHECK(trace.times("fired")[0] == Approx(t).margin(1e-4).epsilon(0));
    CHECK(trace.times("shot-down")[0] == Approx(t + 100 / 3.0).margin(1e-4).epsilon(0));
  }
  SECTION("a route ends before the carrier is there") {
    // The drone ends at the origin after 200 s, the fighter stands 45 km beyond it:
    // 10,000 − 50 (t + 100 / 3) + 45,000 = 30,000 + 200 t.
    scene.attack = route("10 km", "0 km");
    scene.unit =
        "{kind: pursuer, base: {x: -45 km, y: 0 km}, speed: 200 m/s, endurance: 4 h, weapons: {round: {load: "
        "1}}}";
    const test::KeptTrace trace = test::trace_of(scene.model());
    REQUIRE(trace.times("fired").size() == 1);
    CHECK(trace.times("fired")[0] == Approx((25'000 - 50 * 100 / 3.0) / 250).margin(1e-4).epsilon(0));
    CHECK(trace.times("shot-down").size() == 1);
  }
}

TEST_CASE("a pursuer keeps its weapon's least range", "[replication][pursuer]") {
  // It closes in to a metre more than 8 km, a flight of 10.00125 s at 800 m/s.
  Scene scene;
  const double near_m = 8001, lead_s = near_m / 800;
  scene.attack = route("30 km", "-30 km");
  const auto weapon = [](const std::string& reaction) {
    return "{range: [8 km, 20 km], altitude: [0 m, 5 km], speed: 800 m/s, reaction: " + reaction +
           ", pk: {drone: 1}}";
  };
  scene.unit =
      "{kind: pursuer, base: {x: 0 km, y: 0 km}, speed: 280 m/s, endurance: 4 h, weapons: {round: {load: "
      "1}}}";
  SECTION("it waits at that distance for its reaction to end") {
    scene.weapon = weapon("200 s");
    const test::KeptTrace trace = test::trace_of(scene.model());
    REQUIRE(trace.times("fired") == std::vector<double>{200});
    CHECK(trace.times("shot-down")[0] == Approx(200 + lead_s).margin(1e-5).epsilon(0));
  }
  SECTION("too close it opens the distance, against the target's direction") {
    scene.weapon = weapon("0 s");
    scene.attack = route("2 km", "30 km");
    const test::KeptTrace trace = test::trace_of(scene.model());
    const double opened_s = (near_m - 2000 - 50 * lead_s) / 330;
    REQUIRE(trace.times("fired").size() == 1);
    CHECK(trace.times("fired")[0] == Approx(opened_s).margin(1e-5).epsilon(0));
    CHECK(trace.times("shot-down")[0] == Approx(opened_s + lead_s).margin(1e-5).epsilon(0));
  }
}

TEST_CASE("the reaction runs on the way", "[replication][pursuer]") {
  // Head on at 130 m/s from 60 km; a gun of 1.5 km: within range after 450 s, met after 461.5 s.
  Scene scene;
  scene.attack = route("60 km", "0 km");
  scene.unit =
      "{kind: pursuer, base: {x: 0 km, y: 0 km}, speed: 80 m/s, endurance: 4 h, weapons: {round: {load: 1}}}";
  const auto fly = [&](const std::string& range, const std::string& reaction) {
    scene.weapon = "{range: [0 m, " + range + "], altitude: [0 m, 5 km], dwell: 0 s, reaction: " + reaction +
                   ", pk: {drone: 1}}";
    return test::trace_of(scene.model());
  };
  CHECK(fly("1500 m", "60 s").times("fired") == std::vector<double>{450});
  // Longer than the way, it is spent beside the target, at hand when it ends.
  const test::KeptTrace followed = fly("0.001 m", "600 s");
  REQUIRE(followed.times("shot-down") == std::vector<double>{600});
  CHECK(followed.times("landed")[0] == Approx(600 + 30'000 / 80.0).margin(1e-4));
}

TEST_CASE("a pursuer is not outrun while it waits for its reaction, unless it is slower",
          "[replication][pursuer]") {
  // Head on the courses meet after 60,000 / (w + 100) s; the reaction ends at 500 s.
  Scene scene;
  scene.threat = "{class: drone, speed: 100 m/s, altitude: 0 m}";
  scene.attack = route("60 km", "-60 km");
  scene.weapon = "{range: [0 m, 1 km], altitude: [0 m, 5 km], dwell: 0 s, reaction: 500 s, pk: {drone: 1}}";
  const auto kills = [&](const std::string& speed) {
    scene.unit = "{kind: pursuer, base: {x: 0 km, y: 0 km}, speed: " + speed +
                 ", endurance: 4 h, weapons: {round: {load: 1}}}";
    Runs runs(scene.model());
    runs.run(0);
    return runs["kills"];
  };
  CHECK(kills("100 m/s") == 1);
  CHECK(kills("99 m/s") == 0);
}

TEST_CASE("a trace tells what has happened, in order", "[replication][pursuer][trace]") {
  for (const std::string& text : {test::fighters, test::without_settle(test::fighters), test::two_networks}) {
    const auto model = test::model_of(text);
    std::size_t stood_down = 0, take_offs = 0, landed = 0;
    for (std::uint32_t k = 0; k < 60; ++k) {
      const test::KeptTrace trace = test::trace_of(model, k);
      REQUIRE(std::is_sorted(trace.events.begin(), trace.events.end(),
                             [](const auto& a, const auto& b) { return a.time_s < b.time_s; }));
      stood_down += trace.times("stood-down").size();
      take_offs += trace.times("take-off").size();
      landed += trace.times("landed").size();
      Runs runs(model);
      runs.run(k);
      REQUIRE(trace.times("take-off").size() == static_cast<std::size_t>(runs.sum("sorties.")));
    }
    CHECK(landed <= take_offs);
    if (text != test::two_networks) CHECK(stood_down > 0);
  }
}

TEST_CASE("stood down, a pursuer is still at its base", "[replication][pursuer]") {
  // Its first target falls at 600 s, before the take-off at 900 s; the next comes at 2,000 s, and the courses
  // meet after 900 s of readiness and (120,000 − 45,000) / 330 s of flight.
  Scene scene;
  scene.weapon = "{range: [0 m, 0.001 m], altitude: [0 m, 5 km], dwell: 0 s, pk: {drone: 1}}";
  scene.threat += "\n  faulty: {class: drone, speed: 50 m/s, altitude: 0 m, endurance: 600 s}";
  scene.attack =
      "{threat: faulty, count: 1, route: [{x: 100 km, y: 0 km}, {x: 0 km, y: 0 km}], goal: overfly}";
  scene.more_attacks =
      "  second: {threat: drone, count: 1, launch: {at: 2000 s}, route: [{x: 120 km, y: 0 km}, {x: 0 km, y: "
      "0 km}], goal: overfly}\n";
  scene.unit =
      "{kind: pursuer, base: {x: 0 km, y: 0 km}, speed: 280 m/s, endurance: 4 h, readiness: 900 s, weapons: "
      "{round: {load: 4}}}";
  const test::KeptTrace trace = test::trace_of(scene.model());
  CHECK(trace.times("stood-down") == std::vector<double>{600});
  REQUIRE(trace.times("shot-down").size() == 1);
  CHECK(trace.times("shot-down")[0] == Approx(2900 + 75'000 / 330.0).margin(1e-4).epsilon(0));
}

TEST_CASE("a salvo says how many rounds it has", "[replication][trace]") {
  Scene scene;
  scene.doctrine = "{fire: salvo(3)}";
  const test::KeptTrace trace = test::trace_of(scene.model());
  const auto fired = std::find_if(trace.events.begin(), trace.events.end(),
                                  [](const auto& event) { return event.what == "fired"; });
  REQUIRE(fired != trace.events.end());
  CHECK(fired->detail == "round, 3 rounds");
}
