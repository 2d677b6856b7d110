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

TEST_CASE("laws and policies are read in each way of writing", "[scenario]") {
  const auto law = [](const std::string& written) {
    std::string text = minimal();
    text.replace(text.find("definite"), 8, written);
    const auto result = read({{"main.yaml", text}});
    INFO(result.problems);
    REQUIRE(result.problems == "");
    return result.scenario.sensors.at("radar").law;
  };
  CHECK(law("{definite: }").kind.text == "definite");
  CHECK(law("{glimpse: 30%}").own.number("value", 0) == Approx(0.3));
  CHECK(law("{glimpse: {value: 0.3}}").own.number("value", 0) == Approx(0.3));
  CHECK(law("{delay: exponential(30 s)}").own.quantity("value", 0).kind == DistributionKind::exponential);
  CHECK(law("{delay: {discrete: {10 s: 0.5, 20 s: 0.5}}}").own.quantity("value", 0).mean() == Approx(15));
  const KindUse radar = law("{radar: {snr: 20 dB, at: 50 km, rcs: 1 m2}}");
  CHECK(radar.own.number("snr", 0) == Approx(100));
  CHECK(radar.own.number("pfa", 0) == Approx(1e-6));  // its default
  CHECK_FALSE(radar.own.has("pfa"));

  const auto fire = [](const std::string& written) {
    std::string text = minimal();
    text.replace(text.find("fire: shoot-look-shoot"), 22, "fire: " + written);
    const auto result = read({{"main.yaml", text}});
    INFO(result.problems);
    REQUIRE(result.problems == "");
    return result.scenario.doctrine.fire.own;
  };
  CHECK(fire("salvo(2)").number("n", 0) == 2);
  CHECK(fire("shoot-shoot-look(2 .. 1)").number("n", 0) == 2);
  CHECK(fire("shoot-shoot-look(2 .. 1)").number("m", 0) == 1);
  CHECK(fire("{salvo: {n: 3}}").number("n", 0) == 3);
  CHECK(fire("salvo, n: 4").number("n", 0) == 4);
}

TEST_CASE("a doctrine holds its kinds' keys, and a unit's lies over the scenario's", "[scenario]") {
  std::string text = minimal();
  text.replace(text.find("channels: 1"), 11,
               "doctrine: {fire: salvo(2), reserve: {round: {for: any, rounds: 4}}}");
  text.replace(text.find("assign: fastest"), 15,
               "next: {class: [cruise-missile, drone]}, assign: worth-it, worth: {drone: $2M}, at_most: 3, "
               "assess: {time: 20 s, dead_seen_alive: 15%}");
  const auto [scenario, problems] = read({{"main.yaml", text}});
  REQUIRE(problems == "");
  const DoctrineDescription& common = scenario.doctrine;
  REQUIRE(common.next.own.find("value"));
  CHECK(common.next.own.find("value")->names.at(1).text == "drone");
  const Values::Value* worth = common.assign.own.find("worth");
  REQUIRE(worth);
  CHECK(worth->by_name.at(0).second.mean() == 2e6);
  CHECK(*common.at_most == 3);
  CHECK(common.assess->time_s.mean() == 20);
  CHECK(common.assess->dead_seen_alive == Approx(0.15));
  CHECK(common.reserve.empty());

  const DoctrineDescription& own = *scenario.units.at("battery").doctrine;
  CHECK(own.assign.kind.text == "worth-it");
  CHECK(own.fire.kind.text == "salvo");
  CHECK(*own.at_most == 3);
  REQUIRE(own.reserve.size() == 1);
  CHECK(own.reserve[0].classes.at(0).text == "any");
  CHECK(own.reserve[0].rounds == 4);
}

TEST_CASE("what needs a condition names it", "[scenario]") {
  std::string text = minimal("conditions: {clear: 0.7}\n");
  text.replace(text.find("law: definite"), 13, "law: definite, needs: clear");
  const auto [scenario, problems] = read({{"main.yaml", text}});
  REQUIRE(problems == "");
  CHECK(scenario.conditions.at("clear").mean() == Approx(0.7));
  CHECK(scenario.sensors.at("radar").needs.text == "clear");
}

