// Rates that a run must show, and luck that variants share. Statistical tests are seeded; each says how often
// a sound engine would fail it.
#include <cmath>

#include "replication/sample.hpp"

using namespace dronewall;
using test::Runs;
using test::Sample;
using test::sample;
using test::Scene;

namespace {

/// n drones far apart, one shot each.
Scene one_shot_each(const std::string& pk) {
  Scene scene;
  scene.time = "{duration: 10 h}";
  scene.attack = test::group("40", "10 min");
  scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {drone: " + pk + "}}";
  scene.doctrine = "{at_most: 1}";
  return scene;
}

constexpr double sigmas = 4;  // A sound engine misses one such check for 1 seed in 16,000.

}  // namespace

TEST_CASE("looks err at the rates that are written", "[replication][statistical]") {
  Scene scene;
  scene.attack = test::group("10", "8 min");
  SECTION("dead seen alive 0.3: 0.3 / 0.7 wasted rounds a drone") {
    scene.doctrine = "{assess: {dead_seen_alive: 0.3}}";
    const Sample wasted = sample(scene, "wasted.round@site", 1000);
    CHECK(wasted.near(10 * 0.3 / 0.7, sigmas));
    CHECK_FALSE(wasted.near(10 * 0.3, sigmas));  // one look only
  }
  SECTION(
      "alive seen dead 0.2 at pk 0.5: a drone dies before it is forgotten with chance 0.5 / (1 − 0.5 × "
      "0.8)") {
    scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], dwell: 1 s, pk: {drone: 0.5}}";
    scene.doctrine = "{assess: {alive_seen_dead: 0.2}}";
    const Sample kills = sample(scene, "kills", 1000);
    CHECK(kills.near(10 * 0.5 / 0.6, sigmas));
    CHECK_FALSE(kills.near(10, sigmas));
  }
}

TEST_CASE("a random kill probability is shared by a raid", "[replication][statistical]") {
  // Bin(40, p) with p from beta(8, 2): mean 0.8, Var p = 16 / 1100. Variance 40 E[p(1 − p)] + 40² Var p
  // = 29.09, and 40 × 0.16 = 6.4 when each shot has its own p. The sample variance of 2,000 is within 15% but
  // for 1 seed in 1,000.
  constexpr double var_p = 16.0 / 1100;
  const double shared = 40 * (0.8 - 0.64 - var_p) + 1600 * var_p;
  const Sample raid = sample(one_shot_each("beta(8 .. 2)"), "kills", 2000);
  CHECK(raid.near(32, sigmas));
  CHECK(raid.variance == Approx(shared).epsilon(0.15));
  const Sample shot = sample(one_shot_each("{draw: shot, from: beta(8 .. 2)}"), "kills", 2000);
  CHECK(shot.near(32, sigmas));
  CHECK(shot.variance == Approx(40 * 0.16).epsilon(0.15));

  SECTION("and by all units with the weapon") {
    Scene scene = one_shot_each("beta(8 .. 2)");
    scene.more_units =
        "  other: {kind: battery, at: {x: 20 km, y: 0 km}, weapons: {round: {magazine: 100}}, doctrine: "
        "{at_most: 2}}\n";
    // The other unit shoots first, then this one (at_most counts both): kills = Bin(40, 1 − (1 − p)²), E p² =
    // 72/110.
    scene.doctrine = "{at_most: 2}";
    const Sample both = sample(scene, "kills", 2000);
    CHECK(both.near(40 * (2 * 0.8 - 72.0 / 110), sigmas));
    CHECK_FALSE(both.near(40 * (1 - 0.2 * 0.2), sigmas));  // independent draws of the two units
  }
}

TEST_CASE("probabilities are drawn once per raid", "[replication][statistical]") {
  // Reliability uniform in [0, 1], 40 drones: completed = Bin(40, r), variance 40/6 + 1600/12 = 140.
  Scene scene = one_shot_each("0");
  scene.unit = "{kind: battery, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 0}}}";
  scene.threat = "{class: drone, speed: 50 m/s, altitude: 0 m, reliability: uniform(0 .. 1)}";
  const Sample completed = sample(scene, "fates.ended-its-route", 2000);
  CHECK(completed.near(20, sigmas));
  CHECK(completed.variance == Approx(140).epsilon(0.15));

  // Availability with mean 1/4 and median near 0.16.
  scene = one_shot_each("1");
  scene.unit =
      "{kind: battery, at: {x: 0 km, y: 0 km}, availability: beta(0.5 .. 1.5), weapons: {round: {magazine: "
      "100}}}";
  const Sample kills = sample(scene, "kills", 2000);
  CHECK(kills.near(10, sigmas));
}

