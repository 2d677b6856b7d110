#include "dronewall/study/reported.hpp"

#include <algorithm>

#include "study/run/wanted.hpp"

namespace dronewall {
namespace {

constexpr const char* low_of = "q5";
constexpr const char* high_of = "q95";

std::string quantile(const char* which, const std::string& measure) {
  return std::string(which) + '(' + measure + ')';
}

const Estimate* requested(const PointResult& result, const std::string& name) {
  const auto found = std::find_if(result.requested.begin(), result.requested.end(),
                                  [&](const Estimate& estimate) { return estimate.name == name; });
  return found == result.requested.end() ? nullptr : &*found;
}

bool overlaps(const ReportedDescription& reported, std::optional<double> low, std::optional<double> high) {
  return low && high && *low <= reported.high && reported.low <= *high;
}

}  // namespace

const char* name_of(ReportVerdict verdict) {
  switch (verdict) {
    case ReportVerdict::within:
      return "within";
    case ReportVerdict::overlaps:
      return "overlaps";
    case ReportVerdict::misses:
      break;
  }
  return "misses";
}

std::vector<Requested> ranges_of(const std::vector<ReportedDescription>& reported,
                                 const std::vector<MeasureDefinition>& measures) {
  std::vector<Requested> ranges;
  for (const ReportedDescription& one : reported) {
    const MeasureDefinition* measure = find_measure(measures, one.measure.text);
    if (measure == nullptr || measure->denominator) continue;
    for (const char* which : {low_of, high_of}) {
      std::string why;
      ranges.push_back(*parse_requested(quantile(which, one.measure.text), why));
    }
  }
  return ranges;
}

PredictedRange predicted(const ReportedDescription& reported, const PointResult& result) {
  const std::string& measure = reported.measure.text;
  return {result.find(measure), requested(result, quantile(low_of, measure)),
          requested(result, quantile(high_of, measure))};
}

ReportVerdict verdict(const ReportedDescription& reported, const PredictedRange& range) {
  if (range.mean == nullptr || !range.mean->mean) return ReportVerdict::misses;
  const double mean = *range.mean->mean;
  if (reported.low <= mean && mean <= reported.high) return ReportVerdict::within;
  const bool some = range.low != nullptr ? overlaps(reported, range.low->mean, range.high->mean)
                                         : overlaps(reported, range.mean->low, range.mean->high);
  return some ? ReportVerdict::overlaps : ReportVerdict::misses;
}

}  // namespace dronewall
