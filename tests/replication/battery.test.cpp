// One battery: timelines worked out by hand, and the rules that hold a launch back.
#include <cmath>

#include "replication/scene.hpp"

using namespace dronewall;
using test::Runs;
using test::Scene;

namespace {

constexpr double clock_s = 2e-6;  // Times lie on a grid of a microsecond.

std::string route_at(const std::string& y) {
  return "{threat: drone, count: 1, route: [{x: 40 km, y: " + y + "}, {x: -40 km, y: " + y +
         "}], goal: overfly}";
}

}  // namespace

TEST_CASE("one drone past one battery, by hand", "[replication][battery]") {
  // It flies along y = 6 km. A radar of 30 km sees it at x = sqrt(30² − 6²) km. A round of 800 m/s may first
  // meet it 10 km away, at x = 8 km and t = 640 s, so it could be launched 12.5 s earlier: then it is
  // assigned. The reaction is 5 s; at 632.5 s it is at x = 8,375 m, and the round meets it after τ: 637,500
  // τ² + 837,500 τ = 106,140,625.
  Scene scene;
  scene.attack = route_at("6 km");
  scene.sensor = "{at: {x: 0 km, y: 0 km}, horizon: none, range: 30 km, law: definite}";
  scene.weapon =
      "{range: [2 km, 10 km], altitude: [0 m, 5 km], speed: 800 m/s, reaction: 5 s, pk: {drone: 1}}";
  const auto model = scene.model();
  const test::KeptTrace trace = test::trace_of(model);
  const double seen_s = (40'000 - std::sqrt(30e3 * 30e3 - 6e3 * 6e3)) / 50;
  REQUIRE(trace.times("detected").size() == 1);
  CHECK(trace.times("detected")[0] == Approx(seen_s).margin(clock_s).epsilon(0));
  CHECK(trace.times("assigned")[0] == Approx(627.5).margin(clock_s).epsilon(0));
  CHECK(trace.times("fired")[0] == Approx(632.5).margin(clock_s).epsilon(0));
  const double flight_s =
      (-837'500 + std::sqrt(837'500.0 * 837'500 + 4 * 637'500.0 * 106'140'625)) / (2 * 637'500.0);
  CHECK(trace.times("shot-down")[0] == Approx(632.5 + flight_s).margin(clock_s).epsilon(0));

  Runs runs(model);
  runs.run(0);
  CHECK(runs["fates.shot-down"] == 1);
  CHECK(runs["rounds.round@site"] == 1);
  CHECK(runs["busy.site.time"] == Approx((5 + flight_s) * 1e6).margin(2).epsilon(0));
  CHECK(runs["leakers"] == 0);
}

TEST_CASE("deterministic arrivals, service and patience: D/D/c with reneging", "[replication][queue]") {
  // Drones enter a circle of 500 m every 4 s and are inside for 20 s; a dwell takes 10 s. The recursion below
  // is the whole theory: who waits 20 s to the instant is served, who would wait longer reneges.
  const int channels = GENERATE(1, 2);
  CAPTURE(channels);
  Scene scene;
  scene.attack =
      "{threat: drone, count: 40, launch: {at: 0 s, spacing: 4 s}, route: [{x: 5 km, y: 0 km}, {x: -5 km, y: "
      "0 km}], "
      "goal: overfly}";
  scene.weapon = "{range: [0 m, 500 m], altitude: [0 m, 5 km], dwell: 10 s, pk: {drone: 1}}";
  scene.unit = "{kind: battery, at: {x: 0 km, y: 0 km}, channels: " + std::to_string(channels) +
               ", weapons: {round: {magazine: unlimited}}}";
  std::vector<double> free_s(static_cast<std::size_t>(channels), 0.0);
  int served = 0, waited = 0, reneged = 0, exactly_at_the_end = 0;
  double wait_s = 0;
  for (int n = 0; n < 40; ++n) {
    const double arrives_s = 90 + 4 * n;
    const auto first = std::min_element(free_s.begin(), free_s.end());
    const double begins_s = std::max(arrives_s, *first);
    const double wait = std::min(begins_s - arrives_s, 20.0);
    wait_s += wait;
    waited += wait > 0;
    exactly_at_the_end += begins_s == arrives_s + 20;
    if (begins_s > arrives_s + 20) {
      ++reneged;
      continue;
    }
    ++served;
    *first = begins_s + 10;
  }
  REQUIRE(reneged > 0);
  REQUIRE(exactly_at_the_end > 0);

  Runs runs(scene.model());
  runs.run(0);
  CHECK(runs["kills"] == served);
  CHECK(runs["leakers"] == reneged);
  CHECK(runs["lost.channels-busy"] == reneged);
  CHECK(runs["reneged.site"] == reneged);
  CHECK(runs["waited.site.number"] == waited);
  CHECK(runs.measure("wait.site") == Approx(wait_s / 40).margin(1e-5));
  CHECK(runs.measure("busy.site") == Approx(served * 10.0 / 7200).epsilon(1e-9));
}

TEST_CASE("what holds a launch back", "[replication][battery]") {
  Scene scene;
  scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {drone: 0}}";
  const auto rounds = [](const Scene& changed) {
    Runs runs(changed.model());
    runs.run(0);
    CHECK(runs["kills"] == 0);
    return runs["rounds.round@site"];
  };
  SECTION("at_most") {
    scene.doctrine = "{at_most: 7}";
    CHECK(rounds(scene) == 7);
    scene.doctrine = "{at_most: 7, fire: salvo(3)}";  // The last salvo is cut to what is left.
    CHECK(rounds(scene) == 7);
  }
  SECTION("the magazine") {
    scene.unit = "{kind: battery, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 5}}}";
    CHECK(rounds(scene) == 5);
    Runs runs(scene.model());
    runs.run(0);
    CHECK(runs["stock.site.round.end"] == 0);
    CHECK(runs["lost.magazine-empty"] == 1);  // It was still inside when the last round had missed.
  }
  SECTION("the reserve") {
    scene.doctrine = "{reserve: {round: {for: [cruise-missile], rounds: 60}}}";
    CHECK(rounds(scene) == 40);
    scene.doctrine = "{reserve: {round: {for: [drone], rounds: 60}}}";
    CHECK(rounds(scene) == 100);
  }
  SECTION("the altitude") {
    scene.threat = "{class: drone, speed: 50 m/s, altitude: 5001 m}";
    CHECK(rounds(scene) == 0);
  }
  SECTION("a class that it cannot engage") {
    scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {quadcopter: 0.5}}";
    CHECK(rounds(scene) == 0);
    Runs runs(scene.model());
    runs.run(0);
    CHECK(runs["lost.no-unit-in-reach"] == 1);
  }
  SECTION("another network holds the track") {
    scene.unit = "{kind: battery, network: deaf, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 9}}}";
    scene.more = "networks: {deaf: {}}\n";
    CHECK(rounds(scene) == 0);
  }
  SECTION("civil and aircraft are not engaged without a command") {
    scene.threat = "{class: civil, speed: 50 m/s, altitude: 0 m}";
    scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {any: 1}}";
    CHECK(rounds(scene) == 0);
  }
}

