#include "scenario/tree.hpp"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>

#include "scenario/tree_builder.hpp"
#include "scenario/tree_text.hpp"

namespace dronewall {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

/// Feeds a checked text's events to the builder; false after a report that ended the reading.
bool read_events(const std::string& text, const TextPlaces& places, TreeBuilder& builder,
                 Problems& problems) {
  std::istringstream stream(text);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) continue;  // A second document is refused by the builder.
    return true;
  } catch (const ReadingEnded&) {
    return false;
  } catch (const YAML::Exception& error) {
    report_syntax_error(error, places, builder.context(), problems);
    return false;
  }
}

}  // namespace

Tree* Tree::find(const std::string& key) {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
  return found == entries.end() ? nullptr : found->value.get();
}

const Tree* Tree::find(const std::string& key) const { return const_cast<Tree*>(this)->find(key); }

std::unique_ptr<Tree> Tree::clone() const {
  auto copy = std::make_unique<Tree>();
  copy->kind = kind;
  copy->place = place;
  copy->scalar = scalar;
  copy->quoted = quoted;
  copy->entries.reserve(entries.size());
  for (const Entry& entry : entries)
    copy->entries.push_back({entry.key, entry.key_place, entry.value->clone()});
  copy->items.reserve(items.size());
  for (const auto& item : items) copy->items.push_back(item->clone());
  return copy;
}

std::unique_ptr<Tree> parse_tree(std::int32_t source, const std::string& text, Problems& problems) {
  if (text.starts_with(byte_order_mark))
    return parse_tree(source, text.substr(byte_order_mark.size()), problems);
  const TextPlaces places(source, text);
  if (!check_text(places, problems)) return nullptr;
  TreeBuilder builder(places, problems);
  if (!read_events(text, places, builder, problems)) return nullptr;
  auto root = builder.take_root();
  if (root && root->kind != Tree::Kind::null) return root;
  if (problems.sources().is_change(source))
    problems.error({source, 1, 1}, "the value is empty", "write PATH=VALUE");
  else
    problems.error({source, 1, 1}, "the file is empty");
  return nullptr;
}

}  // namespace dronewall