TEST_CASE("attacks repeat, mix, spread and come with others", "[scenario]") {
  std::string text = minimal();
  text.replace(text.find("attacks:\n"), 9, R"(attacks:
  nightly:
    threat: {mix: {target-drone: 0.75, glider: 0.25}}
    count: poisson(3)
    repeat: {rate: {06:00-22:00: 2 / d, 22:00-06:00: 1 / d}}
    route: [{x: 40 km, y: uniform(-9 km .. 9 km)}, {x: 0 km, y: 0 km}]
    spread: 5 km
    altitude: uniform(200 m .. 900 m)
    launch: {at: 5 min, within: 600 s}
    goal: {loiter: {x: 3 km, y: 1 km}, for: 12 min}
  escort: {with: nightly, threat: target-drone, count: 1, route: [{x: 40 km, y: 0 km}, {x: 0 km, y: 0 km}], goal: overfly}
  twice: {repeat: {at: [1 h, 30 h]}, threat: target-drone, count: 1, route: [{x: 40 km, y: 0 km}], goal: {strike: depot}}
  often: {repeat: {every: 8 h}, threat: target-drone, count: 1, route: [{x: 40 km, y: 0 km}], goal: {strike: depot}}
)");
  text.replace(text.find("threats:\n"), 9, "threats:\n  glider: {class: glider, speed: 20 m/s}\n");
  const auto result = read({{"main.yaml", text}});
  REQUIRE(result.problems == "");
  const AttackDescription& nightly = result.scenario.attacks.at("nightly");
  REQUIRE(nightly.threats.size() == 2);
  CHECK(nightly.threats[0].second == 0.75);
  CHECK_FALSE(nightly.route[0].second.is_constant());
  CHECK(nightly.launch.within_s->mean() == 600);
  CHECK(nightly.goal.kind == GoalDescription::Kind::loiter);
  CHECK(nightly.goal.duration_s.mean() == 720);
  const auto& rates = nightly.repeat->rates;
  REQUIRE(rates.size() == 3);  // the span over midnight is two
  CHECK(rates[0].from_s == 0);
  CHECK(rates[0].to_s == 6 * 3600);
  CHECK(rates[0].per_s == Approx(1.0 / 86400));
  CHECK(rates[1].to_s == 22 * 3600);
  CHECK(rates[1].per_s == Approx(2.0 / 86400));
  CHECK(rates[2].to_s == 86400);
  CHECK(result.scenario.attacks.at("escort").with.text == "nightly");
  CHECK(result.scenario.attacks.at("twice").repeat->at_s.at(1).mean() == 30 * 3600);
  CHECK(result.scenario.attacks.at("often").repeat->every_s->mean() == 8 * 3600);
}

TEST_CASE("sensors stand at points, on lines, at random and on orbits", "[scenario]") {
  std::string text = minimal("zones: {pocket: {circle: {x: 0 km, y: 0 km, radius: 9 km}}}\n");
  text.replace(text.find("sensors:\n"), 9, R"(sensors:
  ears: {kind: acoustic, along: [{x: 0 km, y: 0 km}, {x: 0 km, y: 9 km}], count: 40, law: {delay: 15 s}, nation: NO, life: 5 y}
  eyes: {siting: random, zone: pocket, count: 3, law: definite, horizon: none, paid_by: {NL: 0.6, common: 0.4}}
  awacs: {kind: airborne-radar, orbit: {x: 90 km, y: 0 km}, altitude: 9 km, law: definite, account: operations, sector: {from: 0 deg, to: 90 deg}, confirm: {hits: 2, of: 3}}
)");
  const auto [scenario, problems] = read({{"main.yaml", text}});
  REQUIRE(problems == "");
  const SensorDescription& ears = scenario.sensors.at("ears");
  CHECK(ears.siting.kind == SitingDescription::Kind::line);
  CHECK(ears.siting.along.size() == 2);
  CHECK(ears.count == 40);
  CHECK(ears.ownership.nation.text == "NO");  // Norway, not false
  CHECK(*ears.ownership.life_s == Approx(5 * 365.25 * 86400));
  const SensorDescription& eyes = scenario.sensors.at("eyes");
  CHECK(eyes.siting.kind == SitingDescription::Kind::random);
  CHECK(eyes.siting.zone.text == "pocket");
  CHECK_FALSE(eyes.horizon);
  CHECK(eyes.ownership.paid_by.at(1).second == Approx(0.4));
  const SensorDescription& awacs = scenario.sensors.at("awacs");
  CHECK(awacs.orbit);
  CHECK(awacs.height_m == 9000);
  CHECK(*awacs.ownership.operations);
  CHECK(awacs.sector_rad->second == Approx(std::acos(-1.0) / 2));
  CHECK(awacs.confirm_hits == 2);
  CHECK(awacs.confirm_of == 3);
}

