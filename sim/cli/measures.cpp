// `dronewall measures FILE`: every number that a run of a scenario, or of a study's, can report.
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "dronewall/kinds/kinds.hpp"
#include "dronewall/report/csv.hpp"
#include "dronewall/study/point_model.hpp"

namespace dronewall {
namespace {

std::string table_of(const std::vector<MeasureDefinition>& measures) {
  std::size_t width = 0;
  for (const MeasureDefinition& measure : measures) width = std::max(width, measure.name.size());
  std::string out;
  for (const MeasureDefinition& measure : measures)
    out += fmt::format("{:<{}}  {:<8}  {}\n", measure.name, width, measure.unit, measure.meaning);
  return out;
}

std::string json_of(const std::vector<MeasureDefinition>& measures) {
  nlohmann::ordered_json all = nlohmann::ordered_json::object();
  for (const MeasureDefinition& measure : measures)
    all[measure.name] = {
        {"unit", measure.unit}, {"ratio", measure.denominator.has_value()}, {"meaning", measure.meaning}};
  return all.dump(2) + '\n';
}

std::string csv_of(const std::vector<MeasureDefinition>& measures) {
  std::string out = "name,unit,meaning\n";
  for (const MeasureDefinition& measure : measures)
    out +=
        fmt::format("{},{},{}\n", csv_cell(measure.name), csv_cell(measure.unit), csv_cell(measure.meaning));
  return out;
}

Exit list_measures(const std::vector<MeasureDefinition>& measures, const OutputOptions& output) {
  const std::string text = output.format == Format::json  ? json_of(measures)
                           : output.format == Format::csv ? csv_of(measures)
                                                          : table_of(measures);
  return write_result(output, text) ? Exit::done : Exit::failed;
}

/// Of a study's scenario with what its `add` brings.
Exit list_of_study(const ScenarioOptions& options, FileSource& disk, const OutputOptions& output) {
  if (!options.sets.empty() || !options.prices.empty())
    return usage_error("a study says itself what changes: --set and --prices are of scenarios");
  WatchedFiles files(disk);
  Sources sources;
  Problems problems(sources);
  const StudyDescription study = read_study(options.file, files, kind_tables(), problems);
  std::optional<PointModel> point;
  if (!problems.has_errors())
    point = PointModels(study, files, kind_tables(), all_kinds(), problems).compile({}, problems);
  if (files.would_be_replaced(output)) return Exit::usage;
  if (problems.has_errors() || !output.quiet) fmt::print(stderr, "{}", problems.text());
  return point ? list_measures(point->measures, output) : Exit::input;
}

Exit list_measures(const ScenarioOptions& options, const OutputOptions& output) {
  DiskFiles files(options.file, data_folders(options.data));
  if (kind_of_file(options.file, files) == FileKind::study) return list_of_study(options, files, output);
  const std::optional<Loaded> loaded = load(options, output);
  if (!loaded) return Exit::usage;
  return loaded->model ? list_measures(loaded->measures, output) : Exit::input;
}

}  // namespace

void add_measures(const Arguments& program, Invocation& invocation) {
  const Arguments command =
      program.command("measures", "List every measure of a scenario, or of a study's, with its meaning");
  const auto scenario = std::make_shared<ScenarioOptions>();
  const auto output = std::make_shared<OutputOptions>();
  add_scenario_options(command, *scenario, "A scenario, or a study (YAML)");
  add_output_options(command, *output);
  command.then([scenario, output, &invocation] {
    invocation.action = [scenario, output] { return list_measures(*scenario, *output); };
  });
}

}  // namespace dronewall
