// `dronewall catalog`: the kinds that the program knows, and the files of the data folder.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>

#include "cli/command.hpp"
#include "dronewall/kinds/kinds.hpp"

namespace dronewall {
namespace {

std::string all_kinds_text() {
  std::string out, group;
  for (const KindTables::Entry& entry : kind_tables().entries) {
    if (entry.group != group) out += fmt::format("{}{}\n", group.empty() ? "" : "\n", entry.group);
    group = entry.group;
    out += fmt::format("  {:<20} {}\n", entry.name, entry.table.help);
  }
  return out;
}

/// The catalogs of a data folder, by path below it.
std::string files_text(const std::vector<std::string>& folders) {
  namespace fs = std::filesystem;
  std::string out;
  for (const std::string& folder : folders) {
    std::vector<std::string> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(fs::path(folder) / "catalog", error))
      if (entry.path().extension() == ".yaml") files.push_back("catalog/" + entry.path().filename().string());
    std::sort(files.begin(), files.end());
    if (!files.empty()) out += "\nfiles for `use:`\n";
    for (const std::string& file : files) out += fmt::format("  {}\n", file);
  }
  return out;
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

Exit catalog(const std::string& name, const std::string& data, const OutputOptions& output) {
  std::string text;
  std::vector<std::string> names;
  for (const KindTables::Entry& entry : kind_tables().entries) {
    names.push_back(entry.name);
    if (entry.name == name) text += kind_text(entry);
  }
  if (name.empty()) text = all_kinds_text() + files_text(data_folders(data));
  if (text.empty()) {
    const std::string similar = nearest_word(name, names);
    return usage_error(fmt::format("{} is no kind{}", escaped(name),
                                   similar.empty() ? "" : "; did you mean " + similar + "?"));
  }
  return write_result(output, text) ? Exit::done : Exit::failed;
}

}  // namespace

void add_catalog(CLI::App& program, Invocation& invocation) {
  CLI::App& command =
      *program.add_subcommand("catalog", "List the kinds of units, sensor laws and policies, and catalogs");
  const auto name = std::make_shared<std::string>();
  const auto data = std::make_shared<std::string>();
  const auto output = std::make_shared<OutputOptions>();
  command.add_option("kind", *name, "Show one kind: its keys and an example");
  command.add_option("--data", *data, "The data folder")->type_name("DIR");
  command.add_option("--output", output->file, "Write it to a file")->type_name("FILE");
  command.callback([name, data, output, &invocation] {
    invocation.action = [name, data, output] { return catalog(*name, *data, *output); };
  });
}

}  // namespace dronewall
