// Catalog rows and how they lie under the mappings that use them.
#include <algorithm>

#include "scenario/sections.hpp"
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

bool is_origin(const std::string& key) {
  static const std::vector<Key> keys = with_origin({});
  return std::any_of(keys.begin(), keys.end(), [&](const Key& origin) { return origin.name == key; });
}

bool merges(const KeyTable& table, const std::string& key) {
  const Key* found = find_key(table, key);
  return found && (found->shape == Shape::mapping || found->shape == Shape::map_of);
}

const Tree* find_row(const Tree& root, const std::vector<std::string>& sections, const std::string& name) {
  for (const std::string& section : sections)
    if (const Tree* rows = root.find(section))
      if (const Tree* row = rows->kind == Tree::Kind::mapping ? rows->find(name) : nullptr) return row;
  return nullptr;
}

std::unique_ptr<Tree> without_origin(const Tree& row) {
  std::unique_ptr<Tree> result = row.clone();
  auto& entries = result->entries;
  entries.erase(
      std::remove_if(entries.begin(), entries.end(), [](const Tree::Entry& e) { return is_origin(e.key); }),
      entries.end());
  return result;
}

/// All keys that a row of `section` may have: of units, those of every kind, unless the row says which it is.
KeyTable row_table(const std::string& section, const Tree& row, const KindTables& kinds) {
  if (section == "sensor_types") return sensor_table();
  if (section == "asset_types") return asset_table();
  const Tree* kind = row.kind == Tree::Kind::mapping ? row.find("kind") : nullptr;
  const KindTables::Entry* known = kind ? kinds.find("unit", kind_name(*kind)) : nullptr;
  if (known) return merged_table(unit_table(), "unit." + known->name, {&known->table});
  std::vector<const KeyTable*> all;
  for (const KindTables::Entry& entry : kinds.entries)
    if (entry.group == "unit") all.push_back(&entry.table);
  return merged_table(unit_table(), "unit", all);
}

}  // namespace

void lay_over(Tree& base, const Tree& over, const KeyTable& table) {
  for (const Tree::Entry& entry : over.entries) {
    Tree* under = base.find(entry.key);
    if (!under) {
      base.entries.push_back({entry.key, entry.key_place, entry.value->clone()});
    } else if (merges(table, entry.key) && under->kind == Tree::Kind::mapping &&
               entry.value->kind == Tree::Kind::mapping) {
      overlay(*under, *entry.value);
    } else {
      for (Tree::Entry& old : base.entries)
        if (old.key == entry.key) old = {entry.key, entry.key_place, entry.value->clone()};
    }
  }
}

Laid with_row(const Tree& own, const std::string& key, const std::vector<std::string>& sections,
              const Tree& root, const KeyTable& table) {
  const Tree* type = own.kind == Tree::Kind::mapping ? own.find(key) : nullptr;
  if (!type || type->kind != Tree::Kind::scalar) return {own.clone(), true};
  const Tree* row = find_row(root, sections, type->scalar);
  if (!row || row->kind != Tree::Kind::mapping) return {own.clone(), false};
  std::unique_ptr<Tree> laid = without_origin(*row);
  laid->place = own.place;
  lay_over(*laid, own, table);
  return {std::move(laid), true};
}

void check_rows(const Tree& root, Reading& all) {
  // A row that nobody uses may carry weapons of another catalog; what is used is read again with its unit.
  Reading reading{all.problems, all.kinds, {}, all.rates, {}, true, {}};
  for (const std::string section : {"platforms", "unit_types", "sensor_types", "asset_types"})
    for (const Tree::Entry* entry : rows_of(root, section, reading)) {
      check_name({entry->key, entry->key_place}, reading);
      const KeyTable table = row_table(section, *entry->value, reading.kinds);
      (void)read_mapping(*entry->value, table, entry->key_place, reading, Completeness::partial);
    }
}

}  // namespace dronewall
