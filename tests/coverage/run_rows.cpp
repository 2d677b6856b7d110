// Intervals of one run: means, shares, ratios, rare losses, probabilities, quantiles.
#include <cmath>

#include "common/experiment.hpp"
#include "dronewall/pricing/pricing.hpp"
#include "dronewall/study/model_runner.hpp"
#include "raid_law.hpp"
#include "row.hpp"

namespace dronewall::coverage {
namespace {

using test::Experiment;

/// A measure, or what is asked of one.
struct Asked {
  Row row;
  std::string measure;  ///< as run_point() knows it
  std::optional<Requested> requested;
};

/// What is run again and again, and what is read off it.
struct Trial {
  std::shared_ptr<const Experiment> experiment;
  std::vector<MeasureDefinition> measures;
  std::vector<Asked> asked;
};

struct Experiments {
  std::uint64_t n;
  std::uint32_t quick, recorded;
};

class RunGroup final : public Group {
 public:
  RunGroup(std::string name, Trial trial, Experiments count)
      : name_(std::move(name)), trial_(std::move(trial)), count_(count) {
    for (const Asked& asked : trial_.asked) {
      rows_.push_back(asked.row);
      rows_.back().n = count.n;
      if (asked.requested) requested_.push_back(*asked.requested);
    }
  }
  [[nodiscard]] std::string name() const override { return name_; }
  [[nodiscard]] const std::vector<Row>& rows() const override { return rows_; }
  [[nodiscard]] std::uint32_t experiments(Form form) const override {
    return form == Form::quick ? count_.quick : count_.recorded;
  }
  void make(std::uint64_t first_seed, std::uint32_t begin, std::uint32_t end, Seen* out) const override {
    for (std::uint32_t i = begin; i < end; ++i) {
      const PointResult result =
          run_point(trial_.experiment->layout(), trial_.measures,
                    model_runners(trial_.experiment->model(), {.seed = first_seed + i}),
                    {.replications = count_.n, .confidence = wanted, .requested = requested_});
      for (const Asked& asked : trial_.asked) *out++ = seen(*result.find(asked.measure));
    }
  }

 private:
  std::string name_;
  Trial trial_;
  Experiments count_;
  std::vector<Row> rows_;
  std::vector<Requested> requested_;
};

Requested probability(const std::string& measure, Comparison comparison, double bound) {
  Requested asked{Requested::Kind::probability, "P " + measure, measure};
  asked.name += std::to_string(static_cast<int>(comparison)) + std::to_string(bound);
  asked.comparison = comparison, asked.bound = bound;
  return asked;
}

Requested quantile(const std::string& measure, double level) {
  Requested asked{Requested::Kind::quantile, "q" + std::to_string(level) + measure, measure};
  asked.level = level;
  return asked;
}

const char* const skewed = "skewed: the mean and its own error are off together";
const char* const rare_loss =
    "a loss of $4M in one raid of 200: a sample has few or none, and says too little of them";
const char* const expected_loss = "a loss of $0.8M is to be expected in one raid of 40: few in a sample";
const char* const few =
    "of what a sample has few, resamples have none: these count with the exact bound of so few";
const char* const exact_count = "exact bounds of a count, which moves in steps, hold at least 95%";
const char* const discrete = "the value is discrete, so that its order statistics hold it with more than 95%";

/// Under this name the measures of money hold the strikes that happened, not those to be expected.
const std::string sampled = "sampled:";

class RaidTrial {
 public:
  RaidTrial()
      : experiment_(std::make_shared<const Experiment>(COVERAGE_FOLDER "/raid.yaml", std::vector<Change>{})) {
    Sources sources;
    Problems problems(sources);
    const Pricing pricing =
        price(experiment_->layout(), experiment_->scenario().prices, nullptr, problems, Scoring::sampled);
    for (MeasureDefinition measure : pricing.measures) {
      measure.name = sampled + measure.name;
      of_sampled_.push_back(std::move(measure));
    }
  }

  [[nodiscard]] Trial trial() {
    using O = RaidOutcome;
    const RaidLaw& law = law_;
    const double kills = law.mean([](const O& o) { return RaidLaw::targets - o.leakers; });
    const double munitions = law.mean([&](const O& o) { return law.munitions(o); });
    const double attack = law.mean(RaidLaw::attack),
                 total = law.mean([&](const O&o) { return law.total(o); });
    const double shaheds = law.mean([](const O& o) { return RaidLaw::flyers - o.decoys; });
    const auto leakers = [](const O& o) { return double(o.leakers); };
    const auto rounds = [](const O& o) { return double(o.rounds); };

    add("rounds.round", law.mean(rounds), skewed, "");
    add("strikes.plant", law.mean([](const O& o) { return o.strikes; }), rare_loss, exact_count);
    add("leak-fraction", law.mean(leakers) / RaidLaw::targets, skewed, exact_count);
    add("cost-exchange.munitions", munitions / attack, skewed, few);
    add("cost-per-kill.munitions", munitions / kills, skewed, few);
    // The price x of a drone at which E[munitions] = E[attack without drones] + x E[drones].
    add("break-even.shahed.munitions", (munitions - (attack - RaidLaw::shahed_price * shaheds)) / shaheds,
        skewed, "");
    add("cost.defender.total", total, expected_loss, few);
    add_sampled("cost.defender.total", total);
    add("cost-exchange.total", total / attack, expected_loss, few);
    add_sampled("cost-exchange.total", total / attack);
    ask("P(leakers <= 0)", probability("leakers", Comparison::at_most, 0),
        law.chance([](const O& o) { return o.leakers <= 0; }), exact_count);
    ask("P(leakers >= 2)", probability("leakers", Comparison::at_least, 2),
        law.chance([](const O& o) { return o.leakers >= 2; }), exact_count);
    ask("q50(rounds.round)", quantile("rounds.round", 0.5), law.quantile(rounds, 0.5), discrete);
    ask("q95(cost.defender.total)", quantile(sampled + "cost.defender.total", 0.95),
        law.quantile([&](const O& o) { return law.total(o); }, 0.95), discrete);
    return std::move(trial_);
  }

