#include <fmt/format.h>

#include "dronewall/core/phrases.hpp"
#include "dronewall/report/run_report.hpp"
#include "report/figures.hpp"
#include "report/page.hpp"

namespace dronewall {

std::vector<std::string> warnings_of(const RunReport& report) {
  std::vector<std::string> warnings = report.notes;
  const PointResult& result = report.result;
  if (result.unresolved > 0)
    warnings.push_back(fmt::format(
        "{} intruders per replication are still aloft at the end: ratios are shown with their bounds, from "
        "each of them at its best to each at its worst (a longer `time.settle` lets them finish)",
        figure(result.unresolved, Measure{})));
  if (result.end == RunEnd::stopped)
    warnings.push_back(fmt::format("stopped early: {} {} finished and counted",
                                   counted(result.replications, "replication"),
                                   result.replications == 1 ? "is" : "are"));
  if (result.end == RunEnd::precision_missed && result.precision)
    warnings.push_back(
        fmt::format("the precision of {} was not reached after {}: {}",
                    report.manifest.precision ? report.manifest.precision->measure : "a measure",
                    counted(result.replications, "replication"), result.precision->reason));
  if (const auto foreign = report.pricing.foreign_prices(); !foreign.empty())
    warnings.push_back(
        fmt::format("at prices of another year than the book's {}, there being no deflator: {}",
                    *report.pricing.year, years_words(foreign)));
  return warnings;
}

}  // namespace dronewall
