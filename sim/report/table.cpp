#include <fmt/format.h>

#include <cmath>

#include "dronewall/core/problem.hpp"
#include "dronewall/report/run_report.hpp"
#include "dronewall/study/version.hpp"
#include "report/figures.hpp"
#include "report/page.hpp"

namespace dronewall {
namespace {

/// `half-width 0.4% of cost-exchange.marginal`: of the ratio that the answer names.
std::string half_width_words(const PointResult& result) {
  const Estimate* ratio = result.find("cost-exchange.marginal");
  if (ratio == nullptr || !ratio->mean || *ratio->mean == 0 || !ratio->half_width()) return "";
  return fmt::format(" · cost-exchange.marginal ± {:.2g}% ({})",
                     100 * *ratio->half_width() / std::abs(*ratio->mean), ratio->method);
}

void add_closing(std::string& out, const RunReport& report) {
  const Manifest& manifest = report.manifest;
  out += '\n';
  for (std::size_t i = 0; i < page_width; ++i) out += "─";
  out += '\n';
  out += fmt::format("{} replications · seed {} · ± is {:g}% confidence{}\n",
                     grouped(report.result.replications), manifest.seed, 100 * manifest.confidence,
                     half_width_words(report.result));
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
  add_costs(out, report);
  add_payers(out, report);
  add_chain(out, report);
  add_used(out, report);
  add_asked(out, report);
  add_closing(out, report);
  return out;
}

}  // namespace dronewall
