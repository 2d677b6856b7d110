#include <fmt/format.h>

#include <cmath>

#include "dronewall/core/phrases.hpp"
#include "dronewall/core/problem.hpp"
#include "dronewall/report/run_report.hpp"
#include "dronewall/study/version.hpp"
#include "report/figures.hpp"
#include "report/page.hpp"

namespace dronewall {
namespace {

/// ` · cost-exchange.marginal ± 0.4% (bootstrap-t)`: of the measure whose precision was the goal, else of the
/// ratio that the answer names.
std::string half_width_words(const RunReport& report) {
  const std::optional<WantedPrecision>& goal = report.manifest.precision;
  const std::string name = goal ? goal->measure : "cost-exchange.marginal";
  const Estimate* watched = report.result.find(name);
  const bool is_points = goal && goal->goal.scale == PrecisionScale::absolute;
  if (watched == nullptr || !watched->mean || !watched->half_width()) return "";
  if (!is_points && *watched->mean == 0) return "";
  const double width = *watched->half_width() / (is_points ? 1 : std::abs(*watched->mean));
  std::string words =
      fmt::format(" · {} ± {:.2g}{} ({}", name, 100 * width, is_points ? " points" : "%", watched->method);
  if (goal) words += fmt::format(", the goal was {}", words_of(goal->goal));
  return words + ")";
}

/// `changed by --set units.battery.channels=2 --prices book.yaml`.
std::string change_words(const Manifest& manifest) {
  std::string words;
  for (const std::string& set : manifest.sets) words += fmt::format(" --set {}", escaped(set));
  for (const std::string& book : manifest.books) words += fmt::format(" --prices {}", escaped(book));
  return words.empty() ? "" : "changed by" + words;
}

void add_closing(std::string& out, const RunReport& report) {
  const Manifest& manifest = report.manifest;
  add_rule(out);
  if (const std::string words = change_words(manifest); !words.empty()) add_words(out, words, 0);
  add_words(out,
            fmt::format("{} · seed {} · ± is {:g}% confidence{}",
                        counted(report.result.replications, "replication"), manifest.seed,
                        100 * manifest.confidence, half_width_words(report)),
            0);
  if (report.pricing.scoring == Scoring::expected)
    add_words(out, "the money of losses is what was to be expected of them at the last chance to stop them",
              0);
  out += fmt::format("dronewall {} · results version {} · scenario {:016x} · arithmetic {:016x}\n",
                     program_version, results_version, manifest.scenario_hash, manifest.fingerprint);
}

}  // namespace

std::string table_of(const RunReport& report) {
  std::string out = escaped(report.manifest.title) + '\n';
  out += escaped(report.manifest.scenario) + '\n';
  for (const std::string& warning : warnings_of(report)) add_words(out, "warning: " + warning, 0);
  if (report.result.replications == 0) return out;
  add_outcome(out, report);
  add_reported(out, report);
  add_costs(out, report);
  add_payers(out, report);
  add_chain(out, report);
  add_used(out, report);
  add_asked(out, report);
  add_closing(out, report);
  return out;
}

}  // namespace dronewall
