// A run as JSON: written line by line, so that two results can be compared with any text tool.
#include <fmt/format.h>

#include "dronewall/report/run_report.hpp"
#include "dronewall/study/reported.hpp"
#include "dronewall/study/version.hpp"
#include "report/figures.hpp"
#include "report/json_parts.hpp"

namespace dronewall {
namespace {

std::string year_of(std::optional<int> year) { return year ? fmt::format("{}", *year) : "null"; }

const char* name_of(UsedPrice::Basis basis) {
  switch (basis) {
    case UsedPrice::Basis::price:
      return "price";
    case UsedPrice::Basis::mode:
      return "mode";
    case UsedPrice::Basis::mean:
      return "mean";
  }
  return "";
}

void add_manifest(std::string& out, const RunReport& report) {
  const Manifest& manifest = report.manifest;
  out += "  \"manifest\": {\n";
  {
    Members members(out, "    ");
    members.add("program", quoted("dronewall"));
    members.add("version", quoted(program_version));
    members.add("results_version", fmt::format("{}", manifest.results));
    members.add("scenario", quoted(manifest.scenario));
    members.add("title", quoted(manifest.title));
    members.add("scenario_hash", quoted(fmt::format("{:016x}", manifest.scenario_hash)));
    members.add("set", list_of(manifest.sets));
    members.add("price_books", list_of(manifest.books));
    if (manifest.precision)
      members.add("precision", quoted(fmt::format("{} of {}", words_of(manifest.precision->goal),
                                                  manifest.precision->measure)));
    members.add("seed", fmt::format("{}", manifest.seed));
    members.add("replications", fmt::format("{}", report.result.replications));
    members.add("end", quoted(name_of(report.result.end)));
    members.add("confidence", number(manifest.confidence));
    members.add("currency", quoted(report.pricing.currency));
    members.add("price_year", year_of(report.pricing.year));
    members.add("loss_scoring", quoted(dronewall::name_of(report.pricing.scoring)));
    members.add("arithmetic_fingerprint", quoted(fmt::format("{:016x}", manifest.fingerprint)));
    members.add("command", quoted(manifest.command));
    members.add("threads", fmt::format("{}", manifest.threads));
    members.add("seconds", fmt::format("{:.3f}", report.result.seconds));
  }
  out += "  },\n";
}

void add_measures(std::string& out, const RunReport& report) {
  out += "  \"measures\": {\n";
  {
    Members members(out, "    ");
    for (const Estimate& estimate : report.result.estimates) members.add(estimate.name, object_of(estimate));
    for (const Estimate& estimate : report.result.requested)
      if (estimate.name.find('(') != std::string::npos) members.add(estimate.name, object_of(estimate));
  }
  out += "  },\n";
}

void add_prices(std::string& out, const Pricing& pricing) {
  out += "  \"prices\": {\n";
  {
    Members members(out, "    ");
    for (const UsedPrice& price : pricing.prices)
      members.add(
          price.item,
          fmt::format(
              R"({{"point": {}, "low": {}, "high": {}, "point_is": {}, "year": {}, "deflated_by": {}, "source": {}}})",
              number(price.point), number(price.low), number(price.high), quoted(name_of(price.basis)),
              year_of(price.year), number(price.deflated_by), quoted(price.source)));
  }
  out += "  },\n  \"not_counted\": {\n";
  {
    Members members(out, "    ");
    for (const NotCounted& item : pricing.not_counted)
      members.add(item.item, quoted(dronewall::name_of(item.account)));
  }
  out += "  },\n";
}

/// One line for each figure that was reported.
void add_reported(std::string& out, const RunReport& report) {
  if (report.reported.empty()) return;
  out += "  \"reported\": [\n";
  for (std::size_t i = 0; i < report.reported.size(); ++i) {
    const ReportedDescription& reported = report.reported[i];
    const PredictedRange range = predicted(reported, report.result);
    const auto mean_of = [](const Estimate* estimate) {
      return number(estimate ? estimate->mean : std::nullopt);
    };
    const bool calibration = reported.use == ReportedDescription::Use::calibration;
    out += fmt::format(
        R"(    {{"measure": {}, "reported": [{}, {}], "predicted": {}, "nine_of_ten": [{}, {}], "verdict": {}, "use": {}, "source": {}}}{})",
        quoted(reported.measure.text), number(reported.low), number(reported.high), mean_of(range.mean),
        mean_of(range.low), mean_of(range.high), quoted(name_of(verdict(reported, range))),
        quoted(calibration ? "calibration" : "predicted"), quoted(reported.source),
        i + 1 < report.reported.size() ? ",\n" : "\n");
  }
  out += "  ],\n";
}

void add_rows(std::string& out, const RunReport& report) {
  const std::vector<Column>& columns = report.layout.columns;
  out += "  \"columns\": {\n";
  {
    Members members(out, "    ");
    for (const Column& column : columns) members.add(column.name, number(column.quantum));
  }
  out += "  },\n  \"rows\": [\n";
  const std::size_t width = columns.size();
  for (std::size_t row = 0; row < report.result.replications; ++row) {
    const std::int64_t* first = report.result.rows.data() + row * width;
    out += fmt::format("    [{}]{}\n", fmt::join(first, first + width, ", "),
                       row + 1 < report.result.replications ? "," : "");
  }
  out += "  ],\n";
}

}  // namespace

std::string json_of(const RunReport& report) {
  std::string out = "{\n";
  add_manifest(out, report);
  add_measures(out, report);
  add_reported(out, report);
  add_prices(out, report.pricing);
  if (!report.result.rows.empty()) add_rows(out, report);
  return out + fmt::format("  \"warnings\": {}\n}}\n", list_of(warnings_of(report)));
}

}  // namespace dronewall
