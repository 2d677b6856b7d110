// Kinds as they are written: `name`, `name(a .. b)`, `{name: value}`, `{name: {keys}}`.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/reading.hpp"
#include "scenario/scalars.hpp"
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

/// A piece of a text and the column, in code points, at which it starts after the text's own.
struct Piece {
  std::string text;
  std::int32_t offset = 0;
};

std::int32_t code_points(std::string_view text) {
  return static_cast<std::int32_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

Piece trimmed(std::string_view whole, std::size_t from, std::size_t to) {
  while (from < to && whole[from] == ' ') ++from;
  while (to > from && whole[to - 1] == ' ') --to;
  return {std::string(whole.substr(from, to - from)), code_points(whole.substr(0, from))};
}

/// The arguments between `from` and `to`, parted by `..` outside of inner parentheses.
std::vector<Piece> split_arguments(std::string_view whole, std::size_t from, std::size_t to) {
  std::vector<Piece> pieces;
  int depth = 0;
  std::size_t start = from;
  for (std::size_t i = from; i < to; ++i) {
    if (whole[i] == '(') ++depth;
    if (whole[i] == ')') --depth;
    if (depth == 0 && whole.substr(i, 2) == ".." && i + 1 < to) {
      pieces.push_back(trimmed(whole, start, i));
      start = i + 2;
      ++i;
    }
  }
  pieces.push_back(trimmed(whole, start, to));
  return pieces;
}

/// A kind as written, taken apart: its name, and a mapping of its keys.
struct Written {
  Name name;
  std::vector<Piece> arguments;  ///< `name(a .. b)`
  const Tree* value = nullptr;   ///< `{name: value}`
};

std::optional<Written> take_scalar(const Tree& node, const std::string& group, Reading& reading) {
  Written written;
  const std::string& text = node.scalar;
  const std::size_t open = text.find('(');
  written.name = {trimmed(text, 0, std::min(open, text.size())).text, node.place};
  if (open == std::string::npos) return written;
  if (text.back() != ')') {
    reading.problems.error(node.place, fmt::format("{} has an open parenthesis", group),
                           fmt::format("write {})", text));
    return std::nullopt;
  }
  written.arguments = split_arguments(text, open + 1, text.size() - 1);
  return written;
}

std::optional<Written> take_apart(const Tree& node, const std::string& group, Reading& reading) {
  if (node.kind == Tree::Kind::scalar) return take_scalar(node, group, reading);
  if (node.kind == Tree::Kind::mapping && node.entries.size() == 1) {
    const Tree::Entry& entry = node.entries.front();
    return Written{{entry.key, entry.key_place}, {}, entry.value.get()};
  }
  reading.problems.error(node.place, fmt::format("{} must name exactly one kind", group),
                         fmt::format("there are {}", joined(reading.kinds.names(group))));
  return std::nullopt;
}

void add_entry(Tree& mapping, const std::string& key, Place place, std::unique_ptr<Tree> value) {
  mapping.entries.push_back({key, place, std::move(value)});
}

bool add_arguments(const Written& written, const KindTables::Entry& entry, Tree& keys, Reading& reading) {
  if (written.arguments.empty()) return true;
  std::vector<Piece> names;
  if (!entry.positional.empty())
    names = split_arguments(entry.positional, 0, entry.positional.size());
  else if (find_key(entry.table, "value"))
    names = {{"value", 0}};
  if (written.arguments.size() != names.size()) {
    reading.problems.error(written.name.place,
                           fmt::format("{} has {} arguments (it takes {})", written.name.text,
                                       written.arguments.size(), names.size()),
                           names.empty() ? fmt::format("write {}", entry.name)
                                         : fmt::format("write {}({})", entry.name, entry.positional));
    return false;
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto value = std::make_unique<Tree>();
    value->kind = Tree::Kind::scalar;
    value->place = written.name.place;
    value->place.column += written.arguments[i].offset;
    value->scalar = written.arguments[i].text;
    const Place place = value->place;
    add_entry(keys, names[i].text, place, std::move(value));
  }
  return true;
}

/// Whether the mapping below a kind's name holds its keys, and is not itself the value (`{delay: {discrete:
/// …}}`).
bool holds_keys(const Tree& value, const KeyTable& table) {
  if (value.kind != Tree::Kind::mapping) return false;
  if (!find_key(table, "value")) return true;
  return std::any_of(value.entries.begin(), value.entries.end(),
                     [&](const Tree::Entry& entry) { return find_key(table, entry.key) != nullptr; });
}

void add_value(const Written& written, const KeyTable& table, Tree& keys) {
  if (!written.value || written.value->kind == Tree::Kind::null) return;
  if (holds_keys(*written.value, table))
    for (const Tree::Entry& entry : written.value->entries)
      add_entry(keys, entry.key, entry.key_place, entry.value->clone());
  else
    add_entry(keys, "value", written.name.place, written.value->clone());
}

void add_beside(const Tree* beside, const KeyTable& table, Tree& keys) {
  if (!beside) return;
  for (const Tree::Entry& entry : beside->entries)
    if (entry.key != "value" && find_key(table, entry.key) && !keys.find(entry.key))
      add_entry(keys, entry.key, entry.key_place, entry.value->clone());
}

void report_no_kind(const Name& name, const std::string& group, Reading& reading) {
  const std::vector<std::string> names = reading.kinds.names(group);
  const std::string nearest = nearest_word(name.text, names);
  reading.problems.error(name.place, fmt::format("there is no {} kind {}", group, name.text),
                         nearest.empty() ? fmt::format("there are {}", joined(names))
                                         : fmt::format("did you mean {}?", nearest));
}

/// Lets the key `value` go by the kind's name, as its author wrote it: "glimpse is 3", not "value is 3".
void name_value(const std::string& kind, KeyTable& table, Tree& keys) {
  if (find_key(table, kind)) return;
  for (Key& key : table.keys)
    if (key.name == "value") key.name = kind;
  for (Tree::Entry& entry : keys.entries)
    if (entry.key == "value") entry.key = kind;
}

/// `law: glimpse` where a value is needed, or `law: {definite: 3}` where none belongs.
bool check_value(const Written& written, const KindTables::Entry& entry, const Tree& keys, Reading& reading) {
  const Key* value = find_key(entry.table, "value");
  if (value && value->required && !keys.find("value")) {
    reading.problems.error(written.name.place, fmt::format("{} needs a value ({})", entry.name, value->help),
                           fmt::format("write {{{}: {}}}", entry.name, example_value(value->dimension)));
    return false;
  }
  if (!value && keys.find("value")) {
    reading.problems.error(written.value->place, fmt::format("{} takes no value", entry.name),
                           entry.table.keys.empty() ? fmt::format("write {}", entry.name)
                                                    : fmt::format("write {{{}: {{{}}}}}", entry.name,
                                                                  example_line(entry.table.keys.front())));
    return false;
  }
  return true;
}

}  // namespace

