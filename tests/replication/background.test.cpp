// False tracks and civil traffic: they pass through the defence like intruders, and are none.
#include <cmath>

#include "replication/scene.hpp"

using namespace dronewall;
using test::Runs;
using test::Scene;

namespace {

const std::string nobody =
    "{threat: drone, count: 0, route: [{x: 40 km, y: 0 km}, {x: -40 km, y: 0 km}], goal: overfly}";

/// A battery at the origin and false tracks of drones 5 km away.
Scene false_tracks(const std::string& altitude = "0 m") {
  Scene scene;
  scene.time = "{duration: 10 d}";
  scene.attack = nobody;
  scene.unit = "{kind: battery, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: unlimited}}}";
  scene.more =
      "false_tracks: {birds: {rate: 12 / d, at: {x: 5 km, y: 0 km}, lasts: 10 min, altitude: " + altitude +
      ", class: drone}}\n";
  return scene;
}

}  // namespace

TEST_CASE("a round at a false track is wasted and ends the track", "[replication][background]") {
  for (const bool elide : {true, false}) {
    ReplicationOptions options;
    options.elide = elide;
    Runs runs(false_tracks().model(), options);
    runs.run(0);
    const std::int64_t tracks = runs["intruders.false-tracks"];
    CHECK(tracks > 60);
    CHECK(tracks < 190);
    // The rounds of 1 km/s are there 5 s later, long before the track would vanish; one each is enough.
    CHECK(runs["rounds.round@site"] == tracks);
    CHECK(runs["wasted.round@site"] == tracks);
    CHECK(runs["busy.site.time"] == tracks * 5'000'000);
    for (const char* zero : {"intruders.launched", "kills", "leakers", "stage.detected", "stage.engaged"})
      CHECK(runs[zero] == 0);
    CHECK(runs.sum("fates.") == 0);
    CHECK(runs.sum("pieces.") == 0);
  }
}

TEST_CASE("false tracks come as a Poisson process, by time of day too",
          "[replication][background][statistical]") {
  Scene scene = false_tracks();
  scene.unit = "{kind: battery, at: {x: 90 km, y: 90 km}, weapons: {round: {magazine: 1}}}";
  const auto count = [&](const Scene& one) {
    Runs runs(one.model());
    double sum = 0, squares = 0;
    constexpr int replications = 300;
    for (std::uint32_t k = 0; k < replications; ++k) {
      runs.run(k);
      const auto n = static_cast<double>(runs["intruders.false-tracks"]);
      sum += n, squares += n * n;
    }
    const double mean = sum / replications;
    return std::pair(mean, squares / replications - mean * mean);
  };
  const auto [mean, variance] = count(scene);
  CHECK(mean == Approx(120).margin(4 * std::sqrt(120.0 / 300)));  // 4 standard errors
  CHECK(variance == Approx(120).epsilon(4 * std::sqrt(2.0 / 300)));
  scene.more =
      "false_tracks: {birds: {rate: {06:00-18:00: 12 / d}, at: {x: 5 km, y: 0 km}, lasts: 10 min, class: "
      "drone}}\n";
  CHECK(count(scene).first == Approx(60).margin(4 * std::sqrt(60.0 / 300)));
}

TEST_CASE("a false track is taken for what it seems", "[replication][background]") {
  const auto rounds = [](const Scene& scene) {
    Runs runs(scene.model());
    runs.run(0);
    return runs["rounds.round@site"];
  };
  Scene scene = false_tracks();
  scene.more =
      "false_tracks: {birds: {rate: 12 / d, at: {x: 5 km, y: 0 km}, lasts: 10 min, class: quadcopter}}\n";
  CHECK(rounds(scene) == 0);  // The weapon cannot engage what it takes for a quadcopter.
  scene.more = "false_tracks: {birds: {rate: 12 / d, at: {x: 5 km, y: 0 km}, lasts: 10 min, class: civil}}\n";
  scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {any: 1}}";
  CHECK(rounds(scene) == 0);
  CHECK(rounds(false_tracks("6 km")) == 0);
}

TEST_CASE("a burst at a false track is one round, a dwell one look", "[replication][background]") {
  Scene scene = false_tracks();
  scene.weapon =
      "{range: [0 km, 10 km], altitude: [0 m, 5 km], kill_rate: 0.1 / s, rounds: 10 / s, pk: {drone: 1}}";
  Runs burst(scene.model());
  burst.run(0);
  CHECK(burst["wasted.round@site"] == burst["intruders.false-tracks"]);
  scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], dwell: {drone: 7 s}, pk: {drone: 1}}";
  Runs dwell(scene.model());
  dwell.run(0);
  CHECK(dwell["wasted.round@site"] == dwell["intruders.false-tracks"]);
  CHECK(dwell["busy.site.time"] == dwell["intruders.false-tracks"] * 7'000'000);
}

