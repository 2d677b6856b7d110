// How often a selection is right, and its figures with it.
#include <algorithm>
#include <stdexcept>

#include "common/experiment.hpp"
#include "dronewall/kinds/kinds.hpp"
#include "dronewall/study/select_study.hpp"
#include "raid_law.hpp"
#include "row.hpp"

namespace dronewall::coverage {
namespace {

const std::string study_file = COVERAGE_FOLDER "/select.yaml";
constexpr double leak_limit = 0.05, indifference = 15e3;

/// What is true of a mix of select.yaml.
struct MixTruth {
  double cost = 0, leak_fraction = 0;
};

MixTruth truth_of(const LatticePoint& mix) {
  Fire fire;
  if (mix[0] == 1) fire = {1, 0.5, 0.8, 0.5, 33e3};
  fire.at_most = static_cast<int>(mix[1]) + 1;
  const RaidLaw law(fire);
  return {law.mean([&](const RaidOutcome& raid) { return law.total(raid); }),
          law.mean([](const RaidOutcome& raid) { return raid.leakers; }) / RaidLaw::targets};
}

double least_cost() {
  double least = 1e300;
  for (std::uint32_t weapon = 0; weapon < 2; ++weapon)
    for (std::uint32_t level = 0; level < 4; ++level) {
      const MixTruth truth = truth_of({weapon, level});
      if (truth.leak_fraction <= leak_limit) least = std::min(least, truth.cost);
    }
  return least;
}

class SelectGroup final : public Group {
 public:
  [[nodiscard]] std::string name() const override { return "select"; }
  [[nodiscard]] const std::vector<Row>& rows() const override { return rows_; }
  [[nodiscard]] std::uint32_t experiments(Form form) const override { return form == Form::quick ? 30 : 500; }
  void make(std::uint64_t first_seed, std::uint32_t begin, std::uint32_t end, Seen* out) const override {
    Sources sources;
    Problems problems(sources);
    DiskFiles files(study_file, {});
    const StudyDescription study = read_study(study_file, files, kind_tables(), problems);
    const PointModels models(study, files, kind_tables(), all_kinds(), problems);
    for (std::uint32_t i = begin; i < end; ++i, out += rows_.size()) {
      auto asked = selection_of(models, {.seed = first_seed + i}, problems);
      if (!asked) throw std::runtime_error(problems.text());
      asked->plan.indifference = indifference;
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
    const MixTruth truth = truth_of(winner.mix);
    out[0] = yes_or_no(truth.leak_fraction <= leak_limit && truth.cost <= least_ + indifference);
    bool holds_best = false;
    for (const MixResult& mix : result.mixes)
      holds_best = holds_best || (mix.is_like_best && truth_of(mix.mix).cost == least_);
    out[1] = yes_or_no(holds_best);
    // Whichever has won: its cost on fresh luck less what it truly costs.
    out[2] = seen(result.fresh.objective);
    out[2].low -= truth.cost, out[2].high -= truth.cost;
  }

  double least_ = least_cost();
  std::vector<Row> rows_ = {
      {"the mix that is selected is right, to $15k", 1000, 1, "", "what is promised is a lower bound"},
      {"the set that cannot be told from the best holds it", 1000, 1, "",
       "what is promised is a lower bound"},
      {"cost of the selected mix on fresh luck, less its true one", 1000, 0,
       "rare losses, of which 1,000 replications see few", ""}};
};

}  // namespace

std::vector<std::unique_ptr<Group>> select_groups() {
  std::vector<std::unique_ptr<Group>> groups;
  groups.push_back(std::make_unique<SelectGroup>());
  return groups;
}

}  // namespace dronewall::coverage
