// The reader on sound scenarios: every section, every way of writing.
#include <cmath>

#include "catch.hpp"
#include "memory_files.hpp"

using namespace dronewall;
using test::minimal;
using test::read;

namespace {

constexpr const char* prices = "prices:\n  target-drone: $10k\n  round: $400k\n";

}  // namespace

TEST_CASE("the minimal scenario is read as it stands", "[scenario]") {
  const auto [scenario, problems] = read({{"main.yaml", minimal(prices)}});
  REQUIRE(problems == "");
  CHECK(scenario.title == "Ten drones against one battery");
  CHECK(scenario.time.duration_s == 3600);
  CHECK(scenario.time.settle_s == 0);
  CHECK_FALSE(scenario.time.start_unix_s);

  const ThreatDescription& threat = scenario.threats.at("target-drone");
  CHECK(threat.threat_class.text == "drone");
  CHECK(threat.speed_m_per_s.mean() == 50);
  CHECK(threat.altitude_given);
  CHECK(threat.altitude_m.mean() == 100);
  CHECK(threat.rcs_m2->mean() == Approx(0.1));
  CHECK(threat.reliability.mean() == 1);
  CHECK_FALSE(threat.endurance_s);
  CHECK_FALSE(threat.reusable);

  const WeaponDescription& weapon = scenario.weapons.at("round");
  CHECK(weapon.range_m.high == 10'000);
  CHECK(weapon.altitude_m.high == 3000);
  CHECK(*weapon.speed_m_per_s == 1000);
  CHECK(weapon.reaction_s.mean() == 5);
  REQUIRE(weapon.pk.size() == 1);
  CHECK(weapon.pk[0].first.text == "drone");
  CHECK(weapon.pk[0].second.mean() == Approx(0.7));

  const SensorDescription& sensor = scenario.sensors.at("radar");
  CHECK(sensor.kind.text == "radar");
  CHECK(sensor.type.text == "radar");
  CHECK(sensor.network.text == "default");
  CHECK(sensor.law.kind.text == "definite");
  CHECK(sensor.height_m == 30);
  CHECK(*sensor.range_m == 30'000);
  CHECK(sensor.horizon);
  CHECK(sensor.period_s == 1);
  CHECK_FALSE(sensor.period_given);

  const AttackDescription& attack = scenario.attacks.at("raid");
  REQUIRE(attack.threats.size() == 1);
  CHECK(attack.threats[0].first.text == "target-drone");
  CHECK(attack.count.mean() == 10);
  CHECK(attack.launch.spacing_s->mean() == 60);
  REQUIRE(attack.route.size() == 1);
  CHECK(attack.route[0].first.mean() == 40'000);
  CHECK(attack.goal.kind == GoalDescription::Kind::strike);
  CHECK(attack.goal.asset.text == "depot");

  const UnitDescription& unit = scenario.units.at("battery");
  CHECK(unit.kind.kind.text == "battery");
  CHECK(unit.type.text == "battery");
  CHECK(unit.channels == 1);
  CHECK(unit.count == 1);
  REQUIRE(unit.weapons.size() == 1);
  CHECK(unit.weapons[0].weapon.text == "round");
  CHECK(*unit.weapons[0].rounds == 12);

  CHECK(scenario.doctrine.next.kind.text == "first-come");
  CHECK(scenario.doctrine.assign.kind.text == "fastest");
  CHECK(scenario.doctrine.fire.kind.text == "shoot-look-shoot");
  CHECK(scenario.networks.count("default") == 1);
  CHECK(scenario.prices.currency == "USD");
  CHECK(scenario.prices.items.at("target-drone").point() == 10'000);
  CHECK(scenario.prices.items.at("round").point() == 400'000);
  CHECK_FALSE(scenario.planning_prices);
}