 private:
  void measure(const MeasureDefinition& definition) {
    for (const MeasureDefinition& there : trial_.measures)
      if (there.name == definition.name) return;
    trial_.measures.push_back(definition);
  }
  void measure(const std::string& name) {
    for (const MeasureDefinition& definition : of_sampled_)
      if (definition.name == name) return measure(definition);
    measure(experiment_->find(name));
  }
  void add(const std::string& name, double truth, const char* why_narrow, const char* why_wide) {
    measure(name);
    trial_.asked.push_back({{name, 0, truth, why_narrow, why_wide}, name, {}});
    trial_.experiment = experiment_;
  }
  void add_sampled(const std::string& name, double truth) {
    measure(sampled + name);
    trial_.asked.push_back(
        {{name + ", losses as they happen", 0, truth, rare_loss, few}, sampled + name, {}});
  }
  void ask(const std::string& name, const Requested& requested, double truth, const char* why_wide) {
    measure(requested.measure);
    trial_.asked.push_back({{name, 0, truth, "", why_wide}, requested.name, requested});
  }

  std::shared_ptr<const Experiment> experiment_;
  RaidLaw law_{Fire{}};
  std::vector<MeasureDefinition> of_sampled_;
  Trial trial_;
};

Trial late_trial() {
  const std::string name = "time.first-detection";
  constexpr double mean_s = 60;
  Trial trial;
  trial.experiment =
      std::make_shared<const Experiment>(COVERAGE_FOLDER "/seen-late.yaml", std::vector<Change>{});
  trial.measures = {trial.experiment->find(name)};
  trial.asked.push_back({{name, 0, mean_s, skewed, ""}, name, {}});
  for (const double level : {0.5, 0.95}) {
    const Requested asked = quantile(name, level);
    // P(T > t) = e^(−t / 60 s).
    trial.asked.push_back({{level == 0.5 ? "q50(time.first-detection)" : "q95(time.first-detection)", 0,
                            -mean_s * std::log(1 - level), "", "ranks move in steps: at least 95%"},
                           asked.name,
                           asked});
  }
  return trial;
}

/// Of raids in which drones share a draw: leakers and their share of ten.
Trial shared_trial(const std::string& which, const std::vector<Change>& changes, double leakers,
                   const char* why_narrow) {
  Trial trial;
  trial.experiment = std::make_shared<const Experiment>(COVERAGE_FOLDER "/shared-luck.yaml", changes);
  constexpr double drones = 10;
  for (const auto& [name, truth] : {std::pair{"leakers", leakers}, {"leak-fraction", leakers / drones}}) {
    trial.measures.push_back(trial.experiment->find(name));
    trial.asked.push_back({{name + which, 0, truth, why_narrow, exact_count}, name, {}});
  }
  return trial;
}

}  // namespace

std::vector<std::unique_ptr<Group>> shared_groups() {
  const Trial alike = shared_trial(", ten drones that share a draw", {}, 0.1, "");
  const Trial mixed =
      shared_trial(", mostly one or all ten drones that share a draw",
                   {{"weapons.round.pk.drone.from", "{discrete: {1: 0.99, 0.9: 0.005, 0: 0.005}}"}}, 0.055,
                   "while no raid is seen in which all ten leak, nothing tells that there are any");
  std::vector<std::unique_ptr<Group>> groups;
  for (const Experiments& count : {Experiments{100, 300, 4000}, {200, 300, 4000}, {1000, 300, 4000}}) {
    groups.push_back(std::make_unique<RunGroup>("shared-alike-" + std::to_string(count.n), alike, count));
    groups.push_back(std::make_unique<RunGroup>("shared-mixed-" + std::to_string(count.n), mixed, count));
  }
  return groups;
}

std::vector<std::unique_ptr<Group>> run_groups() {
  std::vector<std::unique_ptr<Group>> groups;
  const Trial raid = RaidTrial().trial(), late = late_trial();
  for (const Experiments& count :
       {Experiments{100, 300, 4000}, {200, 300, 4000}, {1000, 300, 4000}, {20'000, 40, 2000}}) {
    groups.push_back(std::make_unique<RunGroup>("raid-" + std::to_string(count.n), raid, count));
    groups.push_back(std::make_unique<RunGroup>("late-" + std::to_string(count.n), late, count));
  }
  return groups;
}

}  // namespace dronewall::coverage
