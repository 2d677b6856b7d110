// Helicopters, reusable interceptor drones and frigates: kinds pursuer and battery, whose runs are worked out
// by hand.
#include <cmath>

#include "replication/scene.hpp"

using namespace dronewall;
using test::Runs;
using test::Scene;

namespace {

bool within_sigmas(double hits, double trials, double p, double sigmas) {
  return std::abs(hits - trials * p) <= sigmas * std::sqrt(trials * p * (1 - p));
}

/// A helicopter of 80 m/s beside a drone's way that has passed it by 6 km when it is seen.
Scene helicopter(const std::string& drone_speed) {
  Scene scene;
  scene.threat = "{class: drone, speed: " + drone_speed + ", altitude: 100 m}";
  scene.attack =
      "{threat: drone, count: 1, route: [{x: 6 km, y: 0 km}, {x: 300 km, y: 0 km}], goal: overfly}";
  scene.weapon =
      "{range: [0 km, 1.5 km], altitude: [0 m, 3 km], kill_rate: 0.1 / s, rounds: 10 / s, pk: {drone: 1}}";
  scene.unit =
      "{kind: pursuer, base: {x: 0 km, y: 0 km}, speed: 80 m/s, endurance: 2 h, turn_round: {time: 9 h}, "
      "weapons: {round: {load: "
      "400}}}";
  return scene;
}

/// A drone flies over a coast battery at the origin; a frigate lies 30 km out to sea. Each weapon has one
/// round.
std::string coast(const std::string& frigate) {
  return "scenario: A coast\ntime: {duration: 2 h}\nthreats: {drone: {class: drone, speed: 50 m/s, altitude: "
         "100 m}}\n"
         "assets: {port: {at: {x: 0 km, y: 0 km}}}\n"
         "attacks: {raid: {threat: drone, count: 1, route: [{x: 80 km, y: 0 km}], goal: {strike: port}}}\n"
         "sensors: {eye: {at: {x: 0 km, y: 0 km}, horizon: none, law: definite}}\n"
         "weapons:\n"
         "  sam: {range: [2 km, 15 km], altitude: [0 m, 9 km], speed: 900 m/s, pk: {drone: 0.6}}\n"
         "  ciws: {range: [0 km, 1.9 km], altitude: [0 m, 3 km], dwell: 2 s, pk: {drone: 0.5}}\n"
         "  manpads: {range: [0 km, 4 km], altitude: [0 m, 3 km], speed: 600 m/s, pk: {drone: 0.3}}\n"
         "units:\n  team: {kind: battery, at: {x: 0 km, y: 0 km}, weapons: {manpads: {magazine: 1}}}\n" +
         frigate + "prices: {drone: $35k, sam: $1M, ciws: $10k, manpads: $100k}\n";
}

}  // namespace

TEST_CASE("a helicopter overtakes a slow drone and fires until it is dead or its belts are empty",
          "[replication][fleet][statistical]") {
  // It gains 40 m/s on a drone of 40 m/s: within 1.5 km when 4.5 km are made good, after 112.5 s. Then it
  // stays with it: forty seconds of rounds at 0.1 / s, so 1 − e⁻⁴ are killed, with 100 (1 − e⁻⁴) rounds on
  // average.
  const auto model = helicopter("40 m/s").model();
  const test::KeptTrace trace = test::trace_of(model);
  CHECK(trace.times("fired")[0] == Approx(112.5).margin(1e-3));
  Runs runs(model);
  constexpr int replications = 4000;
  double kills = 0, rounds = 0, squares = 0;
  for (std::uint32_t k = 0; k < replications; ++k) {
    runs.run(k);
    CHECK(runs["sorties.site"] == 1);
    const auto fired = static_cast<double>(runs["rounds.round@site"]);
    CHECK(fired <= 400);
    kills += static_cast<double>(runs["kills"]);
    rounds += fired;
    squares += fired * fired;
  }
  const double p = 1 - std::exp(-4.0), mean = rounds / replications;
  const double se = std::sqrt((squares / replications - mean * mean) / replications);
  CHECK(within_sigmas(kills, replications, p, 4));  // a sound draw misses for 1 seed in 16 000
  CHECK(std::abs(mean - 100 * p) <= 4 * se + 0.5);  // whole rounds, one at least
  CHECK(4 * se < 7);  // It would be found out: 40 s of rounds for all would be 400.
}

