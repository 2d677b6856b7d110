// Our own tree of a YAML text: every key and value knows its place. Built from yaml-cpp's events
// (parse_tree).
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dronewall/core/problem.hpp"

namespace dronewall {

/// One node. Mappings keep the order of the file; keys are texts (other keys are refused when parsing).
struct Tree {
  enum class Kind { scalar, mapping, list, null } kind = Kind::null;
  Place place;          ///< of the node's first character
  std::string scalar;   ///< as written, without quotes
  bool quoted = false;  ///< "…" or '…', or a block text after | or >
  struct Entry {
    std::string key;
    Place key_place;
    std::unique_ptr<Tree> value;
  };
  std::vector<Entry> entries;                ///< mapping
  std::vector<std::unique_ptr<Tree>> items;  ///< list

  [[nodiscard]] const Tree* find(const std::string& key) const;
  [[nodiscard]] Tree* find(const std::string& key);
  [[nodiscard]] std::unique_ptr<Tree> clone() const;
};

/// Parses one document. Reports, with places: syntax errors, repeated keys (the first is kept), a second
/// document, control characters, NUL, tabs that indent, an open quote, an empty file, anchors and aliases
/// past the budget, nesting deeper than 32, more than 200,000 nodes, texts over 4 MiB, tags, a key that is
/// not a text. nullptr when the text could not be read to its end. Columns count code points. An empty value
/// is a null at its key's place; unquoted `null` and `~` are nulls too, every other plain text stays a text.
/// A comma inside the parentheses of
/// `{a: normal(1, 2)}` ends the text for YAML; the pieces are put together again, so that one mistake has one
/// message.
[[nodiscard]] std::unique_ptr<Tree> parse_tree(std::int32_t source, const std::string& text,
                                               Problems& problems);

/// Lays `over` over `base` in place: mappings merge key by key, anything else replaces. Places follow the
/// values.
void overlay(Tree& base, const Tree& over);

/// Sets `path` (dotted; longest existing key matched first; list elements by number) to the YAML text
/// `value`. The value's places lie in a source added with Sources::add_change. Reports unknown steps with a
/// suggestion. A last step that does not exist yet is created when its parent is a mapping: the reader
/// refuses unknown keys.
void set_path(Tree& root, const std::string& path, const std::string& value, Problems& problems);

/// The node at a path (as set_path goes); nullptr where there is none.
[[nodiscard]] const Tree* find_path(const Tree& root, std::string_view path);

/// Takes the entry that `path` names (dotted; longest existing key matched first) out of its mapping and
/// returns the names that go with it: the entry's own, or for a section those of its rows. Reports a path
/// that names none, with a suggestion.
[[nodiscard]] std::vector<std::string> leave_out(Tree& root, const std::string& path, Problems& problems);

}  // namespace dronewall
