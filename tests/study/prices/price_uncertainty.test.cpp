#include "dronewall/study/price_uncertainty.hpp"

#include <algorithm>
#include <cmath>

#include "catch.hpp"
#include "dronewall/model/kind.hpp"
#include "pricing/booked_raid.hpp"

using namespace dronewall;
using namespace dronewall::test;

namespace {

UncertainPrice uncertain(const char* item, Quantity chance, double defender, double attacker) {
  return {item, std::move(chance), 1, defender, attacker};
}

double share_of(const PriceUncertainty& told, const std::string& item) {
  for (const PriceShare& each : told.shares)
    if (each.item == item) return each.share;
  return 0;
}

double ratio_at(const UncertainCosts& costs, const std::vector<double>& prices) {
  double defender = costs.defender, attacker = costs.attacker;
  for (std::size_t k = 0; k < prices.size(); ++k)
    defender += costs.prices[k].defender * prices[k], attacker += costs.prices[k].attacker * prices[k];
  return defender / attacker;
}

/// By the book: plain draws; a share of each by pairs that have this price alone in common.
struct BruteForce {
  double mean = 0, variance = 0, low = 0, high = 0;
  std::vector<double> shares;

  BruteForce(const UncertainCosts& costs, std::size_t draws) {
    std::vector<Distribution> drawn;
    for (const UncertainPrice& each : costs.prices) drawn.push_back(distribution_of(each.chance));
    Uniforms uniform(17, 3);
    std::vector<double> ratios, products(drawn.size());
    for (std::size_t i = 0; i < draws; ++i) {
      std::vector<double> first, second;
      for (const Distribution& each : drawn)
        first.push_back(each.value(uniform())), second.push_back(each.value(uniform()));
      const double ratio = ratio_at(costs, first);
      ratios.push_back(ratio);
      for (std::size_t k = 0; k < drawn.size(); ++k) {
        std::vector<double> mixed = second;
        mixed[k] = first[k];
        products[k] += ratio * (ratio_at(costs, mixed) - ratio_at(costs, second));
      }
    }
    const auto n = static_cast<double>(draws);
    for (const double ratio : ratios) mean += ratio / n;
    for (const double ratio : ratios) variance += (ratio - mean) * (ratio - mean) / n;
    for (const double product : products) shares.push_back(product / n / variance);
    std::sort(ratios.begin(), ratios.end());
    low = ratios[draws / 20], high = ratios[draws - draws / 20];
  }
};

}  // namespace

TEST_CASE("A ratio under uncertain prices has the moments of its closed form", "[study][reprice]") {
  // Eight rounds, triangular over $200k, $400k, $900k; ten drones, uniform over $5k .. $20k:
  // E[1/p] = ln 4 / 15k, E[1/p²] = 1 / (5k × 20k).
  UncertainCosts costs;
  costs.prices = {uncertain("drone", quantity(DistributionKind::uniform, 5e3, 20e3), 0, 10),
                  uncertain("round", quantity(DistributionKind::triangular, 200e3, 400e3, 900e3), 8, 0)};
  const PriceUncertainty told = exchange_uncertainty(costs);
  const double inverse = std::log(4) / 15e3, inverse_square = 1 / 1e8;
  const double round = 500e3, of_round = (4e10 + 16e10 + 81e10 - 8e10 - 18e10 - 36e10) / 18;
  const double square = 0.64 * (round * round + of_round) * inverse_square;
  const double mean = 0.8 * round * inverse, variance = square - mean * mean;
  CHECK(told.at_mean_prices == Approx(0.8 * round / 12.5e3));
  CHECK(told.mean == Approx(mean).epsilon(1e-9));
  CHECK(told.sd == Approx(std::sqrt(variance)).epsilon(1e-9));
  CHECK(share_of(told, "round") == Approx(0.64 * of_round * inverse * inverse / variance).epsilon(1e-9));
  CHECK(share_of(told, "drone") ==
        Approx(0.64 * round * round * (inverse_square - inverse * inverse) / variance).epsilon(1e-9));
  CHECK(told.shares.front().item == "drone");
  CHECK(told.interactions == Approx(1 - share_of(told, "drone") - share_of(told, "round")).epsilon(1e-9));
  CHECK(told.way == PriceUncertainty::Way::quadrature);
}

TEST_CASE("A lognormal price of the attacker is averaged to its far tail", "[study][reprice]") {
  // E[1/p] = exp(σ²/2) / median, E[1/p²] = exp(2σ²) / median².
  UncertainCosts costs;
  costs.defender = 100;
  costs.prices = {uncertain("drone", quantity(DistributionKind::lognormal, 10, 40), 0, 2)};
  const double sigma = std::log(4) / 1.6448536269514727;
  const PriceUncertainty told = exchange_uncertainty(costs);
  CHECK(told.mean == Approx(5 * std::exp(sigma * sigma / 2)).epsilon(1e-6));
  CHECK(told.sd * told.sd == Approx(25 * std::exp(sigma * sigma) * std::expm1(sigma * sigma)).epsilon(1e-4));
  CHECK(told.low == Approx(5.0 / 4).epsilon(0.005));  // the ratio at the 95th percentile of the price
  CHECK(told.high == Approx(20.0).epsilon(0.005));
  CHECK(share_of(told, "drone") == Approx(1));
  CHECK(told.interactions == Approx(0).margin(1e-9));
}

