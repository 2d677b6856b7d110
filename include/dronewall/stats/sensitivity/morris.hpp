// Morris' elementary effects: which factors matter at all, from few points.
#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "dronewall/stats/sensitivity/responses.hpp"

namespace dronewall {

/// A step of a trajectory: two successive points that differ in one factor.
struct MorrisStep {
  std::size_t from = 0, to = 0;
  std::size_t factor = 0;
  double length = 0;  ///< change of the factor on [0, 1], with its sign; not 0
};
/// The steps of a design made of trajectories: runs of factors + 1 points of which each differs from the one
/// before in one factor, every factor once. nullopt for any other design.
[[nodiscard]] std::optional<std::vector<MorrisStep>> find_morris_steps(const UnitPoints& points);

/// What a factor does over its whole range, from its elementary effects d (in units of the response).
struct MorrisEffect {
  double mu = 0;                             ///< mean d
  double mu_low = 0, mu_high = 0;            ///< holds the luck that all trajectories share
  double mu_star = 0;                        ///< mean |d|; noise alone would make it `floor`
  double mu_star_low = 0, mu_star_high = 0;  ///< of mean |d| without noise, >= 0
  double floor = 0;                          ///< mean of sqrt(2 n / π), n the noise variance of d
  double sigma = 0;                          ///< of d, noise taken off; 0 where that leaves nothing
  bool told_from_0 = false;  ///< the interval of μ leaves 0 out, or it is curved: the factor does something
  bool curved = false;       ///< σ is more than noise makes: it bends, or works with others
  std::size_t trajectories = 0;  ///< that are complete
};

/// μ, μ* and σ of each factor. Trajectories are drawn independently, but on common random numbers the noise
/// of their effects is not: with N its covariance and s² the variance of d over r trajectories,
///     var μ = s² / r + mean of N_ij over i ≠ j,
/// since s² / r holds the design and what noise each effect has of its own, but nothing of what all share.
/// The interval is Student's t with Satterthwaite's degrees of both parts. That of μ* is made alike from |d|
/// and the noise with the signs of d; its low end also gives up what noise adds to |d| on average, at most,
/// and is never less than what the interval of μ leaves to |μ| <= μ*. Where no replication moves along any
/// step, nothing is known of how much one might: no interval (NaN).
/// σ: chi-square test of the spread against the noise of the differences, one-sided at `confidence`; a factor
/// that does nothing is told from 0 by mistake at most as often as either test fails.
/// Steps with a missing (NaN) response are left out; a factor with fewer than two has NaN effects.
/// Sources: Morris, Technometrics 33 (1991) 161; μ*: Campolongo, Cariboni, Saltelli, Environ. Model. Softw.
/// 22 (2007) 1509; the mean of correlated values: Walsh, Ann. Math. Stat. 18 (1947) 88.
[[nodiscard]] std::vector<MorrisEffect> morris_effects(const Responses& responses,
                                                       const std::vector<MorrisStep>& steps,
                                                       std::size_t factors, double confidence);

}  // namespace dronewall
