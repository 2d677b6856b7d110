// Trajectories for elementary effects: each step moves one factor by half of its levels.
#include <fmt/format.h>

#include <numeric>

#include "study/designs/kinds.hpp"

namespace dronewall {
namespace {

/// Factors move in a random order, each up or down, from a random start. With p levels (even) a step is
/// p / (2 (p − 1)) of the range, so that every level is equally likely. Source: Morris, "Factorial sampling
/// plans for preliminary computational experiments", Technometrics 33 (1991).
class Morris final : public Design {
 public:
  [[nodiscard]] std::string name() const override { return "morris"; }

  [[nodiscard]] std::string why_not(const DesignDescription& design, const std::vector<std::size_t>& factors,
                                    const StudyDescription& study) const override {
    for (const std::size_t number : factors)
      if (study.factors[number].levels.size() == 1)
        return fmt::format("{} has one value (morris moves every factor)", study.factors[number].path);
    const double points = static_cast<double>(design.points) * static_cast<double>(factors.size() + 1);
    if (points <= static_cast<double>(most_points)) return "";
    return fmt::format("the design has {:.3g} points (at most {} are simulated)", points, most_points);
  }

  [[nodiscard]] DesignMatrix make(const DesignDescription& design, const std::vector<std::size_t>& factors,
                                  const StudyDescription& study) const override {
    std::vector<DesignMatrix::Column> columns;
    for (const std::size_t number : factors)
      columns.push_back(
          {number, study.factors[number].range ? DesignMatrix::Cell::unit : DesignMatrix::Cell::level});
    DesignMatrix matrix(std::move(columns));
    matrix.group = factors.size() + 1;
    matrix.reserve(design.points * matrix.group);
    const DesignDraws draws(study.seed, "morris");
    for (std::uint64_t trajectory = 0; trajectory < design.points; ++trajectory)
      add_trajectory(trajectory, design, study, draws, matrix);
    return matrix;
  }

 private:
  static void add_trajectory(std::uint64_t trajectory, const DesignDescription& design,
                             const StudyDescription& study, const DesignDraws& draws, DesignMatrix& matrix) {
    const std::size_t count = matrix.columns().size();
    std::vector<double> from(count), to(count);
    for (std::size_t column = 0; column < count; ++column) {
      const Factor& factor = study.factors[matrix.columns()[column].factor];
      const std::size_t levels = factor.range ? design.levels : factor.levels.size();
      const double scale = factor.range ? 1 / static_cast<double>(levels - 1) : 1;
      const std::size_t step = levels / 2;
      const std::size_t low = draws.below(levels - step, trajectory, column, 1);
      from[column] = static_cast<double>(low) * scale;
      to[column] = static_cast<double>(low + step) * scale;
      if (draws.bits(trajectory, column, 2) >> 63U) std::swap(from[column], to[column]);
    }
    matrix.add_point(from);
    for (const std::size_t column : order(count, trajectory, draws)) {
      from[column] = to[column];
      matrix.add_point(from);
    }
  }

  static std::vector<std::size_t> order(std::size_t count, std::uint64_t trajectory,
                                        const DesignDraws& draws) {
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[draws.below(i, trajectory, i, 3)]);
    return order;
  }
};

}  // namespace

std::unique_ptr<Design> make_morris() { return std::make_unique<Morris>(); }

}  // namespace dronewall
