// Doctrine: the two orders, the way of firing, what is kept back.
#include "scenario/scalars.hpp"
#include "scenario/sections.hpp"
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

constexpr const char* groups[] = {"next", "assign", "fire"};

/// The doctrine's own keys, and those of the chosen kinds, which may stand beside them (`assign: worth-it,
/// worth: …`). The kind reads those itself; here they are only known. Of a group whose kind is wrong, all
/// are.
KeyTable table_with_kinds(const Tree& node, const KindTables& kinds) {
  KeyTable table = doctrine_table();
  for (const char* group : groups) {
    const Tree* written = node.find(group);
    if (!written) continue;
    const std::string name = kind_name(*written);
    const bool known = kinds.find(group, name) != nullptr;
    for (const KindTables::Entry& entry : kinds.entries) {
      if (entry.group != group || (known && entry.name != name)) continue;
      for (Key key : entry.table.keys) {
        if (key.name == "value" || find_key(table, key.name)) continue;
        key.shape = Shape::special;
        key.required = false;
        table.keys.push_back(std::move(key));
      }
    }
  }
  return table;
}

KindUse kind_or(const Tree& node, const char* group, const char* fallback, Reading& reading) {
  const Tree* written = node.find(group);
  if (written && written->kind != Tree::Kind::null)
    return read_kind(*written, group, &node, reading).value_or(KindUse{});
  if (written) return {};
  Tree standard;
  standard.kind = Tree::Kind::scalar;
  standard.scalar = fallback;
  standard.place = node.place;
  return read_kind(standard, group, nullptr, reading).value_or(KindUse{});
}

std::vector<DoctrineDescription::Reserve> reserves_of(const Values& values) {
  std::vector<DoctrineDescription::Reserve> reserves;
  const Values::Value* reserve = values.find("reserve");
  if (!reserve) return reserves;
  for (const auto& [weapon, own] : reserve->entries) {
    DoctrineDescription::Reserve one;
    one.weapon = weapon;
    if (const Values::Value* classes = own.find("for")) one.classes = classes->names;
    one.rounds = static_cast<std::uint32_t>(own.number("rounds", 0));
    reserves.push_back(std::move(one));
  }
  return reserves;
}

}  // namespace

DoctrineDescription read_doctrine(const Tree& node, Reading& reading) {
  const KeyTable table = table_with_kinds(node, reading.kinds);
  const Values values = read_mapping(node, table, node.place, reading);
  DoctrineDescription doctrine;
  doctrine.place = node.place;
  if (node.kind != Tree::Kind::mapping && node.kind != Tree::Kind::null) return doctrine;
  doctrine.next = kind_or(node, "next", "first-come", reading);
  doctrine.assign = kind_or(node, "assign", "nearest", reading);
  doctrine.fire = kind_or(node, "fire", "shoot-look-shoot", reading);
  if (values.has("at_most")) doctrine.at_most = static_cast<std::uint32_t>(values.number("at_most", 1));
  doctrine.assess = assess_of(values);
  doctrine.reserve = reserves_of(values);
  return doctrine;
}

}  // namespace dronewall
