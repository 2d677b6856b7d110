// Which single assumption flips the verdict.
#pragma once
#include <optional>
#include <vector>

#include "dronewall/study/factor_scale.hpp"
#include "dronewall/study/stored_sensitivity.hpp"

namespace dronewall {

struct FlipFinder {
  const StudyDescription& study;
  const std::vector<std::size_t>& factors;  ///< of the study, by column of the points
  const std::vector<FactorScale>& scales;
  const UnitPoints& points;
  const Responses& responses;
  const SensitivityOptions& options;

  /// One row a factor: between the points of its line through the base, else along the metamodel.
  void add_factors(const std::vector<double>& base, std::optional<std::size_t> base_point,
                   const LinearMetamodel* model, std::vector<Flip>& flips) const;
};

/// One row an item that the measure's ratio holds, at one point; none where the measure is no cost-exchange
/// ratio of a view.
void add_prices(const RepricedStudy& stored, const PriceBook& book, std::size_t point,
                const SensitivityOptions& options, const TurnsAtPoint& turns, std::vector<Flip>& flips);

}  // namespace dronewall
