#include "dronewall/study/select.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "dronewall/core/contracts.hpp"
#include "dronewall/core/phrases.hpp"
#include "study/select/selector.hpp"

namespace dronewall {
namespace {

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

/// 5,000.
std::string whole(double number) {
  return grouped(static_cast<std::uint64_t>(std::llround(std::clamp(number, 0.0, 1e18))));
}

/// USD 5,000: money without its cents.
std::string amount(double money, const std::string& currency) { return currency + ' ' + whole(money); }

/// Replications as a product that does not wrap.
double replications_of(double mixes, std::size_t answers, std::uint64_t rounds, std::uint64_t round) {
  return mixes * static_cast<double>(answers) * static_cast<double>(rounds) * static_cast<double>(round);
}

}  // namespace

Selector::Selector(const SelectSpace& space, const SelectPlan& plan)
    : space_(space),
      plan_(plan),
      answers_(all_points(space.answers)),
      shares_(shares_of(plan.confidence, answers_.size() > 1)),
      sign_(plan.aim == SelectPlan::Aim::minimise ? 1 : -1),
      figures_(plan_figures(plan, probe(space))) {
  trials_.emplace(space_, plan_, figures_.figures, 0);
  if (plan_.progress) trials_->watch([this](const Trials::Progress& progress) { show(progress, 0); });
  const std::uint64_t round = trials_->round();
  first_rounds_ = std::max(fewest_rounds, (plan.first + round - 1) / round);
  cap_rounds_ = plan.cap / round;
  if (cap_rounds_ < first_rounds_)
    throw TooFewReplications(
        fmt::format("--cap {}: the first stage gives each mix {} (raise --cap to that, or lower --first{})",
                    plan.cap, whole(static_cast<double>(first_rounds_ * round)),
                    first_rounds_ == fewest_rounds ? "; it takes 20 rounds at least" : ""));
  plan_budget();
  result_.choices = space.choices;
  result_.answers = space.answers;
  result_.uncertain_points = space.uncertain_points;
  result_.ranking = plan.budget ? Ranking::ocba : Ranking::kim_nelson;
  result_.round = round;
}

/// How many mixes a search may look at, and what of a budget is kept for fresh luck: what is wanted, or half
/// of what the first stage leaves. Throws TooFewReplications where the budget does not pay for both.
void Selector::plan_budget() {
  most_searched_ = plan_.search_points;
  if (!plan_.budget) return;
  const std::uint64_t round = trials_->round();
  const double budget = static_cast<double>(*plan_.budget), all = number_of_points(space_.choices);
  const bool is_searched = all > static_cast<double>(plan_.enumerate_up_to);
  // A search needs a start and its neighbours at least.
  double mixes = is_searched ? 1 + 2 * static_cast<double>(space_.choices.size()) : all;
  const double least = replications_of(mixes, answers_.size(), first_rounds_, round) +
                       2 * replications_of(1, answers_.size(), fewest_rounds, round);
  if (budget < least)
    throw TooFewReplications(
        fmt::format("--budget {}: the first stage of {} {} and the fresh replications of the choice need {} "
                    "at least (raise it, or lower --first)",
                    *plan_.budget, whole(mixes), answers_.size() > 1 ? "mixes against every answer" : "mixes",
                    whole(least)));
  if (is_searched) {
    const double paid = budget / 2 / replications_of(1, answers_.size(), first_rounds_, round);
    most_searched_ =
        static_cast<std::uint64_t>(std::max(mixes, std::min(paid, static_cast<double>(plan_.search_points))));
    mixes = static_cast<double>(most_searched_);
  }
  const double after_first = budget - replications_of(mixes, answers_.size(), first_rounds_, round);
  const double wanted = static_cast<double>(answers_.size()) * static_cast<double>(plan_.fresh);
  fresh_reserve_ = static_cast<std::uint64_t>(
      std::max(replications_of(1, answers_.size(), fewest_rounds, round), std::min(wanted, after_first / 2)));
}

std::uint64_t Selector::budget_left() const {
  const std::uint64_t spent = trials_->replications() + fresh_reserve_;
  return *plan_.budget - std::min(*plan_.budget, spent);
}

void Selector::begin_stage(const std::string& words, StageLength length, std::uint64_t of_mixes) {
  if (!plan_.progress) return;
  stage_.progress = {};
  stage_.progress.stage = words;
  stage_.progress.of_mixes = of_mixes;
  stage_.length = length;
  stage_.begin = std::chrono::steady_clock::now();
  run_ = trials_->replications() - trials_->remembered();
  SelectProgress now = stage_.progress;
  now.replications = run_;
  plan_.progress(now);
}

void Selector::show(const Trials::Progress& progress, std::uint64_t run_before) const {
  SelectProgress now = stage_.progress;
  now.replications = run_before + progress.run;
  now.in_stage = now.replications - run_;
  if (stage_.length == StageLength::known) now.of_stage = run_before + progress.of_run - run_;
  if (now.of_mixes > 0) now.mixes = std::min(now.of_mixes, progress.systems / answers_.size());
  now.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - stage_.begin).count();
  plan_.progress(now);
}

