#include "dronewall/study/stored_sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "dronewall/core/hash.hpp"
#include "dronewall/random/distribution.hpp"
#include "dronewall/study/model_runner.hpp"
#include "dronewall/study/stored_study.hpp"
#include "dronewall/study/version.hpp"

namespace dronewall {
namespace {

std::string words_of(const ReplicationPlan& plan) {
  if (!plan.precision) return fmt::format("{}", plan.at_most);
  return fmt::format("{}{} of {}, {} to {}", plan.precision->half_width * 100,
                     plan.precision->is_relative ? "%" : " points", plan.precision->of.text, plan.at_least,
                     plan.at_most);
}

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

/// What every point sets decides nothing in the scenario itself.
bool is_varied(const std::string& path, const StudyDescription& study) {
  const std::vector<std::size_t> varied = study.varied();
  return std::any_of(varied.begin(), varied.end(), [&](std::size_t factor) {
    const std::string& its = study.factors[factor].path;
    return path == its || path.rfind(its + ".", 0) == 0;
  });
}

// ---- What differs

/// `units.battery.channels: 2, now 4`.
std::vector<std::string> differences(const std::vector<std::pair<std::string, std::string>>& stored,
                                     const std::vector<std::pair<std::string, std::string>>& now) {
  const std::map<std::string, std::string> before(stored.begin(), stored.end()),
      after(now.begin(), now.end());
  std::vector<std::string> lines;
  for (const auto& [path, value] : before) {
    const auto other = after.find(path);
    if (other == after.end())
      lines.push_back(fmt::format("{}: {}, now not there", path, value));
    else if (other->second != value)
      lines.push_back(fmt::format("{}: {}, now {}", path, value, other->second));
  }
  for (const auto& [path, value] : after)
    if (!before.contains(path)) lines.push_back(fmt::format("{}: not there, now {}", path, value));
  return lines;
}

using Fields = std::vector<std::pair<std::string, std::string>>;

/// What decides a quantity and is the same at every point.
Fields fields_of(const PointModels& models) {
  Fields fields;
  for (const ScenarioTexts::Field& field : models.fields())
    if (!is_varied(field.path, models.study())) fields.emplace_back(field.path, field.value);
  return fields;
}

std::vector<std::string> what_differs(const Store& store, const StudyDescription& study,
                                      const Fields& fields) {
  std::vector<std::string> lines;
  std::string before, after;
  for (const StoredFactor& factor : store.factors()) before += (before.empty() ? "" : ", ") + factor.path;
  for (const std::size_t factor : study.varied())
    after += (after.empty() ? "" : ", ") + study.factors[factor].path;
  if (before != after) lines.push_back(fmt::format("what varies: {}, now {}", before, after));
  for (std::string& line : differences(store.fields(), fields)) lines.push_back(std::move(line));
  return lines;
}

std::vector<std::string> what_differs(const Store& store, const SweptStudy& study) {
  Fields stored, now;
  for (const char* key :
       {study_text::results, study_text::fingerprint, study_text::seed, study_text::reads_prices})
    stored.emplace_back(key, store.text(key).value_or(""));
  for (const auto& [key, value] : study.texts())
    if (std::any_of(stored.begin(), stored.end(), [&](const auto& one) { return one.first == key; }))
      now.emplace_back(key, value);
  std::vector<std::string> lines = differences(stored, now);
  for (std::string& line : what_differs(store, study.study(), study.fields()))
    lines.push_back(std::move(line));
  return lines;
}

/// `STORE holds another study:` and field by field what differs.
std::string text_of_changes(const Store& store, const std::vector<std::string>& lines) {
  constexpr std::size_t shown = 30;
  std::string text = fmt::format("{} holds another study:\n", store.path());
  for (std::size_t i = 0; i < std::min(shown, lines.size()); ++i) text += "  " + lines[i] + "\n";
  if (lines.size() > shown) text += fmt::format("  and {} more\n", lines.size() - shown);
  return text;
}

[[noreturn]] void refuse(const Store& store, const std::vector<std::string>& lines) {
  std::uint64_t points = 0, replications = 0;
  store.each_point([&](const StoredPoint& point) {
    if (point.replications > 0) ++points;
    replications += point.replications;
  });
  std::string text = text_of_changes(store, lines);
  text += fmt::format(
      "Of its {} points with {} replications none would be kept: all were simulated as it was. Undo the "
      "change,\n"
      "or give --store another file; this one stays as it is.",
      points, replications);
  throw StudyChanged(text);
}

/// Of all that decides an estimate beside the tallies.
std::string estimates_key(const SweptStudy& study) {
  std::string all = fmt::format("{}", study.goal().confidence);
  for (const auto& [key, value] : study.texts())
    if (key == study_text::scenario_hash || key == study_text::scoring || key == study_text::measures)
      all += "\n" + value;
  return fmt::format("{:016x}", hash_text(all));
}
constexpr const char* estimates_text = "estimates_key";

// ---- Points

/// A stored point as the plan needs it.
struct Known {
  std::uint64_t hash;
  StoredPointId point;
  PointState state;
  std::uint64_t replications;
  std::uint32_t number;
};

std::vector<Known> known_points(const Store& store) {
  std::vector<Known> known;
  known.reserve(store.point_count());
  store.each_point([&](const StoredPoint& one) {
    known.push_back({one.hash, one.point, one.state, one.replications, one.number.value_or(SweepPlan::none)});
  });
  return known;
}

class Planning {
 public:
  Planning(const SweptStudy& study, std::vector<Known> known, Failed failed)
      : study_(study), known_(std::move(known)), failed_(failed) {
    plan_.numbers.assign(known_.size(), SweepPlan::none);
    by_hash_ = known_;
    std::sort(by_hash_.begin(), by_hash_.end(),
              [](const Known& a, const Known& b) { return a.hash < b.hash; });
  }

