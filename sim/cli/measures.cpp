// `dronewall measures SCENARIO`: every number that a run of it can report.
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "dronewall/report/csv.hpp"

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

Exit list_measures(const ScenarioOptions& scenario, const OutputOptions& output) {
  const std::optional<Loaded> loaded = load(scenario, output);
  if (!loaded) return Exit::usage;
  if (!loaded->model) return Exit::input;
  const std::string text = output.format == Format::json  ? json_of(loaded->measures)
                           : output.format == Format::csv ? csv_of(loaded->measures)
                                                          : table_of(loaded->measures);
  return write_result(output, text) ? Exit::done : Exit::failed;
}

}  // namespace

void add_measures(const Arguments& program, Invocation& invocation) {
  const Arguments command = program.command("measures", "List every measure of a scenario with its meaning");
  const auto scenario = std::make_shared<ScenarioOptions>();
  const auto output = std::make_shared<OutputOptions>();
  add_scenario_options(command, *scenario);
  add_output_options(command, *output);
  command.then([scenario, output, &invocation] {
    invocation.action = [scenario, output] { return list_measures(*scenario, *output); };
  });
}

}  // namespace dronewall
