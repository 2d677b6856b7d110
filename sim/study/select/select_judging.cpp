// The middle of a selection: the attacker's answers, who satisfies, who is best.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "study/select/selector.hpp"

namespace dronewall {

/// What the attacker does best against each mix: the answer that costs the defender most.
void Selector::answer_all() {
  if (answers_.size() < 2) return;
  begin_stage("the attacker's best answers", StageLength::open);
  for (Mix& mix : mixes_) {
    if (mix.state == MixState::failed || trials_->was_stopped()) continue;
    const std::vector<std::size_t> systems = mix.systems();
    const ContestResult told = plan_.budget ? ContestResult{}
                                            : select_by_kim_nelson(*trials_, contest(systems, -sign_),
                                                                   shares_.answers / count(), cap_rounds_);
    if (plan_.budget) continue;  // what looks worst in the first stage has to do
    for (std::size_t a = 0; a < mix.answers.size(); ++a)
      if (mix.answers[a].system == systems[told.best]) mix.best_answer = a;
    if (!told.is_told) result_.promised.reset();
  }
}

void Selector::look(Mix& mix, double alpha) {
  bool all_met = true;
  mix.hangs_on_aloft = false;
  for (Mix::Answer& answer : mix.answers) {
    if (!answer.is_admissible) continue;
    for (std::size_t c = 0; c < plan_.constraints.size(); ++c) {
      HeldVerdict& held = answer.verdicts[c];
      if (held.verdict == LimitVerdict::open)
        held = judge(*trials_, answer.system, figures_, figure_of(c), plan_.constraints[c], alpha);
      if (held.verdict == LimitVerdict::broken) mix.state = MixState::broken;
      all_met = all_met && held.verdict == LimitVerdict::met;
      mix.hangs_on_aloft = mix.hangs_on_aloft || held.hangs_on_aloft;
    }
  }
  if (mix.state == MixState::open && all_met) mix.state = MixState::met;
}

/// Drops mixes that are shown to be worse than the best-looking one that satisfies.
void Selector::drop_dearer(double alpha) {
  const std::vector<std::size_t> met =
      mixes_that([](const Mix& mix) { return mix.state == MixState::met && !mix.is_dropped; });
  if (met.empty()) return;
  const std::size_t best = *std::min_element(met.begin(), met.end(), [&](std::size_t a, std::size_t b) {
    return value_of(mixes_[a]) < value_of(mixes_[b]);
  });
  for (std::size_t i = 0; i < mixes_.size(); ++i) {
    Mix& mix = mixes_[i];
    if (i == best || mix.is_dropped || !(mix.state == MixState::met || mix.state == MixState::open)) continue;
    const MeanDifference above =
        differences_of(*trials_, {mix.system(), mixes_[best].system()}, FigurePlan::objective, sign_,
                       std::numeric_limits<std::uint64_t>::max())(0, 1);
    // The other's worst answer may cost more than the one that was found, by the indifference zone.
    const double margin = answers_.size() > 1 ? indifference_ : 0;
    const double doubt =
        above.se > 0 ? student_t_quantile(1 - alpha, static_cast<double>(above.n - 1)) * above.se : 0;
    if (!(above.mean > margin + doubt)) continue;
    mix.is_dropped = true;
    if (mix.state == MixState::open) mix.state = MixState::dearer;
  }
}

std::vector<std::size_t> Selector::open_systems() const {
  std::vector<std::size_t> systems;
  for (const Mix& mix : mixes_)
    if (mix.state == MixState::open && !mix.hangs_on_aloft)
      for (const std::size_t system : mix.systems()) systems.push_back(system);
  return systems;
}

/// Of a budget, judging may take half of what is left at each look: the rest is for ranking.
bool Selector::may_go_on(const std::vector<std::size_t>& systems, std::uint64_t rounds) const {
  if (trials_->was_stopped()) return false;
  if (!plan_.budget) return true;
  std::uint64_t more = 0;
  for (const std::size_t system : systems) more += rounds - std::min(rounds, trials_->rounds(system));
  return 2 * more * trials_->round() <= budget_left();
}

/// Looks after first, 2 first, 4 first … rounds, until each mix is told, dropped, or at the cap.
void Selector::judge_all() {
  double looks = 1;
  for (std::uint64_t rounds = first_rounds_; rounds < cap_rounds_; rounds *= 2) ++looks;
  const double k = count();
  const double verdicts =
      k * static_cast<double>(answers_.size() * std::max<std::size_t>(plan_.constraints.size(), 1));
  const double pairs = std::max(1.0, k * (k - 1));
  for (std::uint64_t rounds = first_rounds_;; rounds = std::min(2 * rounds, cap_rounds_)) {
    for (Mix& mix : mixes_)
      if (mix.state == MixState::open) look(mix, shares_.requirements / verdicts / looks);
    drop_dearer(shares_.pruning / pairs / looks);
    const std::vector<std::size_t> systems = open_systems();
    const std::uint64_t next = std::min(2 * rounds, cap_rounds_);
    if (systems.empty() || rounds >= cap_rounds_ || !may_go_on(systems, next)) return;
    begin_stage(fmt::format("telling {} from their limits",
                            counted_mixes(mixes_that([](const Mix& mix) {
                                            return mix.state == MixState::open && !mix.hangs_on_aloft;
                                          }).size())),
                StageLength::open);
    trials_->run(systems, next);
  }
}

void Selector::rank() {
  const std::vector<std::size_t> contenders =
      mixes_that([](const Mix& mix) { return mix.state == MixState::met && !mix.is_dropped; });
  if (contenders.empty() || trials_->was_stopped()) return;
  begin_stage(fmt::format("ranking of {}", counted_mixes(contenders.size())), StageLength::open);
  const Contest held = contest(systems_of(contenders), sign_);
  const double k = count();
  ContestResult told;
  if (plan_.budget) {
    told = select_by_ocba(*trials_, held, budget_left() / trials_->round());
  } else if (contenders.size() > 1) {
    // Pairs with mixes that were dropped before count as well: who they are is chance.
    const double share = static_cast<double>(contenders.size() - 1) / (k - 1);
    told = select_by_kim_nelson(*trials_, held, shares_.ranking * share, cap_rounds_);
  }
  result_.winner = contenders[told.best];
  if (!told.is_told) result_.promised.reset();
  result_.estimated =
      probability_of_correct_selection(contenders.size(), told.best,
                                       differences_of(*trials_, held.systems, FigurePlan::objective, sign_,
                                                      std::numeric_limits<std::uint64_t>::max()),
                                       result_.indifference);
}

}  // namespace dronewall