std::string kind_name(const Tree& node) {
  if (node.kind == Tree::Kind::scalar)
    return trimmed(node.scalar, 0, std::min(node.scalar.find('('), node.scalar.size())).text;
  return node.kind == Tree::Kind::mapping && node.entries.size() == 1 ? node.entries.front().key : "";
}

std::optional<KindUse> read_kind(const Tree& node, const std::string& group, const Tree* beside,
                                 Reading& reading) {
  const std::optional<Written> written = take_apart(node, group, reading);
  if (!written) return std::nullopt;
  const KindTables::Entry* entry = reading.kinds.find(group, written->name.text);
  if (!entry) {
    report_no_kind(written->name, group, reading);
    return std::nullopt;
  }
  Tree keys;
  keys.kind = Tree::Kind::mapping;
  keys.place = node.place;
  if (!add_arguments(*written, *entry, keys, reading)) return std::nullopt;
  add_value(*written, entry->table, keys);
  if (!check_value(*written, *entry, keys, reading)) return std::nullopt;
  add_beside(beside, entry->table, keys);

  KeyTable table = entry->table;
  table.name = fmt::format("{}.{}", group, entry->name);
  name_value(entry->name, table, keys);
  const Watch watch(reading.problems);
  Values own = read_mapping(keys, table, written->name.place, reading);
  if (!watch.clean()) return std::nullopt;
  if (const Values::Value* value = own.find(entry->name)) own.set("value", *value);
  return KindUse{written->name, std::move(own)};
}

}  // namespace dronewall
