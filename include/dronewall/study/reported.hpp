// What a run is asked so that it can be held against what was reported of the real event.
#pragma once
#include <string>
#include <vector>

#include "dronewall/ledger/ledger.hpp"
#include "dronewall/scenario/description.hpp"
#include "dronewall/study/run_point.hpp"

namespace dronewall {

/// A report is of one event, so it is held against single replications: nine of ten lie from `q5(…)` to
/// `q95(…)`.
struct PredictedRange {
  const Estimate* mean = nullptr;  ///< of the measure
  const Estimate *low = nullptr,
                 *high = nullptr;  ///< q5 and q95; null for a ratio of means, which no single event has
};

enum class ReportVerdict {
  within,    ///< the mean lies in what was reported
  overlaps,  ///< the mean does not, but some of the nine tenths do
  misses     ///< none of the nine tenths does
};

/// `within`, `overlaps`, `misses`.
[[nodiscard]] const char* name_of(ReportVerdict verdict);

/// The quantiles that are asked for: two for each reported measure that has a value in one replication.
[[nodiscard]] std::vector<Requested> ranges_of(const std::vector<ReportedDescription>& reported,
                                               const std::vector<MeasureDefinition>& measures);
[[nodiscard]] PredictedRange predicted(const ReportedDescription& reported, const PointResult& result);
/// How the prediction stands to the report; a ratio's interval is that of its mean. A measure without a value
/// misses.
[[nodiscard]] ReportVerdict verdict(const ReportedDescription& reported, const PredictedRange& range);

}  // namespace dronewall