  bool goal_changed = false, estimates_changed = false;

  SweepPlan plan();

 private:
  void place(std::uint32_t number);
  void add_task(const Known& point);
  [[nodiscard]] bool is_left(const Known& point) const;

  const SweptStudy& study_;
  std::vector<Known> known_, by_hash_;
  std::map<std::uint64_t, StoredPointId> new_;
  Failed failed_;
  SweepPlan plan_;
};

bool Planning::is_left(const Known& point) const {
  if (point.state == PointState::failed) return failed_ == Failed::again;
  if (!is_finished(point.state) || estimates_changed) return true;
  if (!goal_changed) return false;
  return study_.goal().precision || point.state != PointState::done || point.replications < study_.at_most();
}

void Planning::add_task(const Known& point) {
  if (point.state == PointState::failed)
    ++plan_.failed;
  else if (is_finished(point.state))
    ++plan_.finished;
  // More than is wanted now is kept all the same.
  if (is_left(point)) plan_.tasks.push_back({point.point, std::max(study_.at_most(), point.replications)});
}

void Planning::place(std::uint32_t number) {
  const std::uint64_t hash = study_.design().hash(number, study_.study());
  const auto found = std::lower_bound(by_hash_.begin(), by_hash_.end(), hash,
                                      [](const Known& one, std::uint64_t value) { return one.hash < value; });
  const bool is_known = found != by_hash_.end() && found->hash == hash;
  const auto next = static_cast<StoredPointId>(plan_.numbers.size());
  const StoredPointId point = is_known ? found->point : new_.emplace(hash, next).first->second;
  if (!is_known && point == next) {
    plan_.numbers.push_back(SweepPlan::none);
    plan_.new_points.push_back(number);
  }
  if (plan_.numbers[point] != SweepPlan::none) {
    ++plan_.repeated;
    return;
  }
  plan_.numbers[point] = number;
  ++plan_.points;
  if (!is_known) return add_task({hash, point, PointState::planned, 0, number});
  if (found->number != number) plan_.changes_store = true;
  add_task(*found);
}

SweepPlan Planning::plan() {
  for (std::uint32_t number = 0; number < study_.design().points(); ++number) place(number);
  for (const Known& one : known_)
    if (one.number != plan_.numbers[one.point]) plan_.changes_store = true;
  plan_.changes_store = plan_.changes_store || !plan_.new_points.empty() || goal_changed || estimates_changed;
  return std::move(plan_);
}

}  // namespace

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
            {study_text::measures, measures}};
}

