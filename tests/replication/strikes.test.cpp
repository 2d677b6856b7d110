// Strikes at units and sensors, by hand: what is struck is out of service, and nothing else is.
#include "replication/scene.hpp"

using namespace dronewall;
using test::Runs;
using test::Scene;

namespace {

/// The scene's drone comes from the east and is met 10 km out at 600 s, with a launch at 590 s. A cruise
/// missile of 200 m/s, at which nobody may fire, strikes after `arrives_s`.
Scene struck_at(const std::string& target, double arrives_s, int count = 1) {
  Scene scene;
  scene.threat += "\n  cruiser: {class: cruise-missile, speed: 200 m/s, altitude: 0 m}";
  scene.more_attacks = "  strike: {threat: cruiser, count: " + std::to_string(count) +
                       ", launch: {at: " + std::to_string(arrives_s - 200) +
                       " s, spacing: 10 s}, route: [{x: 0 km, y: 40 km}], goal: {strike: " + target + "}}\n";
  scene.more = "sensor_types: {}\n";
  return scene;
}

}  // namespace

TEST_CASE("a struck battery fires no more; its rounds in the air fly on", "[replication][strikes]") {
  const auto run = [](double arrives_s, const std::string& reaction) {
    Scene scene = struck_at("site", arrives_s);
    scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, reaction: " + reaction +
                   ", pk: {drone: 1}}";
    Runs runs(scene.model());
    runs.run(0);
    CHECK(runs["strikes.site"] == 1);
    CHECK(runs["fates.struck"] == 1);
    CHECK(runs["stock.site.round.end"] == 0);  // The rest of its rounds are gone with it.
    return std::pair(runs["kills"], runs["rounds.round@site"]);
  };
  using Result = std::pair<std::int64_t, std::int64_t>;
  CHECK(run(580, "0 s") == Result(0, 0));
  CHECK(run(595, "0 s") == Result(1, 1));   // fired at 590 s, arrives at 600 s
  CHECK(run(595, "10 s") == Result(0, 0));  // its reaction runs from 590 s
  CHECK(run(650, "10 s") == Result(1, 1));
}

TEST_CASE("a struck gun ceases, and pays for what it fired", "[replication][strikes]") {
  // The drone is inside 10 km from 600 s on; the gun of 20 rounds a second needs far longer than to 650 s.
  Scene scene = struck_at("site", 650);
  scene.weapon =
      "{range: [0 km, 10 km], altitude: [0 m, 5 km], kill_rate: 0.000001 / s, rounds: 20 / s, pk: {drone: "
      "1}}";
  scene.unit = "{kind: battery, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 5000}}}";
  Runs runs(scene.model());
  runs.run(0);
  CHECK(runs["rounds.round@site"] == 1000);
  CHECK(runs["busy.site.time"] == 50'000'000);
  CHECK(runs["stock.site.round.end"] == 0);
  CHECK(runs["stock.site.round.empty"] == (7200 - 650) * 1'000'000LL);
}

TEST_CASE("strikes take the elements of a unit in turn", "[replication][strikes]") {
  const auto trace = [](int count) {
    Scene scene = struck_at("site", 300, count);
    scene.unit =
        "{kind: battery, count: 2, along: [{x: 0 km, y: 0 km}, {x: -1 km, y: 0 km}], weapons: {round: "
        "{magazine: 100}}}";
    return test::trace_of(scene.model());
  };
  const test::KeptTrace one = trace(1), both = trace(2);
  REQUIRE(one.times("out-of-service").size() == 1);
  CHECK(one.times("out-of-service")[0] == Approx(300));
  REQUIRE(one.times("assigned").size() == 1);
  for (const auto& event : one.events)
    if (event.what == "assigned") CHECK(event.actor == "site#2");
  CHECK(both.times("out-of-service").size() == 2);
  CHECK(both.times("assigned").empty());
}

