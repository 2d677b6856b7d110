// Intervals of effects on luck that all points share: Morris' μ and μ*, the plane's slopes and the tornado's
// swing, where ranges are so narrow that luck and not the bend of the response makes the error.
//
// Strikes are 4 r (1 − p). Over widths w about the middles of p and r the mean effects are −4 w E[r] and
// 4 w E[1 − p], exactly: the levels of a Morris design lie evenly about the middle, and all effects of one
// input have one sign, so that μ* = |μ|.
#include <cmath>

#include "analysed.hpp"
#include "row.hpp"

namespace dronewall::coverage {
namespace {

constexpr double mean_r = 0.8, mean_x = 0.3;  // x = 1 − p

/// What a study's ranges are called, and their width.
struct Ranges {
  const char* file;
  const char* words;
  double width;
};
constexpr Ranges morris{"morris", "", 0.2}, narrow_morris{"morris-narrow", ", narrow range", 0.04},
    narrow_plane{"latin-hypercube-narrow", ", narrow range", 0.04}, grid{"grid", "", 0.2};

class EffectGroup : public Group {
 public:
  EffectGroup(const Ranges& ranges, std::uint64_t replications, const std::vector<std::string>& figures)
      : ranges_(ranges), replications_(replications) {
    const std::string few = replications > 50 ? ""
                                              : "of 50 replications two or three differ between the ends of "
                                                "the range; where none does, nothing says "
                                                "how far it could reach";
    const std::string even =
        "points lie more evenly than drawn ones, so the plane is nearer than its interval says";
    for (const std::string& figure : figures)
      for (const std::string input : {"pk", "reliability"}) {
        const double effect = input == "pk" ? -4 * ranges.width * mean_r : 4 * ranges.width * mean_x;
        rows_.push_back({figure + " of " + input + ranges.words, replications,
                         figure == "μ*" ? std::abs(effect) : effect, few, figure == "slope" ? even : ""});
      }
  }
  [[nodiscard]] std::string name() const override { return ranges_.file; }
  [[nodiscard]] const std::vector<Row>& rows() const override { return rows_; }
  [[nodiscard]] std::uint32_t experiments(Form form) const override {
    const bool is_long = replications_ >= 2'000;
    if (form == Form::recorded) return is_long ? 400 : 800;
    return is_long ? 8 : replications_ >= 200 ? 30 : 60;
  }
  void make(std::uint64_t first_seed, std::uint32_t begin, std::uint32_t end, Seen* out) const override {
    Analysed analysed(name() + ".yaml", replications_, 0.96);
    for (std::uint32_t i = begin; i < end; ++i, out += rows_.size())
      read(analysed.under(first_seed + i), out);
  }

 private:
  virtual void read(const SensitivityResult& result, Seen* out) const = 0;
  Ranges ranges_;
  std::uint64_t replications_;
  std::vector<Row> rows_;
};

class Elementary final : public EffectGroup {
 public:
  Elementary(const Ranges& ranges, std::uint64_t replications)
      : EffectGroup(ranges, replications, {"μ", "μ*"}) {}

 private:
  void read(const SensitivityResult& result, Seen* out) const override {
    for (std::size_t k = 0; k < 2; ++k) {
      const MorrisEffect& effect = result.morris.at(k);
      out[k] = {effect.mu_low, effect.mu_high, "t"};
      out[2 + k] = {effect.mu_star_low, effect.mu_star_high, "t"};
    }
  }
};

class Slopes final : public EffectGroup {
 public:
  explicit Slopes(std::uint64_t replications) : EffectGroup(narrow_plane, replications, {"slope"}) {}

 private:
  void read(const SensitivityResult& result, Seen* out) const override {
    for (std::size_t k = 0; k < 2; ++k) {
      const MetamodelEffect& effect = result.metamodel->effects().at(k);
      out[k] = {effect.low, effect.high, "t"};
    }
  }
};

class Swings final : public EffectGroup {
 public:
  explicit Swings(std::uint64_t replications) : EffectGroup(grid, replications, {"swing"}) {}

 private:
  void read(const SensitivityResult& result, Seen* out) const override {
    for (const TornadoBar& bar : result.bars) out[bar.factor] = {bar.swing_low, bar.swing_high, "t"};
  }
};

}  // namespace

std::vector<std::unique_ptr<Group>> effect_groups() {
  std::vector<std::unique_ptr<Group>> groups;
  for (const std::uint64_t replications : {50U, 200U, 2000U}) {
    groups.push_back(std::make_unique<Elementary>(morris, replications));
    groups.push_back(std::make_unique<Elementary>(narrow_morris, replications));
    groups.push_back(std::make_unique<Slopes>(replications));
    groups.push_back(std::make_unique<Swings>(replications));
  }
  return groups;
}

}  // namespace dronewall::coverage
