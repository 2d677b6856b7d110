// Changes to a tree before it is read: rows laid under rows, and `--set`.
#include <fmt/format.h>

#include <charconv>
#include <string_view>
#include <unordered_map>

#include "scenario/tree.hpp"

namespace dronewall {
namespace {

/// A step of a path that could be taken, and what is left to go.
struct Step {
  std::unique_ptr<Tree>* to = nullptr;
  std::string_view rest;
};

/// One walk along a `--set` path. Its problems are placed at the change as a whole.
class Walk {
 public:
  Walk(std::string_view path, std::int32_t change, Problems& problems)
      : path_(path), place_{change, 0, 0}, problems_(problems) {}

  /// The node that `path` names, made if it is a mapping's new last key; nullptr after a report.
  std::unique_ptr<Tree>* go(Tree& root) {
    std::string_view rest = path_;
    Tree* at = &root;
    while (true) {
      const Step step = take(*at, rest);
      if (!step.to || step.rest.empty()) return step.to;
      at = step.to->get();
      rest = step.rest;
    }
  }

 private:
  Step take(Tree& node, std::string_view rest) {
    if (node.kind == Tree::Kind::mapping) return take_key(node, rest);
    if (node.kind == Tree::Kind::list) return take_element(node, rest);
    report(fmt::format("{} is a plain value (there is no {} in it)", behind(rest), first(rest)));
    return {};
  }

  /// The longest existing key that starts `rest`; else the new last key.
  Step take_key(Tree& node, std::string_view rest) {
    Tree::Entry* longest = nullptr;
    for (Tree::Entry& entry : node.entries) {
      const bool starts =
          rest.starts_with(entry.key) && (rest.size() == entry.key.size() || rest[entry.key.size()] == '.');
      if (starts && (!longest || entry.key.size() > longest->key.size())) longest = &entry;
    }
    if (longest) return {&longest->value, cut(rest, longest->key.size())};
    if (!may_be_new(rest)) return unknown_key(node, rest);
    const Place place{place_.source, 1, 1};
    node.entries.push_back({std::string(rest), place, std::make_unique<Tree>()});
    return {&node.entries.back().value, {}};
  }

  /// Names hold no dot, but the items of a price book do (`visitor.sortie`).
  [[nodiscard]] bool may_be_new(std::string_view rest) const {
    const std::string_view before = behind(rest);
    return rest.find('.') == rest.npos || before == "prices" || before == "planning_prices";
  }

  Step unknown_key(const Tree& node, std::string_view rest) {
    std::vector<std::string> keys;
    for (const Tree::Entry& entry : node.entries) keys.push_back(entry.key);
    const std::string near = nearest_word(first(rest), keys);
    const std::string_view before = behind(rest);
    report(fmt::format("there is no `{}` {}{}", first(rest), before.empty() ? "in the file" : "in ", before),
           near.empty() ? "" : fmt::format("did you mean `{}`?", near));
    return {};
  }

  Step take_element(Tree& node, std::string_view rest) {
    const std::string_view word = first(rest);
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), index);
    const bool number = error == std::errc() && end == word.data() + word.size();
    if (number && index < node.items.size()) return {&node.items[index], cut(rest, word.size())};
    if (node.items.empty())
      report(fmt::format("{} is an empty list", behind(rest)));
    else
      report(fmt::format("there is no element `{}` in {} (its elements are 0 to {})", word, behind(rest),
                         node.items.size() - 1));
    return {};
  }

  void report(std::string what, std::string hint = "") {
    problems_.error(place_, std::move(what), std::move(hint));
  }

  static std::string_view first(std::string_view rest) { return rest.substr(0, rest.find('.')); }
  static std::string_view cut(std::string_view rest, std::size_t taken) {
    return taken >= rest.size() ? std::string_view{} : rest.substr(taken + 1);
  }
  /// The part of the path that was gone before `rest`.
  [[nodiscard]] std::string_view behind(std::string_view rest) const {
    const std::size_t gone = path_.size() - rest.size();
    return path_.substr(0, gone == 0 ? 0 : gone - 1);
  }

  std::string_view path_;
  Place place_;
  Problems& problems_;
};

}  // namespace

void overlay(Tree& base, const Tree& over) {
  if (base.kind != Tree::Kind::mapping || over.kind != Tree::Kind::mapping) {
    base = std::move(*over.clone());
    return;
  }
  base.place = over.place;
  std::unordered_map<std::string, std::size_t> below;
  for (std::size_t i = 0; i < base.entries.size(); ++i) below.emplace(base.entries[i].key, i);
  for (const Tree::Entry& entry : over.entries) {
    const auto found = below.find(entry.key);
    if (found == below.end()) {
      base.entries.push_back({entry.key, entry.key_place, entry.value->clone()});
    } else {
      base.entries[found->second].key_place = entry.key_place;
      overlay(*base.entries[found->second].value, *entry.value);
    }
  }
}

void set_path(Tree& root, const std::string& path, const std::string& value, Problems& problems) {
  const std::int32_t change = problems.sources().add_change(path, value);
  auto tree = parse_tree(change, value, problems);
  if (!tree) return;
  const bool empty_step =
      path.empty() || path.front() == '.' || path.back() == '.' || path.find("..") != path.npos;
  if (empty_step) {
    problems.error({change, 0, 0}, "the path has an empty step",
                   "write --set PATH=VALUE, such as units.battery.count=2");
    return;
  }
  if (auto* to = Walk(path, change, problems).go(root)) *to = std::move(tree);
}

}  // namespace dronewall