TEST_CASE("weapons hit by flight, dwell or rate; rounds may be unlimited", "[scenario]") {
  std::string text = minimal();
  text.replace(text.find("weapons:\n"), 9, R"(weapons:
  laser: {range: [0 km, 3 km], altitude: [0 m, 2 km], dwell: {drone: 4 s, any: exponential(8 s)}, pk: {any: 1}}
  beam: {range: [0 km, 3 km], altitude: [0 m, 2 km], dwell: uniform(2 s .. 4 s), pk: {any: beta(8 .. 2)}}
  guns: {range: [0 km, 3 km], altitude: [0 m, 2 km], kill_rate: 0.08 / s, rounds: 10 / s, pk: {any: 1}, assess: {time: 3 s}}
)");
  text.replace(text.find("{round: {magazine: 12}}"), 23,
               "{laser: {magazine: unlimited}, guns: {magazine: 2000}}");
  const auto [scenario, problems] = read({{"main.yaml", text}});
  REQUIRE(problems == "");
  CHECK(scenario.weapons.at("laser").dwell_by_class.at(1).second.mean() == 8);
  CHECK(scenario.weapons.at("beam").dwell_s->mean() == 3);
  CHECK(scenario.weapons.at("beam").pk.at(0).second.mean() == Approx(0.8));
  CHECK(*scenario.weapons.at("guns").rounds_per_s == 10);
  CHECK(scenario.weapons.at("guns").assess->time_s.mean() == 3);
  CHECK(std::isinf(*scenario.units.at("battery").weapons.at(0).rounds));
}

TEST_CASE("changes lie over the text before it is read", "[scenario]") {
  ReadOptions options;
  options.changes = {{"units.battery.channels", "3"},
                     {"attacks.raid.route.0.x", "50 km"},
                     {"prices.round", "$7"},
                     {"weapons.round.pk.drone", "40%"}};
  const auto [scenario, problems] = read({{"main.yaml", minimal()}}, options);
  REQUIRE(problems == "");
  CHECK(scenario.units.at("battery").channels == 3);
  CHECK(scenario.attacks.at("raid").route[0].first.mean() == 50'000);
  CHECK(scenario.prices.items.at("round").point() == 7);
  CHECK(scenario.weapons.at("round").pk[0].second.mean() == Approx(0.4));
}

TEST_CASE("networks: any name will do while none is declared", "[scenario]") {
  std::string text = minimal();
  text.replace(text.find("kind: battery\n"), 14, "kind: battery\n    network: nato\n");
  const auto [scenario, problems] = read({{"main.yaml", text}});
  REQUIRE(problems == "");
  CHECK(scenario.networks.count("nato") == 1);
  CHECK(scenario.networks.count("default") == 1);  // the radar's
}

TEST_CASE("means of quantities are those of their distributions", "[scenario]") {
  const auto mean = [](DistributionKind kind, double a, double b = 0, double c = 0, double shift = 0) {
    Quantity q;
    q.kind = kind;
    q.a = a;
    q.b = b;
    q.c = c;
    q.shift = shift;
    return q.mean();
  };
  CHECK(mean(DistributionKind::exponential, 4, 0, 0, 6) == 10);
  CHECK(mean(DistributionKind::uniform, 200, 900) == 550);
  CHECK(mean(DistributionKind::triangular, 1, 2, 6) == 3);
  CHECK(mean(DistributionKind::pert, 1, 2, 9) == 3);
  CHECK(mean(DistributionKind::beta, 8, 2) == Approx(0.8));
  CHECK(mean(DistributionKind::gamma, 2, 3) == 6);
  // Median 1 and 95th percentile e^1.645: sigma is 1, the mean e^(1/2).
  CHECK(mean(DistributionKind::lognormal, 1, std::exp(1.6448536269514722)) == Approx(std::exp(0.5)));
  Quantity dice;
  dice.kind = DistributionKind::discrete;
  dice.points = {{7, 1}, {9, 3}};
  CHECK(dice.mean() == 8.5);
}
