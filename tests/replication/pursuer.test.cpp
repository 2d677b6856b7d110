// Pursuers: collision courses, readiness, endurance, turn-round, and the hours that are booked.
#include <cmath>
#include <map>

#include "replication/scene.hpp"
#include "replication/stress.hpp"

using namespace dronewall;
using test::Runs;
using test::Scene;

namespace {

/// A cannon that must touch: it fires where the courses meet.
constexpr const char* ram = "{range: [0 m, 0.001 m], altitude: [0 m, 5 km], dwell: 0 s, pk: {drone: 1}}";

std::string pursuer(const std::string& rest) {
  return "{kind: pursuer, speed: 280 m/s, endurance: 4 h, weapons: {round: {load: 4}}, " + rest + "}";
}

}  // namespace

TEST_CASE("the collision course", "[replication][pursuer]") {
  Scene scene;
  scene.weapon = ram;
  SECTION("constant velocities: 60,000 t² … = 0") {
    // Interceptor at the origin, 250 m/s; target at (60, 20) km, −50 m/s: they meet after 212.995564 s.
    scene.attack =
        "{threat: drone, count: 1, route: [{x: 60 km, y: 20 km}, {x: -60 km, y: 20 km}], goal: overfly}";
    scene.unit =
        "{kind: pursuer, base: {x: 0 km, y: 0 km}, speed: 250 m/s, endurance: 4 h, weapons: {round: {load: "
        "4}}}";
    const test::KeptTrace trace = test::trace_of(scene.model());
    REQUIRE(trace.times("shot-down").size() == 1);
    CHECK(trace.times("shot-down")[0] == Approx(212.995564).margin(5e-6).epsilon(0));
    CHECK(trace.times("landed")[0] == Approx(2 * 212.995564).margin(2e-5).epsilon(0));
  }
  SECTION("after an alert of 15 minutes") {
    // Base (−80, 30) km, 280 m/s; the drone comes in from (120, 0) km: they meet at 1379.97329 s, 51 km out.
    scene.attack =
        "{threat: drone, count: 1, route: [{x: 120 km, y: 0 km}, {x: 0 km, y: 0 km}], goal: overfly}";
    scene.unit = pursuer("base: {x: -80 km, y: 30 km}, readiness: 900 s");
    const auto model = scene.model();
    const test::KeptTrace trace = test::trace_of(model);
    CHECK(trace.times("take-off")[0] == Approx(900).margin(1e-5));
    REQUIRE(trace.times("shot-down").size() == 1);
    CHECK(trace.times("shot-down")[0] == Approx(1379.97329).margin(1e-5).epsilon(0));
    Runs runs(model);
    runs.run(0);
    // Out 479.973292 s and back the same way.
    CHECK(runs["flight-hours.site@site"] == std::llround(2 * 479.973292 * 1000));
    CHECK(runs.measure("hours.site") == Approx(2 * 479.973292 / 3600).epsilon(1e-5));
    CHECK(runs.measure("range.intercept") == Approx(51'001.3354).margin(0.01));
    CHECK(runs["sorties.site"] == 1);
  }
}

TEST_CASE("a missile is fired where it will meet the target within range", "[replication][pursuer]") {
  // Head on: fighter 280 m/s from the origin, drone 50 m/s from 120 km, missile 800 m/s up to 20 km, so 25 s
  // of flight. Gap at launch = 20 km + 50 × 25 s: (120,000 − 21,250) / 330 s.
  Scene scene;
  scene.attack =
      "{threat: drone, count: 1, route: [{x: 120 km, y: 0 km}, {x: 0 km, y: 0 km}], goal: overfly}";
  scene.weapon = "{range: [0 km, 20 km], altitude: [0 m, 5 km], speed: 800 m/s, pk: {drone: 1}}";
  scene.unit = pursuer("base: {x: 0 km, y: 0 km}");
  const test::KeptTrace trace = test::trace_of(scene.model());
  const double fired_s = (120'000 - 21'250) / 330.0;
  CHECK(trace.times("fired")[0] == Approx(fired_s).margin(5e-6).epsilon(0));
  CHECK(trace.times("shot-down")[0] == Approx(fired_s + 25).margin(5e-6).epsilon(0));
}

TEST_CASE("load and turn-round", "[replication][pursuer]") {
  // Two fighters with one round each, one bay: they land at the same instant and are ready half an hour
  // apart.
  Scene scene;
  scene.time = "{duration: 6 h}";
  scene.weapon = ram;
  scene.attack =
      "{threat: drone, count: 3, route: [{x: 120 km, y: 0 km}, {x: 0 km, y: 0 km}], goal: overfly, repeat: "
      "{at: [0 h, 3 "
      "h]}}";
  scene.unit =
      "{kind: pursuer, base: {x: 0 km, y: 0 km}, count: 2, speed: 280 m/s, endurance: 4 h, turn_round: "
      "{time: 30 min, "
      "bays: 1}, weapons: {round: {load: 1}}}";
  const auto model = scene.model();
  const test::KeptTrace trace = test::trace_of(model);
  const double landed_s = 2 * 120'000 / 330.0;
  const std::vector<double> landed = trace.times("landed");
  const std::vector<double> ready = trace.times("ready");
  REQUIRE(landed.size() == 4);
  REQUIRE(ready.size() == 4);
  CHECK(landed[0] == Approx(landed_s).margin(1e-4));
  CHECK(landed[1] == landed[0]);
  CHECK(ready[0] == Approx(landed_s + 1800).margin(1e-4));
  CHECK(ready[1] == Approx(landed_s + 3600).margin(1e-4));
  Runs runs(model);
  runs.run(0);
  CHECK(runs["kills"] == 4);
  CHECK(runs["leakers"] == 2);  // The third of each raid: nobody was ready.
  CHECK(runs["sorties.site"] == 4);
  // Far bays: both are ready together.
  const std::size_t bays = scene.unit.find(", bays: 1");
  scene.unit.erase(bays, 9);
  const std::vector<double> together = test::trace_of(scene.model()).times("ready");
  CHECK(together[0] == together[1]);
}

TEST_CASE("retasked on the runway, a pursuer keeps its readiness", "[replication][pursuer]") {
  // Ordered up at 0 s, it takes off at 900 s. Its target falls at 600 s, and it is sent after the other one.
  Scene scene;
  scene.weapon = ram;
  scene.threat += "\n  faulty: {class: drone, speed: 50 m/s, altitude: 0 m, endurance: 600 s}";
  scene.attack =
      "{threat: faulty, count: 1, route: [{x: 100 km, y: 0 km}, {x: 0 km, y: 0 km}], goal: overfly}";
  scene.more_attacks =
      "  second: {threat: drone, count: 1, route: [{x: 120 km, y: 0 km}, {x: 0 km, y: 0 km}], goal: "
      "overfly}\n";
  scene.unit = pursuer("base: {x: 0 km, y: 0 km}, readiness: 900 s");
  scene.doctrine = "{next: time-left}";
  const test::KeptTrace trace = test::trace_of(scene.model());
  CHECK(trace.times("assigned") == std::vector<double>{0, 600});
  REQUIRE(trace.times("shot-down").size() == 1);
  CHECK(trace.times("shot-down")[0] == Approx(900 + (120'000 - 50 * 900) / 330.0).margin(1e-4));
  CHECK(trace.times("landed")[0] == Approx(900 + 2 * (120'000 - 50 * 900) / 330.0).margin(1e-4));
}

TEST_CASE("out of its endurance's reach nobody takes off", "[replication][pursuer]") {
  Scene scene;
  scene.weapon = ram;
  // It flies away from the base, so waiting helps nobody.
  scene.attack =
      "{threat: drone, count: 1, route: [{x: 60 km, y: 0 km}, {x: 160 km, y: 0 km}], goal: overfly}";
  const double out_and_back_s = 2 * 60'000 / 230.0;
  const auto sorties = [&](double endurance_s) {
    scene.unit = "{kind: pursuer, base: {x: 0 km, y: 0 km}, speed: 280 m/s, endurance: " +
                 std::to_string(endurance_s) + " s, weapons: {round: {load: 4}}}";
    Runs runs(scene.model());
    runs.run(0);
    CHECK(runs["kills"] == runs["sorties.site"]);
    return runs["sorties.site"];
  };
  CHECK(sorties(out_and_back_s + 0.01) == 1);
  CHECK(sorties(out_and_back_s - 0.01) == 0);
}

TEST_CASE("a target that comes into reach is taken when it does", "[replication][pursuer]") {
  // 20 minutes of endurance at 60 m/s reach 36 km. The drone is seen from 200 km on and flies to the base;
  // the interceptor that met it 36 km out leaves 600 s before that: 164 km / 50 m/s − 600 s = 2,680 s.
  Scene scene;
  scene.weapon = ram;
  scene.attack =
      "{threat: drone, count: 1, route: [{x: 200 km, y: 0 km}, {x: 0 km, y: 0 km}], goal: overfly}";
  const auto fly = [&](const std::string& readiness) {
    scene.unit = "{kind: pursuer, base: {x: 0 km, y: 0 km}, speed: 60 m/s, endurance: 20 min, readiness: " +
                 readiness + ", weapons: {round: {load: 1}}}";
    Runs runs(scene.model());
    runs.run(0);
    CHECK(runs["kills"] == 1);
    return test::trace_of(scene.model());
  };
  const test::KeptTrace at_once = fly("0 s");
  CHECK(at_once.times("take-off")[0] == Approx(2680).margin(0.1));
  CHECK(at_once.times("shot-down")[0] == Approx(3280).margin(0.1));
  const test::KeptTrace later = fly("10 min");  // ordered ten minutes before
  CHECK(later.times("assigned")[0] == Approx(2080).margin(0.1));
  CHECK(later.times("take-off")[0] == Approx(2680).margin(0.1));
  // With a random readiness it is ready sooner than the longest usual one, and waits, or a little later.
  const test::KeptTrace random = fly("uniform(2 min .. 10 min)");
  CHECK(random.times("assigned")[0] == Approx(2680 - (120 + 0.95 * 480)).margin(0.1));
  CHECK(random.times("take-off")[0] >= 2679.9);
  CHECK(random.times("take-off")[0] <= 2680 + 0.05 * 480 + 0.1);
}

TEST_CASE("sorties end within endurance and are booked to the millisecond", "[replication][pursuer]") {
  // Fighters with random readiness, reactions and looks, tracks that break, one bay: everything that can go
  // wrong.
  const auto model = test::model_of(test::fighters);
  const std::map<std::string, double> endurance_s = {{"viper", 24 * 60.0}, {"hind", 40 * 60.0}};
  std::size_t flights = 0, nearly_used_up = 0;
  for (std::uint32_t k = 0; k < 200; ++k) {
    const test::KeptTrace trace = test::trace_of(model, k);
    Runs runs(model);
    runs.run(k);
    std::map<std::string, double> up_s;  // element → take-off
    std::map<std::string, std::int64_t> booked_ms, sorties;
    for (const auto& event : trace.events) {
      const std::string unit = event.actor.substr(0, event.actor.find('#'));
      if (event.what == "take-off") up_s[event.actor] = event.time_s;
      if (event.what == "stood-down") up_s.erase(event.actor);
      if (event.what != "landed") continue;
      INFO(event.actor << " in replication " << k);
      REQUIRE(up_s.count(event.actor) == 1);
      const double flown_s = event.time_s - up_s[event.actor];
      REQUIRE(flown_s <= endurance_s.at(unit) + 5e-6);
      nearly_used_up += flown_s > endurance_s.at(unit) - 60;
      booked_ms[unit] += std::llround(flown_s * 1000);
      ++sorties[unit];
      ++flights;
      up_s.erase(event.actor);
    }
    if (!up_s.empty()) continue;  // Somebody was still up at the end.
    for (const auto& [unit, endurance] : endurance_s) {
      REQUIRE(runs["flight-hours." + unit + "@" + unit] == booked_ms[unit]);
      REQUIRE(runs["sorties." + unit] == sorties[unit]);
    }
  }
  CHECK(flights > 500);
  CHECK(nearly_used_up > 10);  // The limit was felt, else it was not tested.
}
