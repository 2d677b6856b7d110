// Leaving an entry out of a tree: a twin of a scenario without one unit, sensor or section.
#include <fmt/format.h>

#include <string_view>

#include "scenario/tree.hpp"

namespace dronewall {
namespace {

/// The entry whose key is the longest that starts `rest`; end() where there is none.
std::vector<Tree::Entry>::iterator longest_entry(Tree& node, std::string_view rest) {
  auto longest = node.entries.end();
  for (auto entry = node.entries.begin(); entry != node.entries.end(); ++entry) {
    const std::string& key = entry->key;
    const bool starts = rest.starts_with(key) && (rest.size() == key.size() || rest[key.size()] == '.');
    if (starts && (longest == node.entries.end() || key.size() > longest->key.size())) longest = entry;
  }
  return longest;
}

std::vector<std::string> names_in(const Tree::Entry& entry, bool is_section) {
  if (!is_section || entry.value->kind != Tree::Kind::mapping) return {entry.key};
  std::vector<std::string> names;
  for (const Tree::Entry& row : entry.value->entries) names.push_back(row.key);
  return names;
}

void report(const Tree& node, const std::string& path, std::string_view rest, Problems& problems) {
  const std::string step(rest.substr(0, rest.find('.')));
  const std::string before = path.substr(0, path.size() - rest.size());
  std::vector<std::string> keys;
  for (const Tree::Entry& entry : node.entries) keys.push_back(entry.key);
  const std::string near = nearest_word(step, keys);
  const std::string where = before.empty() ? "the file" : before.substr(0, before.size() - 1);
  problems.error({problems.sources().add("--without " + path, ""), 0, 0},
                 fmt::format("there is no `{}` in {}", step, where),
                 near.empty() ? "" : fmt::format("did you mean `{}{}`?", before, near));
}

}  // namespace

std::vector<std::string> leave_out(Tree& root, const std::string& path, Problems& problems) {
  Tree* at = &root;
  std::string_view rest = path;
  while (true) {
    const auto entry = longest_entry(*at, rest);
    if (rest.empty() || entry == at->entries.end()) {
      report(*at, path, rest, problems);
      return {};
    }
    if (entry->key.size() == rest.size()) {
      const std::vector<std::string> names = names_in(*entry, at == &root);
      at->entries.erase(entry);
      return names;
    }
    rest.remove_prefix(entry->key.size() + 1);
    at = entry->value.get();
  }
}

}  // namespace dronewall
