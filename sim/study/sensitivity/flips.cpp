#include "study/sensitivity/flips.hpp"

#include <fmt/format.h>

#include <cmath>

#include "dronewall/stats/interval.hpp"

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

/// A measure that is solved for each price: cost-exchange.VIEW, cost.defender.VIEW and cost.attacker.
std::optional<MoneyTarget> target_of(const std::string& measure, double bound) {
  using Figure = MoneyTarget::Figure;
  for (const View view : all_views) {
    if (measure == std::string("cost.defender.") + name_of(view))
      return MoneyTarget{Figure::defender, view, bound};
    if (bound > 0 && measure == std::string("cost-exchange.") + name_of(view))
      return MoneyTarget{Figure::exchange, view, bound};
  }
  if (measure == "cost.attacker") return MoneyTarget{Figure::attacker, View::total, bound};
  return std::nullopt;
}

constexpr const char* no_ground =
    "no points differ in it alone from end to end, and there is no metamodel of them";

Flip::Value money(double value) { return {value, ""}; }

Flip::Value on(const FactorScale& scale, double unit) { return {scale.value(unit), scale.text(unit)}; }

void set_interval(Flip& flip, const BoundCrossing& crossing, const FactorScale& scale) {
  if (crossing.at) flip.at = {scale.value(*crossing.at), scale.place_text(*crossing.at)};
  if (!crossing.low) return;
  // At an end of the range the interval goes on where nothing was simulated. Where only whole numbers can be
  // set, it is told from one to another.
  const auto text = [&](double unit, double outwards) {
    if (!scale.is_whole()) return scale.text(unit);
    return fmt::format("{:.0f}", outwards < 0 ? std::floor(scale.value(unit)) : std::ceil(scale.value(unit)));
  };
  if (*crossing.low > 0) flip.low = {scale.value(*crossing.low), text(*crossing.low, -1)};
  if (*crossing.high < 1) flip.high = {scale.value(*crossing.high), text(*crossing.high, 1)};
}

/// A crossing is only said to be there when its whole interval is.
Flip::Verdict verdict_of(const BoundCrossing& crossing) {
  if (!crossing.low) return Flip::Verdict::nowhere;
  const bool is_inside = *crossing.low > 0 && *crossing.high < 1;
  return crossing.at && is_inside ? Flip::Verdict::in_range : Flip::Verdict::untold;
}

/// Of levels: one that is told to lie on the other side of the bound than the base flips the verdict.
Flip::Verdict verdict_of(const Flip& flip) {
  using Side = Flip::Level::Side;
  const auto is_told = [](Side side) { return side == Side::above || side == Side::below; };
  bool all_hold = is_told(flip.base_side);
  for (const Flip::Level& level : flip.levels) {
    if (is_told(flip.base_side) && is_told(level.side) && level.side != flip.base_side)
      return Flip::Verdict::in_range;
    all_hold = all_hold && level.side == flip.base_side;
  }
  return all_hold ? Flip::Verdict::nowhere : Flip::Verdict::untold;
}

Flip::Verdict verdict_of(const BreakEvenPrice& price) {
  const ConfidenceInterval& interval = price.interval;
  if (price.is_beyond_turn()) {
    // Within the range it does not cross where all of the range lies on this side of the turn.
    const bool is_elsewhere = price.low < price.high && interval.is_defined() &&
                              (price.high < interval.low || interval.high < price.low);
    return is_elsewhere ? Flip::Verdict::out_of_range : Flip::Verdict::other_choice;
  }
  if (interval.is_defined() && interval.high < 0) return Flip::Verdict::no_price;
  if (!(price.low < price.high)) return price.price < 0 ? Flip::Verdict::no_price : Flip::Verdict::no_range;
  if (!interval.is_defined()) return Flip::Verdict::untold;
  if (price.low <= interval.low && interval.high <= price.high) return Flip::Verdict::in_range;
  if (price.low <= interval.high && interval.low <= price.high) return Flip::Verdict::untold;
  return price.price < 0 ? Flip::Verdict::no_price : Flip::Verdict::out_of_range;
}

}  // namespace

