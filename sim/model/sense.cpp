// What may be written, but makes no sense in the world that came of it.
#include <fmt/format.h>

#include <algorithm>

#include "model/compiler.hpp"

namespace dronewall {

void Compiler::check_sense() {
  check_cross_sections();
  if (problems_.has_errors()) return;  // What was left out for a mistake is not missed.
  check_endless_fire();
  warn_blind_networks();
  warn_unheard_tracks();
  warn_late_attacks();
  warn_far_places();
}

/// What reads the radar cross-section never sees a threat that has none.
void Compiler::check_cross_sections() {
  const auto reads_it = [](const auto& entry) {
    return entry.second.sees.has_value() || entry.second.law.kind.text == "radar";
  };
  const auto sensor = std::find_if(in_.sensors.begin(), in_.sensors.end(), reads_it);
  if (sensor == in_.sensors.end()) return;
  std::vector<bool> comes(world_.threats.size(), false);
  for (const Attack& attack : world_.attacks) {
    if (attack.origin != Origin::attack) continue;  // No sensor need see them.
    for (const auto& [threat, share] : attack.mix) comes[threat] = true;
  }
  for (std::size_t t = 0; t < world_.threats.size(); ++t)
    if (comes[t] && !world_.threats[t].rcs_m2)
      problems_.error(in_.threats.at(world_.threats[t].name).name.place,
                      fmt::format("{} has no rcs, so {} could never see it ({} reads it)",
                                  escaped(world_.threats[t].name), escaped(sensor->first),
                                  sensor->second.sees ? "sees" : "law: radar"),
                      "add rcs: 0.1 m2");
}

/// Units wait for tracks of their network: without a sensor none is ever born there.
void Compiler::warn_blind_networks() {
  std::vector<bool> sees(world_.networks.size(), false);
  for (const Sensor& sensor : world_.sensors) sees[sensor.network] = true;
  for (const Attack& attack : world_.attacks)
    if (attack.origin != Origin::attack) sees[attack.network] = true;
  for (const Unit& unit : world_.units) {
    if (sees[unit.network] || unit.mounts.empty()) continue;
    sees[unit.network] = true;  // Told once.
    problems_.warning(in_.units.at(unit.name).name.place,
                      fmt::format("no sensor belongs to the network {} of {} (its units never see anything)",
                                  escaped(world_.networks[unit.network]), escaped(unit.name)),
                      fmt::format("write network: {} for a sensor", escaped(world_.networks[unit.network])));
  }
}

/// Tracks that are no intruders concern who is on their network, and airports that hear of it.
void Compiler::warn_unheard_tracks() {
  std::vector<bool> hears(world_.networks.size(), false);
  for (const Sensor& sensor : world_.sensors) hears[sensor.network] = true;
  for (const Unit& unit : world_.units) hears[unit.network] = true;
  for (const auto& [name, asset] : in_.assets) {
    if (!asset.closes) continue;
    if (!asset.closes->network.given()) return;  // It hears of all.
    hears[network_of(asset.closes->network)] = true;
  }
  for (const Attack& attack : world_.attacks) {
    if (attack.origin == Origin::attack || hears[attack.network]) continue;
    const auto& section = attack.origin == Origin::false_track ? in_.false_tracks : in_.traffic;
    problems_.warning(
        section.at(attack.name).name.place,
        fmt::format("no unit or sensor belongs to the network {} of {} (its tracks concern nobody)",
                    escaped(world_.networks[attack.network]), escaped(attack.name)),
        "write network: NAME of those that are to see them");
  }
}

void Compiler::warn_late_attacks() {
  for (const Attack& attack : world_.attacks) {
    if (attack.origin != Origin::attack) continue;
    const Raid& raid = world_.raids[attack.raid];
    double first_s = 0;
    for (std::size_t i = 0; i < raid.at_s.size(); ++i)
      first_s = i == 0 ? raid.at_s[i].distribution.low() : std::min(first_s, raid.at_s[i].distribution.low());
    if (first_s + attack.launch_at_s.distribution.low() < world_.duration_s) continue;
    const AttackDescription& in = in_.attacks.at(attack.name);
    problems_.warning(
        in.launch.place.line > 0 ? in.launch.place : in.name.place,
        fmt::format("{} never comes (it would start after the end of the duration)", escaped(attack.name)),
        "let it start earlier, or let time.duration be longer");
  }
}

void Compiler::warn_far_places() {
  if (!world_.projection) return;
  constexpr double far_m = 1.5e6;  // The azimuthal equidistant projection stretches by 1% there.
  const auto warn = [&](const std::string& name, const std::vector<PointDescription>& points) {
    for (const PointDescription& point : points) {
      if (!point.geographic || length(place(point)) <= far_m) continue;
      problems_.warning(
          point.place,
          fmt::format("this place of {} lies more than 1,500 km from the centre of the projection "
                      "(distances there are off by more than 1%)",
                      escaped(name)),
          "write centre: {lat: …, lon: …} nearer to where it matters");
      return;  // One of each name.
    }
  };
  const auto warn_siting = [&](const std::string& name, const SitingDescription& siting) {
    if (siting.kind == SitingDescription::Kind::point) warn(name, {siting.at});
    if (siting.kind == SitingDescription::Kind::line) warn(name, siting.along);
  };
  for (const auto& [name, attack] : in_.attacks) {
    std::vector<PointDescription> points = attack.route;
    if (attack.goal.kind == GoalDescription::Kind::loiter) points.push_back(attack.goal.point);
    warn(name, points);
  }
  for (const auto& [name, sensor] : in_.sensors) warn_siting(name, sensor.siting);
  for (const auto& [name, unit] : in_.units) warn_siting(name, unit.siting);
  for (const auto& [name, asset] : in_.assets)
    if (asset.at) warn(name, {*asset.at});
}

}  // namespace dronewall