TEST_CASE("availability, conditions and outages have their long-run shares", "[replication][statistical]") {
  Scene scene = one_shot_each("1");
  const auto kills = [&](const std::string& keys) {
    scene.unit = "{kind: battery, at: {x: 0 km, y: 0 km}, " + keys + ", weapons: {round: {magazine: 100}}}";
    return sample(scene, "kills", 1000);
  };
  CHECK(kills("availability: 0.7").near(28, sigmas));
  scene.more = "conditions: {clear: 0.4}\n";
  CHECK(kills("needs: clear").near(16, sigmas));
  // Up 3 of 4 hours. A drone is inside for some 400 s, so it meets the unit up with chance 1 − P(down for all
  // of it): 1 − 0.25 exp(−T / 1 h). T is from the first allowed launch to the last: 20 km at 50 m/s.
  const double expected = 40 * (1 - 0.25 * std::exp(-(20'000 / 50.0) / 3600));
  CHECK(kills("outages: {up: exponential(3 h), repair: exponential(1 h)}").near(expected, sigmas));
}

TEST_CASE("common random numbers", "[replication][crn]") {
  Scene scene;
  scene.threat =
      "{class: drone, speed: uniform(40 m/s .. 60 m/s), altitude: uniform(50 m .. 800 m), reliability: 0.9}";
  scene.sensor = "{at: {x: 0 km, y: 0 km}, height: 20 m, range: 30 km, law: {glimpse: 0.1}}";
  scene.weapon =
      "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, reaction: exponential(5 s), pk: {drone: "
      "0.3}}";
  scene.unit =
      "{kind: battery, at: {x: 0 km, y: 0 km}, channels: 30, weapons: {round: {magazine: unlimited}}}";
  const auto raid_of = [](int count) {
    return "{threat: drone, count: " + std::to_string(count) +
           ", launch: {at: 0 s, within: 20 min}, route: [{x: 40 km, y: uniform(-9 km .. 9 km)}, {x: -40 km, "
           "y: 0 km}], "
           "spread: 3 km, goal: overfly}";
  };
  scene.attack = raid_of(10);

  SECTION("a drone more changes nobody else's luck") {
    Scene more = scene;
    more.attack = raid_of(11);
    const auto model = scene.model(), larger = more.model();
    for (std::uint32_t k = 0; k < 20; ++k) {
      const test::KeptTrace one = test::trace_of(model, k), other = test::trace_of(larger, k);
      std::size_t extra = 0;
      for (int n = 1; n <= 11; ++n) {
        const std::string name = "raid#" + std::to_string(n);
        std::vector<std::pair<double, std::string>> in_one, in_other;
        for (const auto& event : one.events)
          if (event.intruder == name) in_one.emplace_back(event.time_s, event.what + event.detail);
        for (const auto& event : other.events)
          if (event.intruder == name) in_other.emplace_back(event.time_s, event.what + event.detail);
        if (n == 11) {
          extra = in_other.size();
          continue;
        }
        REQUIRE_FALSE(in_one.empty());
        REQUIRE(in_one == in_other);
      }
      REQUIRE(extra > 0);
    }
  }
  SECTION("a unit, a sensor and an attack far away change no figure of those that were there") {
    Scene more = scene;
    more.more_units =
        "  afar: {kind: battery, at: {x: 900 km, y: 0 km}, count: 3, weapons: {round: {magazine: 9}}}\n";
    more.more_attacks =
        "  aside: {threat: drone, count: 4, route: [{x: 500 km, y: 500 km}, {x: 500 km, y: 400 km}], goal: "
        "overfly}\n";
    Runs one(scene.model()), other(more.model());
    for (std::uint32_t k = 0; k < 50; ++k) {
      one.run(k);
      other.run(k);
      for (const char* column : {"rounds.round@site", "kills.round@site", "wait.site.sum", "busy.site.time",
                                 "stage.detected", "kills", "pieces.drone@raid"})
        REQUIRE(one[column] == other[column]);
      REQUIRE(other["intruders.launched"] == one["intruders.launched"] + 4);
    }
  }
  SECTION("a better weapon kills whatever the worse one killed with its first shot") {
    scene.doctrine = "{at_most: 1}";
    Scene better = scene;
    better.weapon.replace(better.weapon.find("0.3}"), 3, "0.4");
    Runs one(scene.model()), other(better.model());
    std::int64_t gained = 0;
    for (std::uint32_t k = 0; k < 200; ++k) {
      one.run(k);
      other.run(k);
      REQUIRE(other["kills"] >= one["kills"]);
      gained += other["kills"] - one["kills"];
    }
    CHECK(gained > 0);
  }
}