TEST_CASE("false tracks of a zone lie in it", "[replication][background]") {
  Scene scene = false_tracks();
  scene.more =
      "zones: {ring: {vertices: [{x: 3 km, y: 0 km}, {x: 9 km, y: 0 km}, {x: 9 km, y: 1 km}]}}\n"
      "false_tracks: {birds: {rate: 12 / d, zone: ring, lasts: 10 min, class: drone}}\n";
  const test::KeptTrace trace = test::trace_of(scene.model());
  int seen = 0;
  for (const auto& event : trace.events) {
    if (event.what != "detected") continue;
    ++seen;
    CHECK(event.x_m >= 3000);
    CHECK(event.x_m <= 9000);
    CHECK(event.y_m >= 0);
    CHECK(event.y_m <= (event.x_m - 3000) / 6 + 1e-6);
  }
  CHECK(seen > 50);
}

TEST_CASE("fighters fly at false tracks, and their hours are paid for", "[replication][background]") {
  Scene scene = false_tracks();
  scene.unit =
      "{kind: pursuer, base: {x: 0 km, y: 0 km}, count: 4, speed: 200 m/s, endurance: 1 h, readiness: 30 s, "
      "turn_round: {time: 1 min}, weapons: {round: {load: 2}}}";
  Runs runs(scene.model());
  runs.run(0);
  CHECK(runs["sorties.site"] > 50);
  CHECK(runs.sum("flight-hours.") > 0);
  CHECK(runs["wasted.round@site"] > 50);
}

TEST_CASE("civil traffic flies its route and is let pass", "[replication][background]") {
  Scene scene = false_tracks();
  const std::string liner =
      "traffic: {liners: {rate: 24 / d, route: [{x: 40 km, y: 1 km}, {x: -40 km, y: 1 km}], "
      "speed: 200 m/s, altitude: 3 km";
  scene.more = liner + "}}\n";
  scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {any: 1}}";
  Runs runs(scene.model());
  runs.run(0);
  CHECK(runs["intruders.traffic"] > 150);
  CHECK(runs["rounds.round@site"] == 0);
  CHECK(runs["traffic.shot-down"] == 0);
  // Taken for drones they are shot at, and hit by what hits civil aircraft.
  scene.more = liner + ", class: drone}}\n";
  Runs mistaken(scene.model());
  mistaken.run(0);
  CHECK(mistaken["traffic.shot-down"] > 150);
  CHECK(mistaken["kills"] == 0);
  CHECK(mistaken.sum("fates.") == 0);
  scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {drone: 1}}";
  Runs missed(scene.model());  // A class that is missing in pk is 0 when true.
  missed.run(0);
  CHECK(missed["traffic.shot-down"] == 0);
  CHECK(missed["rounds.round@site"] > 150);
}

TEST_CASE("tracks that are no intruders change nothing for those that are", "[replication][background]") {
  Scene scene;
  scene.attack = test::group("20", "2 min");
  scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {drone: 0.5}}";
  Runs alone(scene.model());
  scene.more =
      "traffic: {liners: {rate: 24 / d, route: [{x: 40 km, y: 1 km}, {x: -40 km, y: 1 km}], speed: 200 "
      "m/s}}\n";
  Runs among(scene.model());
  for (std::uint32_t k = 0; k < 20; ++k) {
    alone.run(k);
    among.run(k);
    for (std::size_t c = 0; c < alone.row().size(); ++c) {
      const std::string& name = alone.model().layout().columns[c].name;
      CHECK(alone[name] == among[name]);
    }
  }
}

TEST_CASE("where there are two networks, the one in which they appear must be named",
          "[replication][background]") {
  Scene scene = false_tracks();
  scene.more_units =
      "  other: {kind: battery, network: second, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 1}}}\n";
  CHECK(test::compile_text(scene.text()).problems.find("network is missing") != std::string::npos);
  scene.more =
      "false_tracks: {birds: {network: second, rate: 12 / d, at: {x: 5 km, y: 0 km}, lasts: 10 min, class: "
      "drone}}\n";
  Runs runs(scene.model());
  runs.run(0);
  CHECK(runs["rounds.round@site"] == 0);
  CHECK(runs["rounds.round@other"] == 1);
}
