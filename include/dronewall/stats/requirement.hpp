// Whether a mean or a probability keeps a limit: shown, shown not to, or not told yet.
#pragma once
#include <cstdint>
#include <optional>

namespace dronewall {

enum class LimitVerdict {
  open,   ///< the sample tells neither
  met,    ///< shown to keep the limit
  broken  ///< shown not to
};
/// `open`, `met`, `broken`.
[[nodiscard]] const char* name_of(LimitVerdict verdict);

/// A sample of what must not exceed 0 in the mean.
struct ExcessSample {
  double mean = 0;
  double variance = 0;  ///< of one observation, unbiased
  std::uint64_t n = 0;  ///< >= 2
  /// The least and the greatest that an observation may be, where that is known: before a limit is said to be
  /// met (or broken) one such observation is added, so that `0 of n` is not taken for `never`.
  std::optional<double> least, greatest;
};

/// Student's t with one-sided error `alpha` on either side.
[[nodiscard]] LimitVerdict judge_excess(const ExcessSample& sample, double alpha);

/// Whether a probability of which `successes` of n were seen is at least `limit` (with `at_least`), or at
/// most.
enum class Limit { at_least, at_most };
/// Clopper–Pearson bounds with one-sided error `alpha` on either side: exact for equal trials, and for
/// independent trials of different probabilities their mean is bounded no worse (Hoeffding, Ann. Math. Stat.
/// 27 (1956) 713). n >= 1.
[[nodiscard]] LimitVerdict judge_probability(std::uint64_t successes, std::uint64_t n, Limit side,
                                             double limit, double alpha);

}  // namespace dronewall