void FlipFinder::add_factors(const std::vector<double>& base, std::optional<std::size_t> base_point,
                             const LinearMetamodel* model, std::vector<Flip>& flips) const {
  std::vector<FactorLine> lines(points.factors);
  if (base_point) lines = lines_through(points, *base_point);
  for (std::size_t k = 0; k < points.factors; ++k) {
    const Factor& factor = study.factors[factors[k]];
    Flip flip;
    flip.kind = kind_of(factor.role);
    flip.input = factor.path;
    FactorLine line;
    for (const std::size_t point : lines[k])
      if (!std::isnan(responses.mean(point))) line.push_back(point);
    const Ground ground{line, base, model};
    if (factor.levels.size() == 1)
      flip.why_not = "the study gives it one value";
    else if (scales[k].is_number())
      find_where(k, ground, flip);
    else
      look_at_levels(k, ground, flip);
    if (scales[k].is_number()) {
      flip.unit = scales[k].unit();
      flip.used = on(scales[k], base[k]);
      flip.range_low = on(scales[k], 0), flip.range_high = on(scales[k], 1);
    } else {
      flip.used.text = scales[k].text(base[k]);
    }
    if (!flip.why_not.empty()) flip.verdict = Flip::Verdict::not_judged;
    flips.push_back(std::move(flip));
  }
}

void FlipFinder::find_where(std::size_t factor, const Ground& ground, Flip& flip) const {
  BoundCrossing crossing;
  // Beyond the ends of a line nothing was simulated.
  if (spans_range(points, ground.line, factor)) {
    flip.by = "between points";
    std::vector<double> values;
    for (const std::size_t point : ground.line) values.push_back(points.at(point, factor));
    crossing = crossing_between(values, responses.of(ground.line), options.bound, options.confidence);
  } else if (ground.model != nullptr) {
    flip.by = "metamodel";
    flip.r2 = ground.model->cross_validated_r2();
    crossing = crossing_along(*ground.model, ground.base, factor, options.bound, options.confidence);
  } else {
    flip.why_not = no_ground;
    return;
  }
  set_interval(flip, crossing, scales[factor]);
  flip.verdict = verdict_of(crossing);
}

void FlipFinder::look_at_levels(std::size_t factor, const Ground& ground, Flip& flip) const {
  const bool at_points = ground.line.size() >= 2;
  if (!at_points && ground.model == nullptr) {
    flip.why_not = no_ground;
    return;
  }
  flip.by = at_points ? "at points" : "metamodel";
  if (!at_points) flip.r2 = ground.model->cross_validated_r2();
  for (const std::string& level : scales[factor].levels()) {
    const double unit = scales[factor].unit_of(level).value_or(0);
    flip.levels.push_back({level, at_points ? side_at(factor, unit, ground.line)
                                            : side_on(*ground.model, factor, unit, ground.base)});
    if (std::abs(unit - ground.base[factor]) < 1e-9) flip.base_side = flip.levels.back().side;
  }
  flip.verdict = verdict_of(flip);
}

Flip::Level::Side FlipFinder::side_at(std::size_t factor, double unit, const FactorLine& line) const {
  for (const std::size_t point : line)
    if (std::abs(points.at(point, factor) - unit) < 1e-9)
      return side_of({responses.mean(point), std::sqrt(responses.noise(point, point))}, responses.degrees());
  return Flip::Level::Side::no_result;
}

Flip::Level::Side FlipFinder::side_on(const LinearMetamodel& model, std::size_t factor, double unit,
                                      std::vector<double> at) const {
  at[factor] = unit;
  return side_of({model.predict(at), std::hypot(model.standard_error(at), model.model_error())},
                 model.degrees());
}

Flip::Level::Side FlipFinder::side_of(const ValueThere& there, double degrees) const {
  const double over = there.value - options.bound;
  if (std::abs(over) <= student_t_quantile((1 + options.confidence) / 2, degrees) * there.se)
    return Flip::Level::Side::untold;
  return over > 0 ? Flip::Level::Side::above : Flip::Level::Side::below;
}

void add_prices(const RepricedStudy& stored, const PriceBook& book, std::size_t point,
                const SensitivityOptions& options, const TurnsAtPoint& turns, std::vector<Flip>& flips) {
  const std::optional<MoneyTarget> target = target_of(options.measure, options.bound);
  if (!target || stored.points().empty()) return;
  for (const BreakEvenPrice& price :
       stored.break_even_prices(point, book, *target, options.confidence, turns)) {
    if (!std::isfinite(price.price) && !price.is_beyond_turn()) continue;
    Flip flip;
    flip.kind = Flip::Kind::price;
    flip.input = price.item;
    flip.unit = book.currency;
    flip.used = money(price.point);
    flip.by = "exact";
    flip.source = price.source;
    flip.turns = price.turns;
    if (price.low < price.high) flip.range_low = money(price.low), flip.range_high = money(price.high);
    flip.verdict = verdict_of(price);
    if (price.price >= 0) flip.at = money(price.price);
    if (price.interval.is_defined() && price.interval.high >= 0) {
      if (std::isfinite(price.interval.low)) flip.low = money(std::max(0.0, price.interval.low));
      if (std::isfinite(price.interval.high)) flip.high = money(price.interval.high);
    }
    flips.push_back(std::move(flip));
  }
}

}  // namespace dronewall
