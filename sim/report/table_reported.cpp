// The run held against what was reported of the real event.
#include <fmt/format.h>

#include "dronewall/core/problem.hpp"
#include "dronewall/study/reported.hpp"
#include "report/figures.hpp"
#include "report/page.hpp"

namespace dronewall {
namespace {

std::string range_words(double low, double high, const Measure& measure) {
  return low == high ? figure(low, measure)
                     : fmt::format("{} – {}", figure(low, measure), figure(high, measure));
}

/// The replications' range, where the measure has a value in one replication.
std::string predicted_words(const PredictedRange& range, const Measure& measure) {
  if (range.low == nullptr || !range.low->mean || !range.high->mean) return "";
  return range_words(*range.low->mean, *range.high->mean, measure);
}

}  // namespace

void add_reported(std::string& out, const RunReport& report) {
  if (report.reported.empty()) return;
  add_heading(out, "Held against what was reported");
  out += fmt::format("  {}{}  {}  {}\n", pad_right("", 26), pad_left("reported", 16),
                     pad_left("predicted", 16), "9 of 10 replications");
  bool is_calibrated = false;
  for (const ReportedDescription& reported : report.reported) {
    const PredictedRange range = predicted(reported, report.result);
    if (range.mean == nullptr) continue;
    const Measure measure = measure_of_unit(range.mean->unit);
    const bool calibration = reported.use == ReportedDescription::Use::calibration;
    is_calibrated |= calibration;
    out += fmt::format("  {}{}  {}  {}{}{}\n", pad_right(range.mean->name, 26),
                       pad_left(range_words(reported.low, reported.high, measure), 16),
                       pad_left(range.mean->mean ? figure(*range.mean->mean, measure) : "undefined", 16),
                       pad_right(predicted_words(range, measure), 22), name_of(verdict(reported, range)),
                       calibration ? " *" : "");
  }
  if (is_calibrated) add_words(out, "* something was set so that this comes out", 2);
}

}  // namespace dronewall
