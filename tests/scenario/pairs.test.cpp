// Two mistakes in one mapping: neither hides the other.
#include "catch.hpp"
#include "memory_files.hpp"

using namespace dronewall;

namespace {

/// A piece of the minimal scenario, what a careless author put in its place, and words of both messages.
struct Pair {
  const char *right, *wrong, *one, *other;
};

constexpr const char* unit =
    "kind: battery\n    at: {x: 0 km, y: 0 km}\n    channels: 1\n    weapons: {round: {magazine: 12}}\n";
constexpr const char* threat = "{class: drone, speed: 50 m/s, altitude: 100 m, rcs: 0.1 m2}";
constexpr const char* weapon =
    "{range: [0 km, 10 km], altitude: [0 m, 3 km], speed: 1 km/s, reaction: 5 s, pk: {drone: 0.7}}";
constexpr const char* sensor = "{at: {x: 0 km, y: 0 km}, height: 30 m, range: 30 km, law: definite}";
constexpr const char* doctrine = "{assign: fastest, fire: shoot-look-shoot}";

const Pair pairs[] = {
    {unit, "kind: batery\n    at: {x: 0 km, y: 0 km}\n    weapons: {round: {magazine: unlimitted}}\n",
     "there is no unit kind batery", "unlimitted"},
    {unit, "kind: batery\n    at: {x: 0 km, y: 0 km}\n    weapons: {rond: {magazine: 3}}\n",
     "there is no unit kind batery", "there is no weapon rond"},
    {unit, "kind: batery\n    at: {x: 0 km, y: 0 km}\n    doctrine: {assign: nerest}\n",
     "there is no unit kind batery", "there is no assign kind nerest"},
    {unit, "kind: batery\n    at: {x: 0 km, y: 0 km}\n    base: {x: 0 km, y: 0 km}\n",
     "there is no unit kind batery", "exactly one of"},
    {unit, "at: {x: 0 km, y: 0 km}\n    chanels: 2\n    weapons: {round: {magazine: 3}}\n", "kind is missing",
     "unknown key chanels"},
    {unit,
     "kind: battery\n    at: {x: 0 km, y: 0 km}\n    channels: 0\n    weapons: {round: {magazine: 1.5}}\n",
     "channels is 0", "1.5"},
    {unit, "kind: battery\n    at: {x: 0 km, y: 0 km}\n    weapons: {rond: {magazine: -1}}\n",
     "there is no weapon rond", "-1"},
    {unit, "kind: battery\n    at: {x: 0 km, y: 0 km}\n    weapons: {round: {magazine: 3, load: -1}}\n",
     "exactly one of", "-1"},
    {unit, "type: patriott\n    weapons: {round: {magazine: unlimitted}}\n", "patriott", "unlimitted"},
    {unit,
     "kind: pursuer\n    base: {x: 0 km, y: 0 km}\n    speed: 200\n    endurance: 2 h\n    turn_round: "
     "{bays: 0}\n",
     "speed", "time is missing"},
    {threat, "{speed: 50, altitude: 100 m}", "class is missing", "has no unit"},
    {threat, "{class: drone, speed: 0 m/s, altitude: 100 m, reliability: 1.5}", "speed is 0",
     "reliability is 1.5"},
    {weapon, "{range: [10 km, 0 km], altitude: [0 m, 3 km], speed: 1 km/s, pk: {drone: 70}}", "range",
     "pk of drone is 70"},
    {weapon,
     "{range: [0 km, 10 km], altitude: [0 m, 3 km], speed: 1 km/s, dwell: 4 s, reaction: 5, pk: {drone: "
     "0.7}}",
     "exactly one of", "has no unit"},
    {weapon, "{range: [0 km, 10 km], altitude: [0 m, 3 km], kill_rate: 1 / s, pk: {drome: 0.7}}",
     "rounds is missing", "there is no class drome"},
    {sensor, "{at: {x: 0 km, y: 0 km}, period: 0 s, law: glimps}", "period is 0",
     "there is no law kind glimps"},
    {sensor, "{at: {x: 0 km, y: 0 km}, along: [{x: 0 km, y: 0 km}], law: {glimpse: 3}}", "exactly one of",
     "glimpse is 3"},
    {sensor, "{at: {x: 0 km, y: 0 km}, law: definite, confirm: {hits: 3, of: 2}, outages: {up: 0 s}}",
     "hits is 3 of 2", "repair is missing"},
    {"count: 10", "count: -1\n    altitude: 100", "-1 is negative", "altitude"},
    {"threat: target-drone", "threat: target-dron\n    spread: -3 m", "there is no threat target-dron",
     "spread is -3"},
    {"{at: 0 s, spacing: 60 s}", "{at: 5, spacing: 60 s, within: -1 s}", "has no unit", "within is -1"},
    {"count: 10", "count: 10\n    repeat: {every: 3, rate: 2}", "exactly one of", "rate"},
    {"{strike: depot}", "{loiter: {x: 0 km, y: 0}, fro: 10 min}", "unknown key fro", "has no unit"},
    {"[{x: 40 km, y: 0 km}]", "[{x: 40 km, y: 0 km}, {lat: 95, x: 3 km}]", "lat is 95",
     "mixes lat, lon with x, y"},
    {"{strike: depot}", "{strike: depott, for: 3}", "there is no asset depott", "for belongs to loiter"},
    {doctrine, "{assign: nerest, fire: salvo(0)}", "there is no assign kind nerest", "n is 0"},
    {doctrine, "{reserve: {rond: {for: drome, rounds: -1}}}", "there is no weapon rond",
     "there is no class drome"},
    {doctrine, "{assign: worth-it, at_most: 0}", "worth is missing", "at_most is 0"},
    {"{duration: 1 h}", "{duration: 3, settle: -1 s}", "has no unit", "settle is -1"},
    {"{at: {x: 0 km, y: 0 km}}", "{at: {x: 0 km, y: 0 km}, zone: nowhere, per_hit: 5}",
     "there is no zone nowhere", "5"},
};

}  // namespace

TEST_CASE("of two mistakes in one mapping both are told", "[scenario][errors]") {
  for (const Pair& pair : pairs) {
    std::string text = test::minimal();
    const std::size_t at = text.find(pair.right);
    REQUIRE(at != std::string::npos);
    text.replace(at, std::string(pair.right).size(), pair.wrong);
    const std::string problems = test::read({{"main.yaml", text}}).problems;
    INFO(pair.wrong << "\n" << problems);
    CHECK(problems.find(pair.one) != std::string::npos);
    CHECK(problems.find(pair.other) != std::string::npos);
  }
}
