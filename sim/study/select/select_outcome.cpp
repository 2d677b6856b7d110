// What a selection ends with: the winner on fresh luck, the set, the front, the words for each mix.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "study/select/selector.hpp"

namespace dronewall {
namespace {

/// Replications of the winner begin here; the selection's own stay below.
constexpr std::uint64_t first_fresh_replication = std::uint64_t{1} << 31;

}  // namespace

/// Mixes that satisfy and that the first stage does not tell from the best; the winner is one of them.
std::vector<std::size_t> Selector::like_best_at_first() const {
  const std::vector<std::size_t> met =
      mixes_that([](const Mix& mix) { return mix.state == MixState::met && !mix.is_dropped; });
  std::vector<std::size_t> kept;
  for (const std::size_t place : indistinguishable_from_best(
           met.size(), differences_of(*trials_, systems_of(met), FigurePlan::objective, sign_, first_rounds_),
           shares_.set / 2))
    kept.push_back(met[place]);
  if (std::find(kept.begin(), kept.end(), *result_.winner) == kept.end()) kept.push_back(*result_.winner);
  return kept;
}

/// As many as are wanted, or as the budget still pays for so many systems.
std::uint64_t Selector::fresh_rounds(std::size_t systems) const {
  const std::uint64_t round = trials_->round();
  const std::uint64_t wanted = std::max(first_rounds_, (plan_.fresh + round - 1) / round);
  if (!plan_.budget) return wanted;
  const std::uint64_t left = *plan_.budget - std::min(*plan_.budget, trials_->replications());
  return std::min(wanted, left / round / systems);
}

/// The winner's constraints, against every answer.
void Selector::judge_fresh(const Trials& fresh, Mix& winner) {
  const double statements =
      static_cast<double>(std::max<std::size_t>(1, plan_.constraints.size()) * winner.systems().size());
  for (Mix::Answer& answer : winner.answers)
    for (std::size_t c = 0; answer.is_admissible && c < plan_.constraints.size(); ++c)
      answer.verdicts[c] = judge(fresh, answer.system, figures_, figure_of(c), plan_.constraints[c],
                                 shares_.fresh / statements);
}

/// The winner on replications that chose nothing, and with it all that the first stage did not tell from the
/// best, to see which of them cannot be told from it now. A budget that is too small for that pays for the
/// winner alone, and the set is the first stage's.
void Selector::run_fresh() {
  if (!result_.winner || trials_->was_stopped()) return;
  std::vector<std::size_t> kept = like_best_at_first();
  Mix winner = mixes_[*result_.winner];
  const std::size_t other_answers = winner.systems().size() - 1;
  if (fresh_rounds(kept.size() + other_answers) < fewest_rounds) {
    for (const std::size_t i : kept) result_.mixes[i].is_like_best = true;
    kept = {*result_.winner};
  }
  begin_stage(fmt::format("fresh replications of {}", counted_mixes(kept.size())), StageLength::known);
  Trials fresh(space_, plan_, figures_.figures, first_fresh_replication);
  if (plan_.progress)
    fresh.watch([this, before = run_](const Trials::Progress& progress) { show(progress, before); });
  std::vector<std::size_t> systems, all;
  for (const std::size_t i : kept) {
    const Mix& mix = mixes_[i];
    systems.push_back(fresh.add({mix.at, mix.answers[mix.best_answer].at}));
    all.push_back(systems.back());
    if (i != *result_.winner) continue;
    for (std::size_t a = 0; a < winner.answers.size(); ++a) {
      Mix::Answer& answer = winner.answers[a];
      if (a != winner.best_answer && answer.is_admissible) all.push_back(fresh.add({mix.at, answer.at}));
      answer.system = a == winner.best_answer ? systems.back() : all.back();
    }
  }
  fresh.run(all, fresh_rounds(all.size()));
  result_.replications += fresh.replications();
  result_.remembered += fresh.remembered();
  if (fresh.was_stopped()) return;
  for (const std::size_t place :
       indistinguishable_from_best(kept.size(),
                                   differences_of(fresh, systems, FigurePlan::objective, sign_,
                                                  std::numeric_limits<std::uint64_t>::max()),
                                   shares_.set / 2))
    result_.mixes[kept[place]].is_like_best = true;
  judge_fresh(fresh, winner);
  describe(fresh, winner, result_.fresh);
}

/// The one against which the figure is greatest by the means of the first stage.
const Mix::Answer& Selector::worst_answer(const Mix& mix, std::size_t figure) const {
  const Mix::Answer* worst = &mix.answers[mix.best_answer];
  const auto value = [&](const Mix::Answer& answer) {
    return trials_->of(answer.system, figure).value(first_rounds_);
  };
  for (const Mix::Answer& answer : mix.answers) {
    // A stop may have left some out.
    if (!answer.is_admissible || trials_->rounds(answer.system) < first_rounds_) continue;
    if (value(answer) > value(*worst)) worst = &answer;
  }
  return *worst;
}

/// On the first stage, which all mixes have gone through alike. Against an attacker who answers a mix stands
/// where its cost and its leakage each are worst: nobody knows which of the two he is after.
void Selector::draw_front() {
  if (!figures_.cost || !figures_.leakage) return;
  const std::vector<std::size_t> there = mixes_that([&](const Mix& mix) {
    return mix.state != MixState::failed && trials_->rounds(mix.system()) >= first_rounds_;
  });
  if (there.empty()) return;
  std::vector<std::size_t> of_cost, of_leakage;
  for (const std::size_t i : there) {
    const Mix& mix = mixes_[i];
    const bool is_objective = figures_.cost == FigurePlan::objective;
    of_cost.push_back(is_objective ? mix.system() : worst_answer(mix, *figures_.cost).system);
    const Mix::Answer& leakiest = worst_answer(mix, *figures_.leakage);
    of_leakage.push_back(leakiest.system);
    if (!space_.answers.empty()) result_.mixes[i].leakage_answer = leakiest.at;
  }
  const std::vector<ParetoStanding> standings = pareto_front(
      there.size(), differences_of(*trials_, of_cost, *figures_.cost, 1, first_rounds_),
      differences_of(*trials_, of_leakage, *figures_.leakage, 1, first_rounds_), 1 - plan_.confidence);
  const auto estimate = [&](std::size_t system, std::size_t figure) {
    return bounded_estimate(*trials_, system, figures_, figure, plan_.confidence, first_rounds_);
  };
  for (std::size_t i = 0; i < there.size(); ++i) {
    MixResult& described = result_.mixes[there[i]];
    described.pareto = standings[i];
    described.front_cost = estimate(of_cost[i], *figures_.cost);
    described.front_leakage = estimate(of_leakage[i], *figures_.leakage);
  }
}

void Selector::describe(const Trials& trials, const Mix& mix, MixResult& described) const {
  described.mix = mix.at;
  described.state = mix.state;
  if (mix.state == MixState::failed) {
    for (const Mix::Answer& answer : mix.answers)
      if (described.failure.empty()) described.failure = trials.failure(answer.system);
    return;
  }
  const std::size_t system = mix.system();
  if (trials.rounds(system) == 0) return;
  const auto estimate = [&](std::size_t figure) {
    return bounded_estimate(trials, system, figures_, figure, plan_.confidence);
  };
  described.replications = trials.rounds(system) * trials.round();
  described.objective = estimate(FigurePlan::objective);
  if (figures_.leakage) described.leakage = estimate(*figures_.leakage);
  if (figures_.unresolved) described.unresolved = estimate(*figures_.unresolved).mean.value_or(0);
  described.admissible = mix.systems().size();
  if (!space_.answers.empty()) {
    described.answer = mix.answers[mix.best_answer].at;
    described.attack_cost = estimate(*figures_.attack);
  }
  for (std::size_t c = 0; c < plan_.constraints.size(); ++c) {
    const Mix::Answer* worst = &mix.answers[mix.best_answer];
    for (const Mix::Answer& answer : mix.answers)
      if (answer.is_admissible && excess_of(trials, answer.system, figure_of(c), plan_.constraints[c]) >
                                      excess_of(trials, worst->system, figure_of(c), plan_.constraints[c]))
        worst = &answer;
    HeldVerdict held{LimitVerdict::met, false};
    for (const Mix::Answer& answer : mix.answers) {
      if (!answer.is_admissible || held.verdict == LimitVerdict::broken) continue;
      if (answer.verdicts[c].verdict == LimitVerdict::met) continue;
      const bool hangs = held.hangs_on_aloft || answer.verdicts[c].hangs_on_aloft;
      held = {answer.verdicts[c].verdict, hangs};
    }
    described.constraints.push_back(
        {bounded_estimate(trials, worst->system, figures_, figure_of(c), plan_.confidence), held.verdict,
         held.verdict == LimitVerdict::open && held.hangs_on_aloft,
         space_.answers.empty() ? std::nullopt : std::optional(worst->at)});
  }
}

void Selector::finish() {
  if (result_.search && result_.winner) {
    std::vector<std::uint32_t> levels;
    for (const ChoiceAxis& axis : space_.choices)
      levels.push_back(static_cast<std::uint32_t>(axis.levels.size()));
    for (const LatticePoint& near : neighbours_of(mixes_[*result_.winner].at, levels, 1)) {
      ++result_.search->neighbours;
      result_.search->neighbours_visited +=
          std::any_of(mixes_.begin(), mixes_.end(), [&](const Mix& mix) { return mix.at == near; });
    }
  }
  result_.replications += trials_->replications();
  result_.remembered += trials_->remembered();
  result_.was_stopped = trials_->was_stopped();
  result_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

}  // namespace dronewall
