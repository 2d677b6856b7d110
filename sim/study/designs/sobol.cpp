// Scrambled Sobol points: even in every pair of factors. A larger power of two contains a smaller.
#include "study/designs/sobol_points.hpp"

namespace dronewall {
namespace {

class Sobol final : public Design {
 public:
  [[nodiscard]] std::string name() const override { return "sobol"; }

  [[nodiscard]] std::string why_not(const DesignDescription& design, const std::vector<std::size_t>& factors,
                                    const StudyDescription&) const override {
    return why_no_net(design.points, factors.size());
  }

  [[nodiscard]] DesignMatrix make(const DesignDescription& design, const std::vector<std::size_t>& factors,
                                  const StudyDescription& study) const override {
    const SobolPoints sobol(factors.size(), DesignDraws(study.seed, "sobol"));
    DesignMatrix matrix = unit_matrix(factors);
    matrix.reserve(design.points);
    for (std::uint32_t i = 0; i < design.points; ++i) matrix.add_point(sobol.point(i));
    return matrix;
  }
};

}  // namespace

std::unique_ptr<Design> make_sobol() { return std::make_unique<Sobol>(); }

}  // namespace dronewall
