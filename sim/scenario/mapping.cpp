// Reading a mapping against its key table.
#include <fmt/format.h>

#include "scenario/reading.hpp"
#include "scenario/scalars.hpp"
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

/// The part before the dot of "unit.pursuer": under which the words of later versions are listed.
std::string group_of(const KeyTable& table) { return table.name.substr(0, table.name.find('.')); }

void report_unknown(const Tree::Entry& entry, const KeyTable& table, Reading& reading) {
  if (is_unsimulated(group_of(table), entry.key)) {
    reading.problems.error(entry.key_place, fmt::format("{} is not simulated by this version", entry.key),
                           "leave it out");
    return;
  }
  std::vector<std::string> known;
  for (const Key& key : table.keys) known.push_back(key.name);
  const bool brief = reading.problems.all().size() > 500;
  const std::string nearest = brief ? "" : nearest_word(entry.key, known);
  std::string hint;
  if (!nearest.empty())
    hint = fmt::format("did you mean {}?", nearest);
  else if (known.size() <= 15)
    hint = fmt::format("its keys are {}", joined(known));
  reading.problems.error(entry.key_place, fmt::format("unknown key {} ({} has none)", entry.key, noun(table)),
                         hint);
}

void report_missing(const Key& key, const KeyTable& table, Place owner, Reading& reading) {
  reading.problems.error(owner, fmt::format("{} is missing ({} needs it)", key.name, noun(table)),
                         fmt::format("add {}", example_line(key)));
}

bool is_section(const Key& key) { return key.shape == Shape::map_of || key.shape == Shape::mapping; }

/// The key's fallback, read as if it had been written; texts that only explain a default give none.
void set_default(const Key& key, Values& values, Reading& reading) {
  if (key.fallback.empty() || key.shape == Shape::special) return;
  Tree node;
  node.kind = Tree::Kind::scalar;
  node.place = values.place();
  node.scalar = key.fallback;
  Key unchecked = key;
  unchecked.refers_to.clear();
  Problems unheard(reading.problems.sources());
  Reading aside{unheard, reading.kinds, {}, reading.rates, {}, true, {}};
  std::optional<Values::Value> value = read_value(node, unchecked, aside);
  if (!value || !unheard.all().empty()) return;
  value->by_default = true;
  values.set(key.name, std::move(*value));
}

}  // namespace

Values read_mapping(const Tree& node, const KeyTable& table, Place owner, Reading& reading,
                    Completeness completeness) {
  Values values;
  values.set_place(node.place.source >= 0 ? node.place : owner);
  if (node.kind != Tree::Kind::mapping && node.kind != Tree::Kind::null) {
    std::string first = table.keys.empty() ? "…" : example_line(table.keys.front());
    reading.problems.error(node.place, fmt::format("{} must be a mapping of keys and values", noun(table)),
                           fmt::format("write {{{}, …}}", first));
    return values;
  }
  for (const Tree::Entry& entry : node.entries) {
    const Key* key = find_key(table, entry.key);
    if (!key) {
      report_unknown(entry, table, reading);
    } else if (entry.value->kind == Tree::Kind::null) {
      if (!is_section(*key))
        reading.problems.error(entry.key_place, fmt::format("{} has no value", entry.key),
                               fmt::format("write {}", example_line(*key)));
    } else if (completeness == Completeness::top && is_section(*key)) {
      continue;
    } else if (std::optional<Values::Value> value = read_value(*entry.value, *key, reading)) {
      values.set(entry.key, std::move(*value));
    }
  }
  for (const Key& key : table.keys) {
    if (node.find(key.name)) continue;
    if (key.required && completeness != Completeness::partial && !is_misspelt(node, key.name))
      report_missing(key, table, owner, reading);
    if (completeness != Completeness::partial) set_default(key, values, reading);
  }
  return values;
}

}  // namespace dronewall
