#include <algorithm>
#include <cmath>
#include <map>

#include "dronewall/core/contracts.hpp"
#include "dronewall/pricing/quantities.hpp"
#include "pricing/counted_price.hpp"

namespace dronewall {
namespace {

/// The price as it is drawn, in the money of its own year.
Quantity chance_of(const PriceDescription& price) {
  if (price.distribution) return *price.distribution;
  Quantity triangle;
  triangle.kind = DistributionKind::triangular;
  triangle.a = price.low, triangle.b = price.mode, triangle.c = price.high;
  return triangle;
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

UncertainCosts uncertain_costs(const QuantityTable& table, std::size_t point, const PriceBook& book,
                               View view) {
  UncertainCosts costs;
  for (const auto& [item, amounts] : amounts_of(table, point, view)) {
    const auto found = book.items.find(item);
    if (found == book.items.end()) continue;
    UncertainPrice price{item, chance_of(found->second), deflator_of(found->second, book), amounts.defender,
                         amounts.attacker};
    if (price.variance() > 0 && (amounts.defender != 0 || amounts.attacker != 0)) {
      costs.prices.push_back(std::move(price));
    } else {
      costs.defender += price.mean() * amounts.defender;
      costs.attacker += price.mean() * amounts.attacker;
    }
  }
  return costs;
}

PriceUncertainty::PriceUncertainty() : low(std::nan("")), high(std::nan("")) {}

const char* name_of(PriceUncertainty::Way way) {
  switch (way) {
    case PriceUncertainty::Way::closed_form:
      return "closed form";
    case PriceUncertainty::Way::quadrature:
      return "quadrature";
    case PriceUncertainty::Way::sampled:
      return "sampled";
  }
  expects(false);
}

void settle(PriceUncertainty& uncertainty) {
  std::stable_sort(uncertainty.shares.begin(), uncertainty.shares.end(),
                   [](const PriceShare& a, const PriceShare& b) { return a.share > b.share; });
  double alone = 0;
  for (const PriceShare& each : uncertainty.shares) alone += each.share;
  uncertainty.interactions = uncertainty.shares.empty() ? 0 : std::max(0.0, 1 - alone);
}

PriceUncertainty cost_uncertainty(const UncertainCosts& costs) {
  PriceUncertainty uncertainty;
  uncertainty.mean = costs.defender;
  double variance = 0;
  for (const UncertainPrice& price : costs.prices) {
    uncertainty.mean += price.mean() * price.defender;
    variance += price.defender * price.defender * price.variance();
  }
  for (const UncertainPrice& price : costs.prices)
    if (price.defender != 0)
      uncertainty.shares.push_back({price.item, price.mean(), std::sqrt(price.variance()),
                                    price.defender * price.defender * price.variance() / variance});
  uncertainty.at_mean_prices = uncertainty.mean;
  uncertainty.sd = std::sqrt(variance);
  settle(uncertainty);
  uncertainty.interactions = 0;
  return uncertainty;
}

}  // namespace dronewall
