// The values of a scenario one by one, for telling what changed between two of its versions.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "dronewall/core/hash.hpp"
#include "scenario/one_line.hpp"
#include "scenario/scenario_texts.hpp"

namespace dronewall {
namespace {

template <std::size_t n>
bool is_one_of(std::string_view word, const std::array<std::string_view, n>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Sections and keys that say where a figure comes from, or what is thought of it.
constexpr std::array<std::string_view, 9> remarks = {"scenario", "summary", "reported", "data", "source",
                                                     "sources",  "notes",   "url",      "use"};
constexpr std::array<std::string_view, 6> books = {"prices", "planning_prices", "currency",
                                                   "year",   "rates",           "deflator"};
/// Money outside the books. That it is there decides what is booked; how much, only what it costs.
constexpr std::array<std::string_view, 5> own_money = {"per_hit", "per_hour", "per_closure", "cost", "price"};

/// Names that stand anywhere in a value: those of catalog rows lead to the rows that are used.
void collect_words(const Tree& node, std::set<std::string>& words) {
  if (node.kind == Tree::Kind::scalar) words.insert(node.scalar);
  for (const Tree::Entry& entry : node.entries) {
    words.insert(entry.key);
    collect_words(*entry.value, words);
  }
  for (const auto& item : node.items) collect_words(*item, words);
}

/// The rows of catalogs that nothing names, directly, by a level of the study, or by rows that are named.
class UnusedRows {
 public:
  explicit UnusedRows(const ScenarioTexts::Parsed& parsed) : words_(parsed.level_words) {
    const LoadedScenario& loaded = parsed.loaded;
    std::set<std::int32_t> catalogs;
    for (const LoadedFile& catalog : loaded.catalogs) catalogs.insert(catalog.source);
    for (const Tree::Entry& section : loaded.main.tree->entries) {
      const std::vector<std::string>& shared = shared_sections();
      const bool has_rows = std::find(shared.begin(), shared.end(), section.key) != shared.end();
      if (!has_rows) {
        if (!is_one_of(section.key, books)) collect_words(*section.value, words_);
        continue;
      }
      for (const Tree::Entry& row : section.value->entries)
        if (catalogs.count(row.key_place.source))
          rows_.insert(&row);
        else
          collect_words(*row.value, words_);
    }
    while (take_used()) continue;
  }

  [[nodiscard]] bool holds(const Tree::Entry& row) const { return rows_.count(&row) != 0; }

 private:
  bool take_used() {
    std::vector<const Tree::Entry*> used;
    for (const Tree::Entry* row : rows_)
      if (words_.count(row->key)) used.push_back(row);
    for (const Tree::Entry* row : used) {
      rows_.erase(row);
      collect_words(*row->value, words_);
    }
    return !used.empty();
  }

  std::set<std::string> words_;
  std::set<const Tree::Entry*> rows_;
};

class FieldsWriter {
 public:
  explicit FieldsWriter(const ScenarioTexts::Parsed& parsed) : parsed_(parsed), unused_(parsed) {}

  std::vector<ScenarioTexts::Field> quantities() {
    for (const Tree::Entry& section : parsed_.loaded.main.tree->entries)
      if (!is_one_of(section.key, books)) add_entry(section, "");
    return sorted();
  }

  std::vector<ScenarioTexts::Field> weapon_prices() {
    for (const LoadedFile& catalog : parsed_.loaded.catalogs) add_books(*catalog.tree);
    add_books(*parsed_.loaded.main.tree);  // Last: the scenario's own win.
    return sorted();
  }

 private:
  void add_books(const Tree& file) {
    for (const Tree::Entry& section : file.entries) {
      if (!is_one_of(section.key, books)) continue;
      if (section.value->kind != Tree::Kind::mapping) set(section.key, one_line(*section.value));
      const bool has_items = section.key == "prices" || section.key == "planning_prices";
      for (const Tree::Entry& item : section.value->entries)
        if (!has_items || is_weapon(item.key)) set(section.key + "." + item.key, one_line(*item.value));
    }
  }

  [[nodiscard]] bool is_weapon(const std::string& item) const {
    const Tree* weapons = parsed_.loaded.main.tree->find("weapons");
    return weapons != nullptr && weapons->find(item) != nullptr;
  }

  void add_entry(const Tree::Entry& entry, const std::string& below) {
    if (is_one_of(entry.key, remarks) || unused_.holds(entry)) return;
    const std::string path = below.empty() ? entry.key : below + "." + entry.key;
    if (is_one_of(entry.key, own_money))
      set(path, "a price");
    else if (entry.key == "geojson" && entry.value->kind == Tree::Kind::scalar)
      set(path, with_content(*entry.value));
    else
      add(*entry.value, path);
  }

  void add(const Tree& node, const std::string& path) {
    if (node.kind == Tree::Kind::mapping && !node.entries.empty())
      for (const Tree::Entry& entry : node.entries) add_entry(entry, path);
    else
      set(path, one_line(node));
  }

  /// A file's name and a hash of what is in it.
  [[nodiscard]] std::string with_content(const Tree& path) const {
    const auto name = parsed_.file_names.find(path.place.source);
    std::string why;
    const auto file =
        parsed_.files.read(path.scalar, name == parsed_.file_names.end() ? "" : name->second, why);
    if (!file) return path.scalar;
    return fmt::format("{} (content {:016x})", path.scalar, hash_text(file->text));
  }

  void set(const std::string& path, std::string value) { fields_[path] = std::move(value); }

  std::vector<ScenarioTexts::Field> sorted() {
    std::vector<ScenarioTexts::Field> all;
    for (auto& [path, value] : fields_) all.push_back({path, std::move(value)});
    return all;
  }

  const ScenarioTexts::Parsed& parsed_;
  UnusedRows unused_;
  std::map<std::string, std::string> fields_;
};

}  // namespace

std::vector<ScenarioTexts::Field> fields_of(const ScenarioTexts::Parsed& parsed, FieldsOf which) {
  if (!parsed.loaded.main.tree) return {};
  FieldsWriter writer(parsed);
  return which == FieldsOf::quantities ? writer.quantities() : writer.weapon_prices();
}

}  // namespace dronewall
