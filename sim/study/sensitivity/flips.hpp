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

  /// One row a factor: along its line through the base where that spans the range, else along the metamodel.
  void add_factors(const std::vector<double>& base, std::optional<std::size_t> base_point,
                   const LinearMetamodel* model, std::vector<Flip>& flips) const;

 private:
  /// What a factor's verdict stands on.
  struct Ground {
    const FactorLine& line;  ///< of points with a result
    const std::vector<double>& base;
    const LinearMetamodel* model;  ///< nullptr: none
  };
  void find_where(std::size_t factor, const Ground& ground, Flip& flip) const;
  void look_at_levels(std::size_t factor, const Ground& ground, Flip& flip) const;
  [[nodiscard]] Flip::Level::Side side_at(std::size_t factor, double unit, const FactorLine& line) const;
  [[nodiscard]] Flip::Level::Side side_on(const LinearMetamodel& model, std::size_t factor, double unit,
                                          std::vector<double> at) const;
  [[nodiscard]] Flip::Level::Side side_of(const ValueThere& there, double degrees) const;
};

/// One row an item that the measure holds, at one point; none where the measure is neither a cost-exchange
/// ratio of a view nor cost.defender.VIEW nor cost.attacker.
void add_prices(const RepricedStudy& stored, const PriceBook& book, std::size_t point,
                const SensitivityOptions& options, const TurnsAtPoint& turns, std::vector<Flip>& flips);

}  // namespace dronewall
