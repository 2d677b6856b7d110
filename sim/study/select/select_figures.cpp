#include "study/select/select_figures.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <numeric>

#include "dronewall/core/contracts.hpp"
#include "dronewall/core/hash.hpp"
#include "dronewall/stats/interval.hpp"
#include "dronewall/stats/rare_interval.hpp"
#include "study/run/estimates.hpp"
#include "study/run/wanted.hpp"

namespace dronewall {
namespace {

double value_on(const LinearForm& form, const std::int64_t* row) {
  double value = form.constant;
  for (const auto& [column, weight] : form.terms) value += weight * static_cast<double>(row[column]);
  return value;
}

std::uint64_t hash_of(const LinearForm& form, const LedgerLayout& layout, std::uint64_t hash) {
  hash = mix64(hash ^ std::bit_cast<std::uint64_t>(form.constant));
  for (const auto& [column, weight] : form.terms)
    hash = mix64(hash_text(layout.columns[column].name, hash) ^ std::bit_cast<std::uint64_t>(weight));
  return mix64(hash);
}

const MeasureDefinition& measure_of(const Requested& requested, const SystemPart& part) {
  const MeasureDefinition* measure = find_measure(part.measures, requested.measure);
  if (measure != nullptr) return *measure;
  RunOptions options;
  options.requested = {requested};
  throw CannotSelect(why_not_askable(part.measures, options));
}

/// What one integer of the column adds to the form.
double weight_of(const LinearForm& form, std::uint32_t column) {
  for (const auto& [at, weight] : form.terms)
    if (at == column) return weight;
  return 0;
}

bool is_of_rounds(const LedgerLayout& layout, std::uint32_t column) {
  const auto& line = layout.columns[column].line;
  return line && line->account == Account::munitions;
}

/// The form with what each intruder still aloft would add: once to all of it, and to its munitions.
void add_endings(const LedgerLayout& layout, Unresolved::Additions Unresolved::*additions,
                 const LinearForm& form, LinearForm& all, LinearForm& munitions) {
  for (const Unresolved& one : layout.unresolved) {
    double weight = 0, of_rounds = 0;
    for (const auto& [column, amount] : one.*additions) {
      const double added = weight_of(form, column) * static_cast<double>(amount);
      weight += added;
      if (is_of_rounds(layout, column)) of_rounds += added;
    }
    if (weight != 0) all.terms.emplace_back(one.column, weight);
    if (of_rounds != 0) munitions.terms.emplace_back(one.column, of_rounds);
  }
}

/// Of what no replication had, or of a share of which none was lacking.
ConfidenceInterval unseen_interval(const FigureKind& kind, const FigureSample& sample, double value,
                                   double confidence) {
  const Observations& seen = sample.observations;
  const double of = seen.denominators.empty()
                        ? 1
                        : std::accumulate(seen.denominators.begin(), seen.denominators.end(), 0.0) /
                              static_cast<double>(seen.count());
  const RareSum none{seen.count() * sample.round, 0, 0, sample.whole};
  const double trials = of * static_cast<double>(none.n);
  if (kind.is_share)
    return value == 0 ? rare_share_interval(none, trials, confidence)
                      : nearly_all_interval(none, trials, confidence);
  const ConfidenceInterval interval = rare_mean_interval(none, confidence);
  return {interval.low / of, interval.high / of, interval.method};
}

void set_interval(Estimate& estimate, const ConfidenceInterval& interval) {
  if (!interval.is_defined()) return;
  estimate.low = interval.low, estimate.high = interval.high;
  estimate.method = name_of(interval.method);
}

}  // namespace

FigureReader::FigureReader(const TrialFigure& figure, const SystemPart& part) : requested_(figure) {
  expects(figure.kind != Requested::Kind::quantile);
  const LedgerLayout& layout = *part.layout;
  const MeasureDefinition& measure = measure_of(figure, part);
  is_share_ = kind_of(figure, part).is_share;
  above_ = ended(layout, measure.numerator, figure.aloft);
  if (measure.denominator) below_ = ended(layout, *measure.denominator, figure.aloft);
  if (figure.kind == Requested::Kind::plain && may_sum_events(layout, above_.all))
    whole_.emplace(layout, above_.all);
  if (figure.aloft == Aloft::worst) {
    for (const Unresolved& one : layout.unresolved) aloft_.push_back(one.column);
    launched_ = layout.column("intruders.launched");
  }
  form_ = hash_of(above_.all, layout, below_ ? hash_of(below_->all, layout, 1) : 0);
  if (figure.aloft != Aloft::worst) return;
  form_ = hash_of(above_.munitions, layout, below_ ? hash_of(below_->munitions, layout, form_) : form_);
}

FigureReader::Form FigureReader::ended(const LedgerLayout& layout, const LinearForm& form, Aloft aloft) {
  Form made{on_integers(layout, form), {}};
  if (aloft == Aloft::left_out) return made;
  const LinearForm now = made.all;
  if (aloft == Aloft::stopped) {
    LinearForm no_rounds;
    add_endings(layout, &Unresolved::stopped, now, made.all, no_rounds);
    return made;
  }
  for (const auto& [column, weight] : now.terms)
    if (is_of_rounds(layout, column)) made.munitions.terms.emplace_back(column, weight);
  add_endings(layout, &Unresolved::worst, now, made.all, made.munitions);
  return made;
}

double FigureReader::value_of(const Form& form, double more_rounds, const std::int64_t* row) {
  const double value = value_on(form.all, row);
  return more_rounds > 0 ? value + more_rounds * value_on(form.munitions, row) : value;
}

double FigureReader::more_rounds(const std::int64_t* row) const {
  std::int64_t aloft = 0;
  for (const std::uint32_t column : aloft_) aloft += row[column];
  if (aloft == 0) return 0;
  // Where the fate of none is known, as many again.
  const std::int64_t known = launched_ ? row[*launched_] - aloft : 0;
  return static_cast<double>(aloft) / static_cast<double>(known > 0 ? known : aloft);
}

double FigureReader::whole(double below, const std::int64_t* row) const {
  if (is_share_) return below;
  return whole_ ? whole_->size([&](std::uint32_t column) { return row[column]; }) : 0;
}

FigureReader::Value FigureReader::read(const std::int64_t* row) const {
  const double more = more_rounds(row);
  const double above = value_of(above_, more, row);
  const double below = below_ ? value_of(*below_, more, row) : 1;
  if (requested_.kind == Requested::Kind::plain) return {above, below, whole(below, row)};
  if (below == 0) return {0, 0};
  return {meets(requested_, above / below) ? 1.0 : 0.0, 1};
}

FigureKind kind_of(const Requested& requested, const SystemPart& part) {
  const MeasureDefinition& measure = measure_of(requested, part);
  FigureKind kind;
  kind.name = requested.name;
  kind.is_probability = requested.kind == Requested::Kind::probability;
  kind.unit = kind.is_probability ? "fraction" : measure.unit;
  kind.is_ratio = measure.denominator.has_value();
  kind.is_share = kind.is_ratio && !kind.is_probability && measure.unit == "fraction";
  return kind;
}

Estimate estimate_of(const FigureKind& kind, const FigureSample& sample, double confidence) {
  const Observations& observations = sample.observations;
  const std::uint64_t rounds = observations.count(), round = sample.round;
  Estimate made;
  made.name = kind.name;
  made.unit = kind.unit;
  made.n = rounds * round;
  made.is_ratio = kind.is_ratio && !kind.is_probability;
  const double value = observations.value(rounds);
  if (rounds < 2 || !std::isfinite(value)) {
    made.undefined_because =
        rounds < 2 ? "too few replications" : "its denominator is 0 in every replication";
    return made;
  }
  made.mean = value;
  made.se = std::sqrt(observations.variance(rounds) / static_cast<double>(rounds));
  if (kind.is_probability && observations.denominators.empty()) {
    const double sum = std::accumulate(observations.numerators.begin(), observations.numerators.end(), 0.0);
    const auto hits = static_cast<std::uint64_t>(std::llround(sum * static_cast<double>(round)));
    set_interval(made, probability_interval(hits, made.n, confidence));
  } else if (sample.whole > 0 && (value == 0 || (kind.is_share && value == 1))) {
    set_interval(made, unseen_interval(kind, sample, value, confidence));
  } else {
    set_interval(made, mean_interval(value, observations.variance(rounds), rounds, confidence));
    if (kind.is_ratio) made.method = name_of(IntervalMethod::delta);
  }
  return made;
}

}  // namespace dronewall
