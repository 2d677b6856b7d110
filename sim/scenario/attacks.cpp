// Attacks: what comes, on which route, when, how often, and what for.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenario/scalars.hpp"
#include "scenario/sections.hpp"
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

using Threats = std::vector<std::pair<Name, double>>;

/// A threat's name, or `{mix: {gerbera: 0.6, shahed: 0.4}}`: shares that sum to 1.
Threats read_threats(const Tree& node, Reading& reading) {
  if (node.kind == Tree::Kind::scalar) {
    const std::optional<Name> name = read_text(node, reading.problems);
    if (!name || !check_reference(*name, "threats", reading)) return {};
    return {{*name, 1.0}};
  }
  const Tree* mix = node.kind == Tree::Kind::mapping && node.entries.size() == 1 ? node.find("mix") : nullptr;
  if (!mix) {
    reading.problems.error(node.place, "threat must be a name or a mix",
                           "write threat: NAME or threat: {mix: {NAME: 0.6, OTHER: 0.4}}");
    return {};
  }
  const Key key{.name = "mix",
                .shape = Shape::by_class,
                .dimension = Dimension::fraction,
                .low = 0,
                .refers_to = "threats"};
  Threats threats;
  const Watch watch(reading.problems);
  double sum = 0;
  for (const auto& [name, weight] : read_by_name(*mix, key, reading)) {
    if (!weight.is_constant()) reading.problems.error(weight.place, "a share of a mix may not be random");
    threats.emplace_back(name, weight.mean());
    sum += weight.mean();
  }
  if (watch.clean() && !threats.empty())
    check_sum(sum, mix->place, "the shares of this mix", reading.problems);
  if (mix->kind == Tree::Kind::mapping && mix->entries.empty())
    reading.problems.error(mix->place, "this mix is empty", "write {mix: {NAME: 0.6, OTHER: 0.4}}");
  return threats;
}

/// Whether `goal: {strike: …}` means a unit or sensor; a name that an asset has too means the asset.
bool strikes_defence(const Tree& target, const Reading& reading) {
  if (target.kind != Tree::Kind::scalar || reading.defined.find("assets", target.scalar)) return false;
  return reading.defined.find("units", target.scalar) || reading.defined.find("sensors", target.scalar);
}

/// The table of a goal whose strike is not held against the names of assets.
KeyTable goal_table_of_defences() {
  KeyTable table = goal_table();
  for (Key& key : table.keys)
    if (key.name == "strike") key.refers_to.clear();
  return table;
}

GoalDescription read_goal(const Tree& node, Reading& reading) {
  GoalDescription goal;
  goal.place = node.place;
  if (node.kind == Tree::Kind::scalar && node.scalar == "overfly") return goal;
  if (node.kind != Tree::Kind::mapping) {
    reading.problems.error(node.place, fmt::format("{} is no goal", node.scalar),
                           "write overfly, {strike: ASSET} or {loiter: {x: 0 km, y: 0 km}, for: 10 min}");
    return goal;
  }
  const Tree* target = node.find("strike");
  goal.at_defence = target && strikes_defence(*target, reading);
  const Values values =
      read_mapping(node, goal.at_defence ? goal_table_of_defences() : goal_table(), node.place, reading);
  const std::string kind = exactly_one(node, {"strike", "loiter"}, node.place, "a goal", reading);
  if (kind == "strike") {
    goal.kind = GoalDescription::Kind::strike;
    goal.asset = values.text("strike");
    if (node.find("for"))
      reading.problems.error(values.place_of("for"), "for belongs to loiter", "leave it out");
  } else if (kind == "loiter") {
    goal.kind = GoalDescription::Kind::loiter;
    if (const Values::Value* point = values.find("loiter")) goal.point = point->point;
    goal.duration_s = values.quantity("for", 0);
    if (!node.find("for") && !is_misspelt(node, "for"))
      reading.problems.error(node.place, "for is missing (how long it loiters)", "add for: 10 min");
  }
  return goal;
}

LaunchDescription launch_of(const Values& attack, Reading& reading) {
  LaunchDescription launch;
  launch.at_s = Quantity::constant(0, attack.place());
  const Values::Value* value = attack.find("launch");
  if (!value || value->entries.empty()) return launch;
  const Values& own = value->entries.front().second;
  launch.place = value->place;
  launch.at_s = own.quantity("at", 0);
  if (own.has("spacing")) launch.spacing_s = own.quantity("spacing", 0);
  if (own.has("within")) launch.within_s = own.quantity("within", 0);
  if (launch.spacing_s && launch.within_s)
    reading.problems.error(own.place_of("within"), "launch has both spacing and within",
                           "leave one: spacing parts the drones, within draws each in a window");
  return launch;
}

}  // namespace

