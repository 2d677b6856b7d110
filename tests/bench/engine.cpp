#include "engine.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "dronewall/kinds/kinds.hpp"
#include "dronewall/pricing/pricing.hpp"
#include "dronewall/scenario/read.hpp"

namespace bench {

using namespace dronewall;

Scenario load(const std::string& file, const std::vector<std::string>& changes) {
  ReadOptions options;
  for (const std::string& change : changes) {
    const std::size_t equals = change.find('=');
    options.changes.push_back({change.substr(0, equals), change.substr(equals + 1)});
  }
  Sources sources;
  Problems problems(sources);
  DiskFiles files(file, {DRONEWALL_SOURCE_DIR "/scenarios"});
  const ScenarioDescription description = read_scenario(file, files, kind_tables(), options, problems);
  Scenario scenario{Model::compile(description, all_kinds(), problems), {}};
  if (scenario.model) {
    const LedgerLayout& layout = scenario.model->layout();
    const auto place_of = [&](const std::string& item) { return place_of_item(description, item); };
    const Pricing pricing = price(layout, description.prices, place_of, problems);
    scenario.measures = layout.measures;
    scenario.measures.insert(scenario.measures.end(), pricing.measures.begin(), pricing.measures.end());
  }
  if (problems.has_errors()) throw std::runtime_error(problems.text());
  return scenario;
}

void Counter::add(double kills, double shots, double leaks, double events) {
  const auto add_to = [](Sums& sums, double x) {
    sums.sum += x;
    sums.squares += x * x;
  };
  add_to(kills_, kills);
  add_to(shots_, shots);
  add_to(leaks_, leaks);
  events_ += events;
  ++rows_;
}

Counts Counter::counts() const {
  const auto mean_of = [&](const Sums& sums) {
    const double mean = sums.sum / rows_;
    const double variance = std::max(0.0, sums.squares / rows_ - mean * mean) * rows_ / (rows_ - 1);
    return Mean{mean, std::sqrt(variance / rows_)};
  };
  return {mean_of(kills_), mean_of(shots_), mean_of(leaks_), events_ / rows_};
}

Runner::Runner(const Model& model, std::uint64_t seed)
    : replication_(model, {.seed = seed}),
      kills_(model.layout().column("kills").value()),
      leaks_(model.layout().column("leakers").value()),
      row_(model.layout().columns.size()) {
  for (std::uint32_t column = 0; column < row_.size(); ++column)
    if (model.layout().columns[column].name.rfind("rounds.", 0) == 0) rounds_.push_back(column);
}

void Runner::run(std::uint32_t number) {
  replication_.run(number, row_.data());
  std::int64_t shots = 0;
  for (const std::uint32_t column : rounds_) shots += row_[column];
  counter_.add(static_cast<double>(row_[kills_]), static_cast<double>(shots),
               static_cast<double>(row_[leaks_]), static_cast<double>(replication_.events()));
}

Counts count(const Model& model, std::uint32_t replications, std::uint64_t seed) {
  Runner runner(model, seed);
  for (std::uint32_t k = 0; k < replications; ++k) runner.run(k);
  return runner.counts();
}

double distance(const Counts& ours, const Counts& theirs) {
  const auto between = [](Mean a, Mean b) {
    return std::abs(a.mean - b.mean) / std::hypot(a.error, b.error);
  };
  return std::max({between(ours.kills, theirs.kills), between(ours.shots, theirs.shots),
                   between(ours.leaks, theirs.leaks)});
}

}  // namespace bench
