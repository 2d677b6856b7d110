#include <algorithm>
#include <cmath>
#include <map>

#include "dronewall/core/contracts.hpp"
#include "dronewall/pricing/quantities.hpp"
#include "pricing/counted_price.hpp"

namespace dronewall {
namespace {

/// Mean and variance of a price as it is drawn.
struct DrawnPrice {
  double mean = 0, variance = 0;
};

DrawnPrice drawn(const PriceDescription& price, const PriceBook& book) {
  const double factor = deflator_of(price, book);
  if (price.distribution)
    return {factor * price.distribution->mean(), factor * factor * price.distribution->variance()};
  Quantity triangle;
  triangle.kind = DistributionKind::triangular;
  triangle.a = price.low, triangle.b = price.mode, triangle.c = price.high;
  return {factor * triangle.mean(), factor * factor * triangle.variance()};
}

/// Mean quantities of an item, by who pays.
struct Amounts {
  double defender = 0, attacker = 0;
};

std::map<std::string, Amounts> amounts_of(const QuantityTable& table, std::size_t point, View view) {
  std::map<std::string, Amounts> amounts;
  for (std::size_t g = 0; g < table.groups().size(); ++g) {
    const QuantityGroup& group = table.groups()[g];
    const double mean = table.means(point)[g];
    if (group.role == CostRole::attacker) amounts[group.item].attacker += mean;
    if (group.role == CostRole::defender && holds(view, group.account)) amounts[group.item].defender += mean;
  }
  return amounts;
}

/// Sums of the shares' variances, with the shares put in order.
void settle(PriceUncertainty& uncertainty) {
  for (const PriceShare& share : uncertainty.shares)
    uncertainty.variance += share.effect * share.effect * share.sd * share.sd;
  for (PriceShare& share : uncertainty.shares) {
    const double own = share.effect * share.effect * share.sd * share.sd;
    share.share = uncertainty.variance > 0 ? own / uncertainty.variance : 0;
  }
  std::stable_sort(uncertainty.shares.begin(), uncertainty.shares.end(),
                   [](const PriceShare& a, const PriceShare& b) { return a.share > b.share; });
}

/// Every priced item, its drawn price and its amounts.
template <typename See>
void each_priced(const QuantityTable& table, std::size_t point, const PriceBook& book, View view, See see) {
  for (const auto& [item, amounts] : amounts_of(table, point, view))
    if (const auto price = book.items.find(item); price != book.items.end())
      see(item, drawn(price->second, book), amounts);
}

/// What a draw can be, or is as good as always.
std::pair<double, double> range_of(const Quantity& chance) {
  const double around = 2 * std::sqrt(chance.variance());
  switch (chance.kind) {
    case DistributionKind::constant:
      return {chance.mean(), chance.mean()};
    case DistributionKind::uniform:
      return {chance.shift + chance.a, chance.shift + chance.b};
    case DistributionKind::triangular:
    case DistributionKind::pert:
      return {chance.shift + chance.a, chance.shift + chance.c};
    case DistributionKind::beta:
      return {chance.shift, chance.shift + 1};
    case DistributionKind::discrete: {
      const auto [least, most] = std::minmax_element(chance.points.begin(), chance.points.end());
      return {chance.shift + least->first, chance.shift + most->first};
    }
    case DistributionKind::exponential:
    case DistributionKind::normal:
    case DistributionKind::lognormal:
    case DistributionKind::poisson:
    case DistributionKind::gamma:
      return {std::max(0.0, chance.mean() - around), chance.mean() + around};
  }
  expects(false);
}

}  // namespace

PublishedPrice published_price(const PriceDescription& price, const PriceBook& book) {
  const double factor = deflator_of(price, book);
  const auto [low, high] =
      price.distribution ? range_of(*price.distribution) : std::pair(price.low, price.high);
  return {factor * price.point(), factor * low, factor * high};
}

PriceUncertainty cost_uncertainty(const QuantityTable& table, std::size_t point, const PriceBook& book,
                                  View view) {
  PriceUncertainty uncertainty;
  each_priced(
      table, point, book, view,
      [&](const std::string& item, const DrawnPrice& price, const Amounts& amounts) {
        uncertainty.value += price.mean * amounts.defender;
        if (price.variance > 0 && amounts.defender != 0)
          uncertainty.shares.push_back({item, price.mean, std::sqrt(price.variance), amounts.defender});
      });
  settle(uncertainty);
  return uncertainty;
}

PriceUncertainty exchange_uncertainty(const QuantityTable& table, std::size_t point, const PriceBook& book,
                                      View view) {
  PriceUncertainty uncertainty;
  double defender = 0, attacker = 0;
  each_priced(table, point, book, view,
              [&](const std::string&, const DrawnPrice& price, const Amounts& amounts) {
                defender += price.mean * amounts.defender;
                attacker += price.mean * amounts.attacker;
              });
  uncertainty.value = attacker > 0 ? defender / attacker : std::nan("");
  if (!(attacker > 0)) return uncertainty;
  each_priced(table, point, book, view,
              [&](const std::string& item, const DrawnPrice& price, const Amounts& amounts) {
                const double effect = (amounts.defender - uncertainty.value * amounts.attacker) / attacker;
                if (price.variance > 0 && effect != 0)
                  uncertainty.shares.push_back({item, price.mean, std::sqrt(price.variance), effect});
              });
  settle(uncertainty);
  return uncertainty;
}

}  // namespace dronewall
