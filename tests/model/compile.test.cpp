// What compiling refuses and warns of, each with its place; and the rules by which places, names and mixes
// become numbers.
#include <cmath>

#include "replication/runs.hpp"
#include "replication/scene.hpp"

using namespace dronewall;
using Catch::Matchers::Contains;
using test::compile_text;
using test::Scene;

namespace {

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

/// A night over the Baltic in degrees; nothing says where its centre is.
const std::string geographic = R"(scenario: Degrees
time: {duration: 3 h}
zones: {home: {vertices: [{lat: 54.2, lon: 20.1}, {lat: 54.2, lon: 23.3}, {lat: 56.8, lon: 23.3}, {lat: 56.8, lon: 20.1}]}}
defended: [home]
threats: {drone: {class: drone, speed: 50 m/s, altitude: 100 m}}
attacks: {raid: {threat: drone, count: 1, route: [{lat: 55, lon: 27}, {lat: 55, lon: 21}], goal: overfly}}
sensors: {radar: {at: {lat: 55, lon: 22}, range: 90 km, law: definite}}
prices: {drone: $10k}
)";

}  // namespace

TEST_CASE("mistakes that only show when all is put together have a place", "[model]") {
  const std::string good = Scene().text();
  REQUIRE(compile_text(good).problems == "");

  SECTION("count_from at the end") {
    const auto result = compile_text(replaced(good, "{duration: 2 h}", "{duration: 2 h, count_from: 2 h}"));
    CHECK(result.model == nullptr);
    CHECK_THAT(result.problems, Contains("test.yaml:2:") && Contains("count_from"));
  }
  SECTION("degrees in a scenario in metres") {
    const auto result =
        compile_text(replaced(good, "eye: {at: {x: 0 km, y: 0 km}", "eye: {at: {lat: 55, lon: 22}"));
    CHECK(result.model == nullptr);
    CHECK_THAT(result.problems, Contains("test.yaml:10:") && Contains("error"));
  }
  SECTION("more than 64 networks that shoot") {
    const auto with_networks = [&](int count) {
      Scene scene;
      scene.more = "networks: {";
      for (int i = 1; i < count; ++i) {
        const std::string n = std::to_string(i);
        scene.more += (i > 1 ? ", n" : "n") + n + ": {}";
        scene.more_units += "  unit" + n + ": {kind: battery, network: n" + n +
                            ", at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 1}}}\n";
      }
      scene.more += "}\n";
      return compile_text(scene.text());
    };
    CHECK(with_networks(64).model != nullptr);  // Without sensors: warned of, no more.
    const auto result = with_networks(65);
    CHECK(result.model == nullptr);
    CHECK_THAT(result.problems, Contains("65 networks") && Contains("at most 64"));
  }
  SECTION("an aircraft of two channels") {
    const auto result = compile_text(replaced(good, "kind: battery, at:",
                                              "kind: pursuer, speed: 200 m/s, endurance: 2 h, "
                                              "channels: 2, base:"));
    CHECK(result.model == nullptr);
    CHECK_THAT(result.problems, Contains("one target at a time") && Contains("test.yaml:12:"));
  }
  SECTION("a zone that crosses itself") {
    const auto result =
        compile_text(good +
                     "zones: {bow: {vertices: [{x: 0 km, y: 0 km}, {x: 1 km, y: 1 km}, {x: 1 km, y: "
                     "0 km}, {x: 0 km, y: 1 km}]}}\n");
    CHECK(result.model == nullptr);
    CHECK_THAT(result.problems, Contains("bow") && Contains("error"));
  }
  SECTION("two names with one address") {
    // Found by a search among 60 million names; without the second all is well.
    std::string text = replaced(good, "  raid: ", "  a634845: ");
    const std::string second =
        "  a41079246: {threat: drone, count: 1, route: [{x: 1 km, y: 0 km}, {x: 2 km, y: 0 km}], "
        "goal: overfly}\n";
    const std::size_t weapons = text.find("weapons:");
    REQUIRE(compile_text(text).model != nullptr);
    text.insert(weapons, second);
    const auto result = compile_text(text);
    CHECK(result.model == nullptr);
    CHECK_THAT(result.problems, Contains("same address"));
  }
  SECTION("reading and compiling report together") {
    const auto result =
        compile_text(replaced(replaced(good, "{duration: 2 h}", "{duration: 2 h, count_from: 3 h}"),
                              "law: definite", "law: clairvoyant"));
    CHECK_THAT(result.problems, Contains("clairvoyant") && Contains("count_from"));
  }
}

