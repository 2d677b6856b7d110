#include "study/select/select_mixes.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "dronewall/core/contracts.hpp"
#include "study/run/wanted.hpp"

namespace dronewall {
namespace {

Requested plain(const std::string& name) { return {Requested::Kind::plain, name, name}; }

/// Whether intruders still aloft could change the figure.
bool depends_on_aloft(const TrialFigure& figure, const SystemPart& part) {
  const auto form = [&](Aloft aloft) { return FigureReader({figure, aloft}, part).form(); };
  return form(Aloft::stopped) != form(Aloft::left_out) || form(Aloft::worst) != form(Aloft::left_out);
}

/// As a run bounds them: ratios and costs.
bool is_bounded(const TrialFigure& figure, const SystemPart& part) {
  if (figure.kind != Requested::Kind::plain) return false;
  return figure.measure.starts_with("cost.") || find_measure(part.measures, figure.measure)->denominator;
}

/// The objective, the leakage and the cost as a run bounds them, and all that is held to a limit.
void add_endings(FigurePlan& figures, const SystemPart& part) {
  const std::size_t count = figures.figures.size();
  figures.endings.resize(count);
  if (part.layout->unresolved.empty()) return;
  for (std::size_t f = 0; f < count; ++f) {
    const TrialFigure figure = figures.figures[f];
    const bool is_shown = f == FigurePlan::objective || f == figures.cost || f == figures.leakage;
    if (f < figures.first_constraint && !(is_shown && is_bounded(figure, part))) continue;
    const auto same = [&](std::size_t other) { return figures.figures[other].name == figure.name; };
    for (std::size_t other = 0; other < f && !figures.endings[f]; ++other)
      if (same(other)) figures.endings[f] = figures.endings[other];
    if (figures.endings[f] || !depends_on_aloft(figure, part)) continue;
    figures.endings[f] = {figures.figures.size(), figures.figures.size() + 1};
    figures.figures.push_back({figure, Aloft::stopped});
    figures.figures.push_back({figure, Aloft::worst});
  }
}

/// One replication with the whole of what it could hold, or with nothing, where so much is allowed: the worst
/// and the best of a share, and of a sum of events as long as none was seen.
void add_extremes(ExcessSample& sample, double whole, double allowed, double sign, double round) {
  const double nobody = sign * (0 - allowed), everybody = sign * (whole - allowed);
  const auto round_with = [&](double replication) {
    return sample.mean + (replication - sample.mean) / round;
  };
  sample.least = round_with(std::min(nobody, everybody));
  sample.greatest = round_with(std::max(nobody, everybody));
}

ExcessSample excess_sample(const Trials& trials, std::size_t system, std::size_t figure,
                           const Constraint& constraint) {
  const Observations& seen = trials.of(system, figure);
  const double sign = constraint.side == Limit::at_most ? 1 : -1;
  Observations excess;
  excess.numerators.reserve(seen.count());
  double below = 0;
  for (std::uint64_t k = 0; k < seen.count(); ++k) {
    const double denominator = seen.denominators.empty() ? 1 : seen.denominators[k];
    excess.numerators.push_back(sign * (seen.numerators[k] - constraint.bound * denominator));
    below += denominator / static_cast<double>(seen.count());
  }
  ExcessSample sample;
  sample.n = seen.count();
  sample.mean = excess.value(sample.n);
  sample.variance = excess.variance(sample.n);
  const double whole = trials.whole(system, figure), round = static_cast<double>(trials.round());
  if (trials.kind(figure).is_share)
    add_extremes(sample, whole, constraint.bound * whole, sign, round);
  else if (whole > 0 && seen.value(sample.n) == 0)
    add_extremes(sample, whole, constraint.bound * below, sign, round);
  return sample;
}

}  // namespace

FigurePlan plan_figures(const SelectPlan& plan, const SystemPart& part) {
  FigurePlan figures;
  const auto add = [&](const Requested& requested) {
    figures.figures.push_back({requested, Aloft::left_out});
    return figures.figures.size() - 1;
  };
  const auto add_if_there = [&](const std::string& name) -> std::optional<std::size_t> {
    if (find_measure(part.measures, name) == nullptr) return std::nullopt;
    return add(plain(name));
  };
  add(plan.objective);
  const bool is_cost =
      plan.objective.kind == Requested::Kind::plain && plan.objective.name.starts_with("cost.");
  figures.cost = is_cost ? std::optional(FigurePlan::objective) : add_if_there("cost.defender.full");
  figures.leakage = plan.objective.name == "leak-fraction" ? std::optional(FigurePlan::objective)
                                                           : add_if_there("leak-fraction");
  figures.unresolved = add_if_there("unresolved");
  if (plan.attacker_budget) figures.attack = add(plain("cost.attacker"));
  figures.first_constraint = figures.figures.size();
  for (const Constraint& constraint : plan.constraints) add(constraint.left);
  if (figures.unresolved) add_endings(figures, part);
  figures.endings.resize(figures.figures.size());
  return figures;
}

const FigurePlan::Endings* FigurePlan::endings_of(const Trials& trials, std::size_t system,
                                                  std::size_t figure) const {
  if (!endings[figure]) return nullptr;
  const Observations& aloft = trials.of(system, *unresolved);
  return aloft.value(aloft.count()) > 0 ? &*endings[figure] : nullptr;
}

ErrorShares shares_of(double confidence, bool is_answered) {
  const double share = (1 - confidence) / 16;
  return {.requirements = 6 * share,
          .pruning = 2 * share,
          .answers = is_answered ? 2 * share : 0,
          .ranking = is_answered ? 3 * share : 5 * share,
          .set = 2 * share,
          .fresh = share};
}

std::vector<std::size_t> Mix::systems() const {
  std::vector<std::size_t> systems;
  for (const Answer& answer : answers)
    if (answer.is_admissible) systems.push_back(answer.system);
  return systems;
}

LimitVerdict judge(const Trials& trials, std::size_t system, std::size_t figure, const Constraint& constraint,
                   double alpha) {
  const Observations& seen = trials.of(system, figure);
  if (!trials.kind(figure).is_probability || !seen.denominators.empty())
    return judge_excess(excess_sample(trials, system, figure, constraint), alpha);
  const double sum = std::accumulate(seen.numerators.begin(), seen.numerators.end(), 0.0);
  const std::uint64_t n = seen.count() * trials.round();
  const auto hits = static_cast<std::uint64_t>(std::llround(sum * static_cast<double>(trials.round())));
  return judge_probability(hits, n, constraint.side, constraint.bound, alpha);
}

HeldVerdict judge(const Trials& trials, std::size_t system, const FigurePlan& figures, std::size_t figure,
                  const Constraint& constraint, double alpha) {
  const LimitVerdict seen = judge(trials, system, figure, constraint, alpha);
  const FigurePlan::Endings* endings = figures.endings_of(trials, system, figure);
  if (endings == nullptr) return {seen, false};
  const LimitVerdict stopped = judge(trials, system, endings->stopped, constraint, alpha);
  const LimitVerdict worst = judge(trials, system, endings->worst, constraint, alpha);
  if (seen == stopped && seen == worst) return {seen, false};
  const bool are_told = stopped != LimitVerdict::open && worst != LimitVerdict::open;
  return {LimitVerdict::open, are_told && stopped != worst};
}

Estimate bounded_estimate(const Trials& trials, std::size_t system, const FigurePlan& figures,
                          std::size_t figure, double confidence, std::uint64_t most) {
  Estimate made = trials.estimate(system, figure, confidence, most);
  const FigurePlan::Endings* endings = figures.endings_of(trials, system, figure);
  if (endings == nullptr || !made.mean) return made;
  const auto value = [&](std::size_t ending) {
    const Observations& seen = trials.of(system, ending);
    return seen.value(std::min(most, seen.count()));
  };
  const auto [low, high] = std::minmax({value(endings->stopped), value(endings->worst)});
  const double slack = 1e-12 * std::max(std::abs(low), std::abs(high));
  if (std::isfinite(low) && std::isfinite(high) && high - low > slack) made.bounds = {low, high};
  return made;
}

double excess_of(const Trials& trials, std::size_t system, std::size_t figure, const Constraint& constraint) {
  const Observations& seen = trials.of(system, figure);
  const double value = seen.value(seen.count());
  // A ratio whose denominator never came has nothing beyond its limit.
  if (!std::isfinite(value)) return 0;
  return constraint.side == Limit::at_most ? value - constraint.bound : constraint.bound - value;
}

std::vector<LatticePoint> all_points(const std::vector<ChoiceAxis>& axes) {
  std::vector<LatticePoint> points = {{}};
  for (const ChoiceAxis& axis : axes) {
    std::vector<LatticePoint> longer;
    for (const LatticePoint& point : points)
      for (std::uint32_t level = 0; level < axis.levels.size(); ++level) {
        longer.push_back(point);
        longer.back().push_back(level);
      }
    points = std::move(longer);
  }
  return points;
}

}  // namespace dronewall
