#include "dronewall/pricing/quantities.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "dronewall/core/contracts.hpp"
#include "pricing/counted_price.hpp"

namespace dronewall {
namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

/// Whether a column is a line that `scoring` prices.
std::vector<bool> priced_columns(const LedgerLayout& layout, Scoring scoring) {
  std::vector<bool> priced(layout.columns.size());
  for (std::size_t c = 0; c < priced.size(); ++c) priced[c] = layout.columns[c].line.has_value();
  for (std::size_t c = 0; c < priced.size(); ++c)
    if (const auto counted = layout.columns[c].expectation_of)
      priced[scoring == Scoring::expected ? *counted : c] = false;
  return priced;
}

QuantityGroup group_of(const Column& column) {
  const CostRole role = column.of_stopped                     ? CostRole::stopped
                        : column.line->side == Side::attacker ? CostRole::attacker
                                                              : CostRole::defender;
  return {column.line->item, column.line->account, role};
}

}  // namespace

QuantityTable::QuantityTable(const std::vector<const LedgerLayout*>& layouts, std::size_t points,
                             Scoring scoring) {
  std::set<QuantityGroup> groups;
  for (const LedgerLayout* layout : layouts) {
    const std::vector<bool> priced = priced_columns(*layout, scoring);
    for (std::size_t c = 0; c < priced.size(); ++c)
      if (priced[c]) groups.insert(group_of(layout->columns[c]));
  }
  groups_.assign(groups.begin(), groups.end());
  for (const LedgerLayout* layout : layouts) {
    const std::vector<bool> priced = priced_columns(*layout, scoring);
    std::vector<Part>& parts = parts_[layout];
    parts.clear();
    for (std::uint32_t c = 0; c < priced.size(); ++c) {
      if (!priced[c]) continue;
      const Column& column = layout->columns[c];
      const auto kind = column.expectation_of ? Part::Kind::expectation
                        : column.is_count     ? Part::Kind::count
                                              : Part::Kind::amount;
      parts.push_back({c, *find(group_of(column)), column.quantum, kind, nullptr});
      if (kind != Part::Kind::amount)
        parts.back().whole =
            std::make_shared<const WholeReplication>(*layout, LinearForm{{{c, column.quantum}}, 0});
    }
  }
  replications_.assign(points, 0);
  means_.assign(points * groups_.size(), 0.0);
  covariances_.assign(points * groups_.size() * groups_.size(), 0.0);
  wholes_.assign(points * groups_.size(), 0.0);
}

std::optional<std::size_t> QuantityTable::find(const QuantityGroup& group) const {
  const auto found = std::lower_bound(groups_.begin(), groups_.end(), group);
  if (found == groups_.end() || *found != group) return std::nullopt;
  return static_cast<std::size_t>(found - groups_.begin());
}

void QuantityTable::set(std::size_t point, const LedgerLayout& layout, const Moments& moments,
                        const std::function<std::int64_t(std::uint32_t)>& largest) {
  const auto parts = parts_.find(&layout);
  expects(parts != parts_.end() && point < points());
  const std::size_t g = groups_.size();
  double* means = means_.data() + point * g;
  double* covariances = covariances_.data() + point * g * g;
  double* wholes = wholes_.data() + point * g;
  std::fill_n(means, g, 0.0);
  std::fill_n(covariances, g * g, 0.0);
  std::fill_n(wholes, g, 0.0);
  replications_[point] = moments.count();
  std::vector<Part> varying;  // What never varies, as hours of manning, has no covariance to be worked out.
  for (const Part& part : parts->second) {
    const double mean = moments.mean(part.column);
    means[part.group] += part.quantum * mean;
    expects(!layout.columns[part.column].may_be_negative);
    if (part.kind == Part::Kind::amount || (part.kind == Part::Kind::expectation && mean != 0))
      wholes[part.group] = not_known;
    else if (!std::isnan(wholes[part.group]))
      wholes[part.group] = std::max(wholes[part.group], part.whole->size(largest));
    if (!moments.is_tracked(part.column))
      covariances[part.group * g + part.group] = not_known;
    else if (moments.variance(part.column) != 0)
      varying.push_back(part);
  }
  for (std::size_t i = 0; i < varying.size(); ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      const Part &a = varying[i], &b = varying[j];
      const double covariance = a.quantum * b.quantum * moments.covariance(a.column, b.column);
      covariances[a.group * g + b.group] += covariance;
      if (i != j) covariances[b.group * g + a.group] += covariance;
    }
}

void PriceVectors::add(const PriceBook& book) {
  for (const QuantityGroup& group : table_->groups()) {
    const auto found = book.items.find(group.item);
    prices_.push_back(found == book.items.end() ? 0
                                                : deflator_of(found->second, book) * found->second.point());
  }
  ++vectors_;
}

RatioMoments PricedPoint::exchange(std::uint64_t replications) const {
  return {.n = replications,
          .numerator_mean = defender,
          .denominator_mean = attacker,
          .numerator_variance = defender_variance,
          .denominator_variance = attacker_variance,
          .covariance = covariance};
}

}  // namespace dronewall