TEST_CASE("a struck sensor sees nothing; tracks that it alone held end and coast", "[replication][strikes]") {
  const auto trace = [](const std::string& sensors, const std::string& coast) {
    Scene scene = struck_at("eye", 500);
    scene.sensor += sensors;
    scene.more += "networks: {default: {coast: " + coast + "}}\n";
    return test::trace_of(scene.model());
  };
  const test::KeptTrace alone = trace("", "0 s");
  REQUIRE(alone.times("track-lost", "raid#1").size() == 1);
  CHECK(alone.times("track-lost", "raid#1")[0] == Approx(500));
  CHECK(alone.times("assigned").empty());
  // Another sensor that sees the drone too: nothing is lost.
  const test::KeptTrace two =
      trace("\n  other: {at: {x: 0 km, y: 0 km}, horizon: none, range: 25 km, law: definite}", "0 s");
  CHECK(two.times("fired") == std::vector<double>{590});
  // One that sees it again later: from 15 km on, 25 km / 50 m/s = 500 s plus 200 s.
  const test::KeptTrace later =
      trace("\n  other: {at: {x: 0 km, y: 0 km}, horizon: none, range: 5 km, law: definite}", "0 s");
  REQUIRE(later.times("fired").size() == 1);
  CHECK(later.times("fired")[0] == Approx(700));
}

TEST_CASE("what was seen before a strike stays seen", "[replication][strikes]") {
  // Detections by scans with draws: up to the strike the trace is the same with and without it.
  Scene scene = struck_at("second", 700);
  scene.attack =
      "{threat: drone, count: 20, launch: {at: 0 s, within: 10 min}, route: [{x: 60 km, y: uniform(-20 km .. "
      "20 "
      "km)}, {x: -40 km, y: 0 km}], goal: overfly}";
  scene.sensor =
      "{at: {x: 0 km, y: 0 km}, range: 40 km, horizon: none, period: 8 s, law: {glimpse: 0.1}, confirm: "
      "{hits: "
      "2, of: 4}}\n"
      "  second: {at: {x: 0 km, y: 0 km}, range: 30 km, horizon: none, period: 5 s, law: {glimpse: 0.05}}";
  const auto seen = [](const test::KeptTrace& trace, double until_s) {
    std::vector<std::pair<std::string, double>> result;
    for (const auto& event : trace.events)
      if (event.what == "detected" && event.time_s <= until_s)
        result.emplace_back(event.intruder, event.time_s);
    return result;
  };
  const test::KeptTrace with = test::trace_of(scene.model());
  REQUIRE(with.times("out-of-service").size() == 1);
  const std::string text = scene.text();
  const std::size_t at = text.find("  strike: ");
  const test::KeptTrace without =
      test::trace_of(test::model_of(std::string(text).erase(at, text.find('\n', at) + 1 - at)));
  const double strike_s = with.times("out-of-service")[0];
  std::vector<std::pair<std::string, double>> drones = seen(with, strike_s);
  drones.erase(std::remove_if(drones.begin(), drones.end(),
                              [](const auto& one) { return one.first.rfind("raid", 0) != 0; }),
               drones.end());
  CHECK(drones == seen(without, strike_s));
  CHECK(seen(without, 1e9).size() > drones.size());  // Some were seen later.
}

TEST_CASE("a strike at a base finds what stands there", "[replication][strikes]") {
  // Two fighters; the drone is seen at once, and the first leaves to ram it. One stands at the base at 300 s.
  Scene scene = struck_at("site", 300, 3);
  scene.weapon = "{range: [0 m, 100 m], altitude: [0 m, 15 km], dwell: 0 s, pk: {drone: 1}}";
  scene.unit =
      "{kind: pursuer, base: {x: -60 km, y: 0 km}, count: 2, speed: 100 m/s, endurance: 2 h, weapons: "
      "{round: "
      "{load: 1}}}";
  Runs runs(scene.model());
  runs.run(0);
  CHECK(runs["kills"] == 1);
  CHECK(runs["strikes.site"] == 3);
  const test::KeptTrace trace = test::trace_of(scene.model());
  CHECK(trace.times("out-of-service").size() == 1);
}

