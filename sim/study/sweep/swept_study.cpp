// A study that has been read and checked, with all that decides what is simulated and estimated.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "dronewall/core/hash.hpp"
#include "dronewall/random/distribution.hpp"
#include "dronewall/study/model_runner.hpp"
#include "dronewall/study/stored_study.hpp"
#include "dronewall/study/version.hpp"
#include "study/sweep/sweep_changes.hpp"

namespace dronewall {
namespace {

PointGoal goal_of(const StudyDescription& study, const PointModels& models) {
  PointGoal goal;
  goal.at_least = study.replications.at_least;
  goal.confidence = study.confidence;
  goal.requested = models.requested();
  if (const auto& precision = study.replications.precision)
    goal.precision = WantedPrecision{
        {precision->half_width, precision->is_relative ? PrecisionScale::relative : PrecisionScale::absolute},
        precision->of.text};
  // A probability or a quantile is watched as one that is asked for.
  std::string why;
  const std::optional<Requested> watched =
      goal.precision ? parse_requested(goal.precision->measure, why) : std::nullopt;
  if (!watched || watched->kind == Requested::Kind::plain) return goal;
  goal.precision->measure = watched->name;
  const bool is_asked_for = std::any_of(goal.requested.begin(), goal.requested.end(),
                                        [&](const Requested& one) { return one.name == watched->name; });
  if (!is_asked_for) goal.requested.push_back(*watched);
  return goal;
}

const char* name_of(Factor::Role role) {
  switch (role) {
    case Factor::Role::choice:
      return "choice";
    case Factor::Role::uncertain:
      return "uncertain";
    case Factor::Role::attacker:
      break;
  }
  return "attacker";
}

std::string levels_of(const Factor& factor) {
  if (factor.range) {
    const FactorRange& range = *factor.range;
    return fmt::format("{0}{2}{1} .. {0}{3}{1}", range.before, range.behind, range.low, range.high);
  }
  return fmt::format("[{}]", fmt::join(factor.levels, ", "));
}

std::string items_of(const std::vector<NotCounted>& all, Missing missing) {
  std::set<std::string> items;
  for (const NotCounted& one : all)
    if (one.missing == missing) items.insert(one.item);
  return fmt::format("{}", fmt::join(items, "\n"));
}

}  // namespace

StoredFactor stored_factor(const Factor& factor) {
  return {factor.path, name_of(factor.role), levels_of(factor)};
}

SweptStudy::SweptStudy(const PointModels& models, const DesignMatrix& design)
    : models_(models), design_(design), goal_(goal_of(models.study(), models)), fields_(fields_of(models)) {
  std::string decides;
  for (const auto& [path, value] : fields_) decides += path + '=' + value + '\n';
  quantity_hash_ = hash_text(decides, study().seed);
  set_texts();
}

void SweptStudy::set_texts() {
  std::string measures;
  for (const Requested& requested : goal_.requested) measures += requested.name + '\n';
  const std::vector<NotCounted> missing = models_.not_counted();
  texts_ = {{study_text::file, study().file},
            {study_text::title, study().title},
            {study_text::seed, fmt::format("{}", study().seed)},
            {study_text::confidence, fmt::format("{}", study().confidence)},
            {study_text::program, program_version},
            {study_text::results, fmt::format("{}", results_version)},
            {study_text::fingerprint, fmt::format("{:016x}", arithmetic_fingerprint())},
            {study_text::scenario_hash, fmt::format("{:016x}", models_.scenario_hash())},
            {study_text::reads_prices, models_.reads_prices() ? "yes" : "no"},
            {study_text::scoring, name_of(models_.scoring())},
            {study_text::replications, words_of(study().replications)},
            {study_text::measures, measures},
            {study_text::no_price, items_of(missing, Missing::price)},
            {study_text::no_life, items_of(missing, Missing::life)}};
}

std::vector<StoredFactor> SweptStudy::factors() const {
  std::vector<StoredFactor> factors;
  for (const std::size_t number : study().varied()) factors.push_back(stored_factor(study().factors[number]));
  return factors;
}

std::vector<std::string> SweptStudy::settings(std::uint32_t number) const {
  std::vector<FactorValue> values = design_.values(number, study());
  std::sort(values.begin(), values.end(),
            [](const FactorValue& a, const FactorValue& b) { return a.factor < b.factor; });
  std::vector<std::string> settings;
  for (FactorValue& value : values) settings.push_back(std::move(value.text));
  return settings;
}

RunnablePoint SweptStudy::make(std::uint32_t number) const {
  std::string why;
  std::optional<PointModel> made = models_.compile(design_.values(number, study()), why);
  if (!made) throw PointFailed(why);
  const std::shared_ptr<const Model> model = made->model;
  return {std::shared_ptr<const LedgerLayout>(model, &model->layout()), std::move(made->measures),
          model_runners(model, {.seed = study().seed, .elide = elide})};
}

}  // namespace dronewall
