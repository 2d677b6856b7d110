// Units: the keys that all share, their kind's own, and what they carry.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "scenario/prices.hpp"
#include "scenario/scalars.hpp"
#include "scenario/sections.hpp"
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

/// `magazine: 12`, `load: unlimited`.
std::optional<double> read_rounds(const Tree& node, const std::string& key, Reading& reading) {
  if (node.kind == Tree::Kind::scalar && node.scalar == "unlimited")
    return std::numeric_limits<double>::infinity();
  Key count = *find_key(mount_table(), key);
  count.shape = Shape::number;
  const std::optional<Values::Value> value = read_value(node, count, reading);
  if (!value) return std::nullopt;
  return value->quantity.mean();
}

std::vector<MountDescription> read_mounts(const Tree& unit, Reading& reading) {
  std::vector<MountDescription> mounts;
  const Tree* node = unit.find("weapons");
  if (!node) return mounts;
  for (const Tree::Entry& entry : node->entries) {
    if (entry.value->kind == Tree::Kind::scalar || entry.value->kind == Tree::Kind::list) continue;
    MountDescription mount;
    mount.weapon = {entry.key, entry.key_place};
    exactly_one(*entry.value, {"magazine", "load"}, entry.key_place, entry.key, reading);
    for (const char* key : {"magazine", "load"})
      if (const Tree* rounds = entry.value->find(key); rounds && rounds->kind != Tree::Kind::null)
        mount.rounds = read_rounds(*rounds, key, reading);
    mounts.push_back(std::move(mount));
  }
  return mounts;
}

/// The kind's name, after reporting one that is missing or unknown.
std::optional<Name> read_unit_kind(const Tree& node, const Name& unit, bool row_found, Reading& reading) {
  const Tree* kind = node.find("kind");
  const std::vector<std::string> names = reading.kinds.names("unit");
  if (!kind || kind->kind == Tree::Kind::null) {
    for (const Tree::Entry& entry : node.entries)
      if (!kind && !nearest_word(entry.key, {"kind"}).empty()) {
        reading.problems.error(entry.key_place, fmt::format("unknown key {} (a unit has none)", entry.key),
                               "did you mean kind?");
        return std::nullopt;
      }
    if (row_found)
      reading.problems.error(kind ? kind->place : unit.place, "kind is missing (a unit needs it)",
                             fmt::format("there are {}", joined(names)));
    return std::nullopt;
  }
  const std::optional<Name> name = read_text(*kind, reading.problems);
  if (!name || reading.kinds.find("unit", name->text)) return name;
  const std::string nearest = nearest_word(name->text, names);
  reading.problems.error(name->place, fmt::format("there is no unit kind {}", name->text),
                         nearest.empty() ? fmt::format("there are {}", joined(names))
                                         : fmt::format("did you mean {}?", nearest));
  return std::nullopt;
}

/// The keys that all units share, and those of every kind.
KeyTable table_of_all(const KindTables& kinds) {
  std::vector<const KeyTable*> all;
  for (const KindTables::Entry& entry : kinds.entries)
    if (entry.group == "unit") all.push_back(&entry.table);
  return merged_table(unit_table(), "unit", all);
}

Laid lay_type(const Tree& own, const Tree& root, const KindTables& kinds) {
  const KeyTable table = table_of_all(kinds);
  if (own.find("platform")) return with_row(own, "platform", {"platforms"}, root, table);
  return with_row(own, "type", {"unit_types", "platforms"}, root, table);
}

void check_one_type(const Tree& own, Reading& reading) {
  const auto platform = std::find_if(own.entries.begin(), own.entries.end(),
                                     [](const Tree::Entry& entry) { return entry.key == "platform"; });
  if (platform != own.entries.end() && own.find("type"))
    reading.problems.error(platform->key_place,
                           "this unit has both type and platform (both name its catalog row)", "leave one");
}

/// Whether the mapping says where it stands, so that nothing is missing that a row would have brought.
bool is_sited(const Tree& node) {
  return node.find("at") || node.find("along") || node.find("siting") || node.find("base");
}

void fill(const Tree& node, const Values& values, Reading& reading, UnitDescription& unit) {
  unit.ownership = ownership_of(values, reading);
  unit.network = values.text("network");
  unit.count = static_cast<std::uint32_t>(values.number("count", 1));
  unit.height_m = values.number("height", 0);
  unit.channels = static_cast<std::uint32_t>(values.number("channels", 1));
  unit.weapons = read_mounts(node, reading);
  unit.availability = values.quantity("availability", 1);
  unit.needs = values.text("needs");
  const Values::Value* outages = values.find("outages");
  if (!outages || outages->entries.empty()) return;
  const Values& times = outages->entries.front().second;
  check_above_zero(times, "up", reading);
  unit.outage_up_s = times.quantity("up", 0);
  unit.outage_repair_s = times.quantity("repair", 0);
}

/// A unit's doctrine says only what differs: the scenario's lies under it.
DoctrineDescription read_own_doctrine(const Tree& own, const Tree& root, Reading& reading) {
  const Tree* common = root.find("doctrine");
  if (!common || common->kind != Tree::Kind::mapping || own.kind != Tree::Kind::mapping)
    return read_doctrine(own, reading);
  std::unique_ptr<Tree> laid = common->clone();
  lay_over(*laid, own, doctrine_table());
  laid->place = own.place;
  return read_doctrine(*laid, reading);
}

}  // namespace

UnitDescription read_unit(const Name& name, const Tree& own, const Tree& root, Reading& reading) {
  UnitDescription unit;
  unit.name = name;
  if (own.kind != Tree::Kind::mapping) {
    (void)read_mapping(own, unit_table(), name.place, reading);
    return unit;
  }
  const Laid laid = lay_type(own, root, reading.kinds);
  const Tree& node = *laid.tree;
  check_one_type(own, reading);
  const std::optional<Name> kind = read_unit_kind(node, name, laid.found, reading);
  const KindTables::Entry* entry = kind ? reading.kinds.find("unit", kind->text) : nullptr;
  // A unit of no kind that is known may have the keys of all, and none is missing: what is wrong is told.
  const KeyTable table =
      entry ? merged_table(unit_table(), "unit." + kind->text, {&entry->table}) : table_of_all(reading.kinds);
  const bool whole = entry && laid.found;
  const Values values =
      read_mapping(node, table, name.place, reading, whole ? Completeness::whole : Completeness::partial);
  if (entry) {
    unit.kind.kind = *kind;
    unit.kind.own.set_place(values.place());
    for (const Key& key : entry->table.keys)
      if (const Values::Value* value = values.find(key.name)) unit.kind.own.set(key.name, *value);
  }
  unit.type = name;
  for (const char* key : {"type", "platform"})
    if (values.has(key)) unit.type = values.text(key);
  if (laid.found || is_sited(node)) unit.siting = siting_of(node, values, "base", name, reading);
  fill(node, values, reading, unit);
  take_own_price(node, "per_hour", {unit.type.text + ".hour", unit.type.place}, reading);
  if (const Tree* doctrine = node.find("doctrine"); doctrine && doctrine->kind != Tree::Kind::null)
    unit.doctrine = read_own_doctrine(*doctrine, root, reading);
  return unit;
}

}  // namespace dronewall
