#include "dronewall/study/select_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "dronewall/core/hash.hpp"
#include "dronewall/study/designs.hpp"
#include "dronewall/study/model_runner.hpp"
#include "study/run/limit_units.hpp"
#include "study/run/wanted.hpp"

namespace dronewall {
namespace {

constexpr std::uint64_t default_filling = 32;
/// A range with more numbers than that is a mistake rather than a choice.
constexpr double most_levels = 100'000;

using PointValues = std::vector<FactorValue>;

std::vector<std::size_t> factors_of(const StudyDescription& study, Factor::Role role) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < study.factors.size(); ++i)
    if (study.factors[i].role == role) found.push_back(i);
  return found;
}

/// Every whole number of a range, as its text.
std::vector<std::string> numbers_in(const FactorRange& range) {
  std::vector<std::string> texts;
  const double count = std::floor(range.high - range.low) + 1;
  for (double i = 0; i < count; ++i) texts.push_back(range.text((i + 0.5) / count));
  return texts;
}

std::optional<ChoiceAxis> axis_of(const Factor& factor, Problems& problems) {
  if (factor.is_list()) return ChoiceAxis{factor.path, factor.levels};
  if (factor.range->whole && factor.range->high - factor.range->low < most_levels)
    return ChoiceAxis{factor.path, numbers_in(*factor.range)};
  problems.error(factor.place,
                 factor.range->whole
                     ? fmt::format("{} has more than {:.0f} numbers to choose from", factor.path, most_levels)
                     : fmt::format("{} is a range of which select cannot try every value", factor.path),
                 "write a list of values, or a range of whole numbers such as 2 .. 16");
  return std::nullopt;
}

std::vector<ChoiceAxis> axes_of(const StudyDescription& study, Factor::Role role, Problems& problems) {
  std::vector<ChoiceAxis> axes;
  for (const std::size_t factor : factors_of(study, role))
    if (auto axis = axis_of(study.factors[factor], problems)) axes.push_back(std::move(*axis));
  return axes;
}

/// The design that fills the space of the ranges: the study's own where it has one.
DesignDescription filling_of(const DesignDescription& design) {
  if (design.kind == "latin-hypercube" || design.kind == "sobol") return design;
  for (const DesignDescription& part : design.parts)
    if (part.kind == "latin-hypercube" || part.kind == "sobol") return part;
  DesignDescription filling;
  filling.kind = "latin-hypercube";
  filling.points = default_filling;
  filling.place = design.place;
  return filling;
}

std::vector<PointValues> points_of(const DesignDescription& description,
                                   const std::vector<std::size_t>& factors, const StudyDescription& study,
                                   Problems& problems) {
  if (factors.empty()) return {{}};
  const Design* design = find_design(description.kind);
  const std::string why =
      design == nullptr ? "there is no such design" : design->why_not(description, factors, study);
  if (!why.empty()) {
    problems.error(description.place,
                   fmt::format("{} cannot spread the uncertain factors: {}", description.kind, why),
                   "write design: {cross: [grid, {latin-hypercube: 64}]}");
    return {};
  }
  const DesignMatrix matrix = design->make(description, factors, study);
  std::vector<PointValues> points;
  for (std::size_t p = 0; p < matrix.points(); ++p) points.push_back(matrix.values(p, study));
  return points;
}

std::vector<PointValues> uncertain_points(const StudyDescription& study, Problems& problems) {
  std::vector<std::size_t> lists, ranges;
  for (const std::size_t factor : factors_of(study, Factor::Role::uncertain))
    (study.factors[factor].is_list() ? lists : ranges).push_back(factor);
  DesignDescription grid;
  grid.place = study.design.place;
  std::vector<PointValues> points;
  for (const PointValues& of_lists : points_of(grid, lists, study, problems))
    for (const PointValues& of_ranges : points_of(filling_of(study.design), ranges, study, problems)) {
      points.push_back(of_lists);
      points.back().insert(points.back().end(), of_ranges.begin(), of_ranges.end());
    }
  return points;
}

/// A limit on a quantile is one on a probability: q95(X) <= b where P(X <= b) >= 0.95, and q95(X) >= b where
/// P(X < b) <= 0.95 (but for a hair's breadth at equality).
void state_as_probability(Constraint& constraint) {
  Requested& left = constraint.left;
  const bool at_most = constraint.side == Limit::at_most;
  left.kind = Requested::Kind::probability;
  left.comparison = at_most ? Comparison::at_most : Comparison::less;
  left.bound = constraint.bound;
  constraint.side = at_most ? Limit::at_least : Limit::at_most;
  constraint.bound = left.level;
  left.name = fmt::format("P({} {} {:g})", left.measure, at_most ? "<=" : "<", left.bound);
}

std::optional<Requested> requested_of(const Name& name, Problems& problems) {
  std::string why;
  std::optional<Requested> requested = parse_requested(name.text, why);
  if (!requested) problems.error(name.place, why, "");
  return requested;
}

