// Networks that are not linked: each has its own waiting targets and its own reason why it did not stop one.
#include "replication/scene.hpp"

using namespace dronewall;
using test::Runs;
using test::Scene;

namespace {

/// Two networks that see everything; drones fly west along y = 0 over both sites at 50 m/s.
std::string two_networks(const std::string& attacks, const std::string& here, const std::string& there) {
  return "scenario: Two networks\n"
         "time: {duration: 1 h}\n"
         "networks: {a: {}, b: {}}\n"
         "threats: {drone: {class: drone, speed: 50 m/s, altitude: 0 m}}\n"
         "attacks:\n" +
         attacks +
         "weapons:\n"
         "  far: {range: [0 km, 10 km], altitude: [0 m, 5 km], dwell: 1 s, pk: {drone: 0}}\n"
         "  near: {range: [0 km, 2 km], altitude: [0 m, 5 km], dwell: 1 s, pk: {drone: 0}}\n"
         "  long: {range: [0 km, 2 km], altitude: [0 m, 5 km], dwell: 30 s, pk: {drone: 0}}\n"
         "  stuck: {range: [0 km, 10 km], altitude: [0 m, 5 km], dwell: 1 h, pk: {drone: 0}}\n"
         "  glued: {range: [0 km, 2 km], altitude: [0 m, 5 km], dwell: 1 h, pk: {drone: 0}}\n"
         "sensors:\n"
         "  eye-a: {at: {x: 0 km, y: 0 km}, network: a, horizon: none, law: definite}\n"
         "  eye-b: {at: {x: 0 km, y: 0 km}, network: b, horizon: none, law: definite}\n"
         "units:\n  here: " +
         here + "\n  there: " + there +
         "\nprices: {drone: $10k, far: $1k, near: $1k, long: $1k, stuck: $1k, glued: $1k}\n";
}

const std::string two_drones =
    "  raid: {threat: drone, count: 2, launch: {at: 0 s, spacing: 1 s}, route: [{x: 40 km, y: 0 km}, {x: -40 "
    "km, y: 0 km}], goal: overfly}\n";

}  // namespace

TEST_CASE("a leaker is put down to the network that had the last chance", "[replication][networks]") {
  const std::string site = "{kind: battery, at: {x: 0 km, y: 0 km}, ";
  SECTION("one missed both drones early, the other's only channel was taken to the end") {
    Runs runs(two_networks(two_drones, site + "network: a, weapons: {stuck: {magazine: 9}}}",
                           site + "network: b, doctrine: {at_most: 1}, weapons: {near: {magazine: 9}}}"));
    runs.run(0);
    CHECK(runs["lost.channels-busy"] == 1);
    CHECK(runs["lost.missed"] == 1);  // the drone that holds the channel
  }
  SECTION("one missed both drones and may not fire again, the other's channel was taken for a while") {
    Runs runs(two_networks(two_drones,
                           site + "network: a, doctrine: {at_most: 1}, weapons: {far: {magazine: 9}}}",
                           site + "network: b, weapons: {glued: {magazine: 9}}}"));
    runs.run(0);
    CHECK(runs["lost.missed"] == 2);
    CHECK(runs["lost.channels-busy"] == 0);
  }
  SECTION("of two that lost it at one moment the one that came further down the kill chain") {
    Runs runs(two_networks(two_drones,
                           site + "network: a, doctrine: {at_most: 1}, weapons: {far: {magazine: 9}}}",
                           site + "network: b, weapons: {far: {magazine: 0}}}"));
    runs.run(0);
    CHECK(runs["lost.missed"] == 2);
  }
}

TEST_CASE("first come is first come to this network", "[replication][networks]") {
  // `early` comes to the site at 460 s and holds its channel for 30 s; `second` comes at 470 s and `third` at
  // 480 s. The other network could have fired at `third` alone, at 20 s: that is nothing to this one.
  const std::string text = two_networks(
      "  early: {threat: drone, count: 1, launch: {at: 400 s}, route: [{x: 5 km, y: 0 km}, {x: -5 km, y: 0 "
      "km}], goal: overfly}\n"
      "  second: {threat: drone, count: 1, launch: {at: 410 s}, route: [{x: 5 km, y: 0 km}, {x: -5 km, y: 0 "
      "km}], goal: overfly}\n"
      "  third: {threat: drone, count: 1, launch: {at: 20 s}, route: [{x: 5 km, y: 20 km}, {x: 5 km, y: 0 "
      "km}, {x: -5 km, y: 0 km}], goal: overfly}\n",
      "{kind: battery, network: a, at: {x: 0 km, y: 0 km}, doctrine: {at_most: 1}, weapons: {long: "
      "{magazine: "
      "9}}}",
      "{kind: battery, network: b, at: {x: 5 km, y: 20 km}, weapons: {near: {magazine: 0}}}");
  const test::KeptTrace trace = test::trace_of(test::model_of(text));
  std::vector<std::string> order;
  for (const auto& event : trace.events)
    if (event.what == "assigned") order.push_back(event.intruder);
  CHECK(order == std::vector<std::string>{"early#1", "second#1", "third#1"});
}

TEST_CASE("a target counts once however many weapons could serve it", "[replication][networks]") {
  // One salvo for all that is there: four rounds for two drones are two each. The other weapon of the unit
  // could serve both as well; they are two targets all the same.
  std::string text = two_networks(
      "  raid: {threat: drone, count: 2, route: [{x: 1 km, y: 0 km}, {x: -40 km, y: 0 km}], goal: overfly}\n",
      "{kind: battery, network: a, at: {x: 0 km, y: 0 km}, channels: 2, weapons: {far: {magazine: 4}, near: "
      "{magazine: 4}}}",
      "{kind: battery, network: b, at: {x: 90 km, y: 0 km}, weapons: {near: {magazine: 0}}}");
  text += "doctrine: {fire: sls-optimal(1)}\n";
  text.replace(text.find("duration: 1 h"), 13, "duration: 0.5 s");  // The first salvo and no other.
  Runs runs(text);
  runs.run(0);
  CHECK(runs["rounds.far@here"] == 4);
  CHECK(runs["rounds.near@here"] == 0);
}
