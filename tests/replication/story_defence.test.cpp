// Rows 3 to 6, 9, 11, 12 and 24 of what must have a place: pairs of runs that differ in one thing, and what
// it must move. Common random numbers: the replications of a pair share their luck.
#include "replication/scene.hpp"

using namespace dronewall;
using test::Runs;

namespace {

constexpr std::uint32_t replications = 40;

std::int64_t total(const std::string& text, const std::string& column) {
  Runs runs(text);
  std::int64_t sum = 0;
  for (std::uint32_t k = 0; k < replications; ++k) {
    runs.run(k);
    sum += runs[column];
  }
  return sum;
}

/// A depot that thirty drones come for; what they are, who sees them and who answers.
struct Night {
  std::string drone =
      "class: drone, speed: uniform(45 m/s .. 55 m/s), altitude: uniform(150 m .. 900 m), rcs: 0.05 m2";
  std::string decoys;
  std::string sensors =
      "  radar: {at: {x: 0 km, y: 0 km}, height: 20 m, range: 120 km, law: {glimpse: 0.3}, period: 4 s}\n";
  std::string units;
  std::string command;

  /// The price of an hour of a unit's flight, if it is there.
  [[nodiscard]] std::string flown(const std::string& unit) const {
    return units.find("  " + unit + ":") == std::string::npos ? "" : ", " + unit + ".flight-hour: $10k";
  }
  [[nodiscard]] std::string text() const {
    return "scenario: A night\ntime: {duration: 3 h, settle: 1 h}\nthreats:\n  drone: {" + drone +
           "}\n  dummy: {class: decoy, speed: 50 m/s, altitude: 400 m, rcs: 0.05 m2}\n"
           "weapons:\n"
           "  missile: {range: [1 km, 15 km], altitude: [0 m, 5 km], speed: 800 m/s, reaction: 5 s, pk: "
           "{drone: 0.8}}\n"
           "  gun: {range: [0 km, 3 km], altitude: [0 m, 2 km], kill_rate: 0.1 / s, rounds: 10 / s, "
           "reaction: 3 s, "
           "pk: {drone: 1}}\n"
           "  hunter: {range: [0 km, 12 km], altitude: [0 m, 3 km], speed: 80 m/s, reaction: 20 s, pk: "
           "{drone: 0.6}}\n"
           "  aim: {range: [0.5 km, 15 km], altitude: [0 m, 15 km], speed: 800 m/s, reaction: 5 s, pk: "
           "{drone: 0.8}}\n"
           "assets: {depot: {at: {x: 0 km, y: 0 km}}}\nattacks:\n"
           "  raid: {threat: drone, count: 30, launch: {at: 0 s, within: 40 min}, route: [{x: 150 km, y: "
           "uniform(-30 km "
           ".. 30 km)}], goal: {strike: depot}}\n" +
           decoys + "sensors:\n" + sensors + "units:\n" + units + command +
           "prices: {drone: $35k, dummy: $10k, missile: $400k, gun: $60, hunter: $5k, aim: $450k" +
           flown("qra") + "}\n";
  }
};

Night with(const std::string& units) {
  Night night;
  night.units = units;
  return night;
}

std::string battery(const std::string& name, const std::string& channels, const std::string& weapons) {
  return "  " + name + ": {kind: battery, at: {x: 2 km, y: 0 km}, channels: " + channels + ", weapons: {" +
         weapons + "}}\n";
}

std::string fighters(const std::string& readiness) {
  return "  qra: {kind: pursuer, base: {x: -60 km, y: 0 km}, count: 2, speed: 250 m/s, endurance: 2 h, "
         "readiness: " +
         readiness + ", turn_round: {time: 1 h}, weapons: {aim: {load: 6}}}\n";
}

/// Dollars of rounds for each drone that is shot down.
double munitions_per_kill(const std::string& text) {
  Runs runs(text);
  double money = 0, kills = 0;
  for (std::uint32_t k = 0; k < replications; ++k) {
    runs.run(k);
    money += 4e5 * static_cast<double>(runs.sum("rounds.missile")) +
             60.0 * static_cast<double>(runs.sum("rounds.gun")) +
             5e3 * static_cast<double>(runs.sum("rounds.hunter"));
    kills += static_cast<double>(runs["kills"]);
  }
  REQUIRE(kills > 100);
  return money / kills;
}

std::int64_t summed(const std::string& text, const std::string& prefix) {
  Runs runs(text);
  std::int64_t sum = 0;
  for (std::uint32_t k = 0; k < replications; ++k) {
    runs.run(k);
    sum += runs.sum(prefix);
  }
  return sum;
}

}  // namespace

TEST_CASE("row 3: readier fighters intercept more, and fighters cost hours", "[replication][story]") {
  const std::string ready = with(fighters("5 min")).text(), slow = with(fighters("45 min")).text();
  CHECK(total(slow, "kills") < total(ready, "kills"));
  CHECK(total(slow, "leakers") > total(ready, "leakers"));
  const std::string none = with(battery("site", "1", "gun: {magazine: 100}")).text();
  CHECK(summed(none, "flight-hours.") == 0);
  CHECK(summed(ready, "flight-hours.") > 0);
}

