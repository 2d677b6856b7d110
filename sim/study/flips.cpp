#include "study/flips.hpp"

#include <fmt/format.h>

#include <cmath>

namespace dronewall {
namespace {

Flip::Kind kind_of(Factor::Role role) {
  switch (role) {
    case Factor::Role::choice:
      return Flip::Kind::choice;
    case Factor::Role::uncertain:
      return Flip::Kind::uncertain;
    case Factor::Role::attacker:
      break;
  }
  return Flip::Kind::attacker;
}

/// The view of cost-exchange.VIEW.
std::optional<View> view_of(const std::string& measure) {
  for (const View view : all_views)
    if (measure == std::string("cost-exchange.") + name_of(view)) return view;
  return std::nullopt;
}

/// Money as an author writes it: 5000000 is `5M`.
std::string amount(double value) {
  const double size = std::abs(value);
  const auto digits = [](double x) { return fmt::format("{:.4g}", x); };
  if (size >= 1e9) return digits(value / 1e9) + "bn";
  if (size >= 1e6) return digits(value / 1e6) + "M";
  if (size >= 1e4) return digits(value / 1e3) + "k";
  return digits(value);
}

void set_interval(Flip& flip, const BoundCrossing& crossing, const FactorScale& scale) {
  if (crossing.at) flip.at = scale.text(*crossing.at);
  if (!crossing.low) return;
  // At an end of the range the interval goes on where nothing was simulated.
  flip.low = *crossing.low <= 0 ? "" : scale.text(*crossing.low);
  flip.high = *crossing.high >= 1 ? "" : scale.text(*crossing.high);
}

}  // namespace

void FlipFinder::add_factors(const std::vector<double>& base, std::optional<std::size_t> base_point,
                             const LinearMetamodel* model, std::vector<Flip>& flips) const {
  std::vector<FactorLine> lines(points.factors);
  if (base_point) lines = lines_through(points, *base_point);
  for (std::size_t k = 0; k < points.factors; ++k) {
    const Factor& factor = study.factors[factors[k]];
    if (!scales[k].is_number()) continue;  // Between two words there is no value.
    Flip flip;
    flip.kind = kind_of(factor.role);
    flip.input = factor.path;
    flip.used = scales[k].text(base[k]);
    flip.range = scales[k].range();
    FactorLine line;
    for (const std::size_t point : lines[k])
      if (!std::isnan(responses.mean(point))) line.push_back(point);
    BoundCrossing crossing;
    if (line.size() >= 2) {
      std::vector<double> values;
      for (const std::size_t point : line) values.push_back(points.at(point, k));
      flip.by = "between points";
      crossing = crossing_between(values, responses.of(line), options.bound, options.confidence);
    } else if (model != nullptr) {
      flip.by = "metamodel";
      crossing = crossing_along(*model, base, k, options.bound, options.confidence);
    } else {
      continue;
    }
    set_interval(flip, crossing, scales[k]);
    flip.verdict = crossing.at ? Flip::Verdict::in_range : Flip::Verdict::nowhere;
    flips.push_back(std::move(flip));
  }
}

void add_prices(const RepricedStudy& stored, const PriceBook& book, std::size_t point,
                const SensitivityOptions& options, std::vector<Flip>& flips) {
  const std::optional<View> view = view_of(options.measure);
  if (!view || !(options.bound > 0) || stored.points().empty()) return;
  for (const BreakEvenPrice& price :
       stored.break_even_prices(point, book, *view, options.bound, options.confidence)) {
    if (std::isnan(price.price) || !std::isfinite(price.price)) continue;
    Flip flip;
    flip.kind = Flip::Kind::price;
    flip.input = price.item;
    flip.used = amount(price.point);
    flip.by = "exact";
    flip.source = price.source;
    const bool has_range = price.low < price.high;
    if (has_range) flip.range = amount(price.low) + " .. " + amount(price.high);
    if (price.price < 0) {
      flip.verdict = Flip::Verdict::no_price;
    } else {
      flip.at = amount(price.price);
      if (price.interval.is_defined()) {
        flip.low = amount(std::max(0.0, price.interval.low));
        flip.high = amount(price.interval.high);
      }
      flip.verdict = !has_range                                              ? Flip::Verdict::no_range
                     : price.low <= price.price && price.price <= price.high ? Flip::Verdict::in_range
                                                                             : Flip::Verdict::out_of_range;
    }
    flips.push_back(std::move(flip));
  }
}

}  // namespace dronewall
