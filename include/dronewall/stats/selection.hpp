// Choosing the best of several systems by simulation: who satisfies, who is best, who cannot be told from it.
//
// Observation k of every system shares its luck (common random numbers), so systems are held against each
// other by paired differences. Smaller is better throughout; who maximises turns the signs. Where several
// statements are made at once, their errors are added up (Bonferroni), which needs no independence.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "dronewall/stats/requirement.hpp"

namespace dronewall {

// ---- Samples of several systems
// --------------------------------------------------------------------------------------------

/// Observations of one figure of one system, in order: of a mean, or with denominators of a ratio of means.
struct Observations {
  std::vector<double> numerators;
  std::vector<double> denominators;  ///< empty: a mean; else as many as numerators

  [[nodiscard]] std::uint64_t count() const { return numerators.size(); }
  /// Mean, or ratio of means, of the first n; NaN for n = 0 or where the denominator is 0.
  [[nodiscard]] double value(std::uint64_t n) const;
  /// Unbiased variance of one observation among the first n; of a ratio that of its linearised residual
  /// (y − R x) / mean x. n >= 2.
  [[nodiscard]] double variance(std::uint64_t n) const;
};

/// How far one system's value lies above another's, and how well that is known.
struct MeanDifference {
  double mean = 0;
  double se = 0;        ///< standard error, >= 0
  std::uint64_t n = 0;  ///< pairs, >= 2
};
/// First minus second over the first n pairs, n >= 2; of ratios by the delta method.
[[nodiscard]] MeanDifference paired_difference(const Observations& first, const Observations& second,
                                               std::uint64_t n);
/// System i minus system j.
using Differences = std::function<MeanDifference(std::size_t i, std::size_t j)>;

// ---- Ranking and selection
// --------------------------------------------------------------------------------------------

/// Kim and Nelson's fully sequential procedure with c = 1: with probability >= 1 − alpha the survivor is the
/// best, whenever the best is better than all others by the indifference zone or more; else (at least as
/// often, by experience rather than by proof) it is within that zone of the best. It holds on common random
/// numbers.
///
/// From `first` observations of each system come the variances S²_ij of the paired differences. A system i
/// stays after r observations while for each survivor j
///     mean_i <= mean_j + max(0, δ/(2 r) (h² S²_ij / δ² − r)),
///     h² = 2 η (n0 − 1),  η = ½ ((2 alpha / (k − 1))^(−2/(n0 − 1)) − 1).
/// Assumes normal observations: hand in means of batches.
/// Source: Kim and Nelson, "A fully sequential procedure for indifference-zone selection in simulation", ACM
/// TOMACS 11 (2001) 251.
struct KimNelsonPlan {
  double alpha = 0.05;       ///< (0, 1 − 1/k)
  double indifference = 0;   ///< δ > 0: the smallest difference that matters
  std::uint64_t first = 32;  ///< n0 >= 2
};
class KimNelson {
 public:
  /// `variance(i, j)` is S²_ij of the first n0 pairs, >= 0. At least one system.
  KimNelson(std::size_t systems, const KimNelsonPlan& plan,
            const std::function<double(std::size_t, std::size_t)>& variance);

  /// Drops whoever is told to be worse, from the means of `observations` observations of each system (those
  /// of dropped ones are not read). To be called for first, first + 1, … observations in turn.
  void look(std::uint64_t observations, std::span<const double> means);
  [[nodiscard]] const std::vector<std::size_t>& survivors() const { return survivors_; }
  [[nodiscard]] bool is_done() const { return survivors_.size() == 1; }
  /// The most observations that may be needed: floor(h² max S² / δ²) + 1, at least first.
  [[nodiscard]] std::uint64_t longest() const;

 private:
  [[nodiscard]] double& reach(std::size_t i, std::size_t j) { return reach_[i * systems_ + j]; }

  std::size_t systems_;
  KimNelsonPlan plan_;
  std::vector<std::size_t> survivors_;
  std::vector<double> reach_;  // by pair: h² S²_ij / δ², the observations after which equals part
};

/// Optimal computing budget allocation: how many of `additional` observations each system gets, so that the
/// best is most probably selected when the sum is spent. With b the best and s any other,
///     N_i / N_s = ((σ_i / δ_bi) / (σ_s / δ_bs))²,  N_b = σ_b sqrt(Σ_(i≠b) N_i² / σ_i²)
/// of the sum of all observations; whoever has more than its share keeps it. Rounded down, the rest goes to
/// the best. Systems that tie with the best or do not vary are taken for nearly so. At least two systems;
/// variances >= 0. Observations are taken for independent: on common random numbers it spends a little too
/// much on what pairing would tell.
/// Source: Chen, Lin, Yücesan and Chick, Discrete Event Dynamic Systems 10 (2000) 251.
[[nodiscard]] std::vector<std::uint64_t> ocba_allocation(std::span<const double> means,
                                                         std::span<const double> variances,
                                                         std::span<const std::uint64_t> counts,
                                                         std::uint64_t additional);

/// A lower bound of the posterior probability that system `best` is no more than `indifference` above any
/// other of the systems 0 … systems − 1: 1 − Σ Φ((mean_best,i − δ) / se), at least 0. Normal posteriors with
/// non-informative priors; Bonferroni, so it holds for dependent systems. 1 for a single system.
/// Source: Chen, "A lower bound for the correct subset-selection probability" (1996), "APCS-B".
[[nodiscard]] double probability_of_correct_selection(std::size_t systems, std::size_t best,
                                                      const Differences& differences,
                                                      double indifference = 0);

/// The systems that cannot be told from the best: i stays unless for some j
///     mean_ij > t(1 − alpha/(k − 1), n − 1) × se_ij.
/// Holds the best with probability >= 1 − alpha for samples of fixed size (also on common random numbers),
/// and always the system with the least mean. Ascending. Source: Nelson, Swann, Goldsman and Song, Operations
/// Research 49 (2001) 950, screening.
[[nodiscard]] std::vector<std::size_t> indistinguishable_from_best(std::size_t systems,
                                                                   const Differences& differences,
                                                                   double alpha);

/// Where a system stands in two criteria, both of which should be small.
enum class ParetoStanding {
  front,     ///< no other's means are as small in both and smaller in one
  near,      ///< some other's are, but it cannot be told so: it may belong to the front
  dominated  ///< another is shown to be as small in both
};
/// Every system that truly belongs to the front is `front` or `near` with probability >= 1 − alpha, over all
/// pairs (samples of fixed size, t bounds). Exact ties in both criteria dominate nobody.
[[nodiscard]] std::vector<ParetoStanding> pareto_front(std::size_t systems, const Differences& first,
                                                       const Differences& second, double alpha);

}  // namespace dronewall
