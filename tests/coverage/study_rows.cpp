// Intervals of a small study of four-strikers.yaml: Sobol indices, the plane's slopes, and where it crosses a
// bound.
//
// With x = 1 − p uniform on 0.1 … 0.5 and r on 0.6 … 1, f = 4 r x has, up to the factor 16, the variance
//     V = E[r]² Var x + E[x]² Var r + Var x Var r,    S_p = E[r]² Var x / V,    T_p = S_p + Var x Var r / V
// and alike for r. The best plane has the slopes −4 · 0.4 E[r] and 4 · 0.4 E[x] along the whole ranges; at r
// = E[r] it is f itself, which crosses 0.8 strikes at p = 0.75.
#include "analysed.hpp"
#include "row.hpp"

namespace dronewall::coverage {
namespace {

constexpr double mean_x = 0.3, mean_r = 0.8, width = 0.4, variance = width * width / 12;
constexpr double bound = 0.8;
constexpr std::uint64_t replications = 200;

class StudyGroup : public Group {
 public:
  StudyGroup(std::string name, std::vector<Row> rows) : name_(std::move(name)), rows_(std::move(rows)) {}
  [[nodiscard]] std::string name() const override { return name_; }
  [[nodiscard]] const std::vector<Row>& rows() const override { return rows_; }
  [[nodiscard]] std::uint32_t experiments(Form form) const override { return form == Form::quick ? 15 : 800; }
  void make(std::uint64_t first_seed, std::uint32_t begin, std::uint32_t end, Seen* out) const override {
    Analysed analysed(name_ + ".yaml", replications, bound);
    for (std::uint32_t i = begin; i < end; ++i, out += rows_.size())
      read(analysed.under(first_seed + i), out);
  }

 private:
  virtual void read(const SensitivityResult& result, Seen* out) const = 0;
  std::string name_;
  std::vector<Row> rows_;
};

class Indices final : public StudyGroup {
 public:
  Indices() : StudyGroup("saltelli", truths()) {}

 private:
  static std::vector<Row> truths() {
    const double v = mean_r * mean_r * variance + mean_x * mean_x * variance + variance * variance;
    const double both = variance * variance / v, p = mean_r * mean_r * variance / v,
                 r = mean_x * mean_x * variance / v;
    const std::string few = "32 groups of points, and a percentile interval";
    const std::string even =
        "Sobol points lie far more evenly than the independent draws that resampling takes them for";
    return {{"first-order index of pk", replications, p, few, even},
            {"first-order index of reliability", replications, r, few, even},
            {"total index of pk", replications, p + both, few, even},
            {"total index of reliability", replications, r + both, few, even}};
  }
  void read(const SensitivityResult& result, Seen* out) const override {
    const auto of = [](const SobolIndex& index) {
      return Seen{index.low, index.high, "bootstrap percentiles"};
    };
    if (!result.sobol || !result.sobol->undefined_because.empty()) return;
    out[0] = of(result.sobol->first[0]), out[1] = of(result.sobol->first[1]);
    out[2] = of(result.sobol->total[0]), out[3] = of(result.sobol->total[1]);
  }
};

class Plane final : public StudyGroup {
 public:
  Plane() : StudyGroup("latin-hypercube", truths()) {}

 private:
  static std::vector<Row> truths() {
    const std::string shared =
        "points share their luck, which a t interval of scatter about the plane does not see";
    const std::string even =
        "points lie more evenly than drawn ones, so the plane is nearer than its interval says";
    return {{"slope of pk", replications, -4 * width * mean_r, shared, even},
            {"slope of reliability", replications, 4 * width * mean_x, shared, even},
            {"pk at which 0.8 strike", replications, 1 - bound / (4 * mean_r), shared,
             "it holds also what the response may lie off the plane, which here is nothing"}};
  }
  void read(const SensitivityResult& result, Seen* out) const override {
    if (!result.metamodel) return;
    for (std::size_t k = 0; k < 2; ++k) {
      const MetamodelEffect& effect = result.metamodel->effects()[k];
      out[k] = {effect.low, effect.high, "t"};
    }
    // The other input stays where four-strikers.yaml has it, in the middle of its range.
    const BoundCrossing crossing =
        crossing_along(*result.metamodel, std::vector<double>{0.5, 0.5}, 0, bound, wanted);
    if (!crossing.low || !crossing.high) return;
    constexpr double low_pk = 0.5;
    out[2] = {low_pk + width * *crossing.low, low_pk + width * *crossing.high, "metamodel"};
  }
};

}  // namespace

std::vector<std::unique_ptr<Group>> study_groups() {
  std::vector<std::unique_ptr<Group>> groups;
  groups.push_back(std::make_unique<Indices>());
  groups.push_back(std::make_unique<Plane>());
  return groups;
}

}  // namespace dronewall::coverage
