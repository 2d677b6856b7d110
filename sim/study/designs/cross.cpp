// Each point of one design with each of the next: choices as a grid, what nobody knows in a space-filling
// one.
#include <fmt/format.h>

#include "dronewall/core/contracts.hpp"
#include "study/designs/kinds.hpp"

namespace dronewall {
namespace {

/// Which of the factors each part takes: a list those of its file, then a grid the other lists, and a
/// space-filling design what is left.
std::vector<std::vector<std::size_t>> shares(const DesignDescription& design,
                                             const std::vector<std::size_t>& factors,
                                             const StudyDescription& study) {
  std::vector<std::vector<std::size_t>> shares(design.parts.size());
  std::vector<std::size_t> left = factors;
  const auto take = [&](std::size_t part, auto wanted) {
    for (const std::size_t factor : left)
      if (wanted(factor)) shares[part].push_back(factor);
    std::erase_if(left, wanted);
  };
  for (const char* kind : {"list", "grid", ""})
    for (std::size_t part = 0; part < design.parts.size(); ++part) {
      const DesignDescription& own = design.parts[part];
      const bool is_space_filling = own.kind != "list" && own.kind != "grid";
      if (own.kind != kind && !(is_space_filling && *kind == '\0')) continue;
      take(part, [&](std::size_t factor) {
        if (own.kind == "list")
          return std::find(own.list_factors.begin(), own.list_factors.end(), factor) !=
                 own.list_factors.end();
        return is_space_filling || study.factors[factor].is_list();
      });
    }
  return shares;
}

class Cross final : public Design {
 public:
  [[nodiscard]] std::string name() const override { return "cross"; }

  [[nodiscard]] std::string why_not(const DesignDescription& design, const std::vector<std::size_t>& factors,
                                    const StudyDescription& study) const override {
    const auto parts = shares(design, factors, study);
    std::size_t taken = 0;
    double points = 1;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const DesignDescription& part = design.parts[i];
      taken += parts[i].size();
      if (parts[i].empty())
        return fmt::format(
            "the part {} of cross has no factor left to vary (a grid takes those with lists, the "
            "next part those with ranges)",
            part.kind);
      const Design& kind = *find_design(part.kind);
      if (const std::string why = kind.why_not(part, parts[i], study); !why.empty()) return why;
      points *= static_cast<double>(kind.make(part, parts[i], study).points());
    }
    if (taken < factors.size()) return "no part of cross takes the factors with ranges (add {sobol: 64})";
    if (points <= static_cast<double>(most_points)) return "";
    return fmt::format("the design has {:.3g} points (at most {} are simulated)", points, most_points);
  }

  [[nodiscard]] DesignMatrix make(const DesignDescription& design, const std::vector<std::size_t>& factors,
                                  const StudyDescription& study) const override {
    const auto parts = shares(design, factors, study);
    DesignMatrix crossed;
    crossed.add_point({});
    for (std::size_t i = 0; i < parts.size(); ++i)
      crossed = times(crossed, find_design(design.parts[i].kind)->make(design.parts[i], parts[i], study));
    return crossed;
  }

 private:
  static DesignMatrix times(const DesignMatrix& slow, const DesignMatrix& fast) {
    std::vector<DesignMatrix::Column> columns = slow.columns();
    columns.insert(columns.end(), fast.columns().begin(), fast.columns().end());
    DesignMatrix product(std::move(columns));
    product.reserve(slow.points() * fast.points());
    for (std::size_t i = 0; i < slow.points(); ++i)
      for (std::size_t j = 0; j < fast.points(); ++j) product.add_point(joined(slow, i, fast, j));
    return product;
  }

  static std::vector<double> joined(const DesignMatrix& slow, std::size_t i, const DesignMatrix& fast,
                                    std::size_t j) {
    std::vector<double> cells;
    for (std::size_t column = 0; column < slow.columns().size(); ++column)
      cells.push_back(slow.cell(i, column));
    for (std::size_t column = 0; column < fast.columns().size(); ++column)
      cells.push_back(fast.cell(j, column));
    return cells;
  }
};

}  // namespace

std::unique_ptr<Design> make_cross() { return std::make_unique<Cross>(); }

}  // namespace dronewall
