// Debris: what falls down over a zone or asset, counted by hand and by chance.
#include <cmath>

#include "replication/scene.hpp"

using namespace dronewall;
using test::Runs;
using test::Scene;

namespace {

/// Drones fly over the origin; a laser of 2 km kills there at once, a missile meets them up to 10 km away.
Scene over(const std::string& zone, const std::string& weapon, const std::string& chance = "1") {
  Scene scene;
  scene.weapon = weapon;
  scene.more =
      "zones: {town: {circle: " + zone + ", debris: {chance: " + chance + ", cost: uniform($1k .. $3k)}}}\n";
  return scene;
}

const std::string laser = "{range: [0 km, 2 km], altitude: [0 m, 5 km], dwell: 1 s, pk: {drone: 1}}";
const std::string at_the_edge = "{x: 2 km, y: 0 km, radius: 500 m}";
const std::string elsewhere = "{x: -2 km, y: 0 km, radius: 500 m}";

std::int64_t damages(const Scene& scene, const std::string& where = "town") {
  Runs runs(scene.model());
  runs.run(0);
  return runs["debris." + where];
}

}  // namespace

TEST_CASE("a kill does damage where it falls", "[replication][debris]") {
  CHECK(damages(over(at_the_edge, laser)) == 1);
  CHECK(damages(over(elsewhere, laser)) == 0);
  CHECK(damages(over(at_the_edge, laser, "0")) == 0);
}

TEST_CASE("each round that missed falls down too", "[replication][debris]") {
  const std::string everywhere = "{x: 0 km, y: 0 km, radius: 50 km}";
  const auto weapon = [](const std::string& pk) {
    return "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {drone: " + pk + "}}";
  };
  Scene scene = over(everywhere, weapon("0"));
  scene.unit = "{kind: battery, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 7}}}";
  scene.doctrine = "{fire: salvo(3)}";
  CHECK(damages(scene) == 7);
  scene = over(everywhere, weapon("1"));
  scene.doctrine = "{fire: salvo(3)}";
  CHECK(damages(scene) == 1);  // One wreck; the other two rounds hit what was already coming down.
  // A laser that fails leaves nothing; a burst that fails counts once.
  scene = over(everywhere, "{range: [0 km, 2 km], altitude: [0 m, 5 km], dwell: 20 s, pk: {drone: 0}}");
  CHECK(damages(scene) == 0);
  scene =
      over(everywhere,
           "{range: [0 km, 2 km], altitude: [0 m, 5 km], kill_rate: 1 / s, rounds: 1 / s, pk: {drone: 0}}");
  CHECK(damages(scene) == 1);
}

TEST_CASE("rounds at what was gone already fall down as well", "[replication][debris]") {
  const std::string everywhere = "{x: 0 km, y: 0 km, radius: 50 km}";
  Scene scene =
      over(everywhere, "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {drone: 1}}");
  scene.attack =
      "{threat: drone, count: 0, route: [{x: 40 km, y: 0 km}, {x: -40 km, y: 0 km}], goal: overfly}";
  scene.more +=
      "false_tracks: {birds: {rate: 12 / h, at: {x: 5 km, y: 0 km}, lasts: 10 min, class: drone}}\n";
  Runs runs(scene.model());
  runs.run(0);
  CHECK(runs["wasted.round@site"] > 5);
  CHECK(runs["debris.town"] == runs["wasted.round@site"]);
}

TEST_CASE("damage happens with its chance", "[replication][debris][statistical]") {
  Scene scene = over(at_the_edge, laser, "0.3");
  scene.attack = test::group("4000", "1 s");
  scene.time = "{duration: 3 h}";
  scene.unit =
      "{kind: battery, at: {x: 0 km, y: 0 km}, channels: 10, weapons: {round: {magazine: unlimited}}}";
  Runs runs(scene.model());
  runs.run(0);
  REQUIRE(runs["kills"] == 4000);
  const double sigma = std::sqrt(4000 * 0.3 * 0.7);
  CHECK(std::abs(static_cast<double>(runs["debris.town"]) - 1200) <
        4 * sigma);  // misses for 1 seed in 16 000
  CHECK(std::abs(static_cast<double>(runs["debris.town"]) - 1600) > 4 * sigma);
}

TEST_CASE("an asset takes debris in its zone or within a radius, and its nation bears it",
          "[replication][debris]") {
  Scene scene = over(elsewhere, laser);
  scene.more = "assets: {school: {at: {x: 2 km, y: 0 km}, nation: PL, debris: {chance: 1, radius: 100 m}}}\n";
  CHECK(damages(scene, "school") == 1);
  const auto model = scene.model();
  const auto& line = model->layout().columns[*model->layout().column("debris.school")].line;
  REQUIRE(line.has_value());
  CHECK(line->item == "debris.school");
  CHECK(line->account == Account::damage);
  CHECK(line->nation == "PL");
  scene.more = "assets: {school: {at: {x: 2 km, y: 0 km}, debris: {chance: 1}}}\n";
  CHECK(test::compile_text(scene.text()).problems.find("radius is missing (school is a point)") !=
        std::string::npos);
  scene.more =
      "zones: {z: {circle: {x: 2 km, y: 0 km, radius: 1 km}}}\nassets: {school: {zone: z, debris: {chance: "
      "1}}}\n";
  CHECK(damages(scene, "school") == 1);
}

TEST_CASE("nothing falls where a drone fails or is soft-killed", "[replication][debris]") {
  Scene scene = over("{x: 0 km, y: 0 km, radius: 50 km}", laser);
  scene.threat = "{class: drone, speed: 50 m/s, altitude: 0 m, navigation: gnss}";
  scene.unit = "{kind: battery, at: {x: 90 km, y: 0 km}, weapons: {round: {magazine: 1}}}";
  scene.more_units = "  jammer: {kind: area, at: {x: 0 km, y: 0 km}, radius: 4 km, at_entry: {gnss: 1}}\n";
  CHECK(damages(scene) == 0);
  scene.more_units = "";
  scene.threat = "{class: drone, speed: 50 m/s, altitude: 0 m, reliability: 0}";
  CHECK(damages(scene) == 0);
}

TEST_CASE("a strike damages, unless the threat is said to carry nothing", "[replication][strike]") {
  Scene scene;
  scene.unit = "{kind: battery, at: {x: 90 km, y: 0 km}, weapons: {round: {magazine: 1}}}";
  scene.attack = "{threat: drone, count: 3, route: [{x: 40 km, y: 0 km}], goal: {strike: depot}}";
  scene.more = "assets: {depot: {at: {x: 0 km, y: 0 km}, per_hit: $1M}}\n";
  for (const bool harmless : {false, true}) {
    scene.threat =
        std::string("{class: decoy, speed: 50 m/s, altitude: 0 m") + (harmless ? ", warhead: 0 kg}" : "}");
    Runs runs(scene.model());
    runs.run(0);
    CHECK(runs.measure("strikes.depot") == 3);
    CHECK(runs["strikes.depot"] == (harmless ? 0 : 3));  // The column that is priced.
    CHECK(runs["leakers.decoys"] == 3);
  }
}
