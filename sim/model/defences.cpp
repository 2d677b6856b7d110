// The defending side: networks, conditions, sensors, weapons, doctrines and units.
#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "dronewall/core/hash.hpp"
#include "model/compiler.hpp"

namespace dronewall {

namespace {

constexpr const char* default_network = "default";

/// "radar" for a single one, "listeners#7" for the seventh of many.
std::string element_name(const std::string& group, std::uint32_t number, std::uint32_t count) {
  return count == 1 ? group : fmt::format("{}#{}", group, number + 1);
}

}  // namespace

void Compiler::compile_networks() {
  std::map<std::string, double> coast;
  coast[default_network] = 0;
  for (const auto& [name, network] : in_.networks) coast[name] = network.coast_s;
  for (const auto& [name, coast_s] : coast) {
    world_.networks.push_back(name);
    world_.coast_s.push_back(coast_s);
  }
}

std::uint32_t Compiler::network_of(const Name& name) {
  const std::string text = name.given() ? name.text : default_network;
  const auto found = std::find(world_.networks.begin(), world_.networks.end(), text);
  if (found != world_.networks.end()) return static_cast<std::uint32_t>(found - world_.networks.begin());
  // Undeclared networks are allowed while none is declared: a name is enough to keep two apart.
  world_.networks.push_back(text);
  world_.coast_s.push_back(0);
  return static_cast<std::uint32_t>(world_.networks.size() - 1);
}

void Compiler::compile_conditions() {
  for (const auto& [name, chance] : in_.conditions) {
    world_.conditions.push_back(name);
    world_.condition_chance.push_back(compile_chance(chance, "conditions." + name));
  }
}

void Compiler::compile_sensors() {
  for (const auto& [name, sensor] : in_.sensors) {
    owners_[name] = &sensor.ownership;
    Sensor base;
    const std::string path = "sensors." + name;
    base.network = network_of(sensor.network);
    base.range_m = sensor.range_m.value_or(std::numeric_limits<double>::infinity());
    base.horizon = sensor.horizon;
    if (sensor.sector_rad) base.sector.emplace(sensor.sector_rad->first, sensor.sector_rad->second);
    if (sensor.sees) {
      base.sees_range_m = sensor.sees->range_m;
      base.sees_rcs_m2 = sensor.sees->rcs_m2;
    }
    base.period_s = sensor.period_s;
    if (sensor.phase_s) base.phase_s = compile(*sensor.phase_s, path + ".phase");
    base.law = build("law", sensor.law, path);
    base.hits = sensor.confirm_hits;
    base.of = sensor.confirm_of;
    base.availability = compile_chance(sensor.availability, path + ".availability");
    if (sensor.outage_up_s && sensor.outage_repair_s)
      base.outages = Outages{compile(*sensor.outage_up_s, path + ".outages.up"),
                             compile(*sensor.outage_repair_s, path + ".outages.repair")};
    if (sensor.needs.given()) base.condition = index_of(in_.conditions, sensor.needs.text);
    base.emitters_only = sensor.kind.text == "passive-rf";
    const std::vector<Site> places = sites(sensor.siting, sensor.count, sensor.height_m);
    for (std::uint32_t i = 0; i < sensor.count; ++i) {
      Sensor one = base;
      one.name = element_name(name, i, sensor.count);
      one.entity = named_entity("sensor", one.name);
      one.site = places[i];
      name_address("sensor " + one.name, one.entity);
      world_.sensors.push_back(std::move(one));
    }
  }
}

Assessment Compiler::compile_assessment(const WeaponDescription::Assess& assess, const std::string& path) {
  return {compile(assess.time_s, path + ".assess.time"), assess.dead_seen_alive, assess.alive_seen_dead};
}

void Compiler::compile_weapons() {
  for (const auto& [name, weapon] : in_.weapons) {
    Weapon result;
    const std::string path = "weapons." + name;
    result.name = name;
    result.entity = named_entity("weapon", name);
    name_address("weapon " + name, result.entity);
    result.range_low_m = weapon.range_m.low;
    result.range_high_m = weapon.range_m.high;
    result.altitude_low_m = weapon.altitude_m.low;
    result.altitude_high_m = weapon.altitude_m.high;
    if (weapon.speed_m_per_s) {
      result.mode = WeaponMode::flight;
      result.speed_m_per_s = *weapon.speed_m_per_s;
    } else if (weapon.kill_rate_per_s) {
      result.mode = WeaponMode::fire;
      result.kill_rate_per_s = *weapon.kill_rate_per_s;
      result.rounds_per_s = weapon.rounds_per_s.value_or(1);
    } else {
      result.mode = WeaponMode::dwell;
    }
    result.reaction_s = compile(weapon.reaction_s, path + ".reaction");
    result.cycle_s = weapon.cycle_s;
    if (weapon.reload_s) result.reload_s = compile(*weapon.reload_s, path + ".reload");
    for (const auto& [threat_class, chance] : weapon.pk) static_cast<void>(class_id(threat_class.text));
    for (const auto& [threat_class, dwell] : weapon.dwell_by_class)
      static_cast<void>(class_id(threat_class.text));
    if (weapon.assess) result.assess = compile_assessment(*weapon.assess, path);
    const PriceBook& planning = in_.planning_prices ? *in_.planning_prices : in_.prices;
    if (const auto price = planning.items.find(name); price != planning.items.end())
      result.planning_price = price->second.point();
    world_.weapons.push_back(std::move(result));
  }
}

namespace {

/// The entry of a class: its own, for a decoy that of drones, else that of `any`; nullptr when there is none.
template <class Entries>
const typename Entries::value_type* entry_of(const Entries& entries, const std::string& threat_class) {
  const auto find = [&](const std::string& name) -> const typename Entries::value_type* {
    for (const auto& entry : entries)
      if (entry.first.text == name) return &entry;
    return nullptr;
  };
  if (const auto* own = find(threat_class)) return own;
  if (threat_class == "decoy")
    if (const auto* drone = find("drone")) return drone;
  return find("any");
}

}  // namespace

/// After everything that may name a class: kill probabilities and dwell times by class number.
void Compiler::resolve_pk() {
  for (Weapon& weapon : world_.weapons) {
    const WeaponDescription& in = in_.weapons.at(weapon.name);
    weapon.pk.resize(world_.classes.size());
    weapon.dwell_s.resize(world_.classes.size());
    for (ClassId id = 0; id < world_.classes.size(); ++id) {
      const std::string path = "weapons." + weapon.name;
      if (const auto* entry = entry_of(in.pk, world_.classes[id])) {
        weapon.pk[id].given = true;
        weapon.pk[id].chance = compile(entry->second, path + ".pk." + entry->first.text);
        weapon.pk[id].mean = weapon.pk[id].chance.distribution.mean();
        weapon.pk[id].key = static_cast<std::uint32_t>(hash_text(entry->first.text) & 0xffff);
      }
      if (in.dwell_s)
        weapon.dwell_s[id] = compile(*in.dwell_s, path + ".dwell");
      else if (const auto* dwell = entry_of(in.dwell_by_class, world_.classes[id]))
        weapon.dwell_s[id] = compile(dwell->second, path + ".dwell." + dwell->first.text);
      else if (!in.dwell_by_class.empty())
        weapon.pk[id].given = false;  // Without a dwell time the class cannot be engaged.
    }
  }
  for (Doctrine& doctrine : world_.doctrines)
    for (Reserve& reserve : doctrine.reserve) reserve.for_class.resize(world_.classes.size(), false);
  for (Unit& unit : world_.units)
    unit.columns.wait_by_class.assign(world_.classes.size(), {no_index, no_index});
}

std::uint32_t Compiler::compile_doctrine(const DoctrineDescription& doctrine, const std::string& path) {
  Doctrine result;
  result.next = build("next", doctrine.next, path);
  result.assign = build("assign", doctrine.assign, path);
  result.fire = build("fire", doctrine.fire, path);
  result.at_most = doctrine.at_most.value_or(no_index);
  if (doctrine.assess) result.assess = compile_assessment(*doctrine.assess, path);
  result.reserve.resize(in_.weapons.size());
  for (const auto& reserve : doctrine.reserve) {
    const std::uint32_t weapon = index_of(in_.weapons, reserve.weapon.text);
    if (weapon == no_index) continue;
    Reserve& compiled = result.reserve[weapon];
    compiled.rounds = reserve.rounds;
    for (const Name& name : reserve.classes) {
      const ClassId id = class_id(name.text);
      if (compiled.for_class.size() <= id) compiled.for_class.resize(id + 1U, false);
      compiled.for_class[id] = true;
    }
  }
  world_.doctrines.push_back(std::move(result));
  return static_cast<std::uint32_t>(world_.doctrines.size() - 1);
}

void Compiler::compile_units() {
  const std::uint32_t common = compile_doctrine(in_.doctrine, "doctrine");
  for (const auto& [name, unit] : in_.units) {
    compile_unit(unit);
    world_.units.back().doctrine =
        unit.doctrine ? compile_doctrine(*unit.doctrine, "units." + name + ".doctrine") : common;
  }
}

void Compiler::compile_unit(const UnitDescription& unit) {
  Unit result;
  const std::string& name = unit.name.text;
  const std::string path = "units." + name;
  owners_[name] = &unit.ownership;
  result.name = name;
  result.entity = named_entity("unit", name);
  result.kind = static_cast<const CompiledUnitKind*>(build("unit", unit.kind, path));
  result.flies = result.kind != nullptr && result.kind->flies();
  if (result.flies && unit.channels != 1)
    problems_.error(unit.name.place,
                    fmt::format("{} has {} channels, but flies (an aircraft goes after one target at a time)",
                                escaped(name), unit.channels),
                    "write count: for more aircraft");
  if (result.kind != nullptr && result.kind->area() != nullptr &&
      (!unit.weapons.empty() || unit.channels != 1 || unit.doctrine))
    problems_.error(unit.name.place,
                    fmt::format("{} has weapons, channels or a doctrine, but is an area effector (it acts on "
                                "whatever is inside its radius)",
                                escaped(name)),
                    "leave them out");
  result.network = network_of(unit.network);
  result.channels = unit.channels;
  result.count = unit.count;
  result.availability = compile_chance(unit.availability, path + ".availability");
  if (unit.outage_up_s && unit.outage_repair_s)
    result.outages = Outages{compile(*unit.outage_up_s, path + ".outages.up"),
                             compile(*unit.outage_repair_s, path + ".outages.repair")};
  if (unit.needs.given()) result.condition = index_of(in_.conditions, unit.needs.text);
  std::vector<MountDescription> mounts = unit.weapons;  // By name: ties never depend on the file's order.
  std::sort(mounts.begin(), mounts.end(),
            [](const auto& a, const auto& b) { return a.weapon.text < b.weapon.text; });
  for (const MountDescription& mount : mounts) {
    const std::uint32_t weapon = index_of(in_.weapons, mount.weapon.text);
    if (weapon == no_index) continue;
    Mount compiled;
    compiled.weapon = weapon;
    const double rounds = mount.rounds.value_or(0);
    compiled.rounds = rounds < 1e15 ? static_cast<std::int64_t>(rounds) : unlimited_rounds;
    result.mounts.push_back(compiled);
  }
  result.first_element = static_cast<std::uint32_t>(world_.elements.size());
  const std::vector<Site> places = sites(unit.siting, unit.count, unit.height_m);
  for (std::uint32_t i = 0; i < unit.count; ++i) {
    Element element;
    element.name = element_name(name, i, unit.count);
    element.entity = named_entity("element", element.name);
    element.unit = static_cast<std::uint32_t>(world_.units.size());
    element.number = i;
    element.site = places[i];
    element.first_channel = world_.channels;
    world_.channels += unit.channels;
    name_address("element " + element.name, element.entity);
    world_.elements.push_back(std::move(element));
  }
  world_.units.push_back(std::move(result));
}

}  // namespace dronewall
