// Arbitrary bytes through the tree and every scalar reader: nothing may crash, hang or eat memory, what
// cannot be read must say so, and a problem's place must lie in the text.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "dronewall/core/contracts.hpp"
#include "dronewall/core/problem.hpp"
#include "scenario/scalars.hpp"
#include "scenario/tree.hpp"

using namespace dronewall;

namespace {

/// A value is read or reported, never neither.
template <typename Read>
void try_reader(const Tree& node, Problems& problems, const Read& read) {
  const std::size_t before = problems.all().size();
  expects(read(node, problems) || problems.all().size() > before);
}

void try_scalars(const Tree& node, Dimension dimension, Problems& problems) {
  try_reader(node, problems, [&](const Tree& n, Problems& p) {
    return read_number(n, dimension, p, Unlimited::allowed).has_value();
  });
  try_reader(node, problems,
             [&](const Tree& n, Problems& p) { return read_quantity(n, dimension, p).has_value(); });
  try_reader(node, problems,
             [&](const Tree& n, Problems& p) { return read_interval(n, dimension, p).has_value(); });
}

/// Reads every node as everything; stops after a few, so that a run stays short.
void walk(const Tree& node, int& left, Problems& problems) {
  if (--left < 0) return;
  const auto dimension = static_cast<Dimension>(left % 12);
  try_scalars(node, dimension, problems);
  try_reader(node, problems, [](const Tree& n, Problems& p) { return read_money(n, p).has_value(); });
  try_reader(node, problems, [](const Tree& n, Problems& p) { return read_instant(n, p).has_value(); });
  try_reader(node, problems, [](const Tree& n, Problems& p) { return read_hours(n, p).has_value(); });
  try_reader(node, problems, [](const Tree& n, Problems& p) { return read_text(n, p).has_value(); });
  for (const Tree::Entry& entry : node.entries) walk(*entry.value, left, problems);
  for (const auto& item : node.items) walk(*item, left, problems);
}

void check_places(const std::string& text, const Problems& problems) {
  const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
  for (const Problem& problem : problems.all()) {
    const Place& place = problem.place;
    if (place.line == 0) continue;
    expects(place.line >= 1 && place.line <= lines);
    const auto bytes = problems.sources().line(place.source, place.line).size();
    expects(place.column >= 1 && static_cast<std::size_t>(place.column) <= bytes + 2);  // behind CR and all
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  Sources sources;
  Problems problems(sources);
  const auto root = parse_tree(sources.add("fuzz.yaml", text), text, problems);
  expects(root || problems.has_errors());
  if (root) {
    int left = 200;
    walk(*root, left, problems);
    const auto copy = root->clone();
    overlay(*copy, *root);
  }
  check_places(text, problems);
  // What is printed is one record a problem and nothing that a terminal would obey.
  const std::string shown = problems.text();
  expects(std::none_of(shown.begin(), shown.end(), [](char c) { return c != '\n' && c >= 0 && c < 0x20; }));
  return 0;
}
