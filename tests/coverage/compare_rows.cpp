// Intervals of paired differences on common random numbers: one round at most at each target against two.
#include <cmath>

#include "common/experiment.hpp"
#include "dronewall/study/compare.hpp"
#include "dronewall/study/model_runner.hpp"
#include "raid_law.hpp"
#include "row.hpp"

namespace dronewall::coverage {
namespace {

using test::Experiment;

const std::string raid_file = COVERAGE_FOLDER "/raid.yaml";

class CompareGroup final : public Group {
 public:
  CompareGroup(std::uint64_t n, std::uint32_t quick, std::uint32_t recorded)
      : n_(n), quick_(quick), recorded_(recorded) {
    for (const char* name :
         {"rounds.round", "leakers", "cost.defender.munitions", "cost-exchange.munitions"}) {
      once_measures_.push_back(once_.find(name));
      twice_measures_.push_back(twice_.find(name));
    }
    add_rows();
  }
  [[nodiscard]] std::string name() const override { return "compare-" + std::to_string(n_); }
  [[nodiscard]] const std::vector<Row>& rows() const override { return rows_; }
  [[nodiscard]] std::uint32_t experiments(Form form) const override {
    return form == Form::quick ? quick_ : recorded_;
  }
  void make(std::uint64_t first_seed, std::uint32_t begin, std::uint32_t end, Seen* out) const override {
    for (std::uint32_t i = begin; i < end; ++i) {
      const std::uint64_t seed = first_seed + i;
      const std::vector<Variant> variants = {
          {once_.layout(), once_measures_, model_runners(once_.model(), {.seed = seed})},
          {twice_.layout(), twice_measures_, model_runners(twice_.model(), {.seed = seed})}};
      const CompareResult result = compare(variants, {.replications = n_, .confidence = wanted});
      const PairComparison& pair = result.against_first.front();
      for (const char* measure : {"rounds.round", "leakers", "cost-exchange.munitions"})
        *out++ = seen(pair.find(measure)->estimate);
      *out++ = seen(pair.averted.front());
    }
  }

 private:
  void add_rows() {
    using O = RaidOutcome;
    const RaidLaw once(Fire{.at_most = 1}), twice(Fire{});
    const auto difference = [&](const RaidLaw::Figure& figure) {
      return twice.mean(figure) - once.mean(figure);
    };
    const double price = Fire{}.round_price;
    const double rounds = difference([](const O& o) { return o.rounds; });
    const double leakers = difference([](const O& o) { return o.leakers; });
    // Both are attacked alike, so that the ratios differ by the difference of costs over one mean.
    const double ratios = price * rounds / once.mean(RaidLaw::attack);
    rows_ = {{"difference of rounds.round", n_, rounds, "skewed", ""},
             {"difference of leakers", n_, leakers, "skewed", ""},
             {"difference of cost-exchange.munitions", n_, ratios, "skewed", ""},
             {"cost-per-leaker-averted.munitions", n_, -price * rounds / leakers,
              "skewed: the ratio of a difference to a small one", ""}};
  }

  std::uint64_t n_;
  std::uint32_t quick_, recorded_;
  Experiment once_{raid_file, {{"doctrine.at_most", "1"}}}, twice_{raid_file, {}};
  std::vector<MeasureDefinition> once_measures_, twice_measures_;
  std::vector<Row> rows_;
};

}  // namespace

std::vector<std::unique_ptr<Group>> compare_groups() {
  std::vector<std::unique_ptr<Group>> groups;
  groups.push_back(std::make_unique<CompareGroup>(100, 250, 4000));
  groups.push_back(std::make_unique<CompareGroup>(200, 250, 4000));
  groups.push_back(std::make_unique<CompareGroup>(1000, 100, 4000));
  groups.push_back(std::make_unique<CompareGroup>(20'000, 10, 500));
  return groups;
}

}  // namespace dronewall::coverage
