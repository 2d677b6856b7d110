#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "cli/command.hpp"
#include "dronewall/core/problem.hpp"
#include "dronewall/kinds/kinds.hpp"
#include "dronewall/study/price_readers.hpp"

namespace dronewall {
namespace {

/// What was reported is held against measures, and which there are is known only now.
void check_reported(const std::vector<ReportedDescription>& reported,
                    const std::vector<MeasureDefinition>& measures, Problems& problems) {
  std::vector<std::string> names;
  for (const MeasureDefinition& measure : measures) names.push_back(measure.name);
  for (const ReportedDescription& one : reported) {
    if (std::find(names.begin(), names.end(), one.measure.text) != names.end()) continue;
    const std::string similar = nearest_word(one.measure.text, names);
    problems.error(one.measure.place,
                   fmt::format("{} is no measure of this scenario", escaped(one.measure.text)),
                   similar.empty() ? "`dronewall measures` lists them" : "did you mean " + similar + "?");
  }
}

}  // namespace

std::optional<FileSource::File> WatchedFiles::read(const std::string& path, const std::string& beside,
                                                   std::string& why) {
  std::optional<File> file = files_.read(path, beside, why);
  if (file) read_.push_back(file->shown);
  return file;
}

bool WatchedFiles::would_be_replaced(const OutputOptions& output) const {
  if (output.file.empty()) return false;
  for (const std::string& file : read_) {
    std::error_code error;
    if (!std::filesystem::equivalent(file, output.file, error)) continue;
    usage_error(fmt::format("--output {} would replace a file that is read here (name another)",
                            escaped(output.file)));
    return true;
  }
  return false;
}

FileKind kind_of_file(const std::string& file, FileSource& files) {
  std::string why;
  const auto read = files.read(file, "", why);
  return read ? kind_of_text(read->text) : FileKind::scenario;
}

bool would_replace_store(const OutputOptions& output, const std::string& store) {
  std::error_code error;
  const auto place = [&](const std::string& path) { return std::filesystem::weakly_canonical(path, error); };
  if (output.file.empty() || place(output.file) != place(store)) return false;
  usage_error(fmt::format("--output {} would replace the store (name another)", escaped(output.file)));
  return true;
}

void lay_prices(Loaded& loaded, Scoring scoring) {
  const LedgerLayout& layout = loaded.model->layout();
  const auto place_of = [&](const std::string& item) { return place_of_item(loaded.scenario, item); };
  loaded.pricing = price(layout, loaded.scenario.prices, place_of, loaded.problems, scoring);
  loaded.measures = layout.measures;
  loaded.measures.insert(loaded.measures.end(), loaded.pricing.measures.begin(),
                         loaded.pricing.measures.end());
  set_turns(*loaded.model, loaded.scenario, loaded.measures);
}

std::vector<std::string> notes_on_prices(const Loaded& loaded) {
  std::string warning = planning_warning(*loaded.model, loaded.scenario);
  if (warning.empty()) return {};
  return {std::move(warning)};
}

std::optional<Loaded> load(const ScenarioOptions& options, const OutputOptions& output) {
  const std::optional<std::vector<Change>> changes = changes_of(options.sets);
  if (!changes) return std::nullopt;
  std::optional<Loaded> loaded(std::in_place);
  DiskFiles disk(options.file, data_folders(options.data));
  WatchedFiles files(disk);
  Problems& problems = loaded->problems;
  loaded->scenario = read_scenario(options.file, files, kind_tables(),
                                   {*changes, options.prices, options.without}, problems);
  if (files.would_be_replaced(output)) return std::nullopt;
  // Compiling goes on with what was read whole, so that one run shows the mistakes of both.
  loaded->model = Model::compile(loaded->scenario, all_kinds(), problems);
  if (loaded->model) lay_prices(*loaded, Scoring::expected);
  if (loaded->model) check_reported(loaded->scenario.reported, loaded->measures, problems);
  if (problems.has_errors()) loaded->model = nullptr;
  if (problems.has_errors() || !output.quiet) fmt::print(stderr, "{}", problems.text());
  return loaded;
}

}  // namespace dronewall
