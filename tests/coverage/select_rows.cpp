// How often a selection is right, and its figures with it.
#include <algorithm>
#include <array>
#include <stdexcept>

#include "common/experiment.hpp"
#include "dronewall/kinds/kinds.hpp"
#include "dronewall/study/select_study.hpp"
#include "raid_law.hpp"
#include "row.hpp"

namespace dronewall::coverage {
namespace {

constexpr double leak_limit = 0.05;

/// What is true of a mix.
struct MixTruth {
  double cost = 0, leak_fraction = 0;
};

/// A study whose mixes are known.
struct KnownChoice {
  std::string group, study;
  double indifference;
  std::vector<std::uint32_t> levels;  ///< by choice
  Fire (*fire_of)(const LatticePoint& mix);
  std::vector<Row> rows;  ///< whether the mix is right, whether the set holds the best, its cost anew

  [[nodiscard]] MixTruth truth_of(const LatticePoint& mix) const {
    const RaidLaw law(fire_of(mix));
    return {law.mean([&](const RaidOutcome& raid) { return law.total(raid); }),
            law.mean([](const RaidOutcome& raid) { return raid.leakers; }) / RaidLaw::targets};
  }
  [[nodiscard]] double least_cost() const {
    double least = 1e300;
    std::vector<LatticePoint> mixes = {{}};
    for (const std::uint32_t count : levels) {
      std::vector<LatticePoint> longer;
      for (const LatticePoint& mix : mixes)
        for (std::uint32_t level = 0; level < count; ++level) {
          longer.push_back(mix);
          longer.back().push_back(level);
        }
      mixes = std::move(longer);
    }
    for (const LatticePoint& mix : mixes)
      if (const MixTruth truth = truth_of(mix); truth.leak_fraction <= leak_limit)
        least = std::min(least, truth.cost);
    return least;
  }
};

class SelectGroup final : public Group {
 public:
  explicit SelectGroup(KnownChoice choice) : choice_(std::move(choice)) {}
  [[nodiscard]] std::string name() const override { return choice_.group; }
  [[nodiscard]] const std::vector<Row>& rows() const override { return choice_.rows; }
  [[nodiscard]] std::uint32_t experiments(Form form) const override { return form == Form::quick ? 30 : 500; }
  void make(std::uint64_t first_seed, std::uint32_t begin, std::uint32_t end, Seen* out) const override {
    const std::string file = std::string(COVERAGE_FOLDER "/") + choice_.study;
    Sources sources;
    Problems problems(sources);
    DiskFiles files(file, {});
    const StudyDescription study = read_study(file, files, kind_tables(), problems);
    const PointModels models(study, files, kind_tables(), all_kinds(), problems);
    for (std::uint32_t i = begin; i < end; ++i, out += rows().size()) {
      auto asked = selection_of(models, {.seed = first_seed + i}, problems);
      if (!asked) throw std::runtime_error(problems.text());
      asked->plan.indifference = choice_.indifference;
      asked->plan.cap = 40'000;
      asked->plan.fresh = 1'000;
      read(select(asked->space, asked->plan), out);
    }
  }

 private:
  static Seen yes_or_no(bool is_right) {
    const double at = is_right ? 1 : 0;
    return {at, at, "select"};
  }
  void read(const SelectResult& result, Seen* out) const {
    if (!result.winner) return;
    const MixResult& winner = result.mixes[*result.winner];
    const MixTruth truth = choice_.truth_of(winner.mix);
    out[0] = yes_or_no(truth.leak_fraction <= leak_limit && truth.cost <= least_ + choice_.indifference);
    bool holds_best = false;
    for (const MixResult& mix : result.mixes)
      holds_best = holds_best || (mix.is_like_best && choice_.truth_of(mix.mix).cost == least_);
    out[1] = yes_or_no(holds_best);
    // Whichever has won: its cost on fresh luck less what it truly costs.
    out[2] = seen(result.fresh.objective);
    out[2].low -= truth.cost, out[2].high -= truth.cost;
  }

  KnownChoice choice_;
  double least_ = choice_.least_cost();
};

Fire dart_or_round(const LatticePoint& mix) {
  Fire fire;
  if (mix[0] == 1) fire = {1, 0.5, 0.8, 0.5, 33e3};
  fire.at_most = static_cast<int>(mix[1]) + 1;
  return fire;
}

/// The weapons of select-near.yaml, in their order.
Fire one_of_eight(const LatticePoint& mix) {
  constexpr std::array<std::pair<double, double>, 8> pk_and_price = {{{0.55, 44'601},
                                                                      {0.60, 45'427},
                                                                      {0.65, 46'283},
                                                                      {0.70, 49'093},
                                                                      {0.72, 50'151},
                                                                      {0.75, 50'740},
                                                                      {0.80, 51'754},
                                                                      {0.85, 52'809}}};
  const auto [pk, price] = pk_and_price.at(mix[0]);
  Fire fire;
  fire.pk_drone = pk, fire.round_price = price;
  return fire;
}

const std::string lower_bound = "what is promised is a lower bound";

}  // namespace

std::vector<std::unique_ptr<Group>> select_groups() {
  std::vector<std::unique_ptr<Group>> groups;
  groups.push_back(std::make_unique<SelectGroup>(
      KnownChoice{"select",
                  "select.yaml",
                  15e3,
                  {2, 4},
                  dart_or_round,
                  {{"the mix that is selected is right, to $15k", 1000, 1, "", lower_bound},
                   {"the set that cannot be told from the best holds it", 1000, 1, "", lower_bound},
                   {"cost of the selected mix on fresh luck, less its true one", 1000, 0,
                    "rare losses, of which 1,000 replications see few", ""}}}));
  groups.push_back(std::make_unique<SelectGroup>(KnownChoice{
      "select-near",
      "select-near.yaml",
      3e3,
      {8},
      one_of_eight,
      {{"the best of near mixes is selected, others cost $3,150 more", 1000, 1, "", lower_bound},
       {"the set that cannot be told from the best of near mixes holds it", 1000, 1, "", lower_bound},
       {"cost of the selected near mix on fresh luck, less its true one", 1000, 0,
        "rare losses, of which 1,000 replications see few", ""}}}));
  return groups;
}

}  // namespace dronewall::coverage
