// A measure at every point of a store.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include "dronewall/study/stored_sensitivity.hpp"
#include "study/run/estimates.hpp"
#include "study/run/in_parallel.hpp"
#include "study/run/wanted.hpp"

namespace dronewall {
namespace {

constexpr std::size_t fewest_batches = 16, most_batches = 64;

/// One point's measure: mean, variance of the mean, and the batches that tell what luck it shares.
struct Measured {
  double mean = std::nan(""), variance = 0;
  std::uint64_t n = 0, width = 1;
  std::vector<double> batches;
  std::optional<std::pair<double, double>> bounds;
};

/// What intruders still aloft could yet make of it.
std::optional<std::pair<double, double>> bounds_of(const PointTally& point,
                                                   const MeasureDefinition& measure) {
  std::vector<double> means;
  for (std::uint32_t column = 0; column < point.layout().columns.size(); ++column)
    means.push_back(point.moments().mean(column));
  std::vector<Estimate> one(1);
  one.front().mean = 0;
  one.front().is_ratio = measure.denominator.has_value();
  add_bounds(point.layout(), {measure}, means, one);
  return one.front().bounds;
}

/// A ratio's batches are those of its residual numerator − ratio × denominator.
Measured measure_at(const PointTally& point, const MeasureDefinition& measure) {
  const Tally& tally = point.tally();
  const Moments& moments = tally.moments();
  Measured made;
  made.n = moments.count();
  made.width = tally.batches().width();
  LinearForm form = on_integers(point.layout(), measure.numerator);
  double scale = 1;
  if (measure.denominator) {
    const LinearForm below = on_integers(point.layout(), *measure.denominator);
    const RatioMoments ratio = ratio_moments(moments, form.terms, form.constant, below.terms, below.constant);
    made.mean = ratio.ratio();
    made.variance = ratio.standard_error() * ratio.standard_error();
    if (std::isfinite(made.mean)) form = plus(form, below, -made.mean);
    scale = ratio.denominator_mean < 0 ? -1 : 1;
  } else {
    const Estimate estimate = dronewall::estimate(point.layout(), measure, tally, 0.95);
    made.mean = estimate.mean.value_or(std::nan(""));
    made.variance = estimate.se.value_or(0) * estimate.se.value_or(0);
  }
  if (!std::isfinite(made.mean) || !std::isfinite(made.variance)) return {};
  made.bounds = bounds_of(point, measure);
  made.batches = tally.batches().form_sums(form.terms, form.constant);
  for (double& sum : made.batches) sum *= scale;
  return made;
}

/// Neighbours joined until a batch is `width` replications.
void widen(Measured& measured, std::uint64_t width) {
  const std::size_t joined = width / measured.width;
  std::vector<double> sums(measured.batches.size() / joined, 0.0);
  for (std::size_t b = 0; b < sums.size() * joined; ++b) sums[b / joined] += measured.batches[b];
  measured.batches = std::move(sums);
  measured.width = width;
}

/// Batches of the same replications at every point, or none: then the noise counts as each point's own.
bool align(std::vector<Measured>& all) {
  std::uint64_t width = 1;
  for (const Measured& each : all)
    if (each.n > 0) width = std::max(width, each.width);
  const auto fewest_at = [&](std::uint64_t w) {
    std::size_t fewest = SIZE_MAX;
    for (const Measured& each : all)
      if (each.n > 0)
        fewest = std::min(fewest, each.batches.size() / static_cast<std::size_t>(w / each.width));
    return fewest;
  };
  while (fewest_at(width) != SIZE_MAX && fewest_at(width) >= 2 * most_batches) width *= 2;
  const std::size_t batches = fewest_at(width);
  if (batches == SIZE_MAX || batches < fewest_batches) return false;
  for (Measured& each : all) {
    if (each.n > 0) widen(each, width);
    each.batches.resize(batches, 0.0);
  }
  return true;
}

/// A measure of one layout under one book; nullopt and why where it has none of that name.
std::optional<MeasureDefinition> find(const LedgerLayout& layout, const PriceBook& book,
                                      const std::string& name, Scoring scoring, std::string& why) {
  Sources sources;
  Problems problems(sources);
  std::vector<MeasureDefinition> measures = layout.measures;
  const Pricing pricing = price(layout, book, nullptr, problems, scoring);
  measures.insert(measures.end(), pricing.measures.begin(), pricing.measures.end());
  if (const MeasureDefinition* found = find_measure(measures, name)) return *found;
  RunOptions asked;
  asked.requested.push_back({Requested::Kind::plain, name, name});
  why = why_not_askable(measures, asked);
  return std::nullopt;
}

}  // namespace

MeasuredPoints measure_points(const RepricedStudy& stored, const BookOfPoint& book_of,
                              const std::string& measure, std::uint32_t threads) {
  if (measure.find('(') != std::string::npos)
    throw std::invalid_argument(fmt::format(
        "{} is a probability or a quantile: sensitivity needs a mean or a ratio, whose noise is known",
        escaped(measure)));
  const StoredStudy& study = stored.study();
  const Scoring scoring =
      study.text(study_text::scoring) == name_of(Scoring::sampled) ? Scoring::sampled : Scoring::expected;
  std::map<std::pair<std::uint64_t, const PriceBook*>, std::optional<MeasureDefinition>> known;
  std::vector<const MeasureDefinition*> of_point;  // null where the point has no such measure
  std::string why, unit;
  for (std::size_t i = 0; i < stored.points().size(); ++i) {
    const StoredPointId point = stored.points()[i].stored.point;
    const std::pair key(study.layout_hash(point), &book_of(i));
    auto found = known.find(key);
    if (found == known.end())
      found = known.emplace(key, find(*study.layout(point), *key.second, measure, scoring, why)).first;
    of_point.push_back(found->second ? &*found->second : nullptr);
    if (unit.empty() && found->second) unit = found->second->unit;
  }
  const bool is_known =
      std::any_of(of_point.begin(), of_point.end(), [](const auto* one) { return one != nullptr; });
  if (!is_known && !of_point.empty()) throw std::invalid_argument(why);
  std::vector<Measured> all(stored.points().size());
  in_parallel(all.size(), threads, [&] {
    return [&, own = std::make_shared<StoredStudy>(study.store().path())](std::size_t i) {
      if (of_point[i] != nullptr)
        all[i] = measure_at(own->tally(stored.points()[i].stored.point), *of_point[i]);
    };
  });
  MeasuredPoints made;
  made.unit = unit;
  const bool aligned = align(all);
  for (const Measured& each : all) {
    if (each.n == 0) ++made.undefined;
    made.bounds.push_back(each.bounds);
    if (aligned)
      made.responses.add(each.mean, each.variance, std::max<std::uint64_t>(each.n, 1), each.batches);
    else
      made.responses.add(each.mean, each.variance);
  }
  return made;
}

}  // namespace dronewall
