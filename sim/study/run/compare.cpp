#include "dronewall/study/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "dronewall/core/contracts.hpp"
#include "dronewall/pricing/pricing.hpp"
#include "study/run/estimates.hpp"
#include "study/run/joined.hpp"
#include "study/run/wanted.hpp"

namespace dronewall {
namespace {

/// Whether two measures of one name are the same thing in the same unit.
bool are_comparable(const MeasureDefinition& first, const MeasureDefinition& other) {
  return first.unit == other.unit && first.denominator.has_value() == other.denominator.has_value();
}

const MeasureDefinition* counterpart(const MeasureDefinition& measure, const Variant& other) {
  const MeasureDefinition* found = find_measure(other.measures, measure.name);
  return found != nullptr && are_comparable(measure, *found) ? found : nullptr;
}

/// What a joined run is asked for, and how its answers are told apart again.
class Questions {
 public:
  explicit Questions(const std::vector<Variant>& variants) : variants_(variants), rows_(variants) {
    for (std::size_t v = 0; v < variants.size(); ++v) add_own(v);
    for (std::size_t v = 1; v < variants.size(); ++v) add_differences(v), add_averted(v);
  }

  [[nodiscard]] const JoinedRows& rows() const { return rows_; }
  [[nodiscard]] const std::vector<MeasureDefinition>& measures() const { return measures_; }
  [[nodiscard]] static std::string name_of_difference(std::size_t variant, const std::string& measure) {
    return fmt::format("{}-0:{}", variant, measure);
  }

  /// Takes the answers apart, in the order in which they were asked for.
  [[nodiscard]] CompareResult answers(const PointResult& joined) const;

 private:
  void add_own(std::size_t variant);
  void add_differences(std::size_t variant);
  void add_averted(std::size_t variant);

