// Sections of what comes and what is fired at it: threats and weapons.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/sections.hpp"
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

std::optional<Quantity> written(const Values& values, const std::string& key) {
  if (!values.has(key)) return std::nullopt;
  return values.quantity(key, 0);
}

std::optional<double> written_number(const Values& values, const std::string& key) {
  if (!values.has(key)) return std::nullopt;
  return values.number(key, 0);
}

/// `dwell: 4 s`, or by class: `dwell: {drone: 4 s, any: 8 s}`.
void read_dwell(const Tree& node, Reading& reading, WeaponDescription& weapon) {
  Key key = *find_key(weapon_table(), "dwell");
  const bool random = node.find("discrete") || node.find("draw") || node.find("from");
  if (node.kind == Tree::Kind::mapping && !random) {
    key.shape = Shape::by_class;
    key.refers_to = "classes";
    weapon.dwell_by_class = read_by_name(node, key, reading);
    return;
  }
  key.shape = Shape::quantity;
  if (std::optional<Values::Value> value = read_value(node, key, reading))
    weapon.dwell_s = std::move(value->quantity);
}

void check_fire(const Tree& node, const Name& name, Reading& reading) {
  const std::string way = exactly_one(node, {"speed", "dwell", "kill_rate"}, name.place, name.text, reading);
  const auto rounds = std::find_if(node.entries.begin(), node.entries.end(),
                                   [](const Tree::Entry& entry) { return entry.key == "rounds"; });
  const bool has_rounds = rounds != node.entries.end();
  if (way == "kill_rate" && !has_rounds && !is_misspelt(node, "rounds"))
    reading.problems.error(name.place, "rounds is missing (kill_rate fires so many per second)",
                           "add rounds: 10 / s");
  if (!way.empty() && way != "kill_rate" && has_rounds)
    reading.problems.error(rounds->key_place, "rounds belongs to kill_rate (continuous fire)",
                           "leave it out; a unit's rounds are its magazine");
}

/// A class may be any word, but one that is nearly a common one was hardly meant: nobody would engage it.
void warn_of_near_class(const Name& threat_class, Reading& reading) {
  const std::vector<std::string>& known = known_classes();
  if (std::find(known.begin(), known.end(), threat_class.text) != known.end()) return;
  if (const std::string nearest = nearest_word(threat_class.text, known); !nearest.empty())
    reading.problems.warning(threat_class.place,
                             fmt::format("{} is a class of its own (what is said of {} does not hold for it)",
                                         threat_class.text, nearest),
                             fmt::format("did you mean {}?", nearest));
}

void check_band(const Values& values, const std::string& key, Reading& reading) {
  const Values::Value* band = values.find(key);
  if (band && !(band->interval.low < band->interval.high))
    reading.problems.error(band->place, fmt::format("{} is empty (low must be below high)", key));
}

}  // namespace

std::optional<WeaponDescription::Assess> assess_of(const Values& values) {
  const Values::Value* assess = values.find("assess");
  if (!assess || assess->entries.empty()) return std::nullopt;
  const Values& own = assess->entries.front().second;
  return WeaponDescription::Assess{own.quantity("time", 0), own.number("dead_seen_alive", 0),
                                   own.number("alive_seen_dead", 0)};
}

ThreatDescription read_threat(const Name& name, const Tree& node, Reading& reading) {
  const Values values = read_mapping(node, threat_table(), name.place, reading);
  check_above_zero(values, "speed", reading);
  check_above_zero(values, "endurance", reading);
  ThreatDescription threat;
  threat.name = name;
  threat.threat_class = values.text("class");
  if (threat.threat_class.given() && check_name(threat.threat_class, reading))
    warn_of_near_class(threat.threat_class, reading);
  threat.speed_m_per_s = values.quantity("speed", 0);
  threat.altitude_m = values.quantity("altitude", 0);
  threat.altitude_given = values.has("altitude");
  threat.rcs_m2 = written(values, "rcs");
  threat.navigation = values.text("navigation");
  threat.warhead_kg = values.number("warhead", 0);
  threat.harmless = values.has("warhead") && threat.warhead_kg == 0;
  threat.reliability = values.quantity("reliability", 1);
  threat.endurance_s = written(values, "endurance");
  threat.reusable = values.flag("reusable", false);
  return threat;
}

WeaponDescription read_weapon(const Name& name, const Tree& node, Reading& reading) {
  const Values values = read_mapping(node, weapon_table(), name.place, reading);
  WeaponDescription weapon;
  weapon.name = name;
  weapon.place = name.place;
  if (node.kind == Tree::Kind::mapping) check_fire(node, name, reading);
  for (const char* key : {"speed", "kill_rate", "rounds"}) check_above_zero(values, key, reading);
  for (const char* key : {"range", "altitude"}) check_band(values, key, reading);
  if (const Values::Value* range = values.find("range")) weapon.range_m = range->interval;
  if (const Values::Value* altitude = values.find("altitude")) weapon.altitude_m = altitude->interval;
  weapon.speed_m_per_s = written_number(values, "speed");
  if (const Tree* dwell = node.find("dwell"); dwell && dwell->kind != Tree::Kind::null)
    read_dwell(*dwell, reading, weapon);
  weapon.kill_rate_per_s = written_number(values, "kill_rate");
  weapon.rounds_per_s = written_number(values, "rounds");
  weapon.reaction_s = values.quantity("reaction", 0);
  weapon.cycle_s = values.number("cycle", 0);
  weapon.reload_s = written(values, "reload");
  if (const Values::Value* pk = values.find("pk")) weapon.pk = pk->by_name;
  weapon.assess = assess_of(values);
  return weapon;
}

}  // namespace dronewall