std::optional<Constraint> constraint_of(const ConstraintDescription& description, Problems& problems) {
  std::optional<Requested> left = requested_of(description.measure, problems);
  if (!left) return std::nullopt;
  Constraint constraint;
  constraint.left = std::move(*left);
  constraint.side =
      description.sense == ConstraintDescription::Sense::at_most ? Limit::at_most : Limit::at_least;
  constraint.bound = description.bound;
  const bool is_quantile = constraint.left.kind == Requested::Kind::quantile;
  if (is_quantile) state_as_probability(constraint);
  constraint.text =
      is_quantile ? fmt::format("{} {} {:g}%", constraint.left.name,
                                constraint.side == Limit::at_least ? ">=" : "<=", 100 * constraint.bound)
                  : fmt::format("{} {}", constraint.left.name, description.text);
  return constraint;
}

/// What the file says of the plan.
SelectPlan plan_of(const StudyDescription& study, Problems& problems) {
  SelectPlan plan;
  const SelectDescription& select = *study.select;
  plan.aim =
      select.aim == SelectDescription::Aim::minimise ? SelectPlan::Aim::minimise : SelectPlan::Aim::maximise;
  if (auto objective = requested_of(select.objective, problems)) plan.objective = std::move(*objective);
  if (const std::string why = why_not_selectable(plan); !why.empty())
    problems.error(select.objective.place, why, "write minimise: cost.defender.full");
  for (const ConstraintDescription& description : select.subject_to)
    if (auto constraint = constraint_of(description, problems))
      plan.constraints.push_back(std::move(*constraint));
  if (study.attacker) plan.attacker_budget = study.attacker->budget;
  plan.confidence = study.confidence;
  plan.seed = study.seed;
  return plan;
}

void add_values(PointValues& values, const StudyDescription& study, Factor::Role role,
                const std::vector<ChoiceAxis>& axes, const LatticePoint& point) {
  const std::vector<std::size_t> factors = factors_of(study, role);
  for (std::size_t i = 0; i < factors.size(); ++i) values.push_back({factors[i], axes[i].levels[point[i]]});
}

/// What one mix, answer and uncertain point set.
using MakeValues =
    std::function<PointValues(const LatticePoint& mix, const LatticePoint& answer, std::size_t point)>;

/// The digits of a number in the lattice of the axes, the last one fastest; what is left of it stays in
/// `rest`.
LatticePoint lattice_point(const std::vector<ChoiceAxis>& axes, std::uint64_t& rest) {
  LatticePoint point(axes.size(), 0);
  for (std::size_t i = axes.size(); i-- > 0; rest /= axes[i].levels.size())
    point[i] = static_cast<std::uint32_t>(rest % axes[i].levels.size());
  return point;
}

/// All that may come to be tried; of an endless number as many as can be numbered.
StudyPoints points_of(const SelectSpace& space, const MakeValues& values) {
  constexpr std::uint64_t most = std::uint64_t{1} << 60U;
  StudyPoints points;
  points.of = StudyPoints::Of::selection;
  points.count = space.uncertain_points;
  for (const std::vector<ChoiceAxis>* axes : {&space.answers, &space.choices})
    for (const ChoiceAxis& axis : *axes)
      points.count *= points.count < most / axis.levels.size() ? axis.levels.size() : 1;
  points.values = [choices = space.choices, answers = space.answers, uncertain = space.uncertain_points,
                   values](std::uint64_t number) {
    const std::uint64_t point = number % uncertain;
    number /= uncertain;
    const LatticePoint answer = lattice_point(answers, number);
    return values(lattice_point(choices, number), answer, point);
  };
  return points;
}

SystemPart part_of(const PointModel& point, const ReplicationOptions& replication) {
  return {std::shared_ptr<const LedgerLayout>(point.model, &point.model->layout()), point.measures,
          model_runners(point.model, replication)};
}

/// The measures of the scenario as it is and of the first and the last mix: what is asked for must be one.
std::vector<MeasureDefinition> known_measures(const PointModels& models, const StudySelection& selection,
                                              Problems& problems) {
  std::vector<MeasureDefinition> measures;
  const auto add = [&](const std::vector<MeasureDefinition>& more) {
    measures.insert(measures.end(), more.begin(), more.end());
  };
  if (const auto point = models.compile({}, problems)) add(point->measures);
  LatticePoint first, last;
  for (const ChoiceAxis& axis : selection.space.choices) {
    first.push_back(0);
    last.push_back(static_cast<std::uint32_t>(axis.levels.size() - 1));
  }
  std::string why;
  for (const LatticePoint& mix : {first, last})
    if (const auto part = selection.space.make(mix, LatticePoint(selection.space.answers.size(), 0), 0, why))
      add(part->measures);
  return measures;
}

void check_measure(const Requested& requested, Place place, const std::vector<MeasureDefinition>& measures,
                   Problems& problems) {
  RunOptions options;
  options.requested = {requested};
  if (const std::string why = why_not_askable(measures, options); !why.empty())
    problems.error(place, why, "");
}

void tell(const UnitMistake& mistake, Place place, Problems& problems) {
  if (!mistake.what.empty()) problems.error(place, escaped(mistake.what), mistake.hint);
}

