#include "dronewall/scenario/language.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <utility>

#include "scenario/occasion.hpp"
#include "scenario/reading.hpp"
#include "scenario/scalars.hpp"
#include "scenario/scalars_distribution.hpp"
#include "scenario/scalars_units.hpp"
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

constexpr const char* preface = R"(# The scenario language

Every key of a scenario file. Written by `dronewall schema --format markdown --output docs/language.md` from
the tables that the program itself reads by; `dronewall schema` gives them to editors as a JSON Schema.

A scenario is a YAML mapping of sections. Names are letters, digits, `-` and `_`; they hold no dot, because a
dot parts the words of a path: `--set units.battery.channels=2`. A key that is unknown, repeated or missing is
a mistake, and all mistakes of a file are told together, each with its line.

)";

constexpr const char* chance = R"(
A distribution may stand wherever the tables below say *or a distribution*. It may be shifted, as in
`6 s + exponential(4 s)`, and a table of values is written `{discrete: {7: 0.5, 8: 0.3, 9: 0.2}}`; such weights
are shares and sum to 1, like those of a mix.

A distribution whose ends lie outside the key's range is a mistake. A normal distribution has no end: it is a
mistake when more than one draw in a million would fall outside, and such a rare draw is put on the bound.

How often a value is drawn stands beside each key. `{draw: LEVEL, from: DISTRIBUTION}` says otherwise, with one
of the levels that stand in brackets there: `shot` is each use, `unit` once per unit and raid, `raid` once per
raid, `replication` once for all of it.
)";

constexpr const char* studies = R"(
A study file begins with `study:` and varies a scenario. A path such as `units.battery.channels` is the one that
`--set` takes. Its values are a list, `[1, 2, 4]`, or a range, `0.3 .. 0.9` or `20 km .. 60 km`, both ends in one
unit; a range of whole numbers stays whole where its key does. A `list` design takes its points from a CSV file
whose first line names the paths; in the study these are `listed`.

| design | points | takes |
|---|---|---|
| `grid` | every combination of the lists | lists |
| `{list: FILE.csv}` | those of the file | values of the file |
| `{latin-hypercube: N}` | N, spread evenly in each factor and far apart; 2N contains N | lists and ranges |
| `{sobol: N}` | N, a power of two, scrambled; a larger N contains a smaller | lists and ranges |
| `{morris: {trajectories: N, levels: 4}}` | N × (factors + 1), one factor moved at a time | lists and ranges |
| `{saltelli: N}` | N × (factors + 2), N a power of two, for Sobol indices | lists and ranges |
| `{cross: [grid, {sobol: N}]}` | each point of one with each of the other | lists the first, ranges the second |

Points that come out equal, as where a range has few whole numbers, are run once.

What decides whether a value fits is the design's points. `check` refuses a mistake in the value itself, a value all of
whose points fail, and a design all of whose points do; `sweep` and `select` refuse the same. Where only some of a value's
points fail, `check` and `sweep --dry-run` warn, with how many and the first of them; a sweep sets such points aside as
failed and goes on. They compile all points, of more than 500 so many spread evenly, and `check` says how many of how many;
a `select` study's points are its mixes, answers and uncertain points.
)";

