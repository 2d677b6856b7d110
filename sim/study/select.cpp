#include "dronewall/study/select.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "dronewall/core/contracts.hpp"
#include "study/select_mixes.hpp"

namespace dronewall {
namespace {

/// Fewer observations than this make the first stage's variances too uncertain for KN to be economical.
constexpr std::uint64_t fewest_first_rounds = 20;
/// Replications of the winner begin here; the selection's own stay below.
constexpr std::uint64_t first_fresh_replication = std::uint64_t{1} << 31;

class Selector {
 public:
  Selector(const SelectSpace& space, const SelectPlan& plan);
  SelectResult result();

 private:
  // The stages, in their order.
  void add_mixes(const std::vector<LatticePoint>& points);
  void search();
  void settle_indifference();
  void answer_all();
  void judge_all();
  void rank();
  void run_fresh();
  void draw_front();

  void look(Mix& mix, double alpha);
  void drop_dearer(double alpha);
  [[nodiscard]] std::vector<std::size_t> open_systems() const;
  [[nodiscard]] bool may_go_on() const;
  [[nodiscard]] Appearance appearance_of(const Mix& mix) const;
  void choose_answer(Mix& mix) const;
  [[nodiscard]] double value_of(const Mix& mix) const;
  [[nodiscard]] std::vector<std::size_t> mixes_that(const std::function<bool(const Mix&)>& test) const;
  [[nodiscard]] std::vector<std::size_t> systems_of(const std::vector<std::size_t>& mixes) const;
  [[nodiscard]] Contest contest(const std::vector<std::size_t>& systems, double sign) const;
  [[nodiscard]] double count() const;
  [[nodiscard]] std::size_t figure_of(std::size_t constraint) const {
    return figures_.first_constraint + constraint;
  }
  void tell(const std::string& stage) const {
    if (plan_.progress) plan_.progress(stage, trials_->replications());
  }

  void describe(const Trials& trials, const Mix& mix, MixResult& described) const;
  void finish();