TEST_CASE("cycle, reload and assessment space the shots", "[replication][battery]") {
  // A dwell of 2 s at a target that hovers inside for ever: shots follow each other as the rules say.
  Scene scene;
  scene.time = "{duration: 1000 s}";
  scene.attack =
      "{threat: drone, count: 1, route: [{x: 1 km, y: 0 km}], goal: {loiter: {x: 0 km, y: 0 km}, for: 5 h}}";
  const auto shots = [&](const std::string& weapon, const std::string& magazine,
                         const std::string& doctrine) {
    scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], dwell: 2 s, pk: {drone: 0}" + weapon + "}";
    scene.unit = "{kind: battery, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: " + magazine + "}}}";
    scene.doctrine = doctrine;
    return test::trace_of(scene.model()).times("fired");
  };
  const auto check_every = [](const std::vector<double>& times, double period_s, std::size_t count,
                              double first_s = 0) {
    REQUIRE(times.size() == count);
    for (std::size_t i = 0; i < count; ++i)
      CHECK(times[i] == Approx(first_s + period_s * static_cast<double>(i)).margin(1e-5));
  };
  check_every(shots("", "4", "{}"), 2, 4);
  check_every(shots(", cycle: 20 s", "4", "{}"), 20, 4);
  check_every(shots(", cycle: 1 s", "4", "{}"), 2, 4);
  check_every(shots(", reaction: 3 s", "4", "{assess: {time: 5 s}}"), 10, 4, 3);
  // One place that takes 50 s to fill: fired at 0, 50, …, 1000 s, at the last instant of the run, too.
  const auto reloading = shots(", reload: 50 s", "1", "{}");
  check_every(reloading, 50, 21);
}

TEST_CASE("salvos are booked whole and looked at once", "[replication][battery]") {
  Scene scene;
  scene.doctrine = "{fire: salvo(3)}";
  Runs runs(scene.model());
  runs.run(0);
  CHECK(runs["kills"] == 1);
  CHECK(runs["rounds.round@site"] == 3);
  CHECK(runs["wasted.round@site"] == 0);  // They arrive together: none flew at what was seen dead.

  scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {drone: 0}}";
  scene.doctrine = "{fire: shoot-shoot-look(4 .. 2), at_most: 9}";
  const auto fired = test::trace_of(scene.model()).times("fired");
  Runs misses(scene.model());
  misses.run(0);
  CHECK(fired.size() == 4);  // 4, 2, 2, and 1 of 2
  CHECK(misses["rounds.round@site"] == 9);
}

TEST_CASE("a look that always errs", "[replication][assessment]") {
  Scene scene;
  scene.doctrine = "{at_most: 5, assess: {dead_seen_alive: 1}}";
  Runs ghost(scene.model());
  ghost.run(0);
  CHECK(ghost["kills"] == 1);
  CHECK(ghost["rounds.round@site"] == 5);
  CHECK(ghost["wasted.round@site"] == 4);

  scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {drone: 0}}";
  scene.doctrine = "{assess: {alive_seen_dead: 1}}";
  Runs forgotten(scene.model());
  forgotten.run(0);
  CHECK(forgotten["rounds.round@site"] == 1);
  CHECK(forgotten["lost.missed"] == 1);
}