  const std::vector<Variant>& variants_;
  JoinedRows rows_;
  std::vector<MeasureDefinition> measures_;
};

void Questions::add_own(std::size_t variant) {
  for (MeasureDefinition measure : variants_[variant].measures) {
    measure.name = fmt::format("{}:{}", variant, measure.name);
    measure.numerator = rows_.own(variant, measure.numerator);
    if (measure.denominator) measure.denominator = rows_.own(variant, *measure.denominator);
    measures_.push_back(std::move(measure));
  }
}

void Questions::add_differences(std::size_t variant) {
  for (const MeasureDefinition& first : variants_.front().measures) {
    const MeasureDefinition* other = counterpart(first, variants_[variant]);
    if (other == nullptr) continue;
    MeasureDefinition difference = first;
    difference.name = name_of_difference(variant, first.name);
    difference.turns = {};  // judged() looks at those of the two.
    const LinearForm above = rows_.on_first(variant, other->numerator);
    if (first.denominator) {
      difference.numerator = above;
      difference.denominator = rows_.on_first(variant, *other->denominator);
      difference.less = FormRatio{first.numerator, *first.denominator};
    } else {
      difference.numerator = plus(above, first.numerator, -1);
    }
    measures_.push_back(std::move(difference));
  }
}

void Questions::add_averted(std::size_t variant) {
  const auto difference = [&](const std::string& name) -> std::optional<LinearForm> {
    const MeasureDefinition* first = find_measure(variants_.front().measures, name);
    if (first == nullptr || counterpart(*first, variants_[variant]) == nullptr) return std::nullopt;
    const MeasureDefinition* other = counterpart(*first, variants_[variant]);
    return plus(rows_.on_first(variant, other->numerator), first->numerator, -1);
  };
  const std::optional<LinearForm> leakers = difference("leakers");
  for (const View view : all_views) {
    const std::string cost_name = fmt::format("cost.defender.{}", name_of(view));
    const std::optional<LinearForm> cost = difference(cost_name);
    if (!leakers || !cost) continue;
    MeasureDefinition measure;
    measure.name = name_of_difference(variant, fmt::format("cost-per-leaker-averted.{}", name_of(view)));
    measure.meaning = fmt::format("What the defence pays more ({}) for each leaker less.", name_of(view));
    measure.unit = find_measure(variants_.front().measures, cost_name)->unit;
    measure.numerator = *cost;
    measure.denominator = times(-1, *leakers);
    measure.undefined_because = "as many leak in either";
    measures_.push_back(std::move(measure));
  }
}

Told told_by(const Estimate& difference) {
  if (!difference.mean) return Told::undefined;
  if (difference.sd && *difference.sd == 0 && *difference.mean == 0) return Told::equal;
  if (difference.low && *difference.low > 0) return Told::above;
  if (difference.high && *difference.high < 0) return Told::below;
  return Told::unclear;
}

/// With intruders still aloft: the least and the most that the difference may become.
std::optional<std::pair<double, double>> bounds_of(const Estimate& first, const Estimate& other) {
  if (!first.bounds && !other.bounds) return std::nullopt;
  if (!first.mean || !other.mean) return std::nullopt;
  const auto [first_low, first_high] = first.bounds.value_or(std::pair{*first.mean, *first.mean});
  const auto [other_low, other_high] = other.bounds.value_or(std::pair{*other.mean, *other.mean});
  return std::pair{other_low - first_high, other_high - first_low};
}

void leave_undefined(Estimate& estimate, std::string because) {
  estimate.mean = estimate.se = estimate.low = estimate.high = estimate.sd = std::nullopt;
  estimate.method.clear();
  estimate.undefined_because = std::move(because);
}

Difference judged(Estimate estimate, const Estimate& first, const Estimate& other) {
  for (const Estimate* own : {&first, &other})
    if (own->turns != PriceTurns{}) leave_undefined(estimate, own->undefined_because);
  Difference difference{std::move(estimate)};
  difference.told = told_by(difference.estimate);
  difference.estimate.bounds = bounds_of(first, other);
  // The bounds of what is still aloft are wider than any interval: they decide.
  if (const auto& bounds = difference.estimate.bounds; bounds && bounds->first <= 0 && bounds->second >= 0)
    difference.told = Told::unclear;
  const double paired = difference.estimate.sd.value_or(0);
  if (paired > 0 && first.sd && other.sd)
    difference.variance_ratio = (*first.sd * *first.sd + *other.sd * *other.sd) / (paired * paired);
  return difference;
}

/// A price for each leaker less needs that one of the two lets fewer through, and that it is the dearer one
/// or the first.
void judge_averted(PairComparison& comparison) {
  const Difference* leakers = comparison.find("leakers");
  for (Estimate& averted : comparison.averted) {
    const std::string view = averted.name.substr(averted.name.rfind('.') + 1);
    const Difference* cost = comparison.find("cost.defender." + view);
    expects(leakers != nullptr && cost != nullptr);
    if (leakers->told == Told::equal)
      leave_undefined(averted, "nothing is averted: as many leak in either, in every replication");
    else if (leakers->told == Told::unclear)
      leave_undefined(averted, "the leakers averted cannot be told from none");
    else if (leakers->told == Told::below && cost->estimate.mean.value_or(0) < 0)
      leave_undefined(averted, "nothing is averted: the first costs more and lets more through");
  }
}

CompareResult Questions::answers(const PointResult& joined) const {
  CompareResult result{joined.replications, joined.end, joined.precision, {}, {}, joined.seconds};
  auto next = joined.estimates.begin();
  const auto take = [&](const std::string& name) {
    Estimate estimate = *next++;
    estimate.name = name;
    return estimate;
  };
  for (const Variant& variant : variants_) {
    PointResult& own = result.variants.emplace_back();
    own.replications = joined.replications;
    own.end = joined.end;
    if (joined.replications == 0) continue;
    for (const MeasureDefinition& measure : variant.measures) own.estimates.push_back(take(measure.name));
    if (const Estimate* unresolved = own.find("unresolved")) own.unresolved = unresolved->mean.value_or(0);
    const std::size_t at = result.variants.size() - 1;
    add_bounds(variant.layout, variant.measures,
               std::span(joined.means).subspan(rows_.begin(at), variant.layout.columns.size()),
               own.estimates);
  }
  for (std::size_t v = 1; v < variants_.size(); ++v) {
    PairComparison& comparison = result.against_first.emplace_back();
    for (const MeasureDefinition& first : variants_.front().measures) {
      if (counterpart(first, variants_[v]) == nullptr) {
        comparison.only_first.push_back(first.name);
      } else if (joined.replications > 0) {
        const Estimate *of_first = result.variants[0].find(first.name),
                       *of_other = result.variants[v].find(first.name);
        comparison.differences.push_back(judged(take(first.name), *of_first, *of_other));
      }
    }
    for (const MeasureDefinition& other : variants_[v].measures)
      if (counterpart(other, variants_.front()) == nullptr) comparison.only_other.push_back(other.name);
    const std::string prefix = name_of_difference(v, "cost-per-leaker-averted.");
    while (next != joined.estimates.end() && next->name.rfind(prefix, 0) == 0)
      comparison.averted.push_back(take(next->name.substr(name_of_difference(v, "").size())));
    judge_averted(comparison);
  }
  return result;
}

}  // namespace

const char* name_of(Told told) {
  switch (told) {
    case Told::equal:
      return "equal";
    case Told::above:
      return "above";
    case Told::below:
      return "below";
    case Told::unclear:
      return "unclear";
    case Told::undefined:
      return "undefined";
  }
  expects(false);
}

const Difference* PairComparison::find(const std::string& measure) const {
  for (const Difference& difference : differences)
    if (difference.estimate.name == measure) return &difference;
  return nullptr;
}

CompareResult compare(const std::vector<Variant>& variants, const RunOptions& options) {
  expects(variants.size() >= 2 && options.requested.empty() && !options.keep_rows);
  const Questions questions(variants);
  RunOptions joined = options;
  if (joined.precision)
    joined.precision->measure = Questions::name_of_difference(1, joined.precision->measure);
  return questions.answers(
      run_point(questions.rows().layout(), questions.measures(), questions.rows().make_runner(), joined));
}

}  // namespace dronewall