TEST_CASE("a helicopter never fires at a drone that is faster", "[replication][fleet]") {
  Runs runs(helicopter("90 m/s").model());
  for (std::uint32_t k = 0; k < 20; ++k) {
    runs.run(k);
    CHECK(runs["rounds.round@site"] == 0);
    CHECK(runs["sorties.site"] == 0);
    CHECK(runs["leakers"] == 1);
  }
}

TEST_CASE("interceptor drones come back, are made ready one by one, and go again", "[replication][fleet]") {
  // Three drones a minute apart from 30 km at 40 m/s; interceptors of 60 m/s, one net each, one bay of ten
  // minutes. Two meet theirs after 300 s, 18 km out, and land 600 s after they took off: at 600 s and 660 s.
  // The bay readies the first until 1,200 s, the second until 1,800 s. The third drone is then 13.2 km beyond
  // the base: it is caught after 660 s, 39.6 km out; the first lands at 2,520 s and is ready again at 3,120
  // s.
  Scene scene;
  scene.time = "{duration: 2 h}";
  scene.threat = "{class: drone, speed: 40 m/s, altitude: 0 m, reusable: true}";
  scene.attack =
      "{threat: drone, count: 3, launch: {at: 0 s, spacing: 60 s}, route: [{x: 30 km, y: 0 km}, {x: -90 km, "
      "y: 0 km}], "
      "goal: overfly}";
  scene.weapon = "{range: [0 m, 0.001 m], altitude: [0 m, 5 km], dwell: 0 s, pk: {drone: 1}}";
  scene.unit =
      "{kind: pursuer, base: {x: 0 km, y: 0 km}, count: 2, speed: 60 m/s, endurance: 1 h, turn_round: {time: "
      "10 min, "
      "bays: 1}, weapons: {round: {load: 1}}}";
  scene.more = "prices: {drone: $10k, drone.sortie: $100, round: $500, site.flight-hour: $50}\n#";
  const auto model = scene.model();
  const test::KeptTrace trace = test::trace_of(model);
  const auto are = [&](const char* what, const std::vector<double>& expected) {
    const std::vector<double> times = trace.times(what);
    INFO(what);
    REQUIRE(times.size() == expected.size());
    for (std::size_t i = 0; i < times.size(); ++i)
      CHECK(times[i] == Approx(expected[i]).margin(1e-3).epsilon(0));
  };
  are("take-off", {0, 60, 1200});
  are("shot-down", {300, 360, 1860});
  are("landed", {600, 660, 2520});
  are("ready", {1200, 1800, 3120});
  Runs runs(model);
  runs.run(0);
  CHECK(runs["sorties.site"] == 3);
  CHECK(runs["rounds.round@site"] == 3);
  CHECK(runs["flight-hours.site@site"] == (600 + 600 + 1320) * 1000);
  CHECK(runs["pieces.drone@raid"] == 3);  // The attacker pays for what was lost, and for each launch.
  CHECK(runs["sorties.drone@raid"] == 3);
}

TEST_CASE("what may be used again is paid for when it is lost", "[replication][fleet]") {
  Scene scene;
  scene.threat = "{class: drone, speed: 40 m/s, altitude: 0 m, reusable: true}";
  scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {drone: 0.4}}";
  scene.attack = test::group("20", "100 s");
  scene.doctrine = "{at_most: 1}";
  scene.more = "prices: {drone: $10k, drone.sortie: $100, round: $100k}\n#";
  Runs runs(scene.model());
  std::int64_t lost = 0;
  for (std::uint32_t k = 0; k < 50; ++k) {
    runs.run(k);
    CHECK(runs["sorties.drone@raid"] == 20);
    CHECK(runs["pieces.drone@raid"] == runs["kills"]);
    lost += runs["kills"];
  }
  CHECK(within_sigmas(static_cast<double>(lost), 1000, 0.4, 4));
}

