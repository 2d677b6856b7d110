// What happens beside the attack: false tracks and civil traffic, airports that close, debris.
#include <fmt/format.h>

#include "scenario/prices.hpp"
#include "scenario/scalars.hpp"
#include "scenario/sections.hpp"
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

/// What false tracks and traffic have in common.
BackgroundDescription read_birth(const Name& name, const Tree& node, const Values& values, Reading& reading) {
  BackgroundDescription background;
  background.name = name;
  background.network = values.text("network");
  background.perceived = values.text("class");
  background.altitude_m = values.quantity("altitude", 300);
  if (const Tree* rate = node.find("rate"); rate && rate->kind != Tree::Kind::null)
    background.rates = read_rates(*rate, reading);
  return background;
}

}  // namespace

BackgroundDescription read_false_tracks(const Name& name, const Tree& node, Reading& reading) {
  const Values values = read_mapping(node, false_track_table(), name.place, reading);
  BackgroundDescription background = read_birth(name, node, values, reading);
  if (node.kind != Tree::Kind::mapping) return background;
  exactly_one(node, {"at", "zone"}, name.place, name.text, reading);
  if (const Values::Value* at = values.find("at")) background.at = at->point;
  background.zone = values.text("zone");
  check_above_zero(values, "lasts", reading);
  background.lasts_s = values.quantity("lasts", 0);
  return background;
}

BackgroundDescription read_traffic(const Name& name, const Tree& node, Reading& reading) {
  const Values values = read_mapping(node, traffic_table(), name.place, reading);
  BackgroundDescription background = read_birth(name, node, values, reading);
  if (!background.perceived.given()) background.perceived = {"civil", name.place};
  check_above_zero(values, "speed", reading);
  background.speed_m_per_s = values.quantity("speed", 0);
  const Values::Value* route = values.find("route");
  if (!route) return background;
  background.route = route->points;
  bool moves = false;
  for (std::size_t i = 1; i < background.route.size(); ++i)
    moves = moves || are_distinct(background.route[i - 1], background.route[i]);
  if (!moves)
    reading.problems.error(route->place, "this route goes nowhere (it needs two distinct points)",
                           "add a waypoint");
  return background;
}

std::optional<DebrisDescription> read_debris(const Tree& owner, const Values& values, const Name& name,
                                             Reading& reading) {
  const Tree* node = owner.kind == Tree::Kind::mapping ? owner.find("debris") : nullptr;
  const Values::Value* value = values.find("debris");
  if (!node || !value || value->entries.empty()) return std::nullopt;
  const Values& own = value->entries.front().second;
  DebrisDescription debris;
  debris.place = node->place;
  debris.chance = own.quantity("chance", 0);
  debris.nation = own.text("nation");
  const bool is_point = owner.find("at") != nullptr;
  if (own.has("radius")) {
    check_above_zero(own, "radius", reading);
    debris.radius_m = own.number("radius", 0);
    if (!is_point)
      reading.problems.error(own.place_of("radius"), "radius belongs to an asset that is a point",
                             "leave it out: the zone is the area");
  } else if (is_point && !is_misspelt(*node, "radius")) {
    reading.problems.error(node->place, fmt::format("radius is missing ({} is a point)", name.text),
                           "add radius: 500 m");
  }
  take_own_price(*node, "cost", {"debris." + name.text, name.place}, reading);
  return debris;
}

std::optional<ClosureDescription> read_closes(const Tree& asset, const Values& values, const Name& name,
                                              Reading& reading) {
  const Tree* node = asset.kind == Tree::Kind::mapping ? asset.find("closes") : nullptr;
  const Values::Value* value = values.find("closes");
  if (!node || !value || value->entries.empty()) {
    if (values.has("flights") && !node && !is_misspelt(asset, "closes"))
      reading.problems.error(values.place_of("flights"), "flights without closes (nothing stops them)",
                             "add closes: {within: 9 km, …} or leave flights out");
    return std::nullopt;
  }
  const Values& own = value->entries.front().second;
  ClosureDescription closes;
  closes.place = node->place;
  check_above_zero(own, "within", reading);
  closes.within_m = own.number("within", 0);
  closes.reopens_after_s = own.number("reopens_after", 0);
  closes.network = own.text("network");
  if (values.has("flights")) closes.flights_per_s = values.number("flights", 0);
  if (asset.find("zone") && !asset.find("at"))
    reading.problems.error(node->place, fmt::format("{} closes, but is a zone", name.text),
                           "write at: within is measured from a point");
  take_own_price(*node, "per_closure", {"closure." + name.text, name.place}, reading);
  take_own_price(*node, "per_hour", {"closure." + name.text + ".hour", name.place}, reading);
  return closes;
}

}  // namespace dronewall
