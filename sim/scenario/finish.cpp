#include "scenario/finish.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenario/support.hpp"

namespace dronewall {
namespace {

constexpr double most_intruders = 1e6;

/// The most that a bounded quantity can be, the mean of one without an end.
double ample(const Quantity& quantity) {
  const double high = support_of(quantity).high;
  return std::isfinite(high) ? high : quantity.mean();
}

/// Mean over the day, per second.
double mean_rate(const std::vector<RepeatDescription::Rate>& rates) {
  double per_s = 0;
  for (const RepeatDescription::Rate& rate : rates) per_s += rate.per_s * (rate.to_s - rate.from_s) / 86400;
  return per_s;
}

/// Expected occurrences of a raid over the scenario's duration.
double occurrences(const RepeatDescription& repeat, double duration_s) {
  if (!repeat.at_s.empty()) return static_cast<double>(repeat.at_s.size());
  if (repeat.every_s) {
    const double every = repeat.every_s->mean();
    return every > 0 ? std::floor(duration_s / every) + 1 : 1;
  }
  return mean_rate(repeat.rates) * duration_s;
}

double intruders(const AttackDescription& attack, const ScenarioDescription& scenario) {
  const AttackDescription* raid = &attack;
  if (const auto with = scenario.attacks.find(attack.with.text); with != scenario.attacks.end())
    raid = &with->second;
  const double raids = raid->repeat ? occurrences(*raid->repeat, scenario.time.duration_s) : 1;
  return ample(attack.count) * raids;
}

template <class Map, class Predicate>
void erase_unless(Map& map, Predicate whole) {
  for (auto it = map.begin(); it != map.end();) it = whole(it->second) ? std::next(it) : map.erase(it);
}

}  // namespace

void check_intruders(const ScenarioDescription& scenario, Reading& reading) {
  double sum = 0;
  for (const auto& [name, attack] : scenario.attacks) {
    sum += intruders(attack, scenario);
    if (sum <= most_intruders) continue;
    reading.problems.error(
        attack.count.place,
        fmt::format("the attacks launch some {:.0f} intruders in one replication (at most 1,000,000)", sum),
        "lower count, or repeat it less often");
    return;
  }
  for (const auto* tracks : {&scenario.false_tracks, &scenario.traffic})
    for (const auto& [name, background] : *tracks) {
      const double expected = mean_rate(background.rates) * scenario.time.duration_s;
      if (expected > most_intruders)
        reading.problems.error(background.name.place,
                               fmt::format("{} brings some {:.0f} tracks in one replication (at most "
                                           "1,000,000)",
                                           name, expected),
                               "lower its rate");
    }
}

void check_twins(Reading& reading) {
  struct Pair {
    const char *one, *other, *why;
  };
  constexpr Pair pairs[] = {{"weapons", "threats", "a price book could not tell them apart"},
                            {"units", "sensors", "measures and prices could not tell them apart"},
                            {"costs", "units", "measures and prices could not tell them apart"},
                            {"costs", "sensors", "measures and prices could not tell them apart"},
                            {"costs", "unit_types", "a price book could not tell them apart"},
                            {"costs", "sensor_types", "a price book could not tell them apart"},
                            {"costs", "assets", "measures could not tell them apart"},
                            {"command", "units", "measures could not tell them apart"}};
  for (const Pair& pair : pairs)
    for (const std::string& name : reading.defined.names(pair.one))
      if (const std::optional<Place> other = reading.defined.find(pair.other, name)) {
        const Place here = *reading.defined.find(pair.one, name);
        reading.problems.error(here,
                               fmt::format("{} is in {} and in {} (at {}; {})", name, pair.one, pair.other,
                                           shown(*other, reading.problems), pair.why),
                               "give one of them another name");
      }
}

void prune(ScenarioDescription& scenario) {
  const auto has_zone = [&](const Name& zone) {
    return !zone.given() || scenario.zones.count(zone.text) != 0;
  };
  const auto has_weapon = [&](const Name& weapon) { return scenario.weapons.count(weapon.text) != 0; };
  const auto has_condition = [&](const Name& name) {
    return !name.given() || scenario.conditions.count(name.text) != 0;
  };
  const auto keep_reserves = [&](DoctrineDescription& doctrine) {
    auto& all = doctrine.reserve;
    all.erase(
        std::remove_if(all.begin(), all.end(), [&](const auto& one) { return !has_weapon(one.weapon); }),
        all.end());
  };
  auto& defended = scenario.defended;
  defended.erase(
      std::remove_if(defended.begin(), defended.end(), [&](const Name& zone) { return !has_zone(zone); }),
      defended.end());
  keep_reserves(scenario.doctrine);
  erase_unless(scenario.assets, [&](const AssetDescription& asset) { return has_zone(asset.zone); });
  erase_unless(scenario.false_tracks,
               [&](const BackgroundDescription& background) { return has_zone(background.zone); });
  erase_unless(scenario.sensors, [&](const SensorDescription& sensor) {
    return has_zone(sensor.siting.zone) && has_condition(sensor.needs);
  });
  erase_unless(scenario.units, [&](UnitDescription& unit) {
    if (unit.doctrine) keep_reserves(*unit.doctrine);
    return has_zone(unit.siting.zone) && has_condition(unit.needs) &&
           std::all_of(unit.weapons.begin(), unit.weapons.end(),
                       [&](const auto& mount) { return has_weapon(mount.weapon); });
  });
  erase_unless(scenario.attacks, [&](const AttackDescription& attack) {
    const bool has_threats =
        std::all_of(attack.threats.begin(), attack.threats.end(),
                    [&](const auto& threat) { return scenario.threats.count(threat.first.text) != 0; });
    const bool strikes = attack.goal.kind == GoalDescription::Kind::strike;
    const std::string& target = attack.goal.asset.text;
    const bool has_target = attack.goal.at_defence
                                ? scenario.units.count(target) != 0 || scenario.sensors.count(target) != 0
                                : scenario.assets.count(target) != 0;
    return has_threats && (!strikes || has_target);
  });
  erase_unless(scenario.attacks, [&](const AttackDescription& attack) {
    return !attack.with.given() || scenario.attacks.count(attack.with.text) != 0;
  });
}

void complete_networks(ScenarioDescription& scenario) {
  const auto add = [&](const Name& name) {
    if (name.given()) scenario.networks.try_emplace(name.text, NetworkDescription{name, 0});
  };
  for (const auto& [name, sensor] : scenario.sensors) add(sensor.network);
  for (const auto& [name, unit] : scenario.units) add(unit.network);
  for (const auto& [name, command] : scenario.commands) add(command.network);
  for (const auto* tracks : {&scenario.false_tracks, &scenario.traffic})
    for (const auto& [name, background] : *tracks) add(background.network);
}

}  // namespace dronewall
