// The attacking side: threat types, attacks with their routes and goals, and raids.
#include <algorithm>

#include <fmt/format.h>

#include "model/compiler.hpp"

namespace dronewall {

void Compiler::compile_threats() {
  for (const auto& [name, threat] : in_.threats) {
    ThreatType type;
    const std::string path = "threats." + name;
    const std::string& threat_class = threat.threat_class.text;
    type.name = name;
    type.threat_class = class_id(threat_class);
    type.decoy = threat_class == "decoy";
    type.hostile = threat_class != "civil";
    type.engageable = threat_class != "civil" && threat_class != "aircraft";
    type.speed_m_per_s = compile(threat.speed_m_per_s, path + ".speed");
    type.altitude_m = compile(threat.altitude_m, path + ".altitude");
    if (threat.rcs_m2) type.rcs_m2 = compile(*threat.rcs_m2, path + ".rcs");
    type.reliability = compile_chance(threat.reliability, path + ".reliability");
    if (threat.endurance_s) type.endurance_s = compile(*threat.endurance_s, path + ".endurance");
    type.reusable = threat.reusable;
    type.emits = threat.navigation.text == "radio";
    type.harmless = threat.harmless;
    world_.threats.push_back(std::move(type));
  }
}

void Compiler::compile_assets() {
  for (const auto& [name, asset] : in_.assets) {
    Asset compiled;
    compiled.name = name;
    if (asset.at)
      compiled.at = place(*asset.at);
    else if (const std::uint32_t zone = index_of(in_.zones, asset.zone.text); zone != no_index) {
      compiled.at = world_.zones[zone].point_inside();
    }
    world_.assets.push_back(std::move(compiled));
  }
}

namespace {

/// The shares of a mix in the order of names, so that the order in which they are written moves nobody.
std::vector<std::pair<std::string, double>> shares_by_name(const AttackDescription& attack) {
  std::vector<std::pair<std::string, double>> shares;
  for (const auto& [threat, share] : attack.threats) shares.emplace_back(threat.text, share);
  std::sort(shares.begin(), shares.end());
  return shares;
}

}  // namespace

Attack Compiler::compile_attack(const AttackDescription& attack) {
  Attack result;
  const std::string path = "attacks." + attack.name.text;
  result.name = attack.name.text;
  result.entity = named_entity("attack", attack.name.text);
  name_address("attack " + attack.name.text, result.entity);
  double total = 0, cumulated = 0;
  const auto shares = shares_by_name(attack);
  for (const auto& [threat, share] : shares) total += share;
  for (const auto& [threat, share] : shares) {
    cumulated += share;
    const std::uint32_t index = index_of(in_.threats, threat);
    if (index != no_index) result.mix.emplace_back(index, cumulated / total);
  }
  if (!result.mix.empty()) result.mix.back().second = 1;
  result.count = compile(attack.count, path + ".count");
  result.launch_at_s = compile(attack.launch.at_s, path + ".launch.at");
  if (attack.launch.spacing_s) result.spacing_s = compile(*attack.launch.spacing_s, path + ".launch.spacing");
  if (attack.launch.within_s) result.within_s = compile(*attack.launch.within_s, path + ".launch.within");
  for (std::size_t i = 0; i < attack.route.size(); ++i)
    result.route.push_back(waypoint(attack.route[i], fmt::format("{}.route.{}", path, i)));
  if (attack.spread_m) result.spread_m = compile(*attack.spread_m, path + ".spread");
  if (attack.altitude_m) result.altitude_m = compile(*attack.altitude_m, path + ".altitude");
  switch (attack.goal.kind) {
    case GoalDescription::Kind::overfly:
      result.goal = GoalKind::overfly;
      break;
    case GoalDescription::Kind::strike: {
      result.goal = GoalKind::strike;
      if (attack.goal.at_defence) break;  // compile_struck() knows where it stands.
      result.asset = index_of(in_.assets, attack.goal.asset.text);
      if (result.asset == no_index) break;
      // A zone is struck where the route ends. A route of one point, or one that ends outside, flies on to a
      // point inside.
      const AssetDescription& asset = in_.assets.at(attack.goal.asset.text);
      const Waypoint* last = result.route.empty() ? nullptr : &result.route.back();
      const std::uint32_t zone = index_of(in_.zones, asset.zone.text);
      const bool ends_there =
          last == nullptr || !last->constant || zone == no_index || world_.zones[zone].contains(last->fixed);
      if (!asset.at && result.route.size() > 1 && ends_there) break;
      Waypoint end;
      end.constant = true;
      end.fixed = world_.assets[result.asset].at;
      result.route.push_back(end);
      break;
    }
    case GoalDescription::Kind::loiter:
      result.goal = GoalKind::loiter;
      result.route.push_back(waypoint(attack.goal.point, path + ".goal"));
      result.loiter_s = compile(attack.goal.duration_s, path + ".goal.for");
      break;
  }
  result.formation = attack.formation;
  if (attack.turns_back) result.turns_back = compile_chance(*attack.turns_back, path + ".turns_back");
  return result;
}

void Compiler::compile_attacks() {
  for (const auto& [name, attack] : in_.attacks) world_.attacks.push_back(compile_attack(attack));
}

void Compiler::compile_raids() {
  // The attack whose repetition decides: follow `with:` to its end.
  const auto root_of = [&](const std::string& name) {
    std::string root = name;
    for (std::size_t step = 0; step <= in_.attacks.size(); ++step) {
      const AttackDescription& attack = in_.attacks.at(root);
      if (!attack.with.given() || in_.attacks.count(attack.with.text) == 0) return root;
      root = attack.with.text;
    }
    problems_.error(in_.attacks.at(name).with.place, fmt::format("{} flies with itself", escaped(name)));
    return name;
  };
  std::map<std::string, std::uint32_t> raids;  // by root name; "" is all that does not repeat
  for (std::uint32_t index = 0; index < world_.attacks.size(); ++index) {
    const std::string root = root_of(world_.attacks[index].name);
    const auto& repeat = in_.attacks.at(root).repeat;
    const AttackDescription& own = in_.attacks.at(world_.attacks[index].name);
    if (own.repeat && own.with.given())
      problems_.error(own.repeat->place,
                      fmt::format("{} has both repeat and with (the raid of {} decides when it flies)",
                                  escaped(own.name.text), escaped(own.with.text)),
                      "drop one of them");
    const auto [found, is_new] =
        raids.try_emplace(repeat ? root : "", static_cast<std::uint32_t>(world_.raids.size()));
    if (is_new) {
      Raid raid;
      raid.name = repeat ? root : "";
      raid.entity = named_entity("raid", raid.name);
      if (repeat) {
        const std::string path = "attacks." + root + ".repeat";
        raid.repeats = true;
        for (const Quantity& at : repeat->at_s)
          raid.at_s.push_back(compile(at, fmt::format("{}.at.{}", path, raid.at_s.size())));
        if (repeat->every_s) raid.every_s = compile(*repeat->every_s, path + ".every");
        for (const auto& rate : repeat->rates) raid.rates.push_back({rate.from_s, rate.to_s, rate.per_s});
      }
      world_.raids.push_back(std::move(raid));
    }
    world_.attacks[index].raid = found->second;
    world_.raids[found->second].attacks.push_back(index);
  }
}

}  // namespace dronewall