std::vector<StoredFactor> SweptStudy::factors() const {
  std::vector<StoredFactor> factors;
  for (const DesignMatrix::Column& column : design_.columns()) {
    const Factor& factor = study().factors[column.factor];
    factors.push_back({factor.path, name_of(factor.role), levels_of(factor)});
  }
  return factors;
}

RunnablePoint SweptStudy::make(std::uint32_t number) const {
  std::string why;
  std::optional<PointModel> made = models_.compile(design_.values(number, study()), why);
  if (!made) throw PointFailed(why);
  const std::shared_ptr<const Model> model = made->model;
  return {std::shared_ptr<const LedgerLayout>(model, &model->layout()), std::move(made->measures),
          model_runners(model, {.seed = study().seed, .elide = elide})};
}

SweepPlan plan_sweep(const SweptStudy& study) { return Planning(study, {}, Failed::stay).plan(); }

SweepPlan plan_sweep(const Store& store, const SweptStudy& study, Failed failed) {
  if (!store.text(study_text::results)) return plan_sweep(study);
  if (const std::vector<std::string> lines = what_differs(store, study); !lines.empty()) refuse(store, lines);
  Planning planning(study, known_points(store), failed);
  planning.goal_changed = store.text(study_text::replications) != words_of(study.study().replications);
  planning.estimates_changed = store.text(estimates_text) != estimates_key(study);
  SweepPlan plan = planning.plan();
  if (planning.estimates_changed && plan.finished > 0)
    plan.notes.push_back(fmt::format(
        "prices, measures or the confidence have changed: {} points are estimated anew from what is stored",
        plan.finished));
  return plan;
}

bool has_other_texts(const Store& store, const PointModels& models) {
  if (!store.text(study_text::results)) return false;
  if (const auto lines = what_differs(store, models.study(), fields_of(models)); !lines.empty())
    throw StudyChanged(
        text_of_changes(store, lines) +
        "Its quantities were simulated as it was. Undo the change, or sweep into another store.");
  return store.text(study_text::scenario_hash) != fmt::format("{:016x}", models.scenario_hash());
}

void enter_study(Store& store, const SweptStudy& study, const SweepPlan& plan) {
  for (const auto& [key, value] : study.texts()) store.set_text(key, value);
  store.set_text(estimates_text, estimates_key(study));
  store.set_fields(study.fields());
  store.set_factors(study.factors());
  std::vector<Known> known = known_points(store);
  for (const Known& one : known) {
    if (one.number == plan.numbers[one.point]) continue;
    const std::uint32_t number = plan.numbers[one.point];
    store.set_number(one.point, number == SweepPlan::none ? std::nullopt : std::optional(number));
  }
  auto next = static_cast<StoredPointId>(known.size());
  for (const std::uint32_t number : plan.new_points) {
    StoredPoint point;
    point.point = next++;
    point.number = number;
    point.hash = study.design().hash(number, study.study());
    std::vector<std::string> settings;
    for (FactorValue& value : study.design().values(number, study.study()))
      settings.push_back(std::move(value.text));
    store.add_point(point, settings);
  }
  // Finished points that are to be looked at again must not seem finished if this process is killed.
  for (const PointTask& task : plan.tasks) {
    if (task.point >= known.size() || !is_finished(known[task.point].state)) continue;
    StoredPoint again;
    again.point = task.point;
    again.state = PointState::begun;
    again.replications = known[task.point].replications;
    store.set_state(again);
    if (known[task.point].state == PointState::failed) store.remove_failures(task.point);
  }
  store.commit();
}

RunPointsResult run_sweep(Store& store, const SweptStudy& study, const SweepPlan& plan,
                          RunPointsOptions options) {
  if (!options.line_of)
    options.line_of = [&](StoredPointId point, std::uint64_t first, std::uint64_t count) {
      return count == 0
                 ? fmt::format("dronewall shard {} --point {}", study.study().file, plan.numbers[point])
                 : fmt::format("dronewall shard {} --point {} --first {} --count {}", study.study().file,
                               plan.numbers[point], first, count);
    };
  options.on_error = study.study().on_error;
  options.stop_after = study.study().stop_after;
  const MakePoint make = [&](StoredPointId point) { return study.make(plan.numbers[point]); };
  return run_points(store, plan.tasks, make, study.goal(), options);
}

}  // namespace dronewall
