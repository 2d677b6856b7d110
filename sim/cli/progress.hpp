// A line on stderr that says how far a run is.
#pragma once
#include <string>

#include "dronewall/study/run_point.hpp"
#include "dronewall/study/run_points.hpp"
#include "dronewall/study/select.hpp"

namespace dronewall {

/// Rewrites one line on a terminal's stderr; nothing when stderr is no terminal.
class Progress {
 public:
  /// Whether stderr is a terminal.
  [[nodiscard]] static bool is_shown();
  void show(const RunProgress& progress);
  void show(const std::string& line);
  /// Clears the line.
  ~Progress();

 private:
  bool dirty_ = false;
};

/// `4,800 of 10,000 (48%) · 5,210/s · 1 s left · half-width 0.8% of leak-fraction`.
[[nodiscard]] std::string line_of(const RunProgress& progress);

/// `120 of 1,000 points (12%) · 98,400 replications · 5,210/s · 2 min left · 1 failed · half-width at most 2%
/// of leak-fraction`.
[[nodiscard]] std::string line_of(const SweepProgress& progress);

/// `first stage: 3 of 12 mixes · 34,020 of 120,204 replications (28%) · 9,500/s · 9 s left`; of a stage whose
/// end is not known beforehand: `ranking of 2 mixes · 134,020 replications · 9,400/s`.
[[nodiscard]] std::string line_of(const SelectProgress& progress);

}  // namespace dronewall
