#include "study/run/estimates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "dronewall/core/hash.hpp"
#include "dronewall/core/phrases.hpp"
#include "dronewall/stats/interval.hpp"
#include "dronewall/study/price_readers.hpp"
#include "study/run/rare_events.hpp"

namespace dronewall {
namespace {

std::optional<double> known(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  return value;
}

void set_interval(Estimate& estimate, const ConfidenceInterval& interval) {
  if (!interval.is_defined()) return;
  estimate.low = known(interval.low);
  estimate.high = known(interval.high);
  estimate.method = name_of(interval.method);
}

/// Whether no replication can have a value below 0: counts, and what is paid for.
bool is_never_below_0(const LinearForm& form, const LedgerLayout& layout) {
  return form.constant >= 0 && std::all_of(form.terms.begin(), form.terms.end(), [&](const Term& term) {
           const Column& column = layout.columns[term.first];
           return term.second > 0 && !column.may_be_negative && (column.is_count || column.line);
         });
}

ConfidenceInterval textbook_interval(const Estimate& estimate, const RatioMoments& moments,
                                     const LinearForm& numerator, const LinearForm& denominator,
                                     const Tally& tally, double confidence) {
  std::vector<double> above, below;
  if (estimate.n <= bootstrap_up_to && estimate.se && *estimate.se > 0) {
    above = tally.batches().form_sums(numerator.terms, numerator.constant);
    below = tally.batches().form_sums(denominator.terms, denominator.constant);
  }
  // The same resamples for every measure: equal ratios then get equal intervals.
  const BootstrapOptions bootstrap{.seed = hash_text("bootstrap")};
  return ratio_interval(moments, above, below, confidence, bootstrap);
}

/// Whether a form is a number of things: counts added to or taken from each other.
bool is_number(const LinearForm& form, const LedgerLayout& layout) {
  return std::all_of(form.terms.begin(), form.terms.end(), [&](const Term& term) {
    return layout.columns[term.first].is_count && std::abs(term.second) == 1;
  });
}

/// Of a number Student's t; of an amount, which rare and costly events make lopsided, bootstrap-t of its
/// ratio to 1, of which Student's t is the delta method.
ConfidenceInterval interval_of_mean(const Estimate& estimate, const LinearForm& form, double variance,
                                    const LedgerLayout& layout, const Tally& tally, double confidence) {
  if (!is_number(form, layout)) {
    const RatioMoments moments{.n = estimate.n,
                               .numerator_mean = *estimate.mean,
                               .denominator_mean = 1,
                               .numerator_variance = variance};
    const ConfidenceInterval interval =
        textbook_interval(estimate, moments, form, LinearForm{.constant = 1}, tally, confidence);
    if (interval.method == IntervalMethod::bootstrap_t) return interval;
  }
  return mean_interval(*estimate.mean, variance, estimate.n, confidence);
}

void estimate_mean(Estimate& estimate, const LinearForm& form, const LedgerLayout& layout, const Tally& tally,
                   double confidence) {
  estimate.mean = known(tally.moments().form_mean(form.terms, form.constant));
  const double variance = tally.variance(form);
  if (!estimate.mean || !std::isfinite(variance)) return;
  estimate.sd = std::sqrt(variance);
  estimate.se = std::sqrt(variance / static_cast<double>(estimate.n));
  if (sums_events(form, layout, tally)) {
    const RareSum events = rare_sum(form, layout, tally);
    if (events.is_rare()) return set_interval(estimate, rare_mean_interval(events, confidence));
  }
  ConfidenceInterval interval = interval_of_mean(estimate, form, variance, layout, tally, confidence);
  if (is_never_below_0(form, layout)) interval.low = std::max(interval.low, 0.0);
  set_interval(estimate, interval);
}

ConfidenceInterval interval_of_ratio(const Estimate& estimate, const RatioMoments& moments,
                                     const LinearForm& numerator, const LinearForm& denominator,
                                     const LedgerLayout& layout, const Tally& tally, double confidence) {
  const bool above = sums_events(numerator, layout, tally), below = sums_events(denominator, layout, tally);
  const bool positive = is_never_below_0(numerator, layout) && is_never_below_0(denominator, layout);
  if (estimate.unit == "fraction" && above && below)
    if (const ConfidenceInterval rare = rare_share(numerator, denominator, tally, confidence);
        rare.is_defined())
      return rare;
  if (above && rare_sum(numerator, layout, tally).is_rare() && positive) {
    ConfidenceInterval rare = rare_mean_interval(rare_sum(numerator, layout, tally), confidence);
    rare.low /= moments.denominator_mean;
    rare.high /= moments.denominator_mean;
    return rare;
  }
  if (below && positive && rare_sum(denominator, layout, tally).is_rare())
    return over_rare(moments.numerator_mean, rare_sum(denominator, layout, tally), confidence);
  ConfidenceInterval interval =
      textbook_interval(estimate, moments, numerator, denominator, tally, confidence);
  if (positive) interval.low = std::max(interval.low, 0.0);
  if (estimate.unit == "fraction") {  // No interval of a share leaves [0, 1].
    interval.low = std::max(interval.low, 0.0);
    interval.high = std::min(interval.high, 1.0);
  }
  return interval;
}

void estimate_ratio(Estimate& estimate, const LinearForm& numerator, const LinearForm& denominator,
                    const LedgerLayout& layout, const Tally& tally, double confidence) {
  const RatioMoments moments = ratio_moments(tally.moments(), numerator.terms, numerator.constant,
                                             denominator.terms, denominator.constant);
  estimate.mean = known(moments.ratio());
  if (!estimate.mean || estimate.n < 2) return;
  estimate.se = known(moments.standard_error());
  if (estimate.se) estimate.sd = *estimate.se * std::sqrt(static_cast<double>(estimate.n));
  set_interval(estimate,
               interval_of_ratio(estimate, moments, numerator, denominator, layout, tally, confidence));
}

/// numerator / denominator − less.numerator / less.denominator, through the linear form that the difference
/// is near its sample: (y − R x) / mean x, one ratio's less the other's. Columns that both ratios weigh alike
/// cancel before anything is summed, so what is common to both adds no noise, not even of rounding.
void estimate_ratio_difference(Estimate& estimate, const LinearForm& numerator, const LinearForm& denominator,
                               const FormRatio& less, const Tally& tally, double confidence) {
  const Moments& moments = tally.moments();
  const auto mean = [&](const LinearForm& form) { return moments.form_mean(form.terms, form.constant); };
  const double x = mean(denominator), less_x = mean(less.denominator);
  if (x == 0 || less_x == 0) return;
  const double ratio = mean(numerator) / x, less_ratio = mean(less.numerator) / less_x;
  estimate.mean = known(ratio - less_ratio);
  if (!estimate.mean || estimate.n < 2) return;
  const LinearForm residual =
      plus(times(1 / x, plus(numerator, denominator, -ratio)),
           times(1 / less_x, plus(less.numerator, less.denominator, -less_ratio)), -1);
  LinearisedValue linearised{
      .value = *estimate.mean, .residual_variance = moments.form_variance(residual.terms), .n = estimate.n};
  estimate.sd = known(std::sqrt(linearised.residual_variance));
  if (estimate.sd) estimate.se = *estimate.sd / std::sqrt(static_cast<double>(estimate.n));
  std::vector<double> batches;
  if (estimate.n <= bootstrap_up_to) batches = tally.batches().form_sums(residual.terms, residual.constant);
  linearised.batch_residuals = batches;
  linearised.batch_size = static_cast<double>(tally.batches().width());
  set_interval(estimate, linearised_interval(linearised, confidence, {.seed = hash_text("bootstrap")}));
}

/// `above USD 1,400,000 aim120c would be taken before aim9x`.
std::string turn_words(const char* side, const PriceTurn& turn, const std::string& currency) {
  const std::string price = turn.price < 1000 ? fmt::format("{:.4g}", turn.price)
                                              : grouped(static_cast<std::uint64_t>(std::llround(turn.price)));
  return fmt::format("{} {} {} {}", side, currency, price, turn.change);
}

/// Beyond a turn something else would have happened.
void keep_within(const PriceTurns& turns, Estimate& estimate) {
  double price = *estimate.mean, low = estimate.low.value_or(std::nan("")),
         high = estimate.high.value_or(std::nan(""));
  const PriceTurns met = take_back(turns, price, low, high);
  if (met == PriceTurns{}) return;
  estimate.mean = known(price);
  estimate.low = known(low);
  estimate.high = known(high);
  if (!estimate.mean) estimate.se = estimate.sd = std::nullopt;
  say_unknown_beyond(met, estimate);
}

Estimate begin(const Requested& requested, std::uint64_t n) {
  Estimate estimate;
  estimate.name = requested.name;
  estimate.n = n;
  return estimate;
}

void set_probability(Estimate& estimate, std::uint64_t hits, double confidence) {
  const double n = static_cast<double>(estimate.n), p = static_cast<double>(hits) / n;
  estimate.meaning = "The share of replications in which this holds.";
  estimate.unit = "fraction";
  estimate.mean = p;
  estimate.sd = std::sqrt(p * (1 - p));
  estimate.se = *estimate.sd / std::sqrt(n);
  set_interval(estimate, probability_interval(hits, estimate.n, confidence));
}

}  // namespace

void say_unknown_beyond(const PriceTurns& met, Estimate& estimate) {
  estimate.turns = met;
  estimate.undefined_because = met.above ? turn_words("above", *met.above, estimate.unit) : "";
  if (met.below)
    estimate.undefined_because += (met.above ? "; " : "") + turn_words("below", *met.below, estimate.unit);
}

LinearForm on_integers(const LedgerLayout& layout, const LinearForm& form) {
  LinearForm scaled = form;
  for (auto& [column, weight] : scaled.terms) weight *= layout.columns[column].quantum;
  return scaled;
}

Estimate estimate(const LedgerLayout& layout, const MeasureDefinition& measure, const Tally& tally,
                  double confidence) {
  Estimate estimate;
  estimate.name = measure.name;
  estimate.meaning = measure.meaning;
  estimate.unit = measure.unit;
  estimate.n = tally.moments().count();
  estimate.is_ratio = measure.denominator.has_value();
  const LinearForm numerator = on_integers(layout, measure.numerator);
  if (measure.less)
    estimate_ratio_difference(
        estimate, numerator, on_integers(layout, *measure.denominator),
        {on_integers(layout, measure.less->numerator), on_integers(layout, measure.less->denominator)}, tally,
        confidence);
  else if (measure.denominator)
    estimate_ratio(estimate, numerator, on_integers(layout, *measure.denominator), layout, tally, confidence);
  else
    estimate_mean(estimate, numerator, layout, tally, confidence);
  if (!estimate.mean)
    estimate.undefined_because = measure.undefined_because;
  else
    keep_within(measure.turns, estimate);
  return estimate;
}

Estimate estimate(const Requested& requested, const Histogram& histogram, double weight, double constant,
                  double confidence) {
  Estimate estimate = begin(requested, histogram.count());
  if (requested.kind == Requested::Kind::probability) {
    std::uint64_t hits = 0;
    for (const auto& [value, times] : histogram.cells())
      if (meets(requested, weight * static_cast<double>(value) + constant)) hits += times;
    set_probability(estimate, hits, confidence);
    return estimate;
  }
  estimate.mean = weight * static_cast<double>(histogram.quantile(requested.level)) + constant;
  ConfidenceInterval interval = quantile_interval(histogram, requested.level, confidence);
  interval.low = weight * interval.low + constant;
  interval.high = weight * interval.high + constant;
  set_interval(estimate, interval);
  return estimate;
}

Estimate estimate(const Requested& requested, std::vector<double>& values, double confidence) {
  Estimate estimate = begin(requested, values.size());
  if (requested.kind == Requested::Kind::probability) {
    const auto hits =
        std::count_if(values.begin(), values.end(), [&](double v) { return meets(requested, v); });
    set_probability(estimate, static_cast<std::uint64_t>(hits), confidence);
    return estimate;
  }
  std::sort(values.begin(), values.end());
  estimate.mean = values[quantile_rank(requested.level, values.size()) - 1];
  set_interval(estimate, quantile_interval(values, requested.level, confidence));
  return estimate;
}

std::vector<Estimate> estimate_all(const LedgerLayout& layout, const std::vector<MeasureDefinition>& measures,
                                   const Tally& tally, double confidence) {
  std::vector<Estimate> estimates;
  for (const MeasureDefinition& measure : measures)
    estimates.push_back(estimate(layout, measure, tally, confidence));
  std::vector<double> means;
  for (std::uint32_t column = 0; column < layout.columns.size(); ++column)
    means.push_back(tally.moments().mean(column));
  add_bounds(layout, measures, means, estimates);
  return estimates;
}

std::optional<std::uint64_t> rare_events(const LedgerLayout& layout, const MeasureDefinition& measure,
                                         const Tally& tally) {
  struct Part {
    double variance;
    std::uint64_t events;
  };
  std::vector<Part> parts;
  double all = 0;
  for (const auto& [column, weight] : on_integers(layout, measure.numerator).terms) {
    const Histogram* histogram = tally.histogram(column);
    const double variance =
        weight * weight * (histogram != nullptr ? histogram->variance() : tally.moments().variance(column));
    all += variance;
    if (histogram == nullptr) continue;
    const std::uint64_t zeros = histogram->count_at_most(0) - histogram->count_at_most(-1);
    if (2 * zeros > histogram->count()) parts.push_back({variance, histogram->count() - zeros});
  }
  std::optional<std::uint64_t> fewest;
  for (const Part& part : parts)
    if (part.variance >= all / 10 && (!fewest || part.events < *fewest)) fewest = part.events;
  return fewest;
}

PrecisionVerdict judge_measure(const LedgerLayout& layout, const MeasureDefinition& measure,
                               const Tally& tally, const StoppingRule& rule, double confidence) {
  const Estimate watched = estimate(layout, measure, tally, confidence);
  PrecisionSample sample;
  sample.replications = tally.moments().count();
  sample.mean = watched.mean.value_or(std::nan(""));
  if (watched.low && watched.high)
    sample.interval = ConfidenceInterval(*watched.low, *watched.high, IntervalMethod::delta);
  sample.events = rare_events(layout, measure, tally);
  return judge_precision(rule, sample);
}

}  // namespace dronewall
