#include "dronewall/study/reprice.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "study/in_parallel.hpp"

namespace dronewall {
namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

RepricedFigure figure_of(const PricedPoint& priced, std::uint64_t n, double t) {
  const RatioMoments exchange = priced.exchange(n);
  const auto se = [&](double variance) {
    return n < 2 ? not_known : std::sqrt(variance / static_cast<double>(n));
  };
  return {priced.defender,
          se(priced.defender_variance),
          priced.attacker,
          se(priced.attacker_variance),
          exchange.ratio(),
          n < 2 ? not_known : exchange.standard_error(),
          t};
}

}  // namespace

Spread spread_of(const std::vector<double>& values) {
  std::vector<std::size_t> there;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!std::isnan(values[i])) there.push_back(i);
  if (there.empty()) return {};
  std::sort(there.begin(), there.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  const std::size_t middle = there[(there.size() - 1) / 2];
  return {there.size(), values[there.front()], values[middle], values[there.back()], middle};
}

RepricedStudy::RepricedStudy(const std::string& path, std::uint32_t threads)
    : study_(path), threads_(threads) {
  std::map<std::uint64_t, std::shared_ptr<const LedgerLayout>> layouts;
  std::vector<std::uint64_t> layout_of_point;
  for (const StoredPoint& point : study_.points()) {
    if (point.replications == 0) {
      ++missing_;
      continue;
    }
    points_.push_back({point, study_.store().settings(point.point)});
    layout_of_point.push_back(study_.layout_hash(point.point));
    std::shared_ptr<const LedgerLayout>& layout = layouts[layout_of_point.back()];
    if (!layout) layout = study_.layout(point.point);
  }
  std::vector<const LedgerLayout*> all;
  for (const auto& [hash, layout] : layouts) all.push_back(layout.get());
  const Scoring scoring =
      study_.text(study_text::scoring) == name_of(Scoring::sampled) ? Scoring::sampled : Scoring::expected;
  table_ = std::make_unique<QuantityTable>(all, points_.size(), scoring);
  in_parallel(points_.size(), threads_, [&] {
    return [&, own = std::make_shared<StoredStudy>(path)](std::size_t i) {
      table_->set(i, *layouts.at(layout_of_point[i]), own->moments(points_[i].stored.point));
    };
  });
}

std::vector<RepricedFigure> RepricedStudy::figures(const std::vector<NamedBook>& books, View view,
                                                   double confidence) const {
  PriceVectors vectors(*table_);
  for (const NamedBook& each : books) vectors.add(each.book);
  std::map<std::uint64_t, double> quantiles;  // Most points have equally many replications.
  for (std::size_t i = 0; i < points_.size(); ++i)
    if (const std::uint64_t n = table_->replications(i); n >= 2 && quantiles.count(n) == 0)
      quantiles[n] = student_t_quantile((1 + confidence) / 2, static_cast<double>(n - 1));
  std::vector<RepricedFigure> figures(points_.size() * books.size());
  in_parallel(points_.size(), threads_, [&] {
    return [&, priced = std::vector<PricedPoint>(books.size())](std::size_t i) mutable {
      lay_prices(vectors, i, view, priced);
      const std::uint64_t n = table_->replications(i);
      const double t = n >= 2 ? quantiles.at(n) : 0;
      for (std::size_t b = 0; b < books.size(); ++b)
        figures[i * books.size() + b] = figure_of(priced[b], n, t);
    };
  });
  return figures;
}

std::vector<BreakEvenPrice> RepricedStudy::break_even_prices(std::size_t point, const PriceBook& book,
                                                             View view, double ratio,
                                                             double confidence) const {
  PriceVectors vectors(*table_);
  vectors.add(book);
  std::set<std::string> items;
  std::set<std::string> of_attacker;
  for (const QuantityGroup& group : table_->groups()) {
    if (group.role == CostRole::stopped) continue;
    items.insert(group.item);
    if (group.role == CostRole::attacker) of_attacker.insert(group.item);
  }
  std::vector<BreakEvenPrice> prices;
  for (const std::string& item : items) {
    const auto known = book.items.find(item);
    if (known == book.items.end()) continue;
    const auto found = break_even_price(vectors, 0, point, view, item, ratio);
    if (!found) continue;
    const PriceDescription& price = known->second;
    BreakEvenPrice made{item,        of_attacker.count(item) != 0, price.point(), price.low, price.high,
                        price.source};
    made.price = found->ratio();
    made.interval = fieller_interval(*found, confidence);
    prices.push_back(std::move(made));
  }
  return prices;
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
