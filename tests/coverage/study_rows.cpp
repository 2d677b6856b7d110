// Intervals of a small study of four-strikers.yaml: Sobol indices, the plane's slopes, and where it crosses a
// bound.
//
// With x = 1 − p uniform on 0.1 … 0.5 and r on 0.6 … 1, f = 4 r x^m after m rounds at a drone has, up to the
// factor 16 and with g = x^m, the variance
//     V = E[r]² Var g + E[g]² Var r + Var g Var r,    S_p = E[r]² Var g / V,    T_p = S_p + Var g Var r / V
// and alike for r. The best plane (m = 1) has the slopes −4 · 0.4 E[r] and 4 · 0.4 E[x] along the whole
// ranges; at r = E[r] it is f itself, which crosses 0.8 strikes at p = 0.75.
#include <cmath>

#include "analysed.hpp"
#include "row.hpp"

namespace dronewall::coverage {
namespace {

constexpr double mean_x = 0.3, mean_r = 0.8, width = 0.4, variance = width * width / 12;
constexpr double bound = 0.8;
constexpr std::uint64_t usual_replications = 200;

class StudyGroup : public Group {
 public:
  StudyGroup(std::string name, std::vector<Row> rows, std::uint64_t replications = usual_replications)
      : name_(std::move(name)), rows_(std::move(rows)), replications_(replications) {}
  [[nodiscard]] std::string name() const override { return name_; }
  [[nodiscard]] const std::vector<Row>& rows() const override { return rows_; }
  [[nodiscard]] std::uint32_t experiments(Form form) const override { return form == Form::quick ? 15 : 800; }
  void make(std::uint64_t first_seed, std::uint32_t begin, std::uint32_t end, Seen* out) const override {
    Analysed analysed(name_ + ".yaml", replications_, bound);
    for (std::uint32_t i = begin; i < end; ++i, out += rows_.size())
      read(analysed.under(first_seed + i), out);
  }

 private:
  virtual void read(const SensitivityResult& result, Seen* out) const = 0;
  std::string name_;
  std::vector<Row> rows_;
  std::uint64_t replications_;
};

/// A saltelli study, how it is called, and how often a drone is shot at.
struct Saltelli {
  const char* file;
  const char* words;
  std::uint64_t replications;
  int rounds;
  std::uint32_t quick, recorded;  ///< experiments
};
constexpr Saltelli usual{"saltelli", "", 200, 1, 15, 800},
    few{"saltelli-few", ", 16 groups of points", 20, 1, 60, 800},
    many{"saltelli-many", ", 256 groups of points", 50, 1, 8, 400},
    bent{"saltelli-bent", ", three rounds", 100, 3, 15, 800};

class Indices final : public StudyGroup {
 public:
  explicit Indices(const Saltelli& study)
      : StudyGroup(study.file, truths(study), study.replications), study_(study) {}
  [[nodiscard]] std::uint32_t experiments(Form form) const override {
    return form == Form::quick ? study_.quick : study_.recorded;
  }

 private:
  /// E[x^power] of x = 1 − p.
  static double mean_power(int power) {
    constexpr double least = mean_x - width / 2, most = mean_x + width / 2;
    return (std::pow(most, power + 1) - std::pow(least, power + 1)) / (power + 1) / width;
  }
  static std::vector<Row> truths(const Saltelli& study) {
    const double g = mean_power(study.rounds), of_g = mean_power(2 * study.rounds) - g * g;
    const double v = mean_r * mean_r * of_g + g * g * variance + of_g * variance;
    const double both = of_g * variance / v, p = mean_r * mean_r * of_g / v, r = g * g * variance / v;
    const std::string bends = "luck moves points together, and an index is a square of that",
                      even = "points lie more evenly than the independent draws it takes them for";
    std::vector<Row> rows;
    const auto add = [&](const char* what, double truth) {
      rows.push_back({what + std::string(study.words), study.replications, truth, bends, even});
    };
    add("first-order index of pk", p), add("first-order index of reliability", r);
    add("total index of pk", p + both), add("total index of reliability", r + both);
    return rows;
  }
  void read(const SensitivityResult& result, Seen* out) const override {
    const auto of = [](const SobolIndex& index) { return Seen{index.low, index.high, "t"}; };
    if (!result.sobol || !result.sobol->undefined_because.empty()) return;
    out[0] = of(result.sobol->first[0]), out[1] = of(result.sobol->first[1]);
    out[2] = of(result.sobol->total[0]), out[3] = of(result.sobol->total[1]);
  }
  Saltelli study_;
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
    return {{"slope of pk", usual_replications, -4 * width * mean_r, shared, even},
            {"slope of reliability", usual_replications, 4 * width * mean_x, shared, even},
            {"pk at which 0.8 strike", usual_replications, 1 - bound / (4 * mean_r), shared,
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
  for (const Saltelli& study : {usual, few, many, bent}) groups.push_back(std::make_unique<Indices>(study));
  groups.push_back(std::make_unique<Plane>());
  return groups;
}

}  // namespace dronewall::coverage
