// `dronewall catalog`: the kinds that the program knows, and the rows of the catalogs in the data folder.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "dronewall/kinds/kinds.hpp"
#include "dronewall/report/csv.hpp"
#include "dronewall/report/words.hpp"

namespace dronewall {
namespace {

struct CatalogCommand {
  std::string name;  // "" is everything
  std::string data;
  OutputOptions output;

  [[nodiscard]] Exit act() const;
};

/// One catalog of the data folder.
struct CatalogFile {
  std::string file;  // "catalog/weapons.yaml", as a scenario's `use:` names it
  std::vector<CatalogRow> rows;
};

/// What the program and the data folder offer, or the part of it that was asked for.
struct Offer {
  std::vector<const KindTables::Entry*> kinds;
  std::vector<CatalogFile> files;
};

/// The catalogs of the data folders, by name. What cannot be read is told on stderr and left out.
std::vector<CatalogFile> read_catalogs(const std::string& data, const OutputOptions& output, bool& replaces) {
  namespace fs = std::filesystem;
  std::vector<CatalogFile> files;
  for (const std::string& folder : data_folders(data)) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(fs::path(folder) / "catalog", error))
      if (entry.path().extension() == ".yaml") names.push_back("catalog/" + entry.path().filename().string());
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
      const std::string path = (fs::path(folder) / name).string();
      DiskFiles disk(path, {folder});
      WatchedFiles watched(disk);
      Sources sources;
      Problems problems(sources);
      files.push_back({name, catalog_rows(path, watched, problems)});
      fmt::print(stderr, "{}", problems.text());
      replaces = replaces || watched.would_be_replaced(output);
    }
  }
  return files;
}

/// Of all that there is, what bears the name: a kind, a row, a section, a file. All of it for no name.
Offer offer_of(const std::string& name, std::vector<CatalogFile> files) {
  Offer offer;
  for (const KindTables::Entry& entry : kind_tables().entries)
    if (name.empty() || entry.name == name || entry.group == name) offer.kinds.push_back(&entry);
  for (CatalogFile& file : files) {
    if (!name.empty() && file.file != name)
      std::erase_if(file.rows,
                    [&](const CatalogRow& row) { return row.name != name && row.section != name; });
    if (!file.rows.empty()) offer.files.push_back(std::move(file));
  }
  return offer;
}

std::vector<std::string> all_names(const std::vector<CatalogFile>& files) {
  std::vector<std::string> names;
  for (const KindTables::Entry& entry : kind_tables().entries)
    names.push_back(entry.name), names.push_back(entry.group);
  for (const CatalogFile& file : files) {
    names.push_back(file.file);
    for (const CatalogRow& row : file.rows) names.push_back(row.name), names.push_back(row.section);
  }
  return names;
}

/// Keys with their help, and an example that runs.
std::string kind_text(const KindTables::Entry& entry) {
  std::string out = fmt::format("{} {}: {}\n", entry.group, entry.name, entry.table.help);
  for (const Key& key : entry.table.keys)
    out += fmt::format("  {:<20} {}{}\n", key.name, key.help,
                       key.required           ? " (required)"
                       : key.fallback.empty() ? ""
                                              : fmt::format(" (default {})", key.fallback));
  if (!entry.table.example.empty()) out += "\nexample:\n" + entry.table.example;
  if (out.back() != '\n') out += '\n';
  return out;
}

std::string figures_text(const CatalogRow& row) {
  std::string text;
  for (const auto& [key, value] : row.figures)
    text += (text.empty() ? "" : " · ") + (key.empty() ? value : key + " " + value);
  return text;
}

std::string kinds_text(const std::vector<const KindTables::Entry*>& kinds) {
  std::string out, group;
  for (const KindTables::Entry* entry : kinds) {
    if (entry->group != group) out += fmt::format("{}{}\n", group.empty() ? "" : "\n", entry->group);
    group = entry->group;
    out += fmt::format("  {:<20} {}\n", entry->name, entry->table.help);
  }
  return out;
}

std::string rows_text(const CatalogFile& file) {
  std::string out = fmt::format("{}\n", file.file), section;
  for (const CatalogRow& row : file.rows) {
    if (row.section != section) out += fmt::format("  {}\n", row.section);
    section = row.section;
    out += fmt::format("    {}\n", escaped(row.name));
    add_words(out, escaped(figures_text(row)), 6);
    if (!row.source.empty()) add_words(out, "source: " + escaped(row.source), 6);
  }
  return out;
}

std::string table_of(const Offer& offer) {
  std::string out = offer.kinds.size() == 1 ? kind_text(*offer.kinds.front()) : kinds_text(offer.kinds);
  for (const CatalogFile& file : offer.files) out += (out.empty() ? "" : "\n") + rows_text(file);
  return out;
}

std::string json_of(const Offer& offer) {
  nlohmann::ordered_json kinds = nlohmann::ordered_json::array(), rows = nlohmann::ordered_json::array();
  for (const KindTables::Entry* entry : offer.kinds)
    kinds.push_back({{"group", entry->group}, {"name", entry->name}, {"help", entry->table.help}});
  for (const CatalogFile& file : offer.files)
    for (const CatalogRow& row : file.rows) {
      nlohmann::ordered_json figures = nlohmann::ordered_json::object();
      for (const auto& [key, value] : row.figures) figures[key.empty() ? "value" : key] = value;
      rows.push_back({{"file", file.file},
                      {"section", row.section},
                      {"name", row.name},
                      {"figures", std::move(figures)},
                      {"source", row.source}});
    }
  const nlohmann::ordered_json all = {{"kinds", std::move(kinds)}, {"rows", std::move(rows)}};
  return all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

std::string csv_of(const Offer& offer) {
  std::string out = "file,section,name,figures,source\n";
  for (const KindTables::Entry* entry : offer.kinds)
    out += fmt::format(",{},{},{},\n", entry->group, entry->name, csv_cell(entry->table.help));
  for (const CatalogFile& file : offer.files)
    for (const CatalogRow& row : file.rows)
      out += fmt::format("{},{},{},{},{}\n", csv_cell(file.file), row.section, csv_cell(row.name),
                         csv_cell(figures_text(row)), csv_cell(row.source));
  return out;
}

Exit CatalogCommand::act() const {
  bool replaces = false;
  std::vector<CatalogFile> files = read_catalogs(data, output, replaces);
  if (replaces) return Exit::usage;
  const std::vector<std::string> names = all_names(files);
  const Offer offer = offer_of(name, std::move(files));
  if (offer.kinds.empty() && offer.files.empty()) {
    const std::string similar = nearest_word(name, names);
    return usage_error(fmt::format("{} is no kind and no row, section or file of a catalog{}", escaped(name),
                                   similar.empty() ? "" : "; did you mean " + similar + "?"));
  }
  const std::string text = output.format == Format::json  ? json_of(offer)
                           : output.format == Format::csv ? csv_of(offer)
                                                          : table_of(offer);
  return write_result(output, text) ? Exit::done : Exit::failed;
}

}  // namespace

void add_catalog(const Arguments& program, Invocation& invocation) {
  const Arguments command = program.command(
      "catalog", "List the kinds of units, sensor laws and policies, and the rows of the catalogs");
  const auto catalog = std::make_shared<CatalogCommand>();
  command.argument({"name", "", "Show one kind, row, section or file only"}, catalog->name,
                   Presence::optional);
  command.option({"--data", "DIR", "The data folder"}, catalog->data);
  add_output_options(command, catalog->output);
  command.then([catalog, &invocation] { invocation.action = [catalog] { return catalog->act(); }; });
}

}  // namespace dronewall
