// What was used up, how long things took, and what was asked for.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dronewall/study/reported.hpp"

#include "report/figures.hpp"
#include "report/page.hpp"

namespace dronewall {
namespace {

void add_line(std::string& out, const std::string& name, const Estimate& estimate, const std::string& words) {
  out += fmt::format("  {}{}{}{}\n", pad_right(name, 34), pad_left(figure(estimate), 20),
                     words.empty() ? "" : "  ", words);
}

constexpr const char* after_entering = "after entering";

/// What the measures time.* and range.* are to a reader; each is a mean of those intruders that got there.
struct Moment {
  const char* measure;
  const char* name;
  const char* words;
};
constexpr std::array<Moment, 6> moments = {Moment{"time.first-detection", "first detection", after_entering},
                                           Moment{"range.first-detection", "", "from the goal"},
                                           Moment{"time.decision", "decision to engage", after_entering},
                                           Moment{"time.intercept", "first intercept", after_entering},
                                           Moment{"range.intercept", "", "from the goal"},
                                           Moment{"time.inside", "time inside defended zones", ""}};

std::optional<double> negative(std::optional<double> value) {
  if (!value) return std::nullopt;
  return -*value;
}

/// A time before entering is a length, not a time below nought.
void add_moment(std::string& out, const Moment& moment, const Estimate& estimate) {
  const std::string words = moment.words;
  if (words != after_entering || *estimate.mean >= 0) return add_line(out, moment.name, estimate, words);
  Estimate before = estimate;
  before.mean = -*estimate.mean;
  before.low = negative(estimate.high);
  before.high = negative(estimate.low);
  add_line(out, moment.name, before, "before entering");
}

/// Shown beside what was reported.
bool is_range_of_reported(const RunReport& report, const Estimate& estimate) {
  return std::any_of(report.reported.begin(), report.reported.end(), [&](const ReportedDescription& one) {
    const PredictedRange range = predicted(one, report.result);
    return &estimate == range.low || &estimate == range.high;
  });
}

bool is_above_nought(const Estimate* estimate) {
  return estimate != nullptr && estimate->mean.value_or(0) > 0;
}

}  // namespace

void add_used(std::string& out, const RunReport& report) {
  const PointResult& result = report.result;
  std::string lines;
  for (const auto& [weapon, estimate] : begins_with(result, "rounds.")) {
    const Estimate* wasted = result.find("wasted." + weapon);
    add_line(lines, weapon, *estimate,
             is_above_nought(wasted) ? fmt::format("rounds, {} of them wasted", figure(*wasted)) : "rounds");
  }
  for (const auto& [platform, estimate] : begins_with(result, "hours."))
    add_line(lines, platform, *estimate, "in flight");
  for (const auto& [unit, estimate] : begins_with(result, "sorties."))
    add_line(lines, unit, *estimate, "sorties");
  if (!lines.empty()) {
    add_heading(out, "Used up");
    out += lines;
  }
  lines.clear();
  for (const Moment& moment : moments) {
    const Estimate* estimate = result.find(moment.measure);
    if (estimate != nullptr && estimate->mean) add_moment(lines, moment, *estimate);
  }
  for (const auto& [unit, estimate] : begins_with(result, "waited."))
    if (is_above_nought(estimate)) add_line(lines, unit, *estimate, "of its targets waited");
  if (lines.empty()) return;
  add_heading(out, "Times and distances");
  out += lines;
}

void add_asked(std::string& out, const RunReport& report) {
  std::string lines;
  for (const Estimate& estimate : report.result.requested) {
    if (is_range_of_reported(report, estimate)) continue;
    std::string words = estimate.method.empty() ? "" : fmt::format("({})", estimate.method);
    if (estimate.without_value > 0)
      words += fmt::format(" of {} replications, the others have no value", grouped(estimate.n));
    if (!estimate.mean) words = "undefined: " + estimate.undefined_because;
    add_line(lines, estimate.name, estimate, words);
  }
  if (lines.empty()) return;
  add_heading(out, "Asked for");
  out += lines;
}

}  // namespace dronewall