TEST_CASE("the weapons of a frigate share its channels", "[replication][fleet]") {
  // Two drones stand inside at once, one in reach of the gun only (30 s), one of the missile only (60 s).
  const auto killed = [](const std::string& channels) {
    const std::string text =
        "scenario: A frigate\ntime: {duration: 1 h}\nthreats: {drone: {class: drone, speed: 10 m/s, "
        "altitude: 0 m}}\n"
        "attacks:\n"
        "  far: {threat: drone, count: 1, route: [{x: 10 km, y: 0 km}, {x: 19 km, y: 0 km}], goal: overfly}\n"
        "  near: {threat: drone, count: 1, route: [{x: 1 km, y: 0 km}, {x: 4.9 km, y: 0 km}], goal: "
        "overfly}\n"
        "sensors: {eye: {at: {x: 0 km, y: 0 km}, horizon: none, law: definite}}\n"
        "weapons:\n"
        "  missile: {range: [5 km, 20 km], altitude: [0 m, 9 km], dwell: 60 s, pk: {drone: 1}}\n"
        "  gun: {range: [0 km, 5 km], altitude: [0 m, 3 km], dwell: 30 s, pk: {drone: 1}}\n"
        "units: {frigate: {kind: battery, at: {x: 0 km, y: 0 km}, channels: " +
        channels +
        ", weapons: {missile: {magazine: 8}, gun: {magazine: 100}}}}\n"
        "prices: {drone: $35k, missile: $1M, gun: $100}\n";
    Runs runs(text);
    runs.run(0);
    CHECK(runs["kills.missile@frigate"] == 1);
    CHECK(runs["kills.gun@frigate"] == 1);
    CHECK(runs["busy.frigate.time"] == 90 * std::int64_t{1'000'000});
    return test::trace_of(test::model_of(text)).times("shot-down");
  };
  CHECK(killed("2") == std::vector<double>{30, 60});
  CHECK(killed("1") == std::vector<double>{60, 90});  // By name: the far one first.
}

TEST_CASE("a frigate off the coast: fewer leakers, more munitions, both as they should be",
          "[replication][fleet][statistical]") {
  constexpr int replications = 4000;
  const auto run = [](const std::string& frigate, double& rounds) {
    Runs runs(coast(frigate));
    double leakers = 0;
    rounds = 0;
    for (std::uint32_t k = 0; k < replications; ++k) {
      runs.run(k);
      leakers += static_cast<double>(runs["leakers"]);
      rounds += static_cast<double>(runs.sum("rounds."));
    }
    return leakers;
  };
  double alone_rounds = 0, rounds = 0;
  const double alone = run("", alone_rounds);
  const double with = run(
      "  frigate: {kind: battery, at: {x: 30 km, y: 0 km}, channels: 1, weapons: {sam: {magazine: 1}, ciws: "
      "{magazine: 1}}}\n",
      rounds);
  CHECK(alone_rounds == replications);
  CHECK(within_sigmas(alone, replications, 0.7, 4));  // a sound draw misses for 1 seed in 16 000
  // What the missile leaves (0.4) meets the gun, what that leaves (0.5) the team ashore (0.7).
  CHECK(within_sigmas(with, replications, 0.4 * 0.5 * 0.7, 4));
  // 1 + 0.4 + 0.4 × 0.5 rounds; the spread of a sum of at most three is below 0.85.
  CHECK(std::abs(rounds - 1.6 * replications) <= 4 * 0.85 * std::sqrt(replications));
}
