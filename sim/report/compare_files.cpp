// A comparison as JSON and as CSV.
#include <fmt/format.h>

#include "dronewall/report/compare_report.hpp"
#include "dronewall/report/csv.hpp"
#include "dronewall/study/version.hpp"
#include "report/figures.hpp"
#include "report/json_parts.hpp"

namespace dronewall {
namespace {

/// `B-A`: of the pair of a further scenario and the first.
std::string name_of_pair(std::size_t further) { return letter_of(further + 1) + "-A"; }

void add_manifest(std::string& out, const CompareReport& report) {
  const Manifest& manifest = report.manifest;
  out += "  \"manifest\": {\n";
  Members members(out, "    ");
  members.add("program", quoted("dronewall"));
  members.add("version", quoted(program_version));
  members.add("results_version", fmt::format("{}", results_version));
  members.add("set", list_of(manifest.sets));
  members.add("price_books", list_of(manifest.books));
  if (manifest.precision)
    members.add("precision", quoted(fmt::format("{} of {}", words_of(manifest.precision->goal),
                                                manifest.precision->measure)));
  members.add("seed", fmt::format("{}", manifest.seed));
  members.add("replications", fmt::format("{}", report.result.replications));
  members.add("end", quoted(name_of(report.result.end)));
  members.add("confidence", number(manifest.confidence));
  members.add("arithmetic_fingerprint", quoted(fmt::format("{:016x}", manifest.fingerprint)));
  members.add("command", quoted(manifest.command));
  members.add("threads", fmt::format("{}", manifest.threads));
  members.add("seconds", fmt::format("{:.3f}", report.result.seconds));
}

void add_scenarios(std::string& out, const CompareReport& report) {
  out += "  },\n  \"scenarios\": {\n";
  Members members(out, "    ");
  for (std::size_t i = 0; i < report.scenarios.size(); ++i) {
    const ComparedScenario& scenario = report.scenarios[i];
    members.add(
        letter_of(i),
        fmt::format(
            R"({{"file": {}, "with": {}, "without": {}, "title": {}, "scenario_hash": "{:016x}", "currency": {}}})",
            quoted(scenario.file), list_of(scenario.with), list_of(scenario.without), quoted(scenario.title),
            scenario.hash, quoted(scenario.pricing.currency)));
  }
}

void add_measures(std::string& out, const CompareReport& report) {
  out += "  },\n  \"measures\": {\n";
  for (std::size_t i = 0; i < report.result.variants.size(); ++i) {
    out += fmt::format("{}    \"{}\": {{\n", i == 0 ? "" : "    },\n", letter_of(i));
    Members members(out, "      ");
    for (const Estimate& estimate : report.result.variants[i].estimates)
      members.add(estimate.name, object_of(estimate));
  }
}

void add_differences(std::string& out, const CompareReport& report) {
  out += "    }\n  },\n  \"differences\": {\n";
  for (std::size_t i = 0; i < report.result.against_first.size(); ++i) {
    out += fmt::format("{}    \"{}\": {{\n", i == 0 ? "" : "    },\n", name_of_pair(i));
    Members members(out, "      ");
    for (const Difference& difference : report.result.against_first[i].differences)
      members.add(difference.estimate.name,
                  object_of(difference.estimate,
                            fmt::format(R"(, "variance_ratio": {}, "told": "{}")",
                                        number(difference.variance_ratio), name_of(difference.told))));
    for (const Estimate& averted : report.result.against_first[i].averted)
      members.add(averted.name, object_of(averted));
  }
}

void add_only_in(std::string& out, const CompareReport& report) {
  out += "    }\n  },\n  \"only_in\": {\n";
  Members members(out, "    ");
  for (std::size_t i = 0; i < report.result.against_first.size(); ++i)
    members.add(name_of_pair(i),
                fmt::format(R"({{"A": {}, "{}": {}}})", list_of(report.result.against_first[i].only_first),
                            letter_of(i + 1), list_of(report.result.against_first[i].only_other)));
}

void add_not_counted(std::string& out, const CompareReport& report) {
  out += "  },\n  \"not_counted\": {\n";
  Members members(out, "    ");
  for (std::size_t i = 0; i < report.scenarios.size(); ++i) {
    std::vector<std::string> items;
    for (const NotCounted& item : report.scenarios[i].pricing.not_counted) items.push_back(item.item);
    members.add(letter_of(i), list_of(items));
  }
}

std::optional<double> mean_of(const PointResult& variant, const std::string& name) {
  const Estimate* estimate = variant.find(name);
  return estimate == nullptr ? std::nullopt : estimate->mean;
}

std::string line_of(const std::string& pair, const Estimate& estimate, std::optional<double> first,
                    std::optional<double> other, std::optional<double> variance_ratio, const char* told) {
  return fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\n", pair, csv_cell(estimate.name),
                     csv_cell(estimate.unit), csv_cell(first), csv_cell(other), csv_cell(estimate.mean),
                     csv_cell(estimate.se), csv_cell(estimate.low), csv_cell(estimate.high),
                     csv_cell(variance_ratio), told, estimate.n);
}

}  // namespace

std::string letter_of(std::size_t place) { return {static_cast<char>('A' + place)}; }

std::string json_of(const CompareReport& report) {
  std::string out = "{\n";
  add_manifest(out, report);
  add_scenarios(out, report);
  add_measures(out, report);
  add_differences(out, report);
  add_only_in(out, report);
  add_not_counted(out, report);
  return out + fmt::format("  }},\n  \"warnings\": {}\n}}\n", list_of(warnings_of(report)));
}

std::string csv_of(const CompareReport& report) {
  std::string out = "difference,name,unit,first,other,mean,se,low,high,variance_ratio,told,n\n";
  for (std::size_t i = 0; i < report.result.against_first.size(); ++i) {
    const PointResult &first = report.result.variants[0], &other = report.result.variants[i + 1];
    for (const Difference& difference : report.result.against_first[i].differences) {
      const std::string& name = difference.estimate.name;
      out += line_of(name_of_pair(i), difference.estimate, mean_of(first, name), mean_of(other, name),
                     difference.variance_ratio, name_of(difference.told));
    }
    for (const Estimate& averted : report.result.against_first[i].averted)
      out += line_of(name_of_pair(i), averted, std::nullopt, std::nullopt, std::nullopt, "");
  }
  return out;
}

}  // namespace dronewall