TEST_CASE("row 4: low flyers are seen later without the airborne radar, and more leak",
          "[replication][story]") {
  Night night = with(battery("site", "2", "missile: {magazine: 40}"));
  night.drone = "class: drone, speed: 50 m/s, altitude: 30 m, rcs: 0.05 m2";
  night.sensors =
      "  radar: {at: {x: 0 km, y: 0 km}, height: 5 m, range: 120 km, law: {delay: exponential(5 min)}}\n";
  const std::string without = night.text();
  night.sensors +=
      "  aew: {kind: airborne-radar, orbit: {x: -20 km, y: 0 km}, altitude: 9 km, range: 200 km, law: "
      "definite}\n";
  const std::string aloft = night.text();
  CHECK(total(without, "leakers") > 2 * total(aloft, "leakers"));
  CHECK(total(without, "stage.detected") < total(aloft, "stage.detected"));
}

TEST_CASE("row 5: without the tanker there is less time on station", "[replication][story]") {
  const auto on_station = [](const std::string& sortie, const std::string& tanker) {
    Night night = with(
        "  qra: {kind: pursuer, base: {x: -100 km, y: 0 km}, count: 2, speed: 250 m/s, endurance: 50 min, "
        "turn_round: "
        "{time: 40 min}, patrol: {keep: 1, sortie: " +
        sortie + ", at: {x: -300 km, y: 0 km}}, weapons: {aim: {load: 4}}}\n" + tanker);
    std::string text = night.text();
    text.replace(text.find("qra.flight-hour"), 0, "fuel.flight-hour: $10k, ");
    Runs runs(tanker.empty() ? night.text() : text);
    runs.run(0);
    return runs.measure("on-station.qra");
  };
  CHECK(on_station("2 h",
                   "  fuel: {kind: tanker, base: {x: -100 km, y: 0 km}, gives: 90 min, time: 10 min}\n") >
        1.2 * on_station("50 min", ""));
}

TEST_CASE("row 6: a frigate off the coast stops leakers and uses its rounds", "[replication][story]") {
  const std::string ashore = battery("site", "1", "gun: {magazine: 500}");
  const std::string frigate =
      "  frigate: {kind: battery, at: {x: 20 km, y: 0 km}, height: 15 m, channels: 2, weapons: {missile: "
      "{magazine: 16}, "
      "gun: {magazine: 1000}}}\n";
  CHECK(total(with(ashore + frigate).text(), "leakers") < total(with(ashore).text(), "leakers"));
  CHECK(summed(with(ashore + frigate).text(), "rounds.missile") > 0);
  CHECK(summed(with(ashore + frigate).text(), "kills.missile@frigate") > 0);
}

TEST_CASE("row 9: guns bring the munitions of a kill down", "[replication][story]") {
  const std::string missiles = battery("site", "1", "missile: {magazine: 40}");
  const std::string cheap = "doctrine: {assign: cheapest}\n";
  Night night = with(missiles);
  night.command = cheap;
  Night guns = with(missiles + battery("guns", "2", "gun: {magazine: 4000}"));
  guns.command = cheap;
  CHECK(munitions_per_kill(guns.text()) < munitions_per_kill(night.text()));
}

TEST_CASE("row 11: interceptor drones for missiles cost less a kill; decoys use up rounds",
          "[replication][story]") {
  const std::string missiles = with(battery("site", "2", "missile: {magazine: 60}")).text();
  const std::string hunters = with(battery("site", "2", "hunter: {magazine: 60}")).text();
  CHECK(munitions_per_kill(hunters) < munitions_per_kill(missiles) / 10);
  Night night = with(battery("site", "2", "missile: {magazine: 60}"));
  night.decoys =
      "  dummies: {threat: dummy, count: 20, launch: {at: 0 s, within: 40 min}, route: [{x: 150 km, y: "
      "uniform(-30 km .. "
      "30 km)}], goal: {strike: depot}}\n";
  CHECK(summed(night.text(), "rounds.missile") > summed(missiles, "rounds.missile") * 5 / 4);
}

TEST_CASE("row 12: lower and smaller drones are seen later, and more leak", "[replication][story]") {
  Night night = with(battery("site", "2", "missile: {magazine: 60}"));
  night.sensors =
      "  radar: {at: {x: 0 km, y: 0 km}, height: 10 m, range: 120 km, sees: {range: 60 km, rcs: 0.1 m2}, "
      "law: "
      "{delay: exponential(3 min)}}\n";
  const auto drone = [&](const std::string& altitude, const std::string& rcs) {
    night.drone = "class: drone, speed: 50 m/s, altitude: " + altitude + ", rcs: " + rcs;
    return night.text();
  };
  const std::string plain = drone("500 m", "0.1 m2"), low = drone("20 m", "0.1 m2"),
                    small = drone("500 m", "0.0005 m2");
  for (const std::string& hidden : {low, small}) {
    CHECK(total(hidden, "leakers") > total(plain, "leakers"));
    CHECK(total(hidden, "stage.detected") <= total(plain, "stage.detected"));
  }
}

TEST_CASE("row 24: sensors out, more that nobody ever saw", "[replication][story]") {
  Night night = with(battery("site", "2", "missile: {magazine: 60}"));
  night.sensors +=
      "  second: {at: {x: 60 km, y: 0 km}, height: 20 m, range: 120 km, law: {glimpse: 0.3}, period: 4 s}\n";
  const std::string up = night.text();
  const std::string gone = "availability: 0.3, law: {glimpse: 0.3}";
  std::string out = up;
  for (std::size_t at = out.find("law: {glimpse"); at != std::string::npos;
       at = out.find("law: {glimpse", at + gone.size()))
    out.replace(at, std::string("law: {glimpse: 0.3}").size(), gone);
  CHECK(total(out, "lost.never-seen") > total(up, "lost.never-seen"));
}
