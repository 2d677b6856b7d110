// Area effectors: whom they end, when, and how long they emit; by hand and against closed forms.
#include <cmath>

#include "replication/scene.hpp"

using namespace dronewall;
using test::Runs;
using test::Scene;

namespace {

/// Drones along y = 0 at 50 m/s from x = 40 km: inside a circle of 4 km about the origin from 720 s to 880 s.
Scene scene_with(const std::string& area, const std::string& navigation = "gnss") {
  Scene scene;
  scene.threat = "{class: drone, speed: 50 m/s, altitude: 0 m, navigation: " + navigation + "}";
  scene.unit = "{kind: battery, at: {x: 90 km, y: 90 km}, weapons: {round: {magazine: 100}}}";
  scene.more_units = "  jammer: {kind: area, at: {x: 0 km, y: 0 km}, radius: 4 km, " + area + "}\n";
  return scene;
}

constexpr double hour_us = 3600e6;

bool within_sigmas(std::int64_t hits, std::int64_t trials, double p, double sigmas) {
  const auto n = static_cast<double>(trials);
  return std::abs(static_cast<double>(hits) - n * p) <= sigmas * std::sqrt(n * p * (1 - p));
}

}  // namespace

TEST_CASE("a certain soft kill ends the flight at the edge of the area", "[replication][area]") {
  const Scene scene = scene_with("at_entry: {gnss: 1}");
  const auto model = scene.model();
  CHECK(test::trace_of(model).times("soft-killed") == std::vector<double>{720});
  Runs runs(model);
  runs.run(0);
  CHECK(runs["fates.soft-killed"] == 1);
  CHECK(runs["soft-kills"] == 1);
  CHECK(runs["soft-kills.jammer"] == 1);
  CHECK(runs["kills"] == 0);
  CHECK(runs["leakers"] == 0);
  CHECK(runs.measure("stopped") == 1);
  CHECK(runs["stopped.drone@raid"] == 1);
  CHECK(static_cast<double>(runs["emission-hours.jammer"]) == 2 * hour_us);  // Always: all the time.
}

TEST_CASE("only what minds is ended", "[replication][area]") {
  const auto soft_kills = [](const std::string& area, const std::string& navigation) {
    Runs runs(scene_with(area, navigation).model());
    runs.run(0);
    return runs["soft-kills"];
  };
  CHECK(soft_kills("at_entry: {gnss: 1}", "inertial") == 0);
  CHECK(soft_kills("at_entry: {any: 1}", "inertial") == 1);
  CHECK(soft_kills("at_entry: {any: 1, inertial: 0}", "inertial") == 0);
  CHECK(soft_kills("at_entry: {gnss: 1}, availability: 0", "gnss") == 0);
  CHECK(soft_kills("hazard: {gnss: 1000 / s}", "gnss") == 1);
}

