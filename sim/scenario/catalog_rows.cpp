// The rows of a catalog as texts, for listing.
#include <algorithm>
#include <array>
#include <string_view>

#include "dronewall/scenario/read.hpp"
#include "scenario/load.hpp"

namespace dronewall {
namespace {

/// Words about a figure that are no figures: where it was found, and which row of the data it came from.
constexpr std::array<std::string_view, 3> asides = {"source", "url", "data"};

/// A value on one line, in YAML's flow style.
std::string flow_text(const Tree& node) {
  std::string text;
  switch (node.kind) {
    case Tree::Kind::scalar:
      return node.scalar;
    case Tree::Kind::null:
      return "~";
    case Tree::Kind::mapping:
      for (const Tree::Entry& entry : node.entries)
        text += (text.empty() ? "" : ", ") + entry.key + ": " + flow_text(*entry.value);
      return "{" + text + "}";
    case Tree::Kind::list:
      for (const auto& item : node.items) text += (text.empty() ? "" : ", ") + flow_text(*item);
      return "[" + text + "]";
  }
  return text;
}

CatalogRow row_of(const std::string& section, const Tree::Entry& entry) {
  CatalogRow row{section, entry.key, {}, ""};
  if (entry.value->kind != Tree::Kind::mapping) {
    row.figures.emplace_back("", flow_text(*entry.value));
    return row;
  }
  for (const Tree::Entry& figure : entry.value->entries) {
    const std::string text = flow_text(*figure.value);
    if (figure.key == "source") row.source = text;
    if (std::find(asides.begin(), asides.end(), figure.key) == asides.end())
      row.figures.emplace_back(figure.key, text);
  }
  return row;
}

}  // namespace

std::vector<CatalogRow> catalog_rows(const std::string& path, FileSource& files, Problems& problems) {
  std::uint64_t text_hash = 0;
  const LoadedFile file = load_file(path, "", {}, files, text_hash, problems);
  std::vector<CatalogRow> rows;
  if (!file.tree || file.tree->kind != Tree::Kind::mapping) return rows;
  std::vector<std::string> sections = shared_sections();
  sections.emplace_back("prices");
  for (const Tree::Entry& section : file.tree->entries) {
    const bool has_rows = std::find(sections.begin(), sections.end(), section.key) != sections.end();
    if (!has_rows || section.value->kind != Tree::Kind::mapping) continue;
    for (const Tree::Entry& entry : section.value->entries) rows.push_back(row_of(section.key, entry));
  }
  return rows;
}

}  // namespace dronewall
