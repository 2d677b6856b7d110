// Price levels: which prices are of another year, which the deflator moved, and what a point is.
#include "pricing/priced_scenario.hpp"

using namespace dronewall;
using test::priced;

namespace {

std::string text(const std::string& book) {
  return "scenario: Years\ntime: {duration: 2 h}\n"
         "threats: {drone: {class: drone, speed: 50 m/s, altitude: 100 m}}\n"
         "attacks: {raid: {threat: drone, count: 10, route: [{x: 40 km, y: 0 km}, {x: 0 km, y: 0 km}], goal: "
         "overfly}}\n"
         "weapons: {round: {range: [0 km, 5 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {drone: 1}}}\n"
         "sensors: {eye: {at: {x: 0 km, y: 0 km}, range: 30 km, law: definite}}\n"
         "units: {site: {kind: battery, at: {x: 0 km, y: 0 km}, channels: 10, weapons: {round: {magazine: "
         "40}}}}\n" +
         book;
}

}  // namespace

TEST_CASE("a price of another year is counted as it is, and told", "[pricing][years]") {
  const auto run = priced(text("year: 2025\nprices: {drone: {price: $1k, year: 2020}, round: $100k}\n"));
  CHECK(run.pricing.year == 2025);
  REQUIRE(run.pricing.foreign_prices().size() == 1);
  CHECK(run.pricing.foreign_prices()[0]->item == "drone");
  CHECK(run.pricing.foreign_prices()[0]->year == 2020);
  CHECK(run.pricing.moved_prices().empty());
  CHECK(run.money.at("cost.attacker") == Approx(10e3));
}

TEST_CASE("a deflator moves it, and says by how much", "[pricing][years]") {
  const auto run =
      priced(text("year: 2025\ndeflator: 1.2\nprices: {drone: {price: $1k, year: 2020}, round: $100k}\n"));
  CHECK(run.pricing.foreign_prices().empty());
  REQUIRE(run.pricing.moved_prices().size() == 1);
  CHECK(run.pricing.moved_prices()[0]->deflated_by == Approx(1.2));
  CHECK(run.pricing.moved_prices()[0]->point == Approx(1.2e3));
  CHECK(run.money.at("cost.attacker") == Approx(12e3));
}

TEST_CASE("a point is a price, a mode or a mean, and a mean does not span a range", "[pricing][years]") {
  const auto run =
      priced(text("prices: {drone: uniform($10k .. $30k), round: {low: $50k, mode: $100k, high: $200k}, "
                  "eye.hour: $1}\n"));
  const auto basis = [&](const std::string& item) {
    for (const UsedPrice& price : run.pricing.prices)
      if (price.item == item) return price.basis;
    FAIL(item);
    return UsedPrice::Basis::price;
  };
  CHECK(basis("drone") == UsedPrice::Basis::mean);
  CHECK(basis("round") == UsedPrice::Basis::mode);
  CHECK(basis("eye.hour") == UsedPrice::Basis::price);
  // Ten rounds at ten drones: chance counts with its mean at both ends, what nobody knows with its own.
  CHECK(run.money.at("cost-exchange.munitions") == Approx(100.0 / 20));
  CHECK(run.money.at("cost-exchange.munitions.least") == Approx(50.0 / 20));
  CHECK(run.money.at("cost-exchange.munitions.most") == Approx(200.0 / 20));
  CHECK_FALSE(run.pricing.year);
  CHECK(run.pricing.foreign_prices().empty());
}
