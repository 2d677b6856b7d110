#include "dronewall/study/reprice.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "study/in_parallel.hpp"

namespace dronewall {
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
      table_->set(i, *layouts_.at(layout_of_point_[i]), own->moments(points_[i].stored.point));
    };
  });
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
    const PublishedPrice price = published_price(known->second, book);
    BreakEvenPrice made{item,       of_attacker.count(item) != 0, price.point, price.low,
                        price.high, known->second.source};
    made.price = found->ratio();
    made.interval = break_even_interval(vectors, 0, point, view, item, ratio, confidence);
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