/// Text of a table cell.
std::string cell(std::string text) {
  std::string out;
  for (const char c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
  return out;
}

std::string with_unit(double value, Dimension dimension) {
  const std::string unit = dimension == Dimension::angle ? "" : unit_of(dimension);
  return unit.empty() ? fmt::format("{}", value) : fmt::format("{} {}", value, unit);
}

/// ", at least 0 m", ", from 0 to 1".
std::string range_of(const Key& key) {
  const bool low = std::isfinite(key.low), high = std::isfinite(key.high);
  if (low && high)
    return fmt::format(", from {} to {}", with_unit(key.low, key.dimension),
                       with_unit(key.high, key.dimension));
  if (low) return fmt::format(", at least {}", with_unit(key.low, key.dimension));
  if (high) return fmt::format(", at most {}", with_unit(key.high, key.dimension));
  return "";
}

/// "; once per intruder (raid, replication)".
std::string occasion_of(const Key& key) {
  const std::string words = words_of(key.drawn);
  if (words.empty()) return "";
  std::string levels;
  for (const std::string& level : levels_of(key.drawn)) levels += (levels.empty() ? "" : ", ") + level;
  return fmt::format("; drawn {} [{}]", words, levels);
}

/// "a time or a distribution, at least 0 s; drawn at each use [shot, …]", or "a time, at least 0 s".
std::string maybe_random(const Key& key) {
  const char* random = key.drawn == Occasion::apart ? "" : " or a distribution";
  return noun_of(key.dimension) + std::string(random) + range_of(key) + occasion_of(key);
}

/// The page, table by table.
class LanguageWriter {
 public:
  explicit LanguageWriter(const KindTables& kinds) : kinds_(kinds) {}

  std::string write() {
    out_ = preface;
    write_units();
    write_distributions();
    out_ += "\n## Sections\n";
    add(scenario_table(), "the file");
    for (std::size_t i = 0; i < tables_.size(); ++i) write_section(i);  // Grows while it is walked.
    write_kinds();
    write_studies();
    return out_;
  }

 private:
  struct Section {
    const KeyTable* table;
    std::vector<std::string> paths;
  };

  void write_units() {
    out_ += "## Values\n\n| what | units | for example |\n|---|---|---|\n";
    for (const Dimension dimension :
         {Dimension::none, Dimension::count, Dimension::fraction, Dimension::length, Dimension::time,
          Dimension::speed, Dimension::area, Dimension::mass, Dimension::angle, Dimension::rate,
          Dimension::decibel, Dimension::money}) {
      std::string units;
      for (const std::string_view unit : units_of(dimension))
        units += fmt::format("{}`{}`", units.empty() ? "" : ", ", unit);
      if (dimension == Dimension::money)
        units = "`$`, or a currency such as `EUR` in front; `k`, `M`, `bn` behind";
      out_ += fmt::format("| {} | {} | `{}` |\n", noun_of(dimension), units, example_of(dimension));
    }
    out_ +=
        "\nA bare number where a unit is needed is a mistake. Times of day are UTC. `unlimited` may stand "
        "for a "
        "magazine.\n\n";
  }

  void write_distributions() {
    out_ += "## Chance\n\n";
    for (const auto& [name, arguments] : distribution_forms())
      out_ += fmt::format("- `{}({})`\n", name, arguments);
    out_ += chance;
  }

  /// Queues a table for a section of its own, once; further places where it stands are named there.
  void add(const KeyTable& table, const std::string& path) {
    for (Section& section : tables_)
      if (section.table == &table) {
        if (section.paths.size() < 6) section.paths.push_back(path);
        return;
      }
    tables_.push_back({&table, {path}});
  }

  void write_section(std::size_t number) {
    const KeyTable& table = *tables_[number].table;
    const std::string path = tables_[number].paths.front();
    const std::string below = path == "the file" ? "" : path + ".";
    for (const Key& key : table.keys)
      if (key.table)
        add(*key.table, below + key.name + (key.shape == Shape::map_of ? ".NAME" : ""));
      else if (key.shape == Shape::point || key.shape == Shape::points)
        add(point_table(), below + key.name);
    std::string places;
    for (const std::string& place : tables_[number].paths)
      places += fmt::format("{}{}", places.empty() ? "" : ", ",
                            place == "the file" ? place : fmt::format("`{}`", place));
    out_ += fmt::format("\n### {}\n\n{} Stands as {}.\n\n", table.name, table.help, places);
    write_keys(table.keys);
  }

  void write_keys(const std::vector<Key>& keys) {
    out_ += "| key | value | default | meaning |\n|---|---|---|---|\n";
    for (const Key& key : keys)
      out_ += fmt::format("| `{}` | {} | {} | {} |\n", key.name, cell(value_of(key)),
                          key.required           ? "required"
                          : key.fallback.empty() ? ""
                                                 : "`" + key.fallback + "`",
                          cell(key.help));
  }

  static std::string value_of(const Key& key) {
    const std::string noun = noun_of(key.dimension);
    switch (key.shape) {
      case Shape::number:
        return noun + range_of(key);
      case Shape::quantity:
        return noun + " or a distribution" + range_of(key) + occasion_of(key);
      case Shape::text:
        return "a text";
      case Shape::choice:
        return joined_with_or(key.choices);
      case Shape::name:
        return key.refers_to.empty() ? "a name" : fmt::format("a name in `{}`", key.refers_to);
      case Shape::names:
        return key.refers_to.empty() ? "names" : fmt::format("one or several names in `{}`", key.refers_to);
      case Shape::flag:
        return "`true` or `false`";
      case Shape::hours:
        return "hours of a day, such as `06:00-22:00`";
      case Shape::interval:
        return fmt::format("`[low, high]`, each {}{}", noun, range_of(key));
      case Shape::point:
        return "a point";
      case Shape::points:
        return "a list of points";
      case Shape::quantities:
        return fmt::format("a list, each {} or a distribution{}{}", noun, range_of(key), occasion_of(key));
      case Shape::by_class:
        return "by name, each " + maybe_random(key);
      case Shape::mapping:
        return fmt::format("a mapping: [{}](#{})", key.table->name, key.table->name);
      case Shape::map_of:
        return fmt::format("by name, each [{}](#{})", key.table->name, key.table->name);
      case Shape::list_of:
        return fmt::format("a list, each [{}](#{})", key.table->name, key.table->name);
      case Shape::special:
        return special_of(key);
    }
    return "";
  }

  static std::string special_of(const Key& key) {
    if (key.refers_to.rfind("kinds.", 0) == 0)
      return fmt::format("a [kind](#kinds-of-{})", key.refers_to.substr(6));
    if (key.table) return fmt::format("see [{}](#{})", key.table->name, key.table->name);
    if (key.dimension == Dimension::none) return "see its meaning";
    return maybe_random(key);
  }

  static std::string joined_with_or(const std::vector<std::string>& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i)
      text += fmt::format("{}`{}`", i == 0 ? "" : i + 1 == words.size() ? " or " : ", ", words[i]);
    return text;
  }

  void write_kinds() {
    std::vector<std::string> groups;
    for (const KindTables::Entry& entry : kinds_.entries)
      if (std::find(groups.begin(), groups.end(), entry.group) == groups.end()) groups.push_back(entry.group);
    for (const std::string& group : groups) {
      out_ += fmt::format("\n## Kinds of {}\n", group);
      for (const KindTables::Entry& entry : kinds_.entries)
        if (entry.group == group) write_kind(entry);
    }
  }

  void write_kind(const KindTables::Entry& entry) {
    out_ += fmt::format("\n### {}\n\n{}\n", entry.name, entry.table.help);
    const Key* value = find_key(entry.table, "value");
    if (!entry.positional.empty() && entry.positional != "value")
      out_ += fmt::format("Written `{}({})`.\n", entry.name, entry.positional);
    else if (value)
      out_ += fmt::format("Written `{{{}: …}}`.\n", entry.name);
    if (!entry.table.keys.empty()) out_ += "\n";
    const std::size_t known = tables_.size();
    if (!entry.table.keys.empty()) write_keys(entry.table.keys);
    for (const Key& key : entry.table.keys)
      if (key.table) add(*key.table, key.name);
    for (std::size_t i = known; i < tables_.size(); ++i) {
      out_ += fmt::format("\n#### {}\n\n{}\n\n", tables_[i].table->name, tables_[i].table->help);
      write_keys(tables_[i].table->keys);
    }
    if (!entry.table.example.empty()) out_ += fmt::format("\n```yaml\n{}```\n", entry.table.example);
  }

  void write_studies() {
    out_ += "\n## Studies\n";
    out_ += studies;
    std::size_t first = tables_.size();
    add(study_table(), "the file");
    add(morris_table(), "design.morris");
    for (; first < tables_.size(); ++first) write_section(first);
  }

  const KindTables& kinds_;
  std::deque<Section> tables_;
  std::string out_;
};

}  // namespace

std::string language_page(const KindTables& kinds) { return LanguageWriter(kinds).write(); }

}  // namespace dronewall