std::vector<RepeatDescription::Rate> read_rates(const Tree& node, Reading& reading) {
  const Key key{.name = "rate", .dimension = Dimension::rate, .low = 0};
  std::vector<RepeatDescription::Rate> rates;
  if (node.kind != Tree::Kind::mapping) {
    if (const std::optional<Values::Value> rate = read_value(node, key, reading))
      rates.push_back({0, 86400, rate->quantity.mean()});
    return rates;
  }
  for (const Tree::Entry& entry : node.entries) {
    Tree hours;
    hours.kind = Tree::Kind::scalar;
    hours.place = entry.key_place;
    hours.scalar = entry.key;
    const auto span = read_hours(hours, reading.problems);
    const auto rate = read_value(*entry.value, key, reading);
    if (!span || !rate) continue;
    const auto [from, to] = *span;
    const double per_s = rate->quantity.mean();
    if (from < to) {
      rates.push_back({from, to, per_s});
    } else {
      if (to > 0) rates.push_back({0, to, per_s});
      rates.push_back({from, 86400, per_s});
    }
  }
  std::sort(rates.begin(), rates.end(), [](const auto& a, const auto& b) { return a.from_s < b.from_s; });
  for (std::size_t i = 1; i < rates.size(); ++i)
    if (rates[i].from_s < rates[i - 1].to_s) {
      reading.problems.error(node.place, "these times of day overlap", "write 06:00-22:00 and 22:00-06:00");
      break;
    }
  return rates;
}

namespace {

std::optional<RepeatDescription> repeat_of(const Tree& attack, const Values& values, Reading& reading) {
  const Tree* node = attack.find("repeat");
  const Values::Value* value = values.find("repeat");
  if (!node) return std::nullopt;
  if (!value || value->entries.empty()) {  // Something in it is wrong; the rest may be too.
    if (node->kind == Tree::Kind::mapping)
      exactly_one(*node, {"at", "every", "rate"}, node->place, "repeat", reading);
    if (const Tree* rate = node->find("rate"); rate && rate->kind != Tree::Kind::null)
      (void)read_rates(*rate, reading);
    return std::nullopt;
  }
  const Values& own = value->entries.front().second;
  RepeatDescription repeat;
  repeat.place = node->place;
  const std::string kind = exactly_one(*node, {"at", "every", "rate"}, node->place, "repeat", reading);
  if (const Values::Value* at = own.find("at")) repeat.at_s = at->quantities;
  if (kind == "at" && repeat.at_s.empty())
    reading.problems.error(node->place, "repeat at an empty list of times", "write at: [0 h, 30 h]");
  if (own.has("every") && check_above_zero(own, "every", reading)) repeat.every_s = own.quantity("every", 0);
  if (const Tree* rate = node->find("rate"); rate && rate->kind != Tree::Kind::null)
    repeat.rates = read_rates(*rate, reading);
  return repeat;
}

/// Where a strike's route ends, when the target stands at one point that is written with it. Zones, lines and
/// random places count as a point of their own.
std::optional<PointDescription> point_of_target(const Name& target, const Tree& root, Reading& reading) {
  const Tree* at = nullptr;
  for (const char* name : {"sensors", "units", "assets"}) {
    const Tree* section = root.find(name);
    const Tree* node = section ? section->find(target.text) : nullptr;
    if (!node) continue;
    at = node->find("at");
    if (!at) at = node->find("base");
  }
  if (!at) return std::nullopt;
  Problems unheard(reading.problems.sources());
  Reading aside{unheard, reading.kinds, {}, reading.rates, {}, true, {}};
  return read_point(*at, aside);
}

void check_route(const AttackDescription& attack, Place place, const Tree& root, Reading& reading) {
  std::vector<PointDescription> points = attack.route;
  bool moves = false;
  if (attack.goal.kind == GoalDescription::Kind::loiter) points.push_back(attack.goal.point);
  if (attack.goal.kind == GoalDescription::Kind::strike) {
    const std::optional<PointDescription> end = point_of_target(attack.goal.asset, root, reading);
    if (end)
      points.push_back(*end);
    else
      moves = !points.empty();
  }
  for (std::size_t i = 1; i < points.size(); ++i) moves = moves || are_distinct(points[i - 1], points[i]);
  if (!moves)
    reading.problems.error(place, "this route goes nowhere (with its goal it needs two distinct points)",
                           "add a waypoint");
}

/// The threat's altitude, as far as its tree says that it has one.
bool has_altitude(const Name& threat, const Tree& root) {
  const Tree* threats = root.find("threats");
  const Tree* node = threats ? threats->find(threat.text) : nullptr;
  return !node || node->kind != Tree::Kind::mapping || node->find("altitude") ||
         is_misspelt(*node, "altitude");
}

/// What a formation is and what its crews may do: keys that contradict each other.
void check_formation(const AttackDescription& attack, const Values& values, Reading& reading) {
  const Values::Value* launch = values.find("launch");
  if (!attack.formation || !launch || launch->entries.empty()) return;
  for (const char* key : {"spacing", "within"})
    if (launch->entries.front().second.has(key))
      reading.problems.error(
          launch->entries.front().second.place_of(key),
          fmt::format("{} parts the drones of a formation (it is launched at one instant)", key),
          "leave it out, or leave formation out");
}

/// Only a crew turns back.
void check_crew(const AttackDescription& attack, const Values& values, const Tree& root, Reading& reading) {
  if (!attack.turns_back || (attack.turns_back->is_constant() && attack.turns_back->mean() == 0)) return;
  const Tree* threats = root.find("threats");
  for (const auto& [threat, weight] : attack.threats) {
    const Tree* node = threats ? threats->find(threat.text) : nullptr;
    const Tree* navigation = node && node->kind == Tree::Kind::mapping ? node->find("navigation") : nullptr;
    if (navigation && navigation->kind == Tree::Kind::scalar && navigation->scalar != "crew")
      reading.problems.error(values.place_of("turns_back"),
                             fmt::format("{} does not turn back (its navigation is {}, it has no crew)",
                                         threat.text, navigation->scalar),
                             "leave turns_back out, or write navigation: crew");
  }
}

void check_with(const Name& with, const Name& self, bool repeats, const Tree& root, Reading& reading) {
  const Tree* attacks = root.find("attacks");
  const Tree* other = attacks ? attacks->find(with.text) : nullptr;
  if (with.text == self.text)
    reading.problems.error(with.place, fmt::format("{} comes with itself", self.text), "name another attack");
  else if (repeats)
    reading.problems.error(with.place, fmt::format("{} repeats and comes with {}", self.text, with.text),
                           "leave repeat out: it comes whenever the other does");
  else if (other && !other->find("repeat"))
    reading.problems.error(with.place, fmt::format("{} does not repeat, so nothing comes with it", with.text),
                           "leave with out: all attacks that do not repeat are one raid");
}

}  // namespace