void Selector::add_mixes(const std::vector<LatticePoint>& points) {
  std::vector<std::size_t> systems;
  const std::size_t begin = mixes_.size();
  for (const LatticePoint& point : points) {
    Mix& mix = mixes_.emplace_back();
    mix.at = point;
    for (const LatticePoint& answer : answers_) {
      mix.answers.push_back({answer, trials_->add({point, answer}), true, {}});
      mix.answers.back().verdicts.resize(plan_.constraints.size());
      systems.push_back(mix.answers.back().system);
    }
  }
  trials_->run(systems, first_rounds_);
  for (std::size_t i = begin; i < mixes_.size(); ++i) choose_answer(mixes_[i]);
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
  if (!best) {
    const std::string& currency = trials_->kind(*figures_.attack).unit;
    throw CannotSelect(
        fmt::format("no answer of the attacker costs {} or less: the cheapest costs {} in the mean (raise "
                    "attacker.budget, or let a count be smaller)",
                    amount(*plan_.attacker_budget, currency), amount(cheapest, currency)));
  }
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

void Selector::enumerate() {
  const std::vector<LatticePoint> all = all_points(space_.choices);
  begin_stage("first stage", StageLength::known, all.size());
  add_mixes(all);
}

void Selector::search() {
  begin_stage(fmt::format("search of at most {}", counted_mixes(most_searched_)), StageLength::open);
  LatticeSearchPlan plan;
  for (const ChoiceAxis& axis : space_.choices)
    plan.levels.push_back(static_cast<std::uint32_t>(axis.levels.size()));
  plan.most_points = most_searched_;
  plan.seed = plan_.seed;
  const LatticeSearchResult found = search_lattice(plan, [this](const std::vector<LatticePoint>& points) {
    const std::size_t begin = mixes_.size();
    // The last neighbourhood may hold more points than are still to be looked at.
    const std::size_t taken = std::min<std::size_t>(points.size(), most_searched_ - begin);
    add_mixes({points.begin(), points.begin() + static_cast<std::ptrdiff_t>(taken)});
    constexpr double never = std::numeric_limits<double>::infinity();
    std::vector<Appearance> looks(points.size(), Appearance{never, never});
    for (std::size_t i = 0; i < taken; ++i) looks[i] = appearance_of(mixes_[begin + i]);
    return looks;
  });
  result_.search = SearchReport{found.points, mixes_.size(), found.is_local_optimum, 0, 0};
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
  result_.is_zone_of_largest = !plan_.indifference && !(of_best > 0) && std::isfinite(best) && largest > 0;
  result_.indifference = plan_.indifference.value_or(plan_.relative_indifference * scale);
  // All is 0: whatever is chosen is the best, and the procedure only needs a number above 0.
  if (!(result_.indifference > 0)) result_.indifference = 1e-12;
  indifference_ = answers_.size() > 1 ? result_.indifference / 2 : result_.indifference;
}

Contest Selector::contest(const std::vector<std::size_t>& systems, double sign) const {
  return {systems, FigurePlan::objective, sign, first_rounds_, indifference_};
}

SelectResult Selector::result() {
  if (!plan_.budget) result_.promised = plan_.confidence;
  if (number_of_points(space_.choices) <= static_cast<double>(plan_.enumerate_up_to))
    enumerate();
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

std::string counted_mixes(std::uint64_t number) {
  return number == 1 ? "1 mix" : counted(number, "mixe");  // its plural ends in es
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
