#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "dronewall/core/phrases.hpp"
#include "dronewall/report/csv.hpp"
#include "dronewall/report/sweep_report.hpp"
#include "dronewall/study/stored_study.hpp"
#include "report/json_parts.hpp"

namespace dronewall {
namespace {

std::optional<double> known(double value) {
  if (std::isnan(value)) return std::nullopt;
  return value;
}

std::string manifest_of(const SweepReport& report) {
  std::string out;
  const auto text = [&](const char* key) { return report.store.text(key).value_or(""); };
  {
    Members members(out, "    ");
    members.add("program", quoted("dronewall"));
    members.add("version", quoted(text(study_text::program)));
    members.add("results_version", text(study_text::results));
    members.add("study", quoted(text(study_text::file)));
    members.add("title", quoted(text(study_text::title)));
    members.add("scenario_hash", quoted(text(study_text::scenario_hash)));
    members.add("seed", text(study_text::seed));
    members.add("replications", quoted(text(study_text::replications)));
    members.add("confidence", text(study_text::confidence));
    members.add("loss_scoring", quoted(text(study_text::scoring)));
    members.add("without_price", list_of(lines_of(text(study_text::no_price))));
    members.add("without_life", list_of(lines_of(text(study_text::no_life))));
    members.add("arithmetic_fingerprint", quoted(text(study_text::fingerprint)));
    members.add("command", quoted(report.command));
    members.add("threads", fmt::format("{}", report.threads));
    members.add("seconds", fmt::format("{:.3f}", report.store.seconds()));
  }
  return out;
}

std::string json_of_point(const Store& store, const StoredPoint& point,
                          const std::vector<std::string>& paths) {
  std::string measures;
  for (const StoredEstimate& one : store.estimates(point.point))
    measures += fmt::format("{}{}: {}", measures.empty() ? "" : ", ", quoted(one.measure),
                            object_of(estimate_of(one)));
  return fmt::format(
      R"(    {{"point": {}, "state": {}, "replications": {}, "half_width": {}, "reason": {}, "values": {}, "measures": {{{}}}}})",
      *point.number, quoted(name_of(point.state)), point.replications, number(point.half_width),
      quoted(point.reason), settings_object(paths, store.settings(point.point)), measures);
}

std::string json_of_failure(const StoredFailure& failure) {
  return fmt::format(
      R"(    {{"point": {}, "first": {}, "count": {}, "attempts": {}, "reason": {}, "line": {}}})",
      failure.point, failure.first, failure.count, failure.attempts, quoted(failure.reason),
      quoted(failure.line));
}

/// What a measure has columns of: its mean comes first. The last two are its bounds where intruders are still
/// aloft.
constexpr std::array<const char*, 6> parts = {"", ":low", ":high", ":se", ":least", ":most"};

std::string csv_of_point(const Store& store, const StoredPoint& point,
                         const std::vector<std::string>& measures, std::size_t columns) {
  std::string line = fmt::format("{},{},{},{}", *point.number, name_of(point.state), point.replications,
                                 csv_cell(point.half_width));
  for (const std::string& value : store.settings(point.point)) line += "," + csv_cell(value);
  std::map<std::string, std::array<double, parts.size()>> figures;
  for (const StoredEstimate& one : store.estimates(point.point))
    figures[one.measure] = {one.mean, one.low, one.high, one.se, one.least, one.most};
  for (const std::string& measure : measures) {
    const auto found = figures.find(measure);
    for (std::size_t i = 0; i < columns; ++i)
      line += "," + (found == figures.end() ? "" : csv_cell(known(found->second[i])));
  }
  return line + '\n';
}

}  // namespace

void write_json(const SweepReport& report, const Sink& sink) {
  const Store& store = report.store;
  const std::vector<StoredFactor> factors = store.factors();
  sink("{\n  \"manifest\": {\n" + manifest_of(report) + "  },\n  \"factors\": [\n");
  for (std::size_t i = 0; i < factors.size(); ++i)
    sink(fmt::format("    {{\"path\": {}, \"role\": {}, \"levels\": {}}}{}\n", quoted(factors[i].path),
                     quoted(factors[i].role), quoted(factors[i].levels), i + 1 < factors.size() ? "," : ""));
  std::vector<std::string> paths;
  for (const StoredFactor& factor : factors) paths.push_back(factor.path);
  sink("  ],\n  \"points\": [\n");
  const char* between = "";
  store.each_point_by_number([&](const StoredPoint& point) {
    sink(std::exchange(between, ",\n") + json_of_point(store, point, paths));
  });
  sink("\n  ],\n  \"failures\": [");
  between = "\n";
  store.each_failure(
      [&](const StoredFailure& failure) { sink(std::exchange(between, ",\n") + json_of_failure(failure)); });
  sink(fmt::format("\n  ],\n  \"warnings\": {}\n}}\n", list_of(warnings_of(report))));
}

void write_csv(const SweepReport& report, const Sink& sink) {
  const Store& store = report.store;
  const std::vector<std::string> measures = store.measures();
  std::string head = "point,state,replications,half_width";
  for (const StoredFactor& factor : store.factors()) head += "," + csv_cell(factor.path);
  const std::size_t columns = store.above_zero("unresolved").points > 0 ? parts.size() : parts.size() - 2;
  for (const std::string& measure : measures)
    for (std::size_t i = 0; i < columns; ++i) head += "," + csv_cell(measure + parts[i]);
  sink(head + '\n');
  store.each_point_by_number(
      [&](const StoredPoint& point) { sink(csv_of_point(store, point, measures, columns)); });
}

}  // namespace dronewall
