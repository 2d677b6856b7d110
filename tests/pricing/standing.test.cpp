// What is spent whether or not anything comes, by hand: costs of no unit, hours, acquisition, who pays.
#include "pricing/priced_scenario.hpp"

using namespace dronewall;
using test::Priced;
using test::priced;

namespace {

/// Ten days in which ten drones come; the battery fires nothing, because it sees nothing.
struct Posture {
  std::string threat_price = "$10k";
  std::string unit = "nation: PL, life: 10 y";
  std::string more_units;
  std::string sensor = "nation: PL, life: 20 y";
  std::string asset = "nation: PL";
  std::string costs =
      "{command-centre: {price: $15M, life: 20 y, nation: PL}, crews: {per_hour: $900, nation: LT}}";
  std::string prices = "site.acquisition: $2M, site.hour: $50, eye.acquisition: $4M, eye.hour: $10";

  [[nodiscard]] std::string text() const {
    return "scenario: A posture\ntime: {duration: 10 d}\n"
           "threats: {drone: {class: drone, speed: 50 m/s, altitude: 100 m}}\n"
           "assets: {depot: {at: {x: 0 km, y: 0 km}, per_hit: $100k, " +
           asset +
           "}}\n"
           "attacks: {raid: {threat: drone, count: 10, route: [{x: 40 km, y: 0 km}], goal: {strike: "
           "depot}}}\n"
           "weapons: {round: {range: [0 km, 5 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {drone: 1}}}\n"
           "sensors: {eye: {at: {x: 500 km, y: 0 km}, range: 10 km, law: definite, " +
           sensor +
           "}}\n"
           "units: {site: {kind: battery, at: {x: 0 km, y: 0 km}, count: 3, weapons: {round: {magazine: "
           "4}}, " +
           unit + "}" + more_units + "}\ncosts: " + costs + "\nprices: {drone: " + threat_price +
           ", round: $100k, " + prices + "}\n";
  }
};

constexpr double hours = 240;          // ten days
constexpr double years = 10 / 365.25;  // the share of a year

double nations(const Priced& run, const std::string& view) {
  double sum = 0;
  for (const auto& [name, value] : run.money)
    if (name.rfind("cost.nation.", 0) == 0 && name.size() > view.size() &&
        name.compare(name.size() - view.size() - 1, view.size() + 1, "." + view) == 0)
      sum += value;
  return sum;
}

}  // namespace

TEST_CASE("what belongs to no unit is bought, written off and paid by the hour", "[pricing][standing]") {
  auto money = priced(Posture().text()).money;
  CHECK(money["cost.item.crews.hour"] == Approx(900 * hours));
  CHECK(money["cost.item.command-centre.acquisition"] == Approx(15e6 * years / 20));
  CHECK(money["cost.unit.crews.full"] == Approx(900 * hours));
  CHECK(money["cost.account.standing"] == Approx(900 * hours + 3 * 50 * hours + 10 * hours));
  CHECK(money["cost.account.acquisition"] == Approx(years * (15e6 / 20 + 3 * 2e6 / 10 + 4e6 / 20)));
  // Undivided: whatever part of a life the ten days are.
  CHECK(money["cost.investment"] == Approx(15e6 + 3 * 2e6 + 4e6));
  CHECK(money["cost.nation.LT.full"] == Approx(900 * hours));
  CHECK(money["cost.account.damage"] == Approx(10 * 100e3));
  CHECK(money["cost.nation.LT.total"] == Approx(900 * hours));
}

TEST_CASE("an account that is written down holds the hours, else they stand", "[pricing][standing]") {
  Posture posture;
  posture.unit = "nation: PL, account: operations";
  posture.costs = "{crews: {per_hour: $900, account: operations}, guards: {per_hour: $100}}";
  auto money = priced(posture.text()).money;
  CHECK(money["cost.account.operations"] == Approx((3 * 50 + 900) * hours));
  CHECK(money["cost.account.standing"] == Approx((10 + 100) * hours));
  CHECK(money["cost.defender.marginal"] == Approx((3 * 50 + 900) * hours));
  // A fighter that would have flown anyway: its hours stand.
  posture.more_units =
      ", jets: {kind: pursuer, account: standing, base: {x: 0 km, y: 0 km}, speed: 200 m/s, endurance: 2 h, "
      "weapons: {round: {load: 2}}}";
  posture.prices += ", jets.flight-hour: $20k";
  const auto layout = priced(posture.text()).model->layout();
  const auto flown = layout.column("flight-hours.jets@jets"), sorties = layout.column("sorties.jets");
  REQUIRE(flown);
  REQUIRE(sorties);
  CHECK(layout.columns[*flown].line->account == Account::standing);
  CHECK(layout.columns[*sorties].line->account == Account::standing);
}

