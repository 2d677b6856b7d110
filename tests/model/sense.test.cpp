// What may be written but makes no sense: told where it stands, and not told of scenarios that make sense.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "replication/scene.hpp"

using namespace dronewall;
using test::compile_text;
using test::Scene;

namespace {

/// Words of the one problem of a scene, "" when it has none.
std::string problem_of(const Scene& scene) { return compile_text(scene.text()).problems; }

bool has(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

/// The scene on a map, its centre at 50° north, 20° east.
std::string on_a_map(const std::string& radar, const std::string& site, const std::string& asset,
                     const std::string& loiter) {
  return "scenario: On a map\n"
         "time: {duration: 2 h}\n"
         "centre: {lat: 50, lon: 20}\n"
         "threats: {drone: {class: drone, speed: 50 m/s, altitude: 0 m}}\n"
         "weapons: {round: {range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {drone: 1}}}\n"
         "sensors: {eye: {at: " +
         radar +
         ", law: definite}}\n"
         "units: {site: {kind: battery, at: " +
         site +
         ", weapons: {round: {magazine: 9}}}}\n"
         "assets: {depot: {at: " +
         asset +
         "}}\n"
         "attacks: {raid: {threat: drone, count: 1, route: [{lat: 50, lon: 20.5}], goal: {loiter: " +
         loiter +
         ", for: 1 min}}}\n"
         "prices: {drone: $10k, round: $100k}\n";
}

}  // namespace

TEST_CASE("a sound scene has no problem", "[model][sense]") { CHECK(problem_of({}).empty()); }

TEST_CASE("units of a network without a sensor", "[model][sense]") {
  Scene scene;
  scene.more = "networks: {north: {}, south: {}}\n";
  scene.sensor = "{at: {x: 0 km, y: 0 km}, network: north, horizon: none, law: definite}";
  scene.unit = "{kind: battery, network: south, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 100}}}";
  const test::Compiled compiled = compile_text(scene.text());
  CHECK(compiled.model != nullptr);  // A warning.
  CHECK(has(compiled.problems, "warning: no sensor belongs to the network south of site"));
  scene.unit.replace(scene.unit.find("south"), 5, "north");
  CHECK(problem_of(scene).empty());
}

TEST_CASE("false tracks and traffic on a network where nobody is", "[model][sense]") {
  Scene scene;
  const auto warned = [&](const std::string& tracks, const std::string& more = "") {
    scene.more = "networks: {default: {}, south: {}}\n" + tracks + "\n" + more;
    const test::Compiled compiled = compile_text(scene.text());
    INFO(compiled.problems);
    CHECK(compiled.model != nullptr);  // A warning at most.
    return has(compiled.problems, "warning: no unit or sensor belongs to the network south of");
  };
  const std::string birds =
      "false_tracks: {birds: {network: south, rate: 1 / h, at: {x: 2 km, y: 0 km}, lasts: 5 min, class: "
      "drone}}";
  const std::string liners =
      "traffic: {liners: {network: south, rate: 1 / h, route: [{x: -9 km, y: 0 km}, {x: 9 km, y: 0 km}], "
      "speed: 90 "
      "m/s, altitude: 2 km}}";
  CHECK(warned(birds));
  CHECK(warned(liners));
  for (const std::string& tracks : {birds, liners}) {
    std::string heard = tracks;
    heard.replace(heard.find("south"), 5, "default");
    CHECK_FALSE(warned(heard));
  }
  // An airport closes for them all the same.
  CHECK_FALSE(warned(birds,
                     "assets: {field: {at: {x: 0 km, y: 0 km}, closes: {within: 9 km, reopens_after: 10 min, "
                     "per_closure: $1k, per_hour: $1k}}}\n"));
}

TEST_CASE("a weapon that would be fired for ever at one instant", "[model][sense]") {
  Scene scene;
  const auto refused = [&](const std::string& weapon, const std::string& magazine = "unlimited",
                           const std::string& doctrine = "{}") {
    scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], " + weapon + "}";
    scene.unit = "{kind: battery, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: " + magazine + "}}}";
    scene.doctrine = doctrine;
    const test::Compiled compiled = compile_text(scene.text());
    INFO(compiled.problems);
    CHECK((compiled.model == nullptr) == !compiled.problems.empty());
    return has(compiled.problems, "error: site would fire round for ever at one instant") &&
           has(compiled.problems, "hint: write a dwell above 0 s, or at_most: 1 in the doctrine");
  };
  CHECK(refused("dwell: 0 s, pk: {drone: 0}"));
  CHECK(refused("dwell: 0 s, pk: {drone: {discrete: {0.9: 0.5, 0: 0.5}}}"));
  CHECK(refused("dwell: {drone: 0 s, any: 3 s}, pk: {drone: 0}"));
  CHECK(refused("dwell: 0 s, pk: {drone: 0}, reload: 0 s", "3"));
  CHECK_FALSE(refused("dwell: 0 s, pk: {drone: 0.01}"));
  CHECK_FALSE(refused("dwell: 0 s, pk: {drone: 0}", "100"));
  CHECK_FALSE(refused("dwell: 0 s, pk: {drone: 0}", "unlimited", "{at_most: 3}"));
  CHECK_FALSE(refused("dwell: 0 s, pk: {drone: 0}", "unlimited", "{assess: {time: exponential(1 s)}}"));
  for (const char* time : {"dwell: 1 s", "dwell: 0 s, reaction: 1 s", "dwell: 0 s, cycle: 1 s",
                           "dwell: 0 s, assess: {time: 1 s}", "speed: 1 km/s"})
    CHECK_FALSE(refused(std::string(time) + ", pk: {drone: 0}"));
  // What is taken for something else dies by its own chance: none.
  scene.threat = "{class: civil, speed: 50 m/s, altitude: 0 m}";
  scene.more =
      "command: {post: {identify: {time: 0 s, confusion: {civil: {civil: 0.5, drone: 0.5}}}, rules: "
      "[{engage: "
      "[drone]}]}}\n";
  CHECK(refused("dwell: 0 s, pk: {drone: 1}"));
  CHECK_FALSE(refused("dwell: 0 s, pk: {drone: 1, civil: 1}"));
}

