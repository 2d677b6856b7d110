#include "scenario/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "dronewall/core/hash.hpp"
#include "scenario/one_line.hpp"
#include "scenario/reading.hpp"
#include "scenario/scalars.hpp"

namespace dronewall {
namespace {

/// Whether the change belongs to `key` at the top level: `use`, or `prices.round`.
bool is_below(const Change& change, const std::string& key) {
  return change.path == key || change.path.compare(0, key.size() + 1, key + ".") == 0;
}

Tree& child_mapping(Tree& root, const std::string& key) {
  if (Tree* found = root.find(key)) {
    if (found->kind == Tree::Kind::null) found->kind = Tree::Kind::mapping;
    return *found;
  }
  auto value = std::make_unique<Tree>();
  value->kind = Tree::Kind::mapping;
  value->place = root.place;
  root.entries.push_back({key, root.place, std::move(value)});
  return *root.entries.back().value;
}

void report_twice(const std::string& name, Place first, Place second, std::int32_t main, Problems& problems) {
  // Told at the scenario's own row when one of the two is its own: that is the file its author can change.
  const bool own = first.source == main;
  problems.error(own ? first : second,
                 fmt::format("{} is defined twice (also at {})", name, shown(own ? second : first, problems)),
                 own ? "give it another name, or take it from the catalog and change it with --set"
                     : "use one of the two catalogs");
}

void take_rows(Tree& root, Tree& catalog, std::int32_t main, Problems& problems) {
  for (const std::string& section : shared_sections()) {
    Tree* rows = catalog.find(section);
    if (!rows || rows->kind != Tree::Kind::mapping) continue;
    Tree& target = child_mapping(root, section);
    if (target.kind != Tree::Kind::mapping) continue;  // Reported when the section is read.
    std::map<std::string, Place> taken;
    for (const Tree::Entry& row : target.entries) taken.emplace(row.key, row.key_place);
    for (Tree::Entry& row : rows->entries) {
      const auto [own, is_new] = taken.emplace(row.key, row.key_place);
      if (is_new)
        target.entries.push_back(std::move(row));
      else
        report_twice(row.key, own->second, row.key_place, main, problems);
    }
    rows->entries.clear();
  }
}

/// Whether a file that is used as a catalog is one; reports when it is not.
bool check_catalog_file(const LoadedFile& file, Place named_at, Problems& problems) {
  if (!file.tree) return false;
  if (file.tree->kind == Tree::Kind::mapping && !file.tree->find("scenario")) return true;
  problems.error(named_at.source >= 0 ? named_at : file.tree->place,
                 file.tree->kind == Tree::Kind::mapping ? "this is a scenario, not a catalog"
                                                        : "this file is no mapping of sections");
  return false;
}

constexpr std::size_t most_catalogs = 100;

std::vector<Name> used_catalogs(const Tree& root, Problems& problems) {
  std::vector<Name> names;
  const Tree* use = root.find("use");
  if (!use || use->kind == Tree::Kind::null) return names;
  const auto add = [&](const Tree& node) {
    Problems unheard(problems.sources());  // What is wrong with the list is told where the top level is read.
    const std::optional<Name> name = read_text(node, unheard);
    if (!name) return;
    const bool again =
        std::any_of(names.begin(), names.end(), [&](const Name& n) { return n.text == name->text; });
    if (again)
      problems.error(name->place, fmt::format("{} is used twice", name->text), "leave one");
    else
      names.push_back(*name);
  };
  if (use->items.size() > most_catalogs) {
    problems.error(use->place, fmt::format("this scenario uses {} catalogs (at most {})", use->items.size(),
                                           most_catalogs));
    return names;
  }
  if (use->kind == Tree::Kind::list)
    for (const auto& item : use->items) add(*item);
  else
    add(*use);
  return names;
}

/// The catalogs of the scenario and of what is laid over it, each once.
std::vector<Name> all_used(const Tree& root, const Tree* add, Problems& problems) {
  std::vector<Name> names = used_catalogs(root, problems);
  if (!add || add->kind != Tree::Kind::mapping) return names;
  for (Name& more : used_catalogs(*add, problems)) {
    const auto same = [&](const Name& name) { return name.text == more.text; };
    if (std::none_of(names.begin(), names.end(), same)) names.push_back(std::move(more));
  }
  return names;
}

void lay_addition(Tree& root, const Tree& add, std::uint64_t& text_hash) {
  text_hash = hash_text("add " + one_line(add), text_hash);
  if (add.kind != Tree::Kind::mapping) return;  // Reported where the study is read.
  const Place own = root.place;
  std::unique_ptr<Tree> rest = add.clone();
  std::erase_if(rest->entries, [](const Tree::Entry& entry) { return entry.key == "use"; });
  overlay(root, *rest);
  root.place = own;
}

void apply(Tree& root, const std::vector<Change>& changes, bool to_use, Problems& problems) {
  for (const Change& change : changes) {
    if (is_below(change, "use") != to_use) continue;
    if (is_below(change, "prices") && change.path != "prices") child_mapping(root, "prices");
    set_path(root, change.path, change.value, problems);
  }
}

}  // namespace

FileKind kind_of(const Tree& root) {
  if (root.find("study")) return FileKind::study;
  if (!root.find("scenario")) return FileKind::catalog;
  const auto has = [&](const char* key) { return root.find(key) != nullptr; };
  const bool varies = has("choices") || has("uncertain") || has("design") || has("replications");
  return varies && !has("attacks") && !has("threats") ? FileKind::study : FileKind::scenario;
}

FileKind kind_of_text(const std::string& text) {
  Sources sources;
  Problems unheard(sources);  // Whoever reads the file says what is wrong with it.
  if (const auto tree = parse_tree(sources.add("", text), text, unheard))
    return tree->kind == Tree::Kind::mapping ? kind_of(*tree) : FileKind::scenario;
  const std::string lines = '\n' + text;
  if (lines.find("\nstudy:") != std::string::npos) return FileKind::study;
  return lines.find("\nscenario:") != std::string::npos ? FileKind::scenario : FileKind::catalog;
}

const std::vector<std::string>& shared_sections() {
  static const std::vector<std::string> sections = {"zones",     "networks",   "threats",      "weapons",
                                                    "platforms", "unit_types", "sensor_types", "asset_types"};
  return sections;
}

LoadedFile load_file(const std::string& path, const std::string& beside, Place named_at, FileSource& files,
                     std::uint64_t& text_hash, Problems& problems) {
  std::string why;
  const std::optional<FileSource::File> file = files.read(path, beside, why);
  if (!file) {
    const Place place = named_at.source >= 0 ? named_at : Place{problems.sources().add(path, ""), 0, 0};
    problems.error(place, fmt::format("{} cannot be read ({})", path, why));
    return {};
  }
  text_hash = hash_text(file->text, text_hash);
  LoadedFile loaded;
  loaded.source = problems.sources().add(file->shown, file->text);
  loaded.tree = parse_tree(loaded.source, file->text, problems);
  return loaded;
}

LoadedScenario load_texts(const ScenarioOrigin& origin, FileSource& files, const ReadOptions& options,
                          Problems& problems) {
  LoadedScenario loaded;
  loaded.main = load_file(origin.path, origin.beside, origin.named_at, files, loaded.text_hash, problems);
  if (loaded.main.tree && loaded.main.tree->kind != Tree::Kind::mapping) {
    problems.error(loaded.main.tree->place, "a scenario is a mapping of sections",
                   "begin with scenario: TITLE");
    loaded.main.tree.reset();
  } else if (loaded.main.tree && kind_of(*loaded.main.tree) == FileKind::study) {
    const Tree* title = loaded.main.tree->find("study");
    problems.error(title ? title->place : loaded.main.tree->place, "this is a study, not a scenario",
                   "run it with dronewall sweep or dronewall select; scenario: names what it varies");
    loaded.main.tree.reset();
  }
  if (!loaded.main.tree) return loaded;
  Tree& root = *loaded.main.tree;
  apply(root, options.changes, true, problems);
  const std::string main_name = problems.sources().name(loaded.main.source);
  for (const Name& name : all_used(root, origin.add, problems)) {
    const bool changed = problems.sources().is_change(name.place.source);
    const std::string beside = changed ? main_name : problems.sources().name(name.place.source);
    LoadedFile catalog = load_file(name.text, beside, name.place, files, loaded.text_hash, problems);
    if (!check_catalog_file(catalog, name.place, problems)) continue;
    take_rows(root, *catalog.tree, loaded.main.source, problems);
    loaded.catalogs.push_back(std::move(catalog));
  }
  for (const std::string& book : options.price_books) {
    LoadedFile file = load_file(book, "", {}, files, loaded.text_hash, problems);
    if (check_catalog_file(file, {}, problems)) loaded.price_books.push_back(std::move(file));
  }
  if (origin.add) lay_addition(root, *origin.add, loaded.text_hash);
  return loaded;
}

void change_texts(LoadedScenario& loaded, const ReadOptions& options, Problems& problems) {
  if (!loaded.main.tree) return;
  Tree& root = *loaded.main.tree;
  apply(root, options.changes, false, problems);
  for (const Change& change : options.changes)
    loaded.text_hash = hash_text(change.path + "=" + change.value, loaded.text_hash);
  for (const std::string& entry : options.left_out) {
    for (std::string& name : leave_out(root, entry, problems)) loaded.left_out.push_back(std::move(name));
    loaded.text_hash = hash_text("without " + entry, loaded.text_hash);
  }
}

LoadedScenario load_scenario(const std::string& path, FileSource& files, const ReadOptions& options,
                             Problems& problems) {
  LoadedScenario loaded = load_texts({path, "", {}, nullptr}, files, options, problems);
  change_texts(loaded, options, problems);
  return loaded;
}

}  // namespace dronewall