TEST_CASE("the centre of the projection", "[model][projection]") {
  const auto centre_of = [](const std::string& text) {
    const auto model = test::model_of(text);
    REQUIRE(model->world().projection.has_value());
    return model->world().projection->backward({0, 0});
  };
  SECTION("is the mean of the defended corners, in whole degrees") {
    const auto [lat, lon] = centre_of(geographic);
    CHECK(lat == Approx(56).margin(1e-9));  // (54.2 + 56.8) / 2 = 55.5, rounded away from zero
    CHECK(lon == Approx(22).margin(1e-9));  // 21.7
  }
  SECTION("never depends on units or sensors") {
    std::string text =
        replaced(geographic, "sensors: {", "sensors: {other: {at: {lat: 40, lon: -3}, law: definite}, ");
    text +=
        "weapons: {round: {range: [0 km, 9 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {drone: 1}}}\n"
        "units: {site: {kind: battery, at: {lat: 10, lon: 100}, weapons: {round: {magazine: 3}}}}\n";
    text = replaced(text, "{drone: $10k}", "{drone: $10k, round: $1k}");
    CHECK(centre_of(text) == centre_of(geographic));
  }
  SECTION("without a defended zone it is the mean of the first attack's route") {
    const std::string text = replaced(geographic, "defended: [home]\n", "");
    const auto [lat, lon] = centre_of(text);
    CHECK(lat == Approx(55).margin(1e-9));
    CHECK(lon == Approx(24).margin(1e-9));
  }
  SECTION("is where the author wants it") {
    const auto [lat, lon] = centre_of(geographic + "centre: {lat: 54.5, lon: 20.25}\n");
    CHECK(lat == Approx(54.5).margin(1e-9));
    CHECK(lon == Approx(20.25).margin(1e-9));
  }
  SECTION("warns of routes beyond 1,500 km") {
    const auto result = compile_text(replaced(geographic, "{lat: 55, lon: 27}", "{lat: 55, lon: 57}"));
    CHECK(result.model != nullptr);
    CHECK_THAT(result.problems, Contains("warning") && Contains("1,500 km") && Contains("test.yaml:6:"));
  }
}

TEST_CASE("a line of sensors or elements", "[model][siting]") {
  // An L of 3 km and 1 km.
  const auto places = [](int count) {
    Scene scene;
    scene.unit = "{kind: battery, count: " + std::to_string(count) +
                 ", along: [{x: 0 km, y: 0 km}, {x: 3 km, y: 0 km}, {x: 3 km, y: 1 km}], height: 7 m, "
                 "weapons: {round: "
                 "{magazine: 1}}}";
    const auto model = scene.model();
    std::vector<Vec2> result;
    for (const Element& element : model->world().elements) {
      result.push_back(element.site.at);
      CHECK(element.site.height_m == 7);
    }
    return result;
  };
  const auto check = [](const std::vector<Vec2>& seen, const std::vector<Vec2>& expected) {
    REQUIRE(seen.size() == expected.size());
    for (std::size_t i = 0; i < seen.size(); ++i)
      CHECK(length(seen[i] - expected[i]) == Approx(0).margin(1e-6));
  };
  check(places(1), {{2000, 0}});
  check(places(2), {{0, 0}, {3000, 1000}});
  check(places(5), {{0, 0}, {1000, 0}, {2000, 0}, {3000, 0}, {3000, 1000}});
  check(places(0), {});
}