TEST_CASE("continuous fire books rate times time", "[replication][battery]") {
  // Inside 2 km for 80 s at 10 rounds a second; it cannot kill.
  Scene scene;
  scene.weapon =
      "{range: [0 km, 2 km], altitude: [0 m, 5 km], kill_rate: 1 / s, rounds: 10 / s, pk: {drone: 0}}";
  const auto rounds = [&](const std::string& unit) {
    scene.unit = "{kind: battery, at: {x: 0 km, y: 0 km}, " + unit + "}";
    Runs runs(scene.model());
    runs.run(0);
    return runs["rounds.round@site"];
  };
  CHECK(rounds("weapons: {round: {magazine: unlimited}}") == 800);
  CHECK(rounds("weapons: {round: {magazine: 300}}") == 300);
  SECTION("the end of the run cuts a burst") {
    scene.time = "{duration: 800 s}";  // It enters at 760 s.
    CHECK(rounds("weapons: {round: {magazine: unlimited}}") == 400);
  }
  SECTION("two channels fire from one magazine at once") {
    scene.attack = test::group("2", "10 s");
    CHECK(rounds("channels: 2, weapons: {round: {magazine: 1000}}") == 1000);  // 800 and what is left
    CHECK(rounds("channels: 2, weapons: {round: {magazine: 3000}}") == 1600);
  }
}

TEST_CASE("the edges of time", "[replication][time]") {
  Scene scene;
  scene.unit = "{kind: battery, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 0}}}";
  scene.attack = "{threat: drone, count: 1, route: [{x: 30 km, y: 0 km}, {x: 0 km, y: 0 km}], goal: overfly}";
  SECTION("an end at exactly the duration is an end") {
    scene.time = "{duration: 600 s}";
    Runs runs(scene.model());
    runs.run(0);
    CHECK(runs["fates.ended-its-route"] == 1);
    CHECK(runs["unresolved"] == 0);
  }
  SECTION("just before it, the drone is unresolved, unless the run may settle") {
    scene.time = "{duration: 599 s}";
    Runs runs(scene.model());
    runs.run(0);
    CHECK(runs["unresolved"] == 1);
    CHECK(runs["leakers"] == 0);
    scene.time = "{duration: 599 s, settle: 1 s}";
    Runs settled(scene.model());
    settled.run(0);
    CHECK(settled["fates.ended-its-route"] == 1);
  }
  SECTION("nothing is launched at the end or later") {
    scene.time = "{duration: 300 s, settle: 2 h}";
    scene.attack = test::group("9", "100 s");
    Runs runs(scene.model());
    runs.run(0);
    CHECK(runs["intruders.launched"] == 3);
  }
  SECTION("count_from counts what is launched from then on") {
    scene.time = "{duration: 2 h, count_from: 300 s}";
    scene.attack = test::group("10", "60 s");
    Runs runs(scene.model());
    runs.run(0);
    CHECK(runs["intruders.launched"] == 5);  // at 300, 360, 420, 480, 540 s
    CHECK(runs.sum("fates.") == 5);
  }
}

TEST_CASE("odd but legal scenes end", "[replication][robust]") {
  Scene scene;
  SECTION("a weapon slower than its target meets it on its way in") {
    scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 30 m/s, pk: {drone: 1}}";
    Runs runs(scene.model());
    runs.run(0);
    CHECK(runs["kills"] == 1);
  }
  SECTION("launched inside everything") {
    scene.attack =
        "{threat: drone, count: 1, route: [{x: 1 km, y: 0 km}, {x: -9 km, y: 0 km}], goal: overfly}";
    const test::KeptTrace trace = test::trace_of(scene.model());
    CHECK(trace.times("detected")[0] == 0);
    CHECK(trace.times("assigned")[0] == 0);
    CHECK(trace.times("shot-down").size() == 1);
  }
  SECTION("no drones") {
    scene.attack = test::group("0", "1 s");
    Runs runs(scene.model());
    runs.run(0);
    CHECK(runs["intruders.launched"] == 0);
  }
  SECTION("a weapon that takes no time and cannot kill ends with the run") {
    scene.time = "{duration: 10 ms}";
    scene.attack =
        "{threat: drone, count: 1, route: [{x: 0 km, y: 0 km}, {x: -9 km, y: 0 km}], goal: overfly}";
    scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], dwell: 0 s, pk: {drone: 0}}";
    scene.unit = "{kind: battery, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 30000}}}";
    Runs runs(scene.model());
    runs.run(0);
    CHECK(runs["rounds.round@site"] == 10'001);  // one a microsecond, both ends included
  }
  SECTION("antenna and drone at one place and height") {
    scene.sensor = "{at: {x: 40 km, y: 0 km}, height: 0 m, range: 1 m, horizon: none, law: definite}";
    Runs runs(scene.model());
    runs.run(0);
    CHECK(runs["stage.detected"] == 1);
  }
}
