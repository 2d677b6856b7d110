// Finding what stands at a path.
#include <charconv>

#include "scenario/tree.hpp"

namespace dronewall {
namespace {

bool starts_with_key(std::string_view path, std::string_view key) {
  return path.starts_with(key) && (path.size() == key.size() || path[key.size()] == '.');
}

/// The longest key that starts the path, and how much of the path it takes.
const Tree* step_into(const Tree& node, std::string_view path, std::size_t& taken) {
  const Tree* longest = nullptr;
  for (const Tree::Entry& entry : node.entries)
    if (starts_with_key(path, entry.key) && (!longest || entry.key.size() > taken)) {
      longest = entry.value.get();
      taken = entry.key.size();
    }
  if (longest || node.kind != Tree::Kind::list) return longest;
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(path.data(), path.data() + path.size(), number);
  taken = static_cast<std::size_t>(end - path.data());
  const bool whole = error == std::errc() && (taken == path.size() || path[taken] == '.');
  return whole && number < node.items.size() ? node.items[number].get() : nullptr;
}

}  // namespace

const Tree* find_path(const Tree& root, std::string_view path) {
  const Tree* at = &root;
  while (!path.empty()) {
    std::size_t taken = 0;
    at = step_into(*at, path, taken);
    if (!at) return nullptr;
    path.remove_prefix(std::min(path.size(), taken + 1));
  }
  return at;
}

}  // namespace dronewall
