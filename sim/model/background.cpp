// Tracks that are no intruders: each false track and each civil aircraft is a raid of one, born in its
// network without a sensor.
#include <set>

#include <fmt/format.h>

#include "model/compiler.hpp"

namespace dronewall {

namespace {

Drawn always(double value) { return {Distribution::constant(value), DrawLevel::natural, {}}; }

}  // namespace

void Compiler::compile_background() {
  for (const auto& [name, background] : in_.false_tracks) compile_background(background, Origin::false_track);
  for (const auto& [name, background] : in_.traffic) compile_background(background, Origin::traffic);
}

/// Its network; where none is named, the only one that has a sensor or unit.
std::uint32_t Compiler::network_of_background(const BackgroundDescription& background) {
  if (background.network.given()) return network_of(background.network);
  std::set<std::string> used;
  for (const auto& [name, sensor] : in_.sensors) used.insert(sensor.network.text);
  for (const auto& [name, unit] : in_.units) used.insert(unit.network.text);
  if (used.size() > 1)
    problems_.error(background.name.place,
                    fmt::format("network is missing (there are {}, and the tracks of {} appear in one)",
                                used.size(), escaped(background.name.text)),
                    "add network: NAME");
  return network_of(used.size() == 1 ? Name{*used.begin(), {}} : Name{});
}

void Compiler::check_positive(const Drawn& drawn, Place place, const char* key, const std::string& name) {
  constexpr double rare = 1e-6;  // One draw in a million may fall there.
  if (drawn.distribution.value(rare) > 0) return;
  problems_.error(place, fmt::format("{} of {} can be 0 or below", key, escaped(name)),
                  "write a distribution that stays above 0");
}

void Compiler::compile_background(const BackgroundDescription& background, Origin origin) {
  const bool is_false = origin == Origin::false_track;
  const std::string& name = background.name.text;
  const std::string path = fmt::format("{}.{}", is_false ? "false_tracks" : "traffic", name);
  const std::string perceived = background.perceived.text;

  ThreatType type;
  type.name = name;
  type.threat_class = class_id(is_false ? "clutter" : "civil");
  type.hostile = false;
  type.engageable = perceived != "civil" && perceived != "aircraft";
  type.speed_m_per_s =
      is_false ? always(1) : compile(background.speed_m_per_s, path + ".speed");  // A false one stands still.
  type.altitude_m = compile(background.altitude_m, path + ".altitude");
  type.reliability = always(1);
  // Nobody foresees when a false track vanishes, as nobody foresees a fall.
  if (is_false) type.endurance_s = compile(background.lasts_s, path + ".lasts");
  check_positive(type.speed_m_per_s, background.speed_m_per_s.place, "speed", name);
  if (type.endurance_s) check_positive(*type.endurance_s, background.lasts_s.place, "lasts", name);
  world_.threats.push_back(std::move(type));

  Attack attack;
  attack.name = name;
  attack.origin = origin;
  attack.entity = named_entity(is_false ? "false tracks" : "traffic", name);
  name_address(path, attack.entity);
  attack.network = network_of_background(background);
  attack.apparent = class_id(perceived);
  if (background.zone.given()) attack.zone = index_of(in_.zones, background.zone.text);
  attack.raid = static_cast<std::uint32_t>(world_.raids.size());
  attack.mix = {{static_cast<std::uint32_t>(world_.threats.size() - 1), 1.0}};
  attack.count = always(1);
  attack.launch_at_s = always(0);
  for (std::size_t i = 0; i < background.route.size(); ++i)
    attack.route.push_back(waypoint(background.route[i], fmt::format("{}.route.{}", path, i)));
  if (background.at) attack.route.push_back(waypoint(*background.at, path + ".at"));
  if (is_false) {
    attack.goal = GoalKind::loiter;
    attack.loiter_s = always(world_.duration_s + world_.settle_s + 86400);
  }

  Raid raid;
  raid.name = name;
  raid.entity = named_entity(is_false ? "raid of false tracks" : "raid of traffic", name);
  raid.attacks = {static_cast<std::uint32_t>(world_.attacks.size())};
  raid.repeats = true;
  for (const auto& rate : background.rates) raid.rates.push_back({rate.from_s, rate.to_s, rate.per_s});
  world_.raids.push_back(std::move(raid));
  world_.attacks.push_back(std::move(attack));
}

}  // namespace dronewall