TEST_CASE("who strikes an asset after others have struck a unit strikes no unit", "[replication][strikes]") {
  // Three of the four elements are struck until 330 s; the drones that come for the depot later leave the
  // fourth.
  Scene scene = struck_at("site", 310, 3);
  scene.attack =
      "{threat: drone, count: 5, launch: {at: 1 h, spacing: 1 min}, route: [{x: 40 km, y: 0 km}], goal: "
      "{strike: "
      "depot}}";
  scene.weapon = "{range: [0 km, 1 km], altitude: [4 km, 5 km], speed: 1 km/s, pk: {drone: 1}}";
  scene.unit = "{kind: battery, at: {x: 0 km, y: 0 km}, count: 4, weapons: {round: {magazine: 100}}}";
  scene.more = "assets: {depot: {at: {x: 1 km, y: 0 km}}}\n";
  const auto model = scene.model();
  Runs runs(model);
  for (std::uint32_t k = 0; k < 3; ++k) {
    runs.run(k);
    CHECK(runs["strikes.site"] == 3);
    CHECK(runs["strikes.depot"] == 5);
    CHECK(runs["stock.site.round.end"] == 100);
  }
}

TEST_CASE("an aircraft struck on alert flies with no wing, and another goes in its place",
          "[replication][strikes][wing]") {
  // Looked at before it may be engaged: a pair of three is ordered up at once, to leave at 600 s. The first
  // is struck at 300 s: the other two are ordered then, and leave at 900 s.
  Scene scene = struck_at("site", 300);
  scene.weapon = "{range: [0 m, 100 m], altitude: [0 m, 15 km], dwell: 1 s, pk: {drone: 1}}";
  scene.attack =
      "{threat: drone, count: 1, route: [{x: 200 km, y: 0 km}, {x: 0 km, y: 0 km}], goal: overfly}";
  scene.unit =
      "{kind: pursuer, base: {x: 0 km, y: 0 km}, count: 3, scramble: 2, speed: 200 m/s, endurance: 4 h, "
      "readiness: 10 min, weapons: {round: {load: 1}}}";
  scene.more += "command: {post: {rules: [{engage: [drone], after: visual}, {watch: [any]}]}}\n";
  const auto model = scene.model();
  const test::KeptTrace trace = test::trace_of(model);
  CHECK(trace.times("out-of-service") == std::vector<double>{300});
  REQUIRE(trace.times("take-off").size() == 2);
  for (const double t : trace.times("take-off")) CHECK(t == Approx(900));
  Runs runs(model);
  runs.run(0);
  CHECK(runs["kills"] == 1);
  CHECK(runs["sorties.site"] == 2);
}

TEST_CASE("an aircraft struck on the ground relieves no patrol", "[replication][strikes][patrol]") {
  // The first is on station for 2,600 s; the second, which was to relieve it, is struck at 300 s.
  Scene scene = struck_at("site", 300);
  scene.unit =
      "{kind: pursuer, base: {x: 0 km, y: 0 km}, count: 2, speed: 200 m/s, endurance: 2 h, turn_round: "
      "{time: "
      "4 h}, weapons: {round: {load: 4}}, patrol: {sortie: 1 h, at: {x: -100 km, y: 0 km}}}";
  scene.weapon = "{range: [0 m, 100 m], altitude: [14 km, 15 km], dwell: 1 s, pk: {drone: 1}}";
  Runs runs(scene.model());
  runs.run(0);
  CHECK(runs["patrols.site"] == 1);
  CHECK(runs["on-station.site.time"] == 2600 * std::int64_t{1'000'000});
}

TEST_CASE("what cannot be struck is told", "[model][strikes]") {
  Scene scene = struck_at("awacs", 300);
  scene.sensor +=
      "\n  awacs: {kind: airborne-radar, orbit: {x: 0 km, y: 0 km}, altitude: 9 km, "
      "range: 200 km, law: definite}";
  INFO(test::compile_text(scene.text()).problems);
  CHECK(test::compile_text(scene.text()).problems.find("awacs cannot be struck (it flies on an orbit)") !=
        std::string::npos);
}
