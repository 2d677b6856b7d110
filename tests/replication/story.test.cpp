// Rows 10, 13, 14 and 23 of what must have a place: pairs of runs that differ in one thing, and what it must
// move.
#include "replication/scene.hpp"

using namespace dronewall;
using test::Runs;

namespace {

/// A column, or all that begin so, summed over replications.
std::int64_t total(const std::string& text, const std::string& prefix, std::uint32_t replications = 40) {
  Runs runs(text);
  std::int64_t sum = 0;
  for (std::uint32_t k = 0; k < replications; ++k) {
    runs.run(k);
    sum += runs.sum(prefix);
  }
  return sum;
}

/// A jammer near Plovdiv, drones of one navigation.
std::string plovdiv(const std::string& navigation, const std::string& jammer) {
  return "scenario: Interference\ntime: {duration: 6 h}\n"
         "threats: {drone: {class: drone, speed: 50 m/s, altitude: 300 m, navigation: " +
         navigation +
         "}}\nattacks: {raid: {threat: drone, count: 30, launch: {at: 0 s, spacing: 2 min}, route: [{x: 60 "
         "km, y: 0 "
         "km}, {x: -60 km, y: 0 km}], goal: overfly}}\n"
         "sensors: {radar: {at: {x: 0 km, y: 0 km}, height: 20 m, range: 60 km, law: definite}}\nunits:" +
         jammer + "\nprices: {drone: $20k}\n";
}

/// An airport with a radar; what comes and what is seen that is not there.
std::string airport(const std::string& stays, const std::string& rate) {
  return "scenario: An airport\ntime: {duration: 10 d}\n"
         "threats: {visitor: {class: quadcopter, speed: 15 m/s, altitude: 120 m, reusable: true}}\n"
         "attacks: {visits: {threat: visitor, count: 1, repeat: {rate: 1 / d}, route: [{x: 12 km, y: 0 km}], "
         "goal: "
         "{loiter: {x: 3 km, y: 1 km}, for: " +
         stays +
         "}}}\n"
         "false_tracks: {sightings: {rate: " +
         rate +
         ", at: {x: 2 km, y: 0 km}, lasts: 15 min, class: quadcopter}}\n"
         "sensors: {radar: {at: {x: 0 km, y: 0 km}, height: 20 m, range: 8 km, law: definite}}\n"
         "weapons: {net: {range: [0 km, 1 km], altitude: [0 m, 1 km], dwell: 10 s, pk: {quadcopter: 0.5}}}\n"
         "assets: {field: {at: {x: 0 km, y: 0 km}, closes: {within: 9 km, reopens_after: 20 min, "
         "per_closure: $100k, "
         "per_hour: $1M}}}\n"
         "units: {police: {kind: pursuer, base: {x: 0 km, y: 0 km}, count: 2, speed: 60 m/s, endurance: 1 h, "
         "readiness: "
         "2 min, turn_round: {time: 10 min}, weapons: {net: {load: 4}}}}\n"
         "prices: {visitor: $2k, visitor.sortie: $20, net: $500, police.flight-hour: $4k}\n";
}

/// Drones shot down over a town, or before they reach it.
std::string over_town(const std::string& where) {
  return "scenario: A town\ntime: {duration: 6 h}\n"
         "zones: {town: {circle: {x: 0 km, y: 0 km, radius: 8 km}, debris: {chance: 0.2, cost: $40k}}}\n"
         "threats: {drone: {class: drone, speed: 50 m/s, altitude: 300 m}}\n"
         "attacks: {raid: {threat: drone, count: 30, launch: {at: 0 s, spacing: 5 min}, route: [{x: 60 km, "
         "y: 0 km}, "
         "{x: -60 km, y: 0 km}], goal: overfly}}\n"
         "weapons: {missile: {range: [0 km, 6 km], altitude: [0 m, 1 km], speed: 600 m/s, pk: {drone: "
         "0.7}}}\n"
         "sensors: {radar: {at: {x: 0 km, y: 0 km}, height: 20 m, range: 60 km, law: definite}}\n"
         "units: {site: {kind: battery, at: {x: " +
         where +
         ", y: 0 km}, weapons: {missile: {magazine: unlimited}}}}\nprices: {drone: $20k, missile: $400k}\n";
}

}  // namespace

TEST_CASE("row 10: a jammer ends drones that need satellites, and disturbs others", "[replication][story]") {
  const std::string with =
      " {jammer: {kind: area, at: {x: 0 km, y: 0 km}, radius: 12 km, hazard: {gnss: 0.2 / min}, collateral: "
      "true}}";
  const std::string without = " {}";
  CHECK(total(plovdiv("gnss", with), "fates.soft-killed") > 800);  // 1 − exp(−0.2 × 8) of 1,200: 958
  CHECK(total(plovdiv("inertial", with), "fates.soft-killed") == 0);
  CHECK(total(plovdiv("gnss", without), "fates.soft-killed") == 0);
  CHECK(total(plovdiv("gnss", with), "lost.") == 1200 - total(plovdiv("gnss", with), "fates.soft-killed"));
  CHECK(total(plovdiv("gnss", with), "emission-hours.jammer", 1) == 6 * 3600 * std::int64_t{1'000'000});
}

TEST_CASE("row 13: more false alarms, more sorties, closures and wasted work", "[replication][story]") {
  const std::string few = airport("10 min", "1 / d"), many = airport("10 min", "6 / d");
  for (const char* moved :
       {"sorties.police", "flight-hours.", "closures.field.count", "closures.field.hours", "wasted."})
    CHECK(total(many, moved) > 2 * total(few, moved));
  CHECK(total(many, "intruders.launched") == total(few, "intruders.launched"));
}

TEST_CASE("row 14: longer loitering, longer closures", "[replication][story]") {
  const std::string brief = airport("5 min", "0 / d"), lingering = airport("40 min", "0 / d");
  CHECK(total(lingering, "closures.field.hours") > total(brief, "closures.field.hours"));
  CHECK(total(brief, "closures.field.count") > 0);
}

TEST_CASE("row 23: kills over settlements, more damage by debris", "[replication][story]") {
  const std::string over = over_town("0 km"), before = over_town("20 km");
  CHECK(total(before, "debris.town") == 0);
  CHECK(total(over, "debris.town") > 200);  // 1,200 drones, each a kill at a chance of 0.2, and misses beside
  CHECK(total(over, "kills") > 1000);
  CHECK(total(before, "kills") > 1000);
}
