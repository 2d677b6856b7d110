// What the readers of all sections share: names, references, and the words of messages.
#include "scenario/reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "scenario/scalars.hpp"

namespace dronewall {
namespace {

/// What one of a section is called in a message.
std::string one_of(const std::string& section) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> odd = {
      {{"classes", "class"},
       {"unit_types", "unit type or platform"},
       {"sensor_types", "sensor type"},
       {"asset_types", "asset type"}}};
  for (const auto& [many, one] : odd)
    if (many == section) return std::string(one);
  return section.substr(0, section.size() - 1);  // weapons, zones, threats, …
}

bool may_stand_in_name(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         byte >= 0x80;
}

}  // namespace

const std::vector<std::string>& known_classes() {
  static const std::vector<std::string> classes = {
      "drone", "decoy",   "quadcopter", "cruise-missile", "aircraft",           "civil",
      "any",   "clutter", "balloon",    "helicopter",     "loitering-munition", "ballistic-missile"};
  return classes;
}

std::optional<Place> Definitions::find(const std::string& section, const std::string& name) const {
  const auto names = sections_.find(section);
  if (names == sections_.end()) return std::nullopt;
  const auto found = names->second.find(name);
  if (found == names->second.end()) return std::nullopt;
  return found->second;
}

std::vector<std::string> Definitions::names(const std::string& section) const {
  std::vector<std::string> result;
  if (const auto names = sections_.find(section); names != sections_.end())
    for (const auto& [name, place] : names->second) result.push_back(name);
  return result;
}

bool check_reference(const Name& name, const std::string& section, Reading& reading) {
  if (section.empty() || reading.catalog_alone || reading.defined.is_open(section)) return true;
  if (reading.defined.find(section, name.text)) return true;
  const std::vector<std::string> names = reading.defined.names(section);
  if (section == "classes" && reading.catalog_sources.count(name.place.source)) {
    if (const std::string nearest = nearest_word(name.text, names); !nearest.empty())
      reading.problems.warning(name.place, fmt::format("no threat is of the class {}", name.text),
                               fmt::format("did you mean {}?", nearest));
    return true;
  }
  // Past so many problems nobody reads hints, and looking for near words among thousands is slow.
  const bool brief = reading.problems.all().size() > 500;
  const std::string nearest = brief ? "" : nearest_word(name.text, names);
  std::string hint;
  if (!nearest.empty())
    hint = fmt::format("did you mean {}?", nearest);
  else if (names.empty())
    hint = fmt::format("this scenario defines no {}", section);
  else if (names.size() <= 12)
    hint = fmt::format("there are {}", joined(names));
  reading.problems.error(name.place, fmt::format("there is no {} {}", one_of(section), name.text), hint);
  return false;
}

bool check_name(const Name& name, Reading& reading) {
  if (!name.text.empty() && std::all_of(name.text.begin(), name.text.end(), may_stand_in_name)) return true;
  reading.problems.error(name.place,
                         fmt::format("'{}' is no name (names are letters, digits, - and _)", name.text),
                         "write kebab-case, such as northern-axis");
  return false;
}

bool is_misspelt(const Tree& node, const std::string& key) {
  return std::any_of(node.entries.begin(), node.entries.end(), [&](const Tree::Entry& entry) {
    return entry.key != key && !nearest_word(entry.key, {key}).empty();
  });
}

std::vector<const Tree::Entry*> rows_of(const Tree& root, const std::string& section, Reading& reading) {
  std::vector<const Tree::Entry*> rows;
  const Tree* node = root.find(section);
  if (!node || node->kind == Tree::Kind::null) return rows;
  if (node->kind != Tree::Kind::mapping) {
    reading.problems.error(node->place, fmt::format("{} must be a mapping of names", section),
                           fmt::format("write {}: {{NAME: {{…}}}}", section));
    return rows;
  }
  for (const Tree::Entry& entry : node->entries) rows.push_back(&entry);
  return rows;
}

std::string noun(const KeyTable& table) {
  const std::size_t dot = table.name.rfind('.');
  const std::string word = dot == std::string::npos ? table.name : table.name.substr(dot + 1);
  if (dot != std::string::npos && table.name.compare(0, dot, "unit") != 0) return word;  // A law or a policy.
  const bool vowel = !word.empty() && std::string_view("aeio").find(word[0]) != std::string_view::npos;
  return fmt::format("{} {}", vowel ? "an" : "a", word);
}

std::string example_value(Dimension dimension) {
  const std::string example = example_of(dimension);  // May be "0.7 or 70%".
  return example.substr(0, example.find(" or "));
}

std::string example_line(const Key& key) {
  const std::string number = example_value(key.dimension);
  std::string value = "…";
  switch (key.shape) {
    case Shape::number:
    case Shape::quantity:
      value = number;
      break;
    case Shape::text:
      value = "some words";
      break;
    case Shape::choice:
      value = key.choices.empty() ? "…" : key.choices.front();
      break;
    case Shape::name:
      value = "NAME";
      break;
    case Shape::names:
      value = "[NAME]";
      break;
    case Shape::flag:
      value = "true";
      break;
    case Shape::hours:
      value = "06:00-22:00";
      break;
    case Shape::interval:
      value = fmt::format("[{}, {}]", number, number);
      break;
    case Shape::point:
      value = "{x: 2 km, y: 0 km} or {lat: 52.1, lon: 21.0}";
      break;
    case Shape::points:
      value = "[{x: 40 km, y: 0 km}, {x: 0 km, y: 0 km}]";
      break;
    case Shape::quantities:
      value = fmt::format("[{}]", number);
      break;
    case Shape::by_class:
      value = key.dimension == Dimension::fraction ? "{NAME: 0.7}" : fmt::format("{{NAME: {}}}", number);
      break;
    case Shape::mapping:
    case Shape::map_of:
      value = "{…}";
      break;
    case Shape::list_of:
      value = "[{…}]";
      break;
    case Shape::special:
      return fmt::format("{}: {}", key.name, key.help);
  }
  return fmt::format("{}: {}", key.name, value);
}

std::string shown(Place place, const Problems& problems) {
  if (place.source < 0) return "elsewhere";
  const std::string& name = problems.sources().name(place.source);
  if (problems.sources().is_change(place.source)) return fmt::format("--set {}", name);
  return fmt::format("{}:{}", name, place.line);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  return text;
}

}  // namespace dronewall
