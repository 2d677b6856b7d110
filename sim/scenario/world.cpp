// Sections of what is there: time, networks, assets.
#include <fmt/format.h>

#include "scenario/prices.hpp"
#include "scenario/scalars.hpp"
#include "scenario/sections.hpp"
#include "scenario/tables.hpp"

namespace dronewall {

TimeDescription read_time(const Tree& node, Place owner, Reading& reading) {
  TimeDescription time;
  time.place = node.place;
  const Values values = read_mapping(node, time_table(), owner, reading);
  if (const Tree* start = node.find("start"); start && start->kind != Tree::Kind::null)
    time.start_unix_s = read_instant(*start, reading.problems);
  check_above_zero(values, "duration", reading);
  time.duration_s = values.number("duration", 0);
  time.settle_s = values.number("settle", 0);
  time.count_from_s = values.number("count_from", 0);
  if (values.has("duration") && time.count_from_s >= time.duration_s && time.count_from_s > 0)
    reading.problems.error(values.place_of("count_from"),
                           "count_from is past the duration (nothing would be counted)",
                           "let it be below duration");
  return time;
}

NetworkDescription read_network(const Name& name, const Tree& node, Reading& reading) {
  const Values values = read_mapping(node, network_table(), name.place, reading);
  return {name, values.number("coast", 0)};
}

AssetDescription read_asset(const Name& name, const Tree& node, const Tree& root, Reading& reading) {
  const Laid laid = with_row(node, "type", {"asset_types"}, root, asset_table());
  const Tree& tree = *laid.tree;
  const Values values = read_mapping(tree, asset_table(), name.place, reading);
  AssetDescription asset;
  asset.name = name;
  asset.kind = values.text("kind");
  asset.type = values.text("type");
  asset.nation = values.text("nation");
  asset.paid_by = shares_of(values, reading);
  if (tree.kind == Tree::Kind::mapping && laid.found)
    exactly_one(tree, {"at", "zone"}, name.place, name.text, reading);
  if (const Values::Value* at = values.find("at")) {
    asset.at = at->point;
    check_fixed(at->point, "at", reading);
  }
  asset.zone = values.text("zone");
  asset.closes = read_closes(tree, values, name, reading);
  asset.debris = read_debris(tree, values, name, reading);
  take_own_price(tree, "per_hit", {"strike." + name.text, name.place}, reading);
  return asset;
}

}  // namespace dronewall
