// Points for Sobol indices: two independent samples A and B, and A with each one column from B.
#include <fmt/format.h>

#include "study/designs/sobol_points.hpp"

namespace dronewall {
namespace {

/// Row i of A is the first half of a Sobol point in twice as many dimensions, row i of B the second. In the
/// order A_i, B_i, A_B1,i … A_Bk,i, so that more base points begin with fewer. Source: Saltelli et al.,
/// "Variance based sensitivity analysis of model output", Comput. Phys. Commun. 181 (2010).
class Saltelli final : public Design {
 public:
  [[nodiscard]] std::string name() const override { return "saltelli"; }

  [[nodiscard]] std::string why_not(const DesignDescription& design, const std::vector<std::size_t>& factors,
                                    const StudyDescription&) const override {
    const double points = static_cast<double>(design.points) * static_cast<double>(factors.size() + 2);
    if (points > static_cast<double>(most_points))
      return fmt::format("the design has {:.3g} points (at most {} are simulated)", points, most_points);
    return why_no_net(design.points, 2 * factors.size());
  }

  [[nodiscard]] DesignMatrix make(const DesignDescription& design, const std::vector<std::size_t>& factors,
                                  const StudyDescription& study) const override {
    const std::size_t count = factors.size();
    const SobolPoints sobol(2 * count, DesignDraws(study.seed, "saltelli"));
    DesignMatrix matrix = unit_matrix(factors);
    matrix.group = count + 2;
    matrix.reserve(design.points * matrix.group);
    for (std::uint32_t i = 0; i < design.points; ++i) {
      const std::vector<double> both = sobol.point(i);
      const auto middle = both.begin() + static_cast<std::ptrdiff_t>(count);
      const std::vector<double> a(both.begin(), middle), b(middle, both.end());
      matrix.add_point(a);
      matrix.add_point(b);
      for (std::size_t column = 0; column < count; ++column) {
        std::vector<double> mixed = a;
        mixed[column] = b[column];
        matrix.add_point(mixed);
      }
    }
    return matrix;
  }
};

}  // namespace

std::unique_ptr<Design> make_saltelli() { return std::make_unique<Saltelli>(); }

}  // namespace dronewall
