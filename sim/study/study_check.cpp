// Checking a study by compiling it: the scenario as it is, ends of ranges, points; and what it asks of them.
#include "dronewall/study/study_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "dronewall/study/planning_warnings.hpp"
#include "dronewall/study/select_study.hpp"
#include "study/run/limit_units.hpp"

namespace dronewall {
namespace {

/// Compiles one variant after another; keeps the measures of all, and what is wrong with the scenario itself.
class StudyCheck {
 public:
  StudyCheck(const PointModels& models, const StudyCheckOptions& options, Problems& problems)
      : models_(models),
        study_(models.study()),
        options_(options),
        problems_(problems),
        texts_(models.sources()),
        base_(texts_) {}

  Proved check() {
    if (const auto point = models_.compile({}, base_)) take_measures(*point);
    for (const Problem& problem : base_.all()) tell(problem);
    for (std::size_t i = 0; i < study_.factors.size(); ++i)
      if (!is_proved_at_points(study_.factors[i])) check_alone(i);
    const DesignMatrix design = check_design();
    const Proved proved = base_.has_errors() ? Proved() : prove_points(design);
    if (!units_.empty()) check_measures();
    return proved;
  }

 private:
  /// Points that select makes for itself may be none that a sweep could run.
  DesignMatrix check_design() {
    if (!study_.select) return make_design(study_, problems_);
    Problems found(problems_.sources());
    DesignMatrix design = make_design(study_, found);
    for (const Problem& problem : found.all())
      problems_.warning(problem.place, fmt::format("only select can take this study: {}", problem.what),
                        problem.hint);
    return design;
  }

  Proved prove_points(const DesignMatrix& design) {
    const auto prove = [&](const StudyPoints& points) {
      const SeePoint see = [&](const PointModel& point) { take_measures(point); };
      if (options_.extent == ProofExtent::points)
        for (Problem& warning : planning_warnings(models_, points, options_.threads))
          problems_.add(std::move(warning));
      return dronewall::prove_points(models_, points, options_.extent, options_.threads, see, problems_);
    };
    if (options_.points == StudyPoints::Of::design) return prove(points_of(design, study_));
    Problems unheard(problems_.sources());  // Whoever selects says why it cannot be done.
    const std::optional<StudySelection> selection = selection_of(models_, {}, unheard);
    return selection ? prove(selection->points) : Proved();
  }

  /// What is wrong with the scenario itself, unless reading the study has said so: the same texts were then
  /// read under other numbers. A text that only this check read is not among the study's.
  void tell(Problem problem) {
    for (const Problem& told : problems_.all())
      if (told.what == problem.what && told.place.line == problem.place.line &&
          told.place.column == problem.place.column)
        return;
    if (problem.place.source >= problems_.sources().size()) problem.place = study_.scenario.place;
    problems_.add(std::move(problem));
  }

  /// A value of a list is known by the points that hold it, unless the scenario itself is wrong at each.
  [[nodiscard]] bool is_proved_at_points(const Factor& factor) const {
    const bool is_held =
        factor.role != Factor::Role::attacker || options_.points == StudyPoints::Of::selection;
    return factor.is_list() && is_held && !base_.has_errors();
  }

  /// Mistakes in a value: those that come from others, too, are those of points.
  void check_alone(std::size_t number) {
    const Factor& factor = study_.factors[number];
    for (const auto& [value, text] : values_to_prove(factor)) {
      Sources texts = models_.sources();
      Problems found(texts);
      if (const auto point = models_.compile({{number, text}}, found)) take_measures(*point);
      for (const Problem& problem : found.all()) {
        if (problem.severity != Severity::error || problem.place.source < 0) continue;
        if (!texts.is_change(problem.place.source)) continue;
        if (!told_.emplace(number, problem.what).second) continue;  // Another value does not mend it.
        if (!report_at_value(factor, value, problem, texts, problems_)) return;
      }
    }
  }

  void take_measures(const PointModel& point) {
    for (const MeasureDefinition& measure : point.measures) units_.emplace(measure.name, measure.unit);
  }

  void check_measures() {
    for (const Name& name : study_.measures)
      if (auto asked = check_measure(name))
        if (const std::string why = settle_bound(*asked, units_.at(asked->measure), models_.prices());
            !why.empty())
          problems_.error(name.place, why, "");
    check_precision();
    if (!study_.select) return;
    if (study_.select->objective.given()) check_measure(study_.select->objective);
    for (const ConstraintDescription& constraint : study_.select->subject_to) check_limit(constraint);
  }

  void check_precision() {
    const auto& precision = study_.replications.precision;
    if (!precision) return;
    if (const auto of = check_measure(precision->of))
      tell(unit_mistake(*precision, *of, units_.at(of->measure)), precision->of.place);
  }

  void check_limit(const ConstraintDescription& constraint) {
    const auto left = check_measure(constraint.measure);
    if (!left) return;
    const std::string& unit = units_.at(left->measure);
    const UnitMistake mistake = unit_mistake(*left, unit, constraint.text);
    tell(mistake, constraint.measure.place);
    if (!mistake.what.empty()) return;
    std::string why = why_no_limit(*left, unit, constraint.bound);
    if (why.empty()) why = why_no_money(*left, constraint.text.substr(2), unit, models_.prices());
    if (!why.empty()) problems_.error(constraint.measure.place, why, "");
  }

  void tell(const UnitMistake& mistake, Place place) {
    if (!mistake.what.empty()) problems_.error(place, escaped(mistake.what), mistake.hint);
  }

  /// What a name asks for; nullopt after saying that it is no measure.
  std::optional<Requested> check_measure(const Name& name) {
    std::string why;
    const auto requested = parse_requested(name.text, why);
    if (!requested) {
      problems_.error(name.place, fmt::format("{} is no measure ({})", escaped(name.text), why));
      return std::nullopt;
    }
    if (units_.count(requested->measure)) return requested;
    std::vector<std::string> names;
    for (const auto& [measure, unit] : units_) names.push_back(measure);
    const std::string near = nearest_word(requested->measure, names);
    problems_.error(name.place, fmt::format("{} is no measure of this scenario", escaped(requested->measure)),
                    near.empty() ? "`dronewall measures` lists them" : fmt::format("did you mean {}?", near));
    return std::nullopt;
  }

  const PointModels& models_;
  const StudyDescription& study_;
  const StudyCheckOptions options_;
  Problems& problems_;
  Sources texts_;
  Problems base_;
  std::map<std::string, std::string> units_;            // of measures, at any value
  std::set<std::pair<std::size_t, std::string>> told_;  // of factors
};

}  // namespace

Proved check_study(const PointModels& models, const StudyCheckOptions& options, Problems& problems) {
  return StudyCheck(models, options, problems).check();
}

}  // namespace dronewall
