// The stopping rule: when an estimate is precise enough, and when to say that it is not.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "dronewall/stats/interval.hpp"

namespace dronewall {

/// How a half-width is judged: against |mean| (`1%`), or as it is (`0.5 points` of a fraction is 0.005).
enum class PrecisionScale { relative, absolute };

/// The half-width that is wanted of one measure, > 0.
struct PrecisionGoal {
  double half_width = 0.01;
  PrecisionScale scale = PrecisionScale::relative;
};

/// When a run may stop. Stopping is decided at batch ends only: looking after every replication stops at
/// lucky moments and covers less than it says.
struct StoppingRule {
  PrecisionGoal goal;
  std::uint64_t batch = 100;      ///< a look after every so many replications, >= 1
  std::uint64_t minimum = 100;    ///< replications before the first look
  std::uint64_t cap = 1'000'000;  ///< give up here, >= 1
  std::uint64_t minimum_events =
      30;  ///< of a rare measure, such as a loss, before its half-width is believed

  /// The next look after one at `done` replications: the first multiple of `batch` by which more than a tenth
  /// has come in addition, so that looks cost little; at least `minimum`, at most `cap`. Returns `done` once
  /// the cap is met.
  [[nodiscard]] std::uint64_t next_look(std::uint64_t done) const;
};

enum class PrecisionState { not_yet, reached, capped };
/// `not yet`, `reached`, `capped`.
[[nodiscard]] const char* name_of(PrecisionState state);

/// What is known of the watched measure at a batch end.
struct PrecisionSample {
  std::uint64_t replications = 0;
  double mean = 0;
  ConfidenceInterval interval;
  std::optional<std::uint64_t> events;  ///< replications with a loss, for a rare measure
};

struct PrecisionVerdict {
  PrecisionState state = PrecisionState::not_yet;
  double half_width = 0;  ///< in the goal's scale; NaN when undefined
  std::string
      reason;  ///< why it is not reached: `half-width 2.1% of the mean, wanted 1%`; empty when reached
};

/// Judges one measure. Not at a batch end is never `reached`; at the cap, what is not reached is `capped`.
[[nodiscard]] PrecisionVerdict judge_precision(const StoppingRule& rule, const PrecisionSample& sample);

}  // namespace dronewall
