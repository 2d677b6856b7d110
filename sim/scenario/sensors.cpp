// Sensors: where they stand, how far they see, by which law.
#include <fmt/format.h>

#include "scenario/prices.hpp"
#include "scenario/sections.hpp"
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

const Values* mapping_of(const Values& values, const std::string& key) {
  const Values::Value* value = values.find(key);
  return value && !value->entries.empty() ? &value->entries.front().second : nullptr;
}

void read_reach(const Tree& node, const Values& values, Reading& reading, SensorDescription& sensor) {
  sensor.orbit = node.find("orbit") != nullptr;
  sensor.height_m = values.number(sensor.orbit ? "altitude" : "height", 0);
  if (sensor.orbit && !node.find("altitude") && !is_misspelt(node, "altitude"))
    reading.problems.error(sensor.name.place, "altitude is missing (what flies an orbit has one)",
                           "add altitude: 9 km");
  if (values.has("range") && check_above_zero(values, "range", reading))
    sensor.range_m = values.number("range", 0);
  sensor.horizon = !values.has("horizon");
  if (const Values* sector = mapping_of(values, "sector"))
    sensor.sector_rad = {sector->number("from", 0), sector->number("to", 0)};
  if (const Values* sees = mapping_of(values, "sees")) {
    check_above_zero(*sees, "range", reading);
    check_above_zero(*sees, "rcs", reading);
    sensor.sees = SensorDescription::Sees{sees->number("range", 0), sees->number("rcs", 0)};
  }
}

void read_confirm(const Tree& node, const Values& values, Reading& reading, SensorDescription& sensor) {
  const Values* confirm = mapping_of(values, "confirm");
  if (!confirm) return;
  if (const Tree* law = node.find("law"); law && kind_name(*law) == "delay")
    reading.problems.error(values.place_of("confirm"),
                           "confirm is not allowed with law: delay (it has no scans to count)",
                           "leave confirm out and let the delay say how long it takes");
  sensor.confirm_hits = static_cast<std::uint32_t>(confirm->number("hits", 1));
  sensor.confirm_of = static_cast<std::uint32_t>(confirm->number("of", 1));
  if (sensor.confirm_hits > sensor.confirm_of)
    reading.problems.error(confirm->place_of("hits"),
                           fmt::format("hits is {} of {} (no more than all scans can see it)",
                                       sensor.confirm_hits, sensor.confirm_of),
                           "write confirm: {hits: 2, of: 3}");
}

void read_law(const Tree& node, Reading& reading, SensorDescription& sensor) {
  const Tree* law = node.find("law");
  if (!law || law->kind == Tree::Kind::null) return;
  if (std::optional<KindUse> use = read_kind(*law, "law", nullptr, reading)) sensor.law = std::move(*use);
  const Tree* sees = node.find("sees");
  if (sees && kind_name(*law) == "radar")
    reading.problems.error(sees->place, "sees is not allowed with law: radar (the law has its own reference)",
                           "leave sees out, or use law: {glimpse: 0.5}");
}

}  // namespace

SensorDescription read_sensor(const Name& name, const Tree& own, const Tree& root, Reading& reading) {
  const Laid laid = with_row(own, "type", {"sensor_types"}, root, sensor_table());
  const Tree& node = *laid.tree;
  const Values values = read_mapping(node, sensor_table(), name.place, reading,
                                     laid.found ? Completeness::whole : Completeness::partial);
  SensorDescription sensor;
  sensor.name = name;
  if (node.kind != Tree::Kind::mapping) return sensor;
  sensor.kind = values.text("kind");
  sensor.type = values.has("type") ? values.text("type") : name;
  sensor.ownership = ownership_of(values, reading);
  take_own_price(node, "per_hour", {sensor.type.text + ".hour", sensor.type.place}, reading);
  sensor.network = values.text("network");
  sensor.count = static_cast<std::uint32_t>(values.number("count", 1));
  sensor.siting = siting_of(node, values, "orbit", name, reading);
  if (laid.found) read_reach(node, values, reading, sensor);
  check_above_zero(values, "period", reading);
  sensor.period_s = values.number("period", 1);
  sensor.period_given = values.has("period");
  if (values.has("phase")) sensor.phase_s = values.quantity("phase", 0);
  read_law(node, reading, sensor);
  read_confirm(node, values, reading, sensor);
  sensor.availability = values.quantity("availability", 1);
  if (const Values* outages = mapping_of(values, "outages")) {
    check_above_zero(*outages, "up", reading);
    sensor.outage_up_s = outages->quantity("up", 0);
    sensor.outage_repair_s = outages->quantity("repair", 0);
  }
  sensor.needs = values.text("needs");
  return sensor;
}

}  // namespace dronewall
