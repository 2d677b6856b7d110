// Sobol indices: the share of a response's variance over a design that each factor explains.
#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dronewall/stats/sensitivity/responses.hpp"

namespace dronewall {

/// Which rows of a design are A, B and AB_k (A with column k of B), N of each.
struct SaltelliRows {
  std::vector<std::size_t> a, b;             ///< N rows each
  std::vector<std::vector<std::size_t>> ab;  ///< per factor N rows

  [[nodiscard]] std::size_t size() const { return a.size(); }
};
/// The rows of a design made for these estimators, told by its values: N (factors + 2) points, either group
/// by group (A_j, AB_1j …, B_j) or (A_j, B_j, AB_1j …), or matrix by matrix (A, B, AB_1 …) or (A, AB_1 …, B).
/// nullopt for any other design.
[[nodiscard]] std::optional<SaltelliRows> find_saltelli_rows(const UnitPoints& points);

/// How a design spreads a factor over [0, 1]: mean and central moments. A range is spread evenly.
struct Margin {
  double mean = 0.5, second = 1.0 / 12, third = 0, fourth = 1.0 / 80;
};
/// Of values that are equally likely; at least one.
[[nodiscard]] Margin margin_of(std::span<const double> values);

/// One index. Simulation noise and few points can take an estimate below 0 though no index is: such an
/// estimate, and any whose interval reaches 0, is not told from 0, and only its upper bound is worth showing.
struct SobolIndex {
  double value = 0;  ///< corrected for noise; may be negative
  double low = 0, high = 0;
  bool told_from_0 = false;
};

struct SobolIndices {
  double variance = 0;                   ///< of the response over the design, noise taken off
  double noise = 0;                      ///< what was taken off: variance that the replications' noise added
  std::vector<SobolIndex> first, total;  ///< per factor
  std::string undefined_because;         ///< not empty: no indices, and why
};

struct SobolOptions {
  double confidence = 0.95;
  std::vector<Margin> margins = {};  ///< per factor; empty: all are ranges
};

/// With y about its mean, n(·,·) its noise covariance, and means over N groups of what noise is taken off:
///     S_k = mean [y_B y_AB − n(B, AB) − (1 − T) (y_B y_A − n(B, A))] / V
///     T_k = mean [(y_A − y_AB)² / 2 − n of the difference / 2 + S (y_B y_A − n(B, A))] / V
///     V   = mean of y² − n(·) over A, B and AB_k
/// y_B y_A has mean 0: with the weights 1 − T and S it takes with it what the other products vary by if the
/// response is a sum of functions of one factor each (T and S there are first estimates, within 0 … 1; with
/// weights 1 and 0 these are Saltelli's and Jansen's estimators). From every product that of a quadratic
/// surface through the points is taken, and the surface's own index, known in closed form, put in its place,
/// wherever groups differ less so; so with the mean.
///
/// An interval joins two reaches, as squares: t(N − 1) times the standard error of the group's products,
/// widened by (N + terms of the surface) / N; and what noise that points share makes of the index when it
/// goes t standard deviations along the direction that moves it most, either way. Evenly spread points do
/// better than the first says, which takes groups for independent draws: but what even points are best at,
/// the surface has taken off. Groups with a missing (NaN) response are left out. Undefined for fewer than 8
/// groups and where V cannot be told from 0.
/// Sources: Saltelli, Annoni, Azzini, Campolongo, Ratto, Tarantola, Comput. Phys. Commun. 181 (2010) 259,
/// table 2 (b) and (f), the latter Jansen's, Comput. Phys. Commun. 117 (1999) 35; reaches joined: Zou and
/// Donner, Stat. Med. 27 (2008) 1693. The weights and the surface are our own: docs/coverage.md has what they
/// hold.
[[nodiscard]] SobolIndices sobol_indices(const UnitPoints& points, const Responses& responses,
                                         const SaltelliRows& rows, const SobolOptions& options);

}  // namespace dronewall
