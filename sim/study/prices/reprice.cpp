#include "dronewall/study/reprice.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "dronewall/study/price_uncertainty.hpp"
#include "study/run/estimates.hpp"
#include "study/run/in_parallel.hpp"
#include "study/run/wanted.hpp"

namespace dronewall {
namespace {

/// What a price is counted with, for one in the book: its deflator.
double factor_of(const PublishedPrice& counted, const PriceDescription& written) {
  return written.point() > 0 ? counted.point / written.point() : 1;
}

}  // namespace

namespace {

void set_leaks(const LedgerLayout& layout, const Moments& moments, RepricedPoint& point) {
  point.leak_fraction = point.least_leaks = point.most_leaks = std::nan("");
  const MeasureDefinition* measure = find_measure(layout.measures, "leak-fraction");
  if (measure == nullptr || !measure->denominator) return;
  const auto mean = [&](const LinearForm& form) {
    const LinearForm counted = on_integers(layout, form);
    return moments.form_mean(counted.terms, counted.constant);
  };
  point.leak_fraction = mean(measure->numerator) / mean(*measure->denominator);
  point.least_leaks = point.most_leaks = point.leak_fraction;
  for (const Unresolved& each : layout.unresolved) point.unresolved += moments.mean(each.column);
  if (!(point.unresolved > 0)) return;
  std::vector<double> means;
  for (std::uint32_t column = 0; column < layout.columns.size(); ++column)
    means.push_back(moments.mean(column));
  std::vector<Estimate> leaks(1);
  leaks.front().mean = point.leak_fraction;
  leaks.front().is_ratio = true;
  add_bounds(layout, {*measure}, means, leaks);
  if (leaks.front().bounds) std::tie(point.least_leaks, point.most_leaks) = *leaks.front().bounds;
}

}  // namespace

Spread spread_of(const std::vector<double>& values) {
  std::vector<std::size_t> there;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!std::isnan(values[i])) there.push_back(i);
  if (there.empty()) return {};
  std::sort(there.begin(), there.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  const std::size_t middle = there[(there.size() - 1) / 2], above = there[there.size() / 2];
  return {there.size(),
          values[there.front()],
          (values[middle] + values[above]) / 2,
          values[there.back()],
          there.front(),
          there.back(),
          middle};
}

RepricedStudy::RepricedStudy(const std::string& path, std::uint32_t threads)
    : study_(path),
      threads_(threads),
      scoring_(study_.text(study_text::scoring) == name_of(Scoring::sampled) ? Scoring::sampled
                                                                             : Scoring::expected) {
  for (const StoredPoint& point : study_.points()) {
    if (point.replications == 0) {
      ++missing_;
      continue;
    }
    points_.push_back({point, study_.store().settings(point.point)});
    layout_of_point_.push_back(study_.layout_hash(point.point));
    std::shared_ptr<const LedgerLayout>& layout = layouts_[layout_of_point_.back()];
    if (!layout) layout = study_.layout(point.point);
  }
  std::vector<const LedgerLayout*> all;
  for (const auto& [hash, layout] : layouts_) all.push_back(layout.get());
  table_ = std::make_unique<QuantityTable>(all, points_.size(), scoring_);
  in_parallel(points_.size(), threads_, [&] {
    return [&, own = std::make_shared<StoredStudy>(path)](std::size_t i) {
      const LedgerLayout& layout = *layouts_.at(layout_of_point_[i]);
      const Moments moments = own->moments(points_[i].stored.point);
      const std::vector<std::int64_t> largest = own->largest_arrivals(points_[i].stored.point, layout);
      table_->set(i, layout, moments, [&](std::uint32_t column) { return largest[column]; });
      set_leaks(layout, moments, points_[i]);
    };
  });
}

std::vector<BreakEvenPrice> RepricedStudy::break_even_prices(std::size_t point, const PriceBook& book,
                                                             View view, double ratio, double confidence,
                                                             const TurnsAtPoint& turns) const {
  return break_even_prices(point, book, {MoneyTarget::Figure::exchange, view, ratio}, confidence, turns);
}

std::vector<BreakEvenPrice> RepricedStudy::break_even_prices(std::size_t point, const PriceBook& book,
                                                             const MoneyTarget& target, double confidence,
                                                             const TurnsAtPoint& turns) const {
  PriceVectors vectors(*table_);
  vectors.add(book);
  std::set<std::string> items;
  std::set<std::string> of_attacker;
  for (const QuantityGroup& group : table_->groups()) {
    if (group.role == CostRole::stopped) continue;
    items.insert(group.item);
    if (group.role == CostRole::attacker) of_attacker.insert(group.item);
  }
  static const std::map<std::string, PriceTurns> none;
  const std::map<std::string, PriceTurns>& turning_here = turns ? turns(point) : none;
  std::vector<BreakEvenPrice> prices;
  for (const std::string& item : items) {
    const auto known = book.items.find(item);
    if (known == book.items.end()) continue;
    const auto found = break_even_price(vectors, 0, point, target, item);
    if (!found) continue;
    const PublishedPrice price = published_price(known->second, book);
    BreakEvenPrice made{item,       of_attacker.count(item) != 0, price.point, price.low,
                        price.high, known->second.source};
    made.price = found->ratio();
    made.interval = break_even_interval(vectors, 0, point, target, item, confidence);
    if (const auto turning = turning_here.find(item); turning != turning_here.end())
      made.turns = take_back(times(factor_of(price, known->second), turning->second), made.price,
                             made.interval.low, made.interval.high);
    prices.push_back(std::move(made));
  }
  return prices;
}

std::optional<UncertainBook> RepricedStudy::uncertain_book(const NamedBook& book, View view) const {
  PriceVectors vector(*table_);
  vector.add(book.book);
  std::vector<double> ratios;
  PricedPoint priced;
  for (std::size_t i = 0; i < points_.size(); ++i) {
    lay_prices(vector, i, view, {&priced, 1});
    ratios.push_back(priced.exchange(table_->replications(i)).ratio());
  }
  const Spread spread = spread_of(ratios);
  if (spread.points == 0) return std::nullopt;
  const UncertainCosts costs = uncertain_costs(*table_, spread.at_median, book.book, view);
  if (costs.prices.empty()) return std::nullopt;
  return UncertainBook{book.name, spread.at_median, ratios[spread.at_median], exchange_uncertainty(costs),
                       cost_uncertainty(costs)};
}

std::vector<Requested> money_asked_by(const std::vector<Name>& measures) {
  std::vector<Requested> asked;
  for (const Name& name : measures) {
    std::string why;
    const std::optional<Requested> one = parse_requested(name.text, why);
    if (!one || !is_of_money(one->measure) || one->measure.starts_with("break-even.")) continue;
    bool is_answered = one->name == "cost.attacker";
    for (const View view : all_views)
      is_answered = is_answered || one->name == std::string("cost.defender.") + name_of(view) ||
                    one->name == std::string("cost-exchange.") + name_of(view);
    if (!is_answered) asked.push_back(*one);
  }
  return asked;
}

std::vector<NotCounted> RepricedStudy::not_counted(const PriceBook& book) const {
  std::map<std::pair<Account, std::string>, NotCounted> missing;
  for (std::size_t g = 0; g < table_->groups().size(); ++g) {
    const QuantityGroup& group = table_->groups()[g];
    if (group.role == CostRole::stopped || book.items.count(group.item) != 0) continue;
    missing[{group.account, group.item}] = {group.item, group.account, Missing::price};
  }
  std::vector<NotCounted> list;
  for (const auto& [key, one] : missing) list.push_back(one);
  return list;
}

}  // namespace dronewall
