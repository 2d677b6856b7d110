// The tornado: what each factor alone moves from one base point.
#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "dronewall/stats/sensitivity/responses.hpp"

namespace dronewall {

/// Points that differ from the base in one factor only, base included, by ascending value of that factor.
using FactorLine = std::vector<std::size_t>;
/// Per factor its line through the base; a line of one point is a factor that never moves alone.
[[nodiscard]] std::vector<FactorLine> lines_through(const UnitPoints& points, std::size_t base);
/// Whether a line goes from 0 to 1 of its factor: points that happen to be neighbours do not show what it
/// does.
[[nodiscard]] bool spans_range(const UnitPoints& points, const FactorLine& line, std::size_t factor);
/// The point from which most factors move alone from 0 to 1; of several the one nearest to `centre` (unit
/// values), then the first. nullopt where none does.
[[nodiscard]] std::optional<std::size_t> find_base(const UnitPoints& points, std::span<const double> centre);

/// One bar: the response at the factor's lowest and highest value, all others as in the base.
struct TornadoBar {
  std::size_t factor = 0;
  std::size_t low_point = 0, high_point = 0;
  double swing = 0;  ///< response at the high end minus at the low end
  /// Paired over batches where the points share their luck, so that a common night does not blur it. NaN
  /// where no replication differs between the ends: then nothing is known of how much one might.
  double swing_low = 0, swing_high = 0;
  bool told_from_0 = false;
};
/// Bars by falling |swing|. Factors that do not move alone from 0 to 1 through the base, or whose ends are
/// missing (NaN), have none.
[[nodiscard]] std::vector<TornadoBar> tornado(const UnitPoints& points, const Responses& responses,
                                              std::size_t base, double confidence);

}  // namespace dronewall