TEST_CASE("random siting stays in its zone and differs between replications", "[model][siting]") {
  Scene scene;
  scene.more = "zones: {park: {circle: {x: 10 km, y: 5 km, radius: 2 km}}}\n";
  scene.unit = "{kind: battery, siting: random, zone: park, weapons: {round: {magazine: 100}}}";
  scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {drone: 1}}";
  // The site decides where the drone is met: a range of 10 km from a point of the circle.
  test::Runs runs(scene.model());
  double least = 1e9, most = -1e9;
  for (std::uint32_t k = 0; k < 100; ++k) {
    runs.run(k);
    REQUIRE(runs["kills"] == 1);
    const double x = runs.measure("range.intercept") - 40'000;
    least = std::min(least, x);
    most = std::max(most, x);
  }
  CHECK(least > 8'000 + std::sqrt(100.0 - 49.0) * 1e3 - 1);
  CHECK(most < 12'000 + std::sqrt(100.0 - 9.0) * 1e3 + 1);
  CHECK(most - least > 2'000);
}

TEST_CASE("a mix is drawn by name, whatever its order in the file", "[model][mix]") {
  Scene scene;
  scene.threat += "\n  alpha: {class: decoy, speed: 40 m/s, altitude: 100 m}";
  const auto with_mix = [&](const std::string& mix) {
    scene.attack = "{threat: {mix: " + mix +
                   "}, count: 20, route: [{x: 40 km, y: 0 km}, {x: -40 km, y: 0 km}], goal: overfly}";
    return scene.model();
  };
  test::Runs one(with_mix("{drone: 0.25, alpha: 0.75}")), other(with_mix("{alpha: 0.75, drone: 0.25}"));
  std::int64_t decoys = 0;
  constexpr int n = 200;
  for (std::uint32_t k = 0; k < n; ++k) {
    REQUIRE(one.run(k) == other.run(k));
    decoys += one["intruders.decoys"];
    REQUIRE(one["intruders.real"] + one["intruders.decoys"] == 20);
  }
  // Binomial, 4,000 drones; a sound mix misses for 1 seed in 16,000.
  CHECK(std::abs(static_cast<double>(decoys) - 3000) <= 4 * std::sqrt(4000 * 0.75 * 0.25));
}

TEST_CASE("kill probabilities by class: own, a decoy as a drone, any", "[model][pk]") {
  Scene scene;
  scene.threat +=
      "\n  fake: {class: decoy, speed: 40 m/s, altitude: 100 m}\n  quad: {class: quadcopter, speed: 20 m/s, "
      "altitude: 9 m}";
  scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {drone: 0.7, any: 0.1}}";
  const auto model = scene.model();
  const World& world = model->world();
  const auto pk = [&](const std::string& name) {
    const auto id = std::find(world.classes.begin(), world.classes.end(), name) - world.classes.begin();
    return world.weapons[0].pk.at(static_cast<std::size_t>(id));
  };
  CHECK(pk("drone").mean == 0.7);
  CHECK(pk("decoy").mean == 0.7);
  CHECK(pk("quadcopter").mean == 0.1);
  CHECK(pk("decoy").key == pk("drone").key);  // one draw for both
  scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {quadcopter: 0.7}}";
  const auto narrow = scene.model();
  const auto id = std::find(narrow->world().classes.begin(), narrow->world().classes.end(), "drone");
  CHECK_FALSE(
      narrow->world().weapons[0].pk[static_cast<std::size_t>(id - narrow->world().classes.begin())].given);
}

TEST_CASE("the order of the file moves nothing", "[model][order]") {
  const std::string text = R"(scenario: Order
time: {duration: 1 h}
threats: {drone: {class: drone, speed: uniform(40 m/s .. 60 m/s), altitude: 100 m}}
weapons: {round: {range: [0 km, 9 km], altitude: [0 m, 5 km], speed: 1 km/s, reaction: exponential(9 s), pk: {drone: 0.5}}}
prices: {drone: $10k, round: $1k}
)";
  const std::string parts[2][2] = {
      {"  zeta: {kind: battery, at: {x: 3 km, y: 0 km}, weapons: {round: {magazine: 3}}}\n",
       "  alpha: {kind: battery, at: {x: 0 km, y: 3 km}, weapons: {round: {magazine: 3}}}\n"},
      {"  west: {threat: drone, count: 6, launch: {at: 0 s, within: 5 min}, route: [{x: -40 km, y: 0 km}, "
       "{x: 0 km, y: 0 "
       "km}], goal: overfly}\n",
       "  east: {threat: drone, count: 6, launch: {at: 0 s, within: 5 min}, route: [{x: 40 km, y: 0 km}, {x: "
       "0 km, y: 0 "
       "km}], goal: overfly}\n"}};
  const std::string sensors[2] = {"  one: {at: {x: 0 km, y: 0 km}, range: 20 km, law: {glimpse: 0.2}}\n",
                                  "  two: {at: {x: 2 km, y: 0 km}, range: 20 km, law: {glimpse: 0.2}}\n"};
  const auto order = [&](int first) {
    const int second = 1 - first;
    return text + "units:\n" + parts[0][first] + parts[0][second] + "attacks:\n" + parts[1][first] +
           parts[1][second] + "sensors:\n" + sensors[first] + sensors[second];
  };
  test::Runs one(order(0)), other(order(1));
  for (std::uint32_t k = 0; k < 50; ++k) REQUIRE(one.run(k) == other.run(k));
  CHECK(one["intruders.launched"] == 12);
}