AttackDescription read_attack(const Name& name, const Tree& node, const Tree& root, Reading& reading) {
  const Values values = read_mapping(node, attack_table(), name.place, reading);
  const auto child = [&](const char* key) {
    const Tree* found = node.find(key);
    return found && found->kind != Tree::Kind::null ? found : nullptr;
  };
  AttackDescription attack;
  attack.name = name;
  if (const Tree* threat = child("threat")) attack.threats = read_threats(*threat, reading);
  attack.nation = values.text("nation");
  attack.count = values.quantity("count", 0);
  attack.launch = launch_of(values, reading);
  if (const Values::Value* route = values.find("route")) attack.route = route->points;
  if (values.has("spread")) attack.spread_m = values.quantity("spread", 0);
  if (values.has("altitude")) attack.altitude_m = values.quantity("altitude", 0);

  const Watch goal_watch(reading.problems);
  const Tree* goal = child("goal");
  if (goal) attack.goal = read_goal(*goal, reading);
  if (goal && goal_watch.clean() && values.find("route"))
    check_route(attack, values.place_of("route"), root, reading);
  attack.formation = values.flag("formation", false);
  if (values.has("turns_back")) attack.turns_back = values.quantity("turns_back", 0);
  check_formation(attack, values, reading);
  check_crew(attack, values, root, reading);
  attack.repeat = repeat_of(node, values, reading);
  attack.with = values.text("with");
  if (attack.with.given()) check_with(attack.with, name, node.find("repeat") != nullptr, root, reading);
  if (!child("altitude") && !is_misspelt(node, "altitude"))
    for (const auto& [threat, weight] : attack.threats)
      if (!has_altitude(threat, root))
        reading.problems.error(
            name.place,
            fmt::format("altitude is missing (neither {} nor {} has one)", name.text, threat.text),
            "add altitude: 300 m to one of them");
  return attack;
}

}  // namespace dronewall