TEST_CASE("an attack that would start after the end", "[model][sense]") {
  Scene scene;
  const auto attack = [&](const std::string& keys) {
    scene.attack = "{threat: drone, count: 1, " + keys +
                   ", route: [{x: 40 km, y: 0 km}, {x: -40 km, y: 0 km}], goal: overfly}";
    return problem_of(scene);
  };
  CHECK(has(attack("launch: {at: 3 h}"), "warning: raid never comes"));
  CHECK(has(attack("launch: {at: 2 h}"), "warning: raid never comes"));
  CHECK(has(attack("repeat: {at: [3 h, 4 h]}"), "warning: raid never comes"));
  CHECK(has(attack("launch: {at: 1 h}, repeat: {at: [3 h, 1 h + exponential(1 h)]}"),
            "warning: raid never comes"));
  CHECK(attack("launch: {at: 1.9 h}").empty());
  CHECK(attack("launch: {at: exponential(9 h)}").empty());
  CHECK(attack("repeat: {at: [3 h, 1 h]}").empty());
}

TEST_CASE("a threat without cross-section before a sensor that reads it", "[model][sense]") {
  Scene scene;
  for (const char* reads : {"sees: {range: 30 km, rcs: 0.1 m2}, law: definite",
                            "law: {radar: {snr: 15 dB, at: 30 km, rcs: 0.1 m2, pfa: 1e-5}}"}) {
    scene.threat = "{class: drone, speed: 50 m/s, altitude: 0 m}";
    scene.sensor = std::string("{at: {x: 0 km, y: 0 km}, horizon: none, ") + reads + "}";
    CHECK(has(problem_of(scene), "error: drone has no rcs, so eye could never see it"));
    CHECK(compile_text(scene.text()).model == nullptr);
    scene.threat = "{class: drone, speed: 50 m/s, altitude: 0 m, rcs: 0.1 m2}";
    CHECK(problem_of(scene).empty());
  }
}

TEST_CASE("places far from the centre of the projection, each of its own", "[model][sense]") {
  const std::string near = "{lat: 50, lon: 20.2}", far = "{lat: 30, lon: -10}";
  CHECK(compile_text(on_a_map(near, near, near, near)).problems.empty());
  const std::string words = " lies more than 1,500 km from the centre";
  CHECK(has(compile_text(on_a_map(far, near, near, near)).problems, "this place of eye" + words));
  CHECK(has(compile_text(on_a_map(near, far, near, near)).problems, "this place of site" + words));
  CHECK(has(compile_text(on_a_map(near, near, far, near)).problems, "this place of depot" + words));
  CHECK(has(compile_text(on_a_map(near, near, near, far)).problems, "this place of raid" + words));
}

TEST_CASE("a class that is nearly another", "[model][sense]") {
  Scene scene;
  scene.threat = "{class: dron, speed: 50 m/s, altitude: 0 m}";
  const std::string problem = problem_of(scene);
  CHECK(has(problem, "warning: dron is a class of its own"));
  CHECK(has(problem, "did you mean drone?"));
  scene.threat = "{class: balloon-with-a-jammer, speed: 50 m/s, altitude: 0 m}";
  CHECK(problem_of(scene).empty());
}

TEST_CASE("the scenarios that are shipped make sense", "[model][sense]") {
  int seen = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(DRONEWALL_SOURCE_DIR) + "/scenarios")) {
    if (entry.path().extension() != ".yaml") continue;
    std::ifstream in(entry.path());
    std::ostringstream text;
    text << in.rdbuf();
    if (text.str().find("\nscenario:") == std::string::npos && text.str().rfind("scenario:", 0) != 0)
      continue;
    ++seen;
    INFO(entry.path().filename().string());
    DiskFiles files(entry.path().string(), {std::string(DRONEWALL_SOURCE_DIR) + "/scenarios"});
    CHECK(test::compile(entry.path().string(), files).problems == "");
  }
  CHECK(seen >= 2);
}