TEST_CASE("money by the hour stands on the unit, and a price book wins over it", "[pricing][standing]") {
  Posture posture;
  posture.prices = "site.acquisition: $2M, eye.acquisition: $4M";
  posture.unit = "nation: PL, per_hour: $70";
  posture.sensor = "nation: PL, per_hour: $20";
  CHECK(priced(posture.text()).money["cost.account.standing"] == Approx((3 * 70 + 20 + 900) * hours));
  posture.prices += ", site.hour: $50, crews.hour: $1k";
  CHECK(priced(posture.text()).money["cost.account.standing"] == Approx((3 * 50 + 20 + 1000) * hours));
}

TEST_CASE("shares of every account sum to the view", "[pricing][standing]") {
  Posture posture;
  posture.unit = "nation: PL, life: 10 y, paid_by: {PL: 0.1, DE: 0.2, common: 0.7}";
  posture.sensor = "life: 20 y, paid_by: {NL: 0.6, common: 0.4}";
  posture.asset = "paid_by: {PL: 0.3, insurers: 0.7}";
  posture.costs = "{crews: {per_hour: $900, price: $2M, life: 7 y, paid_by: {PL: 0.9, LT: 0.1}}}";
  const Priced run = priced(posture.text());
  for (const View view : all_views) {
    INFO(name_of(view));
    const double whole = run.money.at(std::string("cost.defender.") + name_of(view));
    CHECK(nations(run, name_of(view)) == Approx(whole).epsilon(1e-14));
  }
  CHECK(run.money.at("cost.nation.insurers.total") == Approx(0.7 * 10 * 100e3));
  CHECK(run.money.at("cost.nation.LT.full") == Approx(0.1 * (900 * hours + 2e6 * years / 7)));
}

TEST_CASE("where nobody is named for a part, somebody unnamed pays it", "[pricing][standing]") {
  Posture posture;
  posture.asset = "kind: depot";
  const Priced run = priced(posture.text());
  CHECK(run.money.at("cost.nation.unnamed.total") == Approx(10 * 100e3));
  CHECK(nations(run, "total") == Approx(run.money.at("cost.defender.total")));
}

TEST_CASE("a view says when its acquisition is counted in part", "[pricing][standing]") {
  const auto full = static_cast<std::size_t>(View::full), marginal = static_cast<std::size_t>(View::marginal);
  Posture posture;
  CHECK(priced(posture.text()).pricing.partial[full].empty());
  posture.sensor = "nation: PL";  // no life
  const Pricing some = priced(posture.text()).pricing;
  CHECK(some.partial[full] == std::vector{Account::acquisition});
  CHECK(some.partial[marginal].empty());
  REQUIRE(some.not_counted.size() == 1);
  CHECK(some.not_counted[0].item == "eye.acquisition");
  CHECK(some.not_counted[0].missing == Missing::life);
  posture.unit = "nation: PL";
  posture.costs = "{crews: {per_hour: $900}}";
  const Pricing none = priced(posture.text()).pricing;
  CHECK(none.lacks[full] == std::vector{Account::acquisition});  // as a whole: nothing more to list
  CHECK(none.partial[full].empty());
  CHECK(none.not_counted.empty());
  posture.prices = "site.hour: $50";
  CHECK(priced(posture.text()).pricing.partial[full] == std::vector{Account::standing});
}

// ---- Rows of MISSION

TEST_CASE("threat price up, ratio down in proportion (MISSION row 1)", "[pricing][mission]") {
  Posture posture;
  auto cheap = priced(posture.text()).money;
  posture.threat_price = "$40k";
  auto dear = priced(posture.text()).money;
  for (const View view : all_views) {
    const std::string ratio = std::string("cost-exchange.") + name_of(view);
    CHECK(dear[ratio] == Approx(cheap[ratio] / 4));
  }
  CHECK(cheap["cost-exchange.total"] > 0);
}

TEST_CASE("layers added, investment up (MISSION row 15)", "[pricing][mission]") {
  Posture posture;
  double before = priced(posture.text()).money["cost.investment"];
  const std::string layer =
      ": {kind: battery, at: {x: 9 km, y: 0 km}, count: 2, life: 20 y, weapons: {round: {magazine: 4}}}";
  for (const std::string name : {"guns", "hunters"}) {
    posture.more_units += ", " + name + layer;
    posture.prices += ", " + name + ".acquisition: $6M";
    const double after = priced(posture.text()).money["cost.investment"];
    CHECK(after == Approx(before + 2 * 6e6));
    before = after;
  }
}

TEST_CASE("who is stationed where pays, and marginal is less than full (MISSION row 20)",
          "[pricing][mission]") {
  Posture posture;
  auto polish = priced(posture.text()).money;
  CHECK(polish.count("cost.nation.NL.full") == 0);
  posture.unit = "nation: NL, life: 10 y";
  auto dutch = priced(posture.text()).money;
  const double moved = 3 * 50 * hours + years * 3 * 2e6 / 10;
  CHECK(dutch["cost.nation.NL.full"] == Approx(moved));
  CHECK(dutch["cost.nation.PL.full"] == Approx(polish["cost.nation.PL.full"] - moved));
  CHECK(dutch["cost.defender.full"] == Approx(polish["cost.defender.full"]));
  CHECK(dutch["cost.defender.marginal"] < dutch["cost.defender.full"]);
}
