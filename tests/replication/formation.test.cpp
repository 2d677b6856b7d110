// A formation: one route, one track, and a fate for each aircraft.
#include <set>

#include "replication/scene.hpp"

using namespace dronewall;
using test::Runs;
using test::Scene;

namespace {

Scene flight(const std::string& formation, const std::string& more = "") {
  Scene scene;
  scene.threat =
      "{class: drone, speed: uniform(40 m/s .. 60 m/s), altitude: uniform(100 m .. 900 m), rcs: lognormal(1 "
      "m2 .. "
      "5 m2)" +
      more + "}";
  scene.attack = "{threat: drone, count: 5, formation: " + formation +
                 ", route: [{x: 40 km, y: uniform(-9 km .. 9 km)}, {x: -40 km, y: uniform(-9 km .. 9 km)}], "
                 "spread: 4 km, goal: overfly}";
  scene.sensor =
      "{at: {x: 0 km, y: 0 km}, range: 30 km, horizon: none, period: 8 s, law: {glimpse: 0.1}, sees: {range: "
      "25 "
      "km, rcs: 1 m2}}";
  return scene;
}

std::size_t different(const std::vector<double>& times) {
  return std::set<double>(times.begin(), times.end()).size();
}

}  // namespace

TEST_CASE("a formation flies one route and is seen at one instant", "[replication][formation]") {
  for (const char* formation : {"true", "false"}) {
    const bool is_one = formation == std::string("true");
    Scene scene = flight(formation);
    scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {any: 0.0}}";
    const test::KeptTrace trace = test::trace_of(scene.model());
    CHECK(trace.times("launched").size() == 5);
    REQUIRE(trace.times("detected").size() >= 1);
    std::set<std::pair<double, double>> starts;
    for (const auto& event : trace.events)
      if (event.what == "launched") starts.insert({event.x_m, event.y_m});
    CHECK(starts.size() == (is_one ? 1 : 5));
    CHECK(different(trace.times("detected")) == (is_one ? 1 : trace.times("detected").size()));
    if (is_one) CHECK(trace.times("detected").size() == 5);
  }
}

TEST_CASE("each shot at a formation kills one aircraft", "[replication][formation]") {
  Scene scene = flight("true");
  scene.sensor = "{at: {x: 0 km, y: 0 km}, horizon: none, law: definite}";
  scene.unit = "{kind: battery, at: {x: 0 km, y: 0 km}, channels: 3, weapons: {round: {magazine: 3}}}";
  Runs runs(scene.model());
  runs.run(0);
  CHECK(runs["kills"] == 3);
  CHECK(runs["rounds.round@site"] == 3);
  CHECK(runs["leakers"] == 2);
  CHECK(different(test::trace_of(scene.model()).times("shot-down")) == 1);
}

TEST_CASE("aircraft of a formation fail one by one", "[replication][formation]") {
  Scene scene = flight("true", ", reliability: 0.5");
  scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {any: 0.0}}";
  Runs runs(scene.model());
  std::set<std::int64_t> failed;
  for (std::uint32_t k = 0; k < 50; ++k) {
    runs.run(k);
    failed.insert(runs["fates.failed-by-itself"]);
  }
  CHECK(failed.size() >= 4);  // Of 0 to 5; together they would fail all or none.
}

TEST_CASE("a formation larger than what is made at once stays one", "[replication][formation]") {
  Scene scene = flight("true");
  scene.attack.replace(scene.attack.find("count: 5"), 8, "count: 150");
  const test::KeptTrace trace = test::trace_of(scene.model());
  CHECK(trace.times("detected").size() == 150);
  CHECK(different(trace.times("detected")) == 1);
}