TEST_CASE("Uncertain prices do to a ratio what drawing them does", "[study][reprice][statistical]") {
  // With one, two and three prices of the attacker; one item is bought by both.
  const std::size_t attackers = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  UncertainCosts costs;
  costs.defender = 30, costs.attacker = 2;
  costs.prices = {uncertain("round", quantity(DistributionKind::lognormal, 3, 6), 8, 0),
                  uncertain("hour", quantity(DistributionKind::uniform, 1, 9), 5, 0),
                  uncertain("drone", quantity(DistributionKind::triangular, 1, 2, 9), 0, 4),
                  uncertain("decoy", quantity(DistributionKind::uniform, 0, 3), 0, 6),
                  uncertain("both", quantity(DistributionKind::gamma, 3, 1), 2, 3)};
  costs.prices[4].chance.shift = 0.5;
  costs.prices.resize(2 + attackers);
  const PriceUncertainty told = exchange_uncertainty(costs);
  const BruteForce drawn(costs, 400'000);
  CAPTURE(attackers);
  const double error = std::sqrt(drawn.variance / 400'000);
  CHECK(std::abs(told.mean - drawn.mean) < 4 * error);  // missed by 1 seed in 16,000
  CHECK(told.sd == Approx(std::sqrt(drawn.variance)).epsilon(0.015));
  CHECK(told.low == Approx(drawn.low).epsilon(0.01));
  CHECK(told.high == Approx(drawn.high).epsilon(0.01));
  for (std::size_t k = 0; k < costs.prices.size(); ++k)
    CHECK(share_of(told, costs.prices[k].item) == Approx(drawn.shares[k]).margin(0.015));
  CHECK(told.way == (attackers > 2 ? PriceUncertainty::Way::sampled : PriceUncertainty::Way::quadrature));
  // What the prices do at their means is another figure: the test can fail.
  CHECK(std::abs(told.at_mean_prices - drawn.mean) > 8 * error);
}

TEST_CASE("A ratio over a price that may be nothing has a range and no mean", "[study][reprice]") {
  UncertainCosts costs;
  costs.defender = 100;
  costs.prices = {uncertain("drone", quantity(DistributionKind::uniform, 0, 20), 0, 1)};
  const PriceUncertainty told = exchange_uncertainty(costs);
  CHECK(std::isnan(told.mean));
  CHECK(std::isnan(told.sd));
  CHECK(told.shares.empty());
  CHECK_FALSE(told.undefined_because.empty());
  CHECK(told.low == Approx(100 / 19.0).epsilon(0.001));
  CHECK(told.high == Approx(100 / 1.0).epsilon(0.001));
  // So with a normal one, unless 0 is farther from its mean than anybody draws.
  costs.prices.front().chance = quantity(DistributionKind::normal, 20, 5);
  CHECK(std::isnan(exchange_uncertainty(costs).mean));
  costs.prices.front().chance = quantity(DistributionKind::normal, 20, 2);
  CHECK(exchange_uncertainty(costs).mean == Approx(5 * (1 + 0.01 + 3 * 0.0001)).epsilon(1e-4));
  // Prices of the defender alone leave it linear.
  costs.prices = {uncertain("round", quantity(DistributionKind::uniform, 0, 20), 3, 0)};
  costs.attacker = 10;
  const PriceUncertainty linear = exchange_uncertainty(costs);
  CHECK(linear.way == PriceUncertainty::Way::closed_form);
  CHECK(linear.mean == Approx(13));
  CHECK(linear.sd == Approx(6 / std::sqrt(12.0)));
  costs.attacker = 0;
  CHECK_FALSE(exchange_uncertainty(costs).undefined_because.empty());
}

TEST_CASE("A price by steps is averaged over its steps", "[study][reprice]") {
  UncertainCosts costs;
  costs.defender = 12;
  Quantity coin = quantity(DistributionKind::discrete, 0);
  coin.points = {{1, 1}, {2, 1}, {4, 2}};
  costs.prices = {uncertain("drone", coin, 0, 1)};
  const PriceUncertainty told = exchange_uncertainty(costs);
  CHECK(told.mean == Approx(0.25 * 12 + 0.25 * 6 + 0.5 * 3));
  CHECK(told.sd == Approx(std::sqrt(0.25 * 36 + 0.25 * 0 + 0.5 * 9)));
}