TEST_CASE("each coming under it is one draw", "[replication][area][statistical]") {
  // Out and back: the area is left between the two, so the chance is met twice; four elements, each by
  // itself.
  Scene scene = scene_with("count: 4, at_entry: {gnss: 0.1}");
  scene.more_units =
      "  jammer: {kind: area, along: [{x: 0 km, y: 0 km}, {x: 0 km, y: 3 km}], count: 4, radius: "
      "4 km, at_entry: {gnss: 0.1}}\n";
  scene.attack =
      "{threat: drone, count: 20000, route: [{x: 40 km, y: 0 km}, {x: -40 km, y: 0 km}, {x: 40 km, y: 0 "
      "km}], "
      "goal: overfly}";
  Runs runs(scene.model());
  runs.run(0);
  const double p = 1 - std::pow(0.9, 8);
  CHECK(within_sigmas(runs["soft-kills"], 20'000, p, 4));  // a sound sampler misses for 1 seed in 16 000
  CHECK_FALSE(within_sigmas(runs["soft-kills"], 20'000, 1 - std::pow(0.9, 4), 4));
}

TEST_CASE("a hazard's soft kills are exponential in the time inside", "[replication][area][statistical]") {
  Scene scene = scene_with("hazard: {gnss: 0.3 / min}");
  scene.attack =
      "{threat: drone, count: 20000, route: [{x: 40 km, y: 0 km}, {x: -40 km, y: 0 km}], goal: overfly}";
  for (const char* emits : {"always", "on-track"}) {
    scene.more_units = std::string("  jammer: {kind: area, at: {x: 0 km, y: 0 km}, radius: 4 km, emits: ") +
                       emits + ", hazard: {gnss: 0.3 / min}}\n";
    Runs runs(scene.model());
    runs.run(0);
    const double p = 1 - std::exp(-0.3 * 160 / 60);
    CHECK(within_sigmas(runs["soft-kills"], 20'000, p, 4));
    CHECK_FALSE(within_sigmas(runs["soft-kills"], 20'000, p + 0.03, 4));
  }
}

TEST_CASE("on-track needs a track: its hours are the union of the spans at its tracks",
          "[replication][area]") {
  // Two drones a minute apart are inside from 720 s to 880 s and from 780 s to 940 s; seen from 3 km on, from
  // 740 s to 860 s and from 800 s to 920 s. Coasting for 10 s keeps the track so much longer.
  Scene scene = scene_with("emits: on-track, hazard: {gnss: 0 / s}");
  scene.attack = test::group("2", "60 s");
  const auto emission = [&] {
    Runs runs(scene.model());
    runs.run(0);
    CHECK(runs["fates.soft-killed"] == 0);
    return static_cast<double>(runs["emission-hours.jammer"]) / 1e6;
  };
  CHECK(emission() == 220);
  scene.sensor = "{at: {x: 0 km, y: 0 km}, range: 3 km, horizon: none, law: definite}";
  CHECK(emission() == 180);
  scene.attack = test::group("2", "600 s");
  CHECK(emission() == 240);
  scene.more = "networks: {default: {coast: 10 s}}\n";
  CHECK(emission() == 260);
  scene.sensor = "{at: {x: 90 km, y: 0 km}, range: 3 km, horizon: none, law: definite}";
  CHECK(emission() == 0);
  scene.sensor = "{at: {x: 0 km, y: 0 km}, range: 3 km, horizon: none, law: definite}";
  scene.time = "{duration: 810 s}";  // The run ends while the first one is inside.
  CHECK(emission() == 70);
  scene.time = "{duration: 2 h, count_from: 790 s}";
  CHECK(emission() == 70 + 10 + 130);
}

TEST_CASE("under a command an effector on track waits for the verdict", "[replication][area][command]") {
  // Inside 5 km from 700 s to 900 s; the decision takes 60 s: the effector of 4 km emits from 760 s to 880 s.
  Scene scene = scene_with("emits: on-track, needs: clear, hazard: {gnss: 0 / s}");
  const auto rules = [](const std::string& list) {
    return "zones: {inner: {circle: {x: 0 km, y: 0 km, radius: 5 km}}}\nconditions: {clear: 0.7}\n"
           "command: {post: {decision: 60 s, rules: [" +
           list + "]}}\n";
  };
  constexpr std::uint32_t replications = 4000;
  const auto counted = [&](const std::string& column) {
    Runs runs(scene.model());
    std::pair<std::int64_t, std::int64_t> result;  // sum, and how often it was above 0
    for (std::uint32_t k = 0; k < replications; ++k) {
      runs.run(k);
      result.first += runs[column];
      result.second += runs[column] > 0;
    }
    return result;
  };
  SECTION("its hours") {
    scene.more = rules("{engage: drone, where: inner}, {watch: any}");
    const auto [emitted_us, clear] = counted("emission-hours.jammer");
    CHECK(emitted_us == clear * 120 * std::int64_t{1'000'000});
    CHECK(within_sigmas(clear, replications, 0.7, 4));  // a sound draw misses for 1 seed in 16 000
    scene.more = rules("{watch: any}");
    CHECK(counted("emission-hours.jammer").first == 0);
  }
  SECTION("its soft kills") {
    scene.more_units =
        "  jammer: {kind: area, at: {x: 0 km, y: 0 km}, radius: 4 km, emits: on-track, needs: clear, hazard: "
        "{gnss: "
        "0.3 / min}}\n";
    scene.more = rules("{engage: drone, where: inner}, {watch: any}");
    const double p = 0.7 * (1 - std::exp(-0.3 * 2)),
                 without_the_decision = 0.7 * (1 - std::exp(-0.3 * 160 / 60));
    const std::int64_t kills = counted("soft-kills").first;
    CHECK(within_sigmas(kills, replications, p, 4));
    CHECK_FALSE(within_sigmas(kills, replications, without_the_decision, 4));
  }
}

TEST_CASE("a formation that turns back never comes under the effector on its way",
          "[replication][area][formation]") {
  // Three aircraft come from 40 km out at 50 m/s; the fighter that meets them 38.3 km out, where they have
  // just entered, makes them leave by the way they came, or they fly on into the effector of 4 km.
  Scene scene;
  scene.threat = "{class: aircraft, speed: 50 m/s, altitude: 0 m, navigation: crew}";
  scene.unit = "{kind: pursuer, base: {x: 35 km, y: 0 km}, count: 1, speed: 100 m/s, endurance: 4 h}";
  scene.more_units = "  jammer: {kind: area, at: {x: 0 km, y: 0 km}, radius: 4 km, at_entry: {crew: 1}}\n";
  scene.more =
      "zones: {land: {circle: {x: 0 km, y: 0 km, radius: 39 km}}}\ndefended: [land]\n"
      "command: {post: {rules: [{escort: [aircraft], after: detected}]}}\n";
  const auto fates = [&](const std::string& turns_back) {
    scene.attack = "{threat: drone, count: 3, formation: true, turns_back: " + turns_back +
                   ", route: [{x: 40 km, y: 0 km}, {x: -40 km, y: 0 km}], goal: overfly}";
    Runs runs(scene.model());
    runs.run(0);
    CHECK(runs["escorted"] == 3);
    return std::pair(runs["fates.turned-back"], runs["fates.soft-killed"]);
  };
  using Fates = std::pair<std::int64_t, std::int64_t>;
  CHECK(fates("0") == Fates(0, 3));
  CHECK(fates("1") == Fates(3, 0));
}

TEST_CASE("a soft kill on track ends the track, so nobody sees what is gone", "[replication][area]") {
  // Seen from 3 km on (740 s): the chance is met when it comes under the emission, at that moment.
  Scene scene = scene_with("emits: on-track, at_entry: {gnss: 1}");
  scene.sensor = "{at: {x: 0 km, y: 0 km}, range: 3 km, horizon: none, law: definite}";
  const auto model = scene.model();
  const test::KeptTrace trace = test::trace_of(model);
  CHECK(trace.times("soft-killed") == std::vector<double>{740});
  Runs runs(model);
  runs.run(0);
  CHECK(runs["fates.soft-killed"] == 1);
  CHECK(runs["stage.detected"] == 1);
}

TEST_CASE("rounds in flight at a soft-killed target are wasted", "[replication][area]") {
  // The round leaves at 690 s for a meeting 10 km before the area's edge is crossed at 720 s.
  Scene scene = scene_with("at_entry: {gnss: 1}");
  scene.weapon = "{range: [0 km, 20 km], altitude: [0 m, 5 km], speed: 100 m/s, pk: {drone: 1}}";
  scene.unit = "{kind: battery, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 100}}}";
  scene.sensor = "{at: {x: 0 km, y: 0 km}, range: 10 km, horizon: none, law: definite}";
  // Seen 10 km out at 600 s; closing at 150 m/s it would be met 66.7 s later, still outside the area: a kill.
  Runs kill(scene.model());
  kill.run(0);
  CHECK(kill["kills"] == 1);
  scene.sensor = "{at: {x: 0 km, y: 0 km}, range: 5 km, horizon: none, law: definite}";
  // Seen 5 km out at 700 s; the meeting at 733.3 s comes too late.
  for (const bool elide : {true, false}) {
    ReplicationOptions options;
    options.elide = elide;
    Runs runs(scene.model(), options);
    runs.run(0);
    CHECK(runs["fates.soft-killed"] == 1);
    CHECK(runs["kills"] == 0);
    CHECK(runs["rounds.round@site"] == 1);
    CHECK(runs["wasted.round@site"] == 1);
  }
}

TEST_CASE("a reusable drone that is soft-killed is lost", "[replication][area]") {
  Scene scene = scene_with("at_entry: {gnss: 1}");
  scene.threat = "{class: drone, speed: 50 m/s, altitude: 0 m, navigation: gnss, reusable: true}";
  scene.more = "prices: {drone: $10k, drone.sortie: $1, round: $100k}\n#";
  Runs runs(scene.model());
  runs.run(0);
  CHECK(runs["pieces.drone@raid"] == 1);
  CHECK(runs["sorties.drone@raid"] == 1);
}

TEST_CASE("emission hours are disruption only where they are said to be", "[replication][area]") {
  const auto has_line = [](const std::string& collateral) {
    const auto model = scene_with("at_entry: {gnss: 1}, nation: BG, collateral: " + collateral).model();
    const auto column = model->layout().column("emission-hours.jammer");
    REQUIRE(column.has_value());
    const auto& line = model->layout().columns[*column].line;
    if (!line) return false;
    CHECK(line->item == "jammer.emission-hour");
    CHECK(line->account == Account::disruption);
    CHECK(line->nation == "BG");
    return true;
  };
  CHECK(has_line("true"));
  CHECK_FALSE(has_line("false"));
}

TEST_CASE("what an area effector may not have is told", "[replication][area]") {
  const auto problems = [](const std::string& area) {
    return test::compile_text(scene_with(area).text()).problems;
  };
  CHECK(problems("at_entry: {gnss: 1}, hazard: {gnss: 1 / s}").find("both at_entry and hazard") !=
        std::string::npos);
  CHECK(problems("emits: always").find("needs one of at_entry and hazard") != std::string::npos);
  CHECK(problems("at_entry: {gnss: 1}, channels: 2").find("is an area effector") != std::string::npos);
  CHECK(problems("at_entry: {gps: 1}").find("there is no navigation gps") != std::string::npos);
  CHECK(problems("at_entry: {gnss: 1.5}").find("gnss is 1.5") != std::string::npos);
}