  const SelectSpace& space_;
  const SelectPlan& plan_;
  const std::vector<LatticePoint> answers_;
  const ErrorShares shares_;
  const double sign_;
  FigurePlan figures_;
  std::optional<Trials> trials_;
  std::uint64_t first_rounds_ = 0, cap_rounds_ = 0;
  std::vector<Mix> mixes_;
  double indifference_ = 0;  // of each of the contests
  SelectResult result_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

/// Any part that compiles: to know the measures.
SystemPart probe(const SelectSpace& space) {
  std::string why, first;
  const auto try_mix = [&](const LatticePoint& mix) {
    std::optional<SystemPart> part = space.make(mix, LatticePoint(space.answers.size(), 0), 0, why);
    if (first.empty()) first = why;
    return part;
  };
  LatticePoint mix(space.choices.size(), 0);
  if (auto part = try_mix(mix)) return std::move(*part);
  for (std::size_t c = 0; c < mix.size(); ++c)
    mix[c] = static_cast<std::uint32_t>(space.choices[c].levels.size() - 1);
  if (auto part = try_mix(mix)) return std::move(*part);
  throw CannotSelect(fmt::format("neither the first mix nor the last can be compiled: {}", first));
}

double number_of_points(const std::vector<ChoiceAxis>& axes) {
  double points = 1;
  for (const ChoiceAxis& axis : axes) points *= static_cast<double>(axis.levels.size());
  return points;
}

Selector::Selector(const SelectSpace& space, const SelectPlan& plan)
    : space_(space),
      plan_(plan),
      answers_(all_points(space.answers)),
      shares_(shares_of(plan.confidence, answers_.size() > 1)),
      sign_(plan.aim == SelectPlan::Aim::minimise ? 1 : -1),
      figures_(plan_figures(plan, probe(space))) {
  trials_.emplace(space_, plan_, figures_.figures, 0);
  const std::uint64_t round = trials_->round();
  first_rounds_ = std::max(fewest_first_rounds, (plan.first + round - 1) / round);
  cap_rounds_ = std::max(first_rounds_, plan.cap / round);
  result_.choices = space.choices;
  result_.answers = space.answers;
  result_.uncertain_points = space.uncertain_points;
  result_.ranking = plan.budget ? Ranking::ocba : Ranking::kim_nelson;
  result_.round = round;
}

// ---- The first stage
// --------------------------------------------------------------------------------------------

void Selector::add_mixes(const std::vector<LatticePoint>& points) {
  std::vector<std::size_t> systems;
  const std::size_t begin = mixes_.size();
  for (const LatticePoint& point : points) {
    Mix& mix = mixes_.emplace_back();
    mix.at = point;
    for (const LatticePoint& answer : answers_) {
      mix.answers.push_back({answer, trials_->add({point, answer}), true, {}});
      mix.answers.back().verdicts.assign(plan_.constraints.size(), LimitVerdict::open);
      systems.push_back(mix.answers.back().system);
    }
  }
  trials_->run(systems, first_rounds_);
  for (std::size_t i = begin; i < mixes_.size(); ++i) choose_answer(mixes_[i]);
  tell(fmt::format("{} mixes in the first stage", mixes_.size()));
}

/// Drops answers that the attacker cannot pay, and takes the one that looks worst for the defender.
void Selector::choose_answer(Mix& mix) const {
  std::optional<std::size_t> best;
  double cheapest = std::numeric_limits<double>::infinity();
  for (std::size_t a = 0; a < mix.answers.size(); ++a) {
    Mix::Answer& answer = mix.answers[a];
    if (!trials_->failure(answer.system).empty()) mix.state = MixState::failed;
    if (mix.state == MixState::failed || trials_->rounds(answer.system) < first_rounds_) return;
    if (figures_.attack) {
      const double cost = trials_->of(answer.system, *figures_.attack).value(first_rounds_);
      cheapest = std::min(cheapest, cost);
      // Rounding of a sum of prices is no reason to refuse an answer that costs the budget exactly.
      answer.is_admissible = cost <= *plan_.attacker_budget * (1 + 1e-9);
    }
    if (!answer.is_admissible) continue;
    const auto value = [&](std::size_t at) {
      return sign_ * trials_->of(mix.answers[at].system, FigurePlan::objective).value(first_rounds_);
    };
    if (!best || value(a) > value(*best)) best = a;
  }
  if (!best)
    throw CannotSelect(
        fmt::format("no answer of the attacker costs {:.6g} or less: the cheapest costs {:.6g} in "
                    "the mean (raise attacker.budget, or let a count be smaller)",
                    *plan_.attacker_budget, cheapest));
  mix.best_answer = *best;
}

double Selector::value_of(const Mix& mix) const {
  const Observations& seen = trials_->of(mix.system(), FigurePlan::objective);
  return sign_ * seen.value(seen.count());
}

Appearance Selector::appearance_of(const Mix& mix) const {
  constexpr double never = std::numeric_limits<double>::infinity();
  if (mix.state == MixState::failed || trials_->rounds(mix.system()) < first_rounds_) return {never, never};
  Appearance appearance{0, value_of(mix)};
  for (std::size_t c = 0; c < plan_.constraints.size(); ++c) {
    const Constraint& constraint = plan_.constraints[c];
    double worst = 0;
    for (const std::size_t system : mix.systems())
      worst = std::max(worst, excess_of(*trials_, system, figure_of(c), constraint));
    appearance.violation += constraint.bound != 0 ? worst / std::abs(constraint.bound) : worst;
  }
  return appearance;
}

void Selector::search() {
  LatticeSearchPlan plan;
  for (const ChoiceAxis& axis : space_.choices)
    plan.levels.push_back(static_cast<std::uint32_t>(axis.levels.size()));
  plan.most_points = plan_.search_points;
  plan.seed = plan_.seed;
  const LatticeSearchResult found = search_lattice(plan, [this](const std::vector<LatticePoint>& points) {
    const std::size_t begin = mixes_.size();
    add_mixes(points);
    std::vector<Appearance> looks;
    for (std::size_t i = begin; i < mixes_.size(); ++i) looks.push_back(appearance_of(mixes_[i]));
    return looks;
  });
  result_.search = SearchReport{found.points, found.visited.size(), found.is_local_optimum, 0, 0};
}

/// Mixes that can be simulated.
double Selector::count() const {
  return static_cast<double>(mixes_that([](const Mix& mix) { return mix.state != MixState::failed; }).size());
}

std::vector<std::size_t> Selector::mixes_that(const std::function<bool(const Mix&)>& test) const {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < mixes_.size(); ++i)
    if (test(mixes_[i])) found.push_back(i);
  return found;
}

std::vector<std::size_t> Selector::systems_of(const std::vector<std::size_t>& mixes) const {
  std::vector<std::size_t> systems;
  for (const std::size_t mix : mixes) systems.push_back(mixes_[mix].system());
  return systems;
}

void Selector::settle_indifference() {
  double best = std::numeric_limits<double>::infinity(), largest = 0, of_best = 0;
  for (const Mix& mix : mixes_) {
    if (mix.state == MixState::failed) continue;
    const double value = value_of(mix);
    largest = std::max(largest, std::abs(value));
    const Appearance appearance = appearance_of(mix);
    if (appearance.violation == 0 && value < best) best = value, of_best = std::abs(value);
  }
  const double scale = of_best > 0 ? of_best : largest;
  result_.indifference = plan_.indifference.value_or(plan_.relative_indifference * scale);
  // All is 0: whatever is chosen is the best, and the procedure only needs a number above 0.
  if (!(result_.indifference > 0)) result_.indifference = 1e-12;
  indifference_ = answers_.size() > 1 ? result_.indifference / 2 : result_.indifference;
}

Contest Selector::contest(const std::vector<std::size_t>& systems, double sign) const {
  return {systems, FigurePlan::objective, sign, first_rounds_, indifference_};
}

// ---- The attacker's answers, requirements, ranking
// --------------------------------------------------------------------------

/// What the attacker does best against each mix: the answer that costs the defender most.
void Selector::answer_all() {
  if (answers_.size() < 2) return;
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
    tell("the attacker's answers");
  }
}

void Selector::look(Mix& mix, double alpha) {
  bool all_met = true;
  for (Mix::Answer& answer : mix.answers) {
    if (!answer.is_admissible) continue;
    for (std::size_t c = 0; c < plan_.constraints.size(); ++c) {
      LimitVerdict& verdict = answer.verdicts[c];
      if (verdict == LimitVerdict::open)
        verdict = judge(*trials_, answer.system, figure_of(c), plan_.constraints[c], alpha);
      if (verdict == LimitVerdict::broken) mix.state = MixState::broken;
      all_met = all_met && verdict == LimitVerdict::met;
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
    if (mix.state == MixState::open)
      for (const std::size_t system : mix.systems()) systems.push_back(system);
  return systems;
}

bool Selector::may_go_on() const {
  return !trials_->was_stopped() && (!plan_.budget || trials_->replications() < *plan_.budget / 2);
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
    tell(fmt::format("{} mixes are not told from their constraints",
                     mixes_that([](const Mix& mix) { return mix.state == MixState::open; }).size()));
    if (systems.empty() || rounds >= cap_rounds_ || !may_go_on()) return;
    trials_->run(systems, std::min(2 * rounds, cap_rounds_));
  }
}

void Selector::rank() {
  const std::vector<std::size_t> contenders =
      mixes_that([](const Mix& mix) { return mix.state == MixState::met && !mix.is_dropped; });
  if (contenders.empty() || trials_->was_stopped()) return;
  tell(fmt::format("ranking {} mixes that satisfy", contenders.size()));
  const Contest held = contest(systems_of(contenders), sign_);
  const double k = count();
  ContestResult told;
  if (plan_.budget) {
    const std::uint64_t spent = std::min(trials_->replications(), *plan_.budget);
    told = select_by_ocba(*trials_, held, (*plan_.budget - spent) / trials_->round());
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

// ---- Fresh luck, the front, the report
// ----------------------------------------------------------------------------------

/// The winner on replications that chose nothing, and with it all that the first stage did not tell from the
/// best, to see which of them cannot be told from it now.
void Selector::run_fresh() {
  if (!result_.winner || trials_->was_stopped()) return;
  const double each = (1 - plan_.confidence) / 2;  // for the first stage, and for the fresh one
  const std::vector<std::size_t> met =
      mixes_that([](const Mix& mix) { return mix.state == MixState::met && !mix.is_dropped; });
  std::vector<std::size_t> kept;
  for (const std::size_t place : indistinguishable_from_best(
           met.size(), differences_of(*trials_, systems_of(met), FigurePlan::objective, sign_, first_rounds_),
           each))
    kept.push_back(met[place]);
  if (std::find(kept.begin(), kept.end(), *result_.winner) == kept.end()) kept.push_back(*result_.winner);

  tell(fmt::format("fresh replications of {} mixes", kept.size()));
  Trials fresh(space_, plan_, figures_.figures, first_fresh_replication);
  std::vector<std::size_t> systems, all;
  Mix winner = mixes_[*result_.winner];
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
  fresh.run(all, std::max(first_rounds_, (plan_.fresh + fresh.round() - 1) / fresh.round()));
  result_.replications += fresh.replications();
  if (fresh.was_stopped()) return;
  for (const std::size_t place :
       indistinguishable_from_best(kept.size(),
                                   differences_of(fresh, systems, FigurePlan::objective, sign_,
                                                  std::numeric_limits<std::uint64_t>::max()),
                                   each))
    result_.mixes[kept[place]].is_like_best = true;
  const double alpha =
      (1 - plan_.confidence) / static_cast<double>(std::max<std::size_t>(1, plan_.constraints.size()));
  for (Mix::Answer& answer : winner.answers)
    for (std::size_t c = 0; answer.is_admissible && c < plan_.constraints.size(); ++c)
      answer.verdicts[c] = judge(fresh, answer.system, figure_of(c), plan_.constraints[c], alpha);
  describe(fresh, winner, result_.fresh);
}

/// On the first stage, which all mixes have gone through alike.
void Selector::draw_front() {
  if (!figures_.cost || !figures_.leakage) return;
  const std::vector<std::size_t> there = mixes_that([&](const Mix& mix) {
    return mix.state != MixState::failed && trials_->rounds(mix.system()) >= first_rounds_;
  });
  if (there.empty()) return;
  const std::vector<std::size_t> systems = systems_of(there);
  const std::vector<ParetoStanding> standings = pareto_front(
      there.size(), differences_of(*trials_, systems, *figures_.cost, 1, first_rounds_),
      differences_of(*trials_, systems, *figures_.leakage, 1, first_rounds_), 1 - plan_.confidence);
  for (std::size_t i = 0; i < there.size(); ++i) {
    MixResult& described = result_.mixes[there[i]];
    described.pareto = standings[i];
    described.front_cost = trials_->estimate(systems[i], *figures_.cost, plan_.confidence, first_rounds_);
    described.front_leakage =
        trials_->estimate(systems[i], *figures_.leakage, plan_.confidence, first_rounds_);
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
  const auto estimate = [&](std::size_t figure) { return trials.estimate(system, figure, plan_.confidence); };
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
    LimitVerdict verdict = LimitVerdict::met;
    for (const Mix::Answer& answer : mix.answers) {
      if (!answer.is_admissible || verdict == LimitVerdict::broken) continue;
      if (answer.verdicts[c] != LimitVerdict::met) verdict = answer.verdicts[c];
    }
    described.constraints.push_back(
        {trials.estimate(worst->system, figure_of(c), plan_.confidence), verdict});
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
  result_.was_stopped = trials_->was_stopped();
  result_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

SelectResult Selector::result() {
  if (!plan_.budget) result_.promised = plan_.confidence;
  if (number_of_points(space_.choices) <= static_cast<double>(plan_.enumerate_up_to))
    add_mixes(all_points(space_.choices));
  else
    search();
  if (!trials_->was_stopped()) {
    if (count() == 0) throw CannotSelect("no mix can be compiled: " + trials_->failure(0));
    settle_indifference();
    answer_all();
    judge_all();
    rank();
  }
  result_.mixes.resize(mixes_.size());
  for (std::size_t i = 0; i < mixes_.size(); ++i) describe(*trials_, mixes_[i], result_.mixes[i]);
  draw_front();
  run_fresh();
  finish();
  if (!result_.winner) result_.promised.reset();
  return std::move(result_);
}

}  // namespace

const char* name_of(Ranking ranking) { return ranking == Ranking::kim_nelson ? "kn" : "ocba"; }

const char* name_of(MixState state) {
  switch (state) {
    case MixState::met:
      return "satisfies";
    case MixState::broken:
      return "breaks a constraint";
    case MixState::open:
      return "not told";
    case MixState::dearer:
      return "worse than one that satisfies";
    case MixState::failed:
      break;
  }
  return "failed";
}

std::string why_not_selectable(const SelectPlan& plan) {
  if (plan.objective.kind == Requested::Kind::quantile)
    return fmt::format(
        "{} is a quantile, and ranking needs a mean or a probability (write it as a constraint)",
        plan.objective.name);
  return "";
}

SelectResult select(const SelectSpace& space, const SelectPlan& plan) {
  expects(!space.choices.empty() && space.uncertain_points >= 1 && plan.threads >= 1);
  expects(space.answers.empty() == !plan.attacker_budget && why_not_selectable(plan).empty());
  for (const Constraint& constraint : plan.constraints)
    expects(constraint.left.kind != Requested::Kind::quantile);
  return Selector(space, plan).result();
}

}  // namespace dronewall
