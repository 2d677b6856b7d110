#include "study/select_figures.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <numeric>

#include "dronewall/core/contracts.hpp"
#include "dronewall/core/hash.hpp"
#include "dronewall/stats/interval.hpp"
#include "study/estimates.hpp"
#include "study/wanted.hpp"

namespace dronewall {
namespace {

double value_of(const LinearForm& form, const std::int64_t* row) {
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

void set_interval(Estimate& estimate, const ConfidenceInterval& interval) {
  if (!interval.is_defined()) return;
  estimate.low = interval.low, estimate.high = interval.high;
  estimate.method = name_of(interval.method);
}

}  // namespace

FigureReader::FigureReader(const Requested& requested, const SystemPart& part) : requested_(requested) {
  expects(requested.kind != Requested::Kind::quantile);
  const MeasureDefinition& measure = measure_of(requested, part);
  above_ = on_integers(*part.layout, measure.numerator);
  if (measure.denominator) below_ = on_integers(*part.layout, *measure.denominator);
  form_ = hash_of(above_, *part.layout, below_ ? hash_of(*below_, *part.layout, 1) : 0);
}

FigureReader::Value FigureReader::read(const std::int64_t* row) const {
  const double above = value_of(above_, row);
  const double below = below_ ? value_of(*below_, row) : 1;
  if (requested_.kind == Requested::Kind::plain) return {above, below};
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

Estimate estimate_of(const FigureKind& kind, const Observations& observations, std::uint64_t round,
                     double confidence) {
  const std::uint64_t rounds = observations.count();
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
  } else if (kind.is_share && value == 0) {
    // Never seen is not never: the share is at most the chance that any replication has one.
    set_interval(made, probability_interval(0, made.n, confidence));
  } else {
    set_interval(made, mean_interval(value, observations.variance(rounds), rounds, confidence));
    if (kind.is_ratio) made.method = name_of(IntervalMethod::delta);
  }
  return made;
}

}  // namespace dronewall
