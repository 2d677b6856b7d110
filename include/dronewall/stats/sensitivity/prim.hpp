// Boxes of factors' ranges in which something is mostly so: the patient rule induction method.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dronewall/stats/sensitivity/responses.hpp"

namespace dronewall {

/// One side of a box: the factor lies in low … high of [0, 1].
struct BoxSide {
  std::size_t factor = 0;
  double low = 0, high = 1;
};

/// A box in which the thing asked about is dense.
struct PrimBox {
  std::vector<BoxSide> sides;  ///< the restricted factors only
  std::vector<std::size_t> points;
  double density = 0;   ///< share of the box's points where it is so
  double coverage = 0;  ///< share of all such points that lie in the box
  double chance = 1;    ///< how often so good a box comes out when values are shuffled over points
};

struct PrimOptions {
  double peel = 0.08;           ///< share of the points that one step may take off, in (0, 0.5)
  double least_support = 0.05;  ///< of all points, and at least 5 points
  std::uint32_t shuffles = 199;
  std::uint64_t seed = 0;
};

/// The box that best holds what is asked about: peels the side that leaves the highest mean, and of all boxes
/// on the way takes the one with the best harmonic mean of density and coverage.
/// `is_so` is per point the probability in [0, 1] that it is so (0.5 where noise hides it); NaN leaves a
/// point out. Sides that earn nothing are dropped. No sides: nothing is denser than the whole.
/// Source: Friedman and Fisher, Stat. Comput. 9 (1999) 123; the measures: Bryant and Lempert, Technol.
/// Forecast. Soc. Change 77 (2010) 34.
[[nodiscard]] PrimBox find_box(const UnitPoints& points, std::span<const double> is_so,
                               const PrimOptions& options);

}  // namespace dronewall
