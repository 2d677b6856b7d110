// Sobol indices: the share of a response's variance over a design that each factor explains.
#pragma once
#include <cstddef>
#include <optional>
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

/// One index. Simulation noise and few points can take an estimate below 0 though no index is: such an
/// estimate, and any whose interval reaches 0, is not told from 0, and only its upper bound is worth showing.
struct SobolIndex {
  double value = 0;          ///< corrected for noise; may be negative
  double low = 0, high = 0;  ///< bootstrap percentiles
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
  std::uint32_t resamples = 1'000;
  std::uint64_t seed = 0;
};

/// With centred y and its noise covariance n(·,·):
///     V   = variance over A and B − mean noise variance + that of the common noise
///     S_k = 1/N Σ [y_B (y_AB − y_A) − n(B, AB) + n(B, A)] / V
///     T_k = 1/N Σ [(y_A − y_AB)² − n of the difference] / 2 V
/// Each is unbiased in its numerator whatever noise the points share. Intervals resample the N groups and
/// draw the noise anew. Groups with a missing (NaN) response are left out. Undefined for fewer than 8 groups
/// and where V cannot be told from 0.
/// Source: Saltelli, Annoni, Azzini, Campolongo, Ratto, Tarantola, Comput. Phys. Commun. 181 (2010) 259,
/// table 2 (b) and (f), the latter Jansen's, Comput. Phys. Commun. 117 (1999) 35.
[[nodiscard]] SobolIndices sobol_indices(const Responses& responses, const SaltelliRows& rows,
                                         const SobolOptions& options);

}  // namespace dronewall
