// Every combination of the factors' values; the last factor moves first.
#include <fmt/format.h>

#include "study/designs/kinds.hpp"

namespace dronewall {
namespace {

class Grid final : public Design {
 public:
  [[nodiscard]] std::string name() const override { return "grid"; }
  [[nodiscard]] bool takes_ranges() const override { return false; }

  [[nodiscard]] std::string why_not(const DesignDescription&, const std::vector<std::size_t>& factors,
                                    const StudyDescription& study) const override {
    double points = 1;
    for (const std::size_t factor : factors)
      points *= static_cast<double>(study.factors[factor].levels.size());
    if (points <= static_cast<double>(most_points)) return "";
    return fmt::format("the grid has {:.3g} points (at most {} are simulated)", points, most_points);
  }

  [[nodiscard]] DesignMatrix make(const DesignDescription&, const std::vector<std::size_t>& factors,
                                  const StudyDescription& study) const override {
    std::vector<DesignMatrix::Column> columns;
    for (const std::size_t factor : factors) columns.push_back({factor, DesignMatrix::Cell::level});
    DesignMatrix matrix(std::move(columns));
    std::vector<double> point(factors.size(), 0);
    while (true) {
      matrix.add_point(point);
      std::size_t column = factors.size();
      while (column > 0 && is_last(point[column - 1], study.factors[factors[column - 1]]))
        point[--column] = 0;
      if (column == 0) return matrix;
      ++point[column - 1];
    }
  }

 private:
  static bool is_last(double level, const Factor& factor) {
    return level + 1 >= static_cast<double>(factor.levels.size());
  }
};

}  // namespace

std::unique_ptr<Design> make_grid() { return std::make_unique<Grid>(); }

}  // namespace dronewall