/// As it is written in the file: of a quantile, before it is stated as a probability.
void check_unit(const ConstraintDescription& written, const std::string& unit, Problems& problems) {
  std::string why;
  if (const auto held = parse_requested(written.measure.text, why))
    tell(unit_mistake(*held, unit, written.text), written.measure.place, problems);
}

void check_precision(const StudyDescription& study, const std::vector<MeasureDefinition>& measures,
                     Problems& problems) {
  const auto& precision = study.replications.precision;
  std::string why;
  const auto of = precision ? parse_requested(precision->of.text, why) : std::nullopt;
  if (!of) return;
  if (const MeasureDefinition* measure = find_measure(measures, of->measure))
    tell(unit_mistake(*precision, *of, measure->unit), precision->of.place, problems);
}

void check_measures(const PointModels& models, StudySelection& selection, Problems& problems) {
  const std::vector<MeasureDefinition> measures = known_measures(models, selection, problems);
  if (problems.has_errors()) return;
  const SelectDescription& select = *models.study().select;
  const Requested& objective = selection.plan.objective;
  check_measure(objective, select.objective.place, measures, problems);
  if (const MeasureDefinition* measure = find_measure(measures, objective.measure))
    selection.unit = objective.kind == Requested::Kind::probability ? "fraction" : measure->unit;
  check_precision(models.study(), measures, problems);
  for (std::size_t c = 0; c < selection.plan.constraints.size(); ++c) {
    const Constraint& constraint = selection.plan.constraints[c];
    const Place place = select.subject_to[c].measure.place;
    check_measure(constraint.left, place, measures, problems);
    const MeasureDefinition* measure = find_measure(measures, constraint.left.measure);
    if (measure == nullptr) continue;
    const std::size_t told = problems.all().size();
    check_unit(select.subject_to[c], measure->unit, problems);
    if (problems.all().size() > told) continue;
    std::string why = why_no_limit(constraint.left, measure->unit, constraint.bound), unheard;
    const ConstraintDescription& written = select.subject_to[c];
    if (const auto left = parse_requested(written.measure.text, unheard); left && why.empty())
      why = why_no_money(*left, written.text.substr(2), measure->unit, models.prices());
    if (!why.empty()) problems.error(place, why, "");
  }
}

}  // namespace

std::optional<StudySelection> selection_of(const PointModels& models, const ReplicationOptions& replication,
                                           Problems& problems) {
  const StudyDescription& study = models.study();
  if (!study.select) {
    problems.error(Place{}, fmt::format("{} asks for no choice", study.file),
                   "write select: {minimise: cost.defender.full, subject_to: {leak-fraction: \"<= 10%\"}}");
    return std::nullopt;
  }
  StudySelection selection;
  selection.plan = plan_of(study, problems);
  for (Constraint& constraint : selection.plan.constraints)  // A mistake is check_measures()' matter.
    if (!constraint.left.currency.empty())
      (void)settle_bound(constraint.left, models.prices().currency, models.prices());
  selection.space.choices = axes_of(study, Factor::Role::choice, problems);
  selection.space.answers = axes_of(study, Factor::Role::attacker, problems);
  if (selection.space.choices.empty() && !problems.has_errors())
    problems.error(study.select->place, "there is nothing to choose from",
                   "write choices: {units.battery.count: [2, 4, 8]}");
  if (study.attacker && selection.space.answers.empty() && !problems.has_errors())
    problems.error(study.attacker->place, "the attacker may change nothing",
                   "write may: {attacks.northern-axis.count: [10, 20, 40]}");
  const std::vector<PointValues> uncertain = uncertain_points(study, problems);
  for (const std::size_t factor : factors_of(study, Factor::Role::uncertain))
    selection.uncertain.push_back(study.factors[factor].path);
  if (problems.has_errors()) return std::nullopt;
  selection.space.uncertain_points = uncertain.size();
  for (const PointValues& point : uncertain)
    for (const FactorValue& value : point)
      selection.uncertain_hash =
          hash_text(study.factors[value.factor].path + "=" + value.text, mix64(selection.uncertain_hash));
  const MakeValues values_of = [&study, uncertain, choices = selection.space.choices,
                                answers = selection.space.answers](
                                   const LatticePoint& mix, const LatticePoint& answer, std::size_t point) {
    PointValues values;
    add_values(values, study, Factor::Role::choice, choices, mix);
    values.insert(values.end(), uncertain[point].begin(), uncertain[point].end());
    add_values(values, study, Factor::Role::attacker, answers, answer);
    return values;
  };
  selection.space.make = [&models, replication, values_of](const LatticePoint& mix,
                                                           const LatticePoint& answer, std::size_t point,
                                                           std::string& why) {
    const std::optional<PointModel> compiled = models.compile(values_of(mix, answer, point), why);
    return compiled ? std::optional(part_of(*compiled, replication)) : std::nullopt;
  };
  selection.points = points_of(selection.space, values_of);
  check_measures(models, selection, problems);
  if (problems.has_errors()) return std::nullopt;
  return selection;
}

}  // namespace dronewall
