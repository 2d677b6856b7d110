#include "dronewall/pricing/pricing.hpp"

#include <map>

#include "catch.hpp"

using namespace dronewall;

namespace {

LedgerLine line(std::string item, Account account, Side side, std::string unit, std::string nation = "",
                bool must = false) {
  LedgerLine made;
  made.item = std::move(item);
  made.account = account;
  made.side = side;
  made.unit = std::move(unit);
  made.nation = std::move(nation);
  made.must_be_priced = must;
  return made;
}

/// A raid small enough to price by hand; the row of one replication stands beside each column.
struct Raid {
  LedgerLayout layout;
  std::vector<double> row;
  PriceBook book;
  Sources sources;
  Problems problems{sources};

  void book_column(std::string name, double value, double quantum = 1,
                   std::optional<LedgerLine> on = std::nullopt, bool of_stopped = false) {
    layout.columns.push_back({std::move(name), quantum, quantum == 1, std::move(on), of_stopped});
    row.push_back(value);
  }
  void set_price(const std::string& item, double low, double mode, double high) {
    PriceDescription price;
    price.item = {item, {}};
    price.low = low;
    price.mode = mode;
    price.high = high;
    book.items[item] = price;
  }
  void set_price(const std::string& item, double price) { set_price(item, price, price, price); }

  double value(const LinearForm& form) const {
    double sum = form.constant;
    for (const auto& [column, weight] : form.terms)
      sum += weight * row[column] * layout.columns[column].quantum;
    return sum;
  }
  Pricing priced() { return price(layout, book, nullptr, problems); }
  /// Each measure of the row, ratios divided; no entry where the denominator is 0.
  std::map<std::string, double> values(const Pricing& pricing) const {
    std::map<std::string, double> all;
    for (const MeasureDefinition& measure : pricing.measures) {
      const double below = measure.denominator ? value(*measure.denominator) : 1.0;
      if (below != 0) all[measure.name] = value(measure.numerator) / below;
    }
    return all;
  }
};

/// 20 drones at 10 k$, 12 stopped; 15 missiles at 400 k$ fired by a unit that NL and a common fund share 3 :
/// 1; 2 flight hours at 30 k$ booked in milliseconds; 3 radars at 6 M$ of which the run uses 1/1000 of the
/// life; one strike on a depot worth 1 M$ a hit.
Raid example() {
  Raid raid;
  raid.book_column("launched", 20, 1, line("drone", Account::attack, Side::attacker, "raid", "RU", true));
  raid.book_column("stopped", 12, 1, line("drone", Account::attack, Side::attacker, "raid", "RU", true),
                   true);
  LedgerLine rounds = line("missile", Account::munitions, Side::defender, "battery", "NL", true);
  rounds.paid_by = {{"NL", 0.75}, {"common", 0.25}};
  raid.book_column("rounds", 15, 1, rounds);
  raid.book_column("hours", 2 * 3.6e6, 1 / 3.6e6,
                   line("jet.flight-hour", Account::operations, Side::defender, "jets", "PL", true));
  raid.book_column("radars", 3, 1e-3,
                   line("radar.acquisition", Account::acquisition, Side::defender, "radars", "PL"));
  raid.book_column("radar-hours", 8 * 3.6e6, 1 / 3.6e6,
                   line("radar.hour", Account::standing, Side::defender, "radars", "PL"));
  raid.book_column("strikes", 1, 1, line("strike.depot", Account::damage, Side::defender, "depot", "PL"));
  raid.book_column("kills", 10);
  raid.book_column("soft-kills", 2);
  raid.book_column("fates.struck", 1);
  raid.set_price("drone", 10e3);
  raid.set_price("missile", 400e3);
  raid.set_price("jet.flight-hour", 30e3);
  raid.set_price("radar.acquisition", 6e6);
  raid.set_price("strike.depot", 1e6);
  return raid;
}

}  // namespace

TEST_CASE("a raid priced by hand", "[pricing]") {
  Raid raid = example();
  const Pricing pricing = raid.priced();
  REQUIRE_FALSE(raid.problems.has_errors());
  auto money = raid.values(pricing);
  CHECK(money["cost.attacker"] == Approx(200e3));
  CHECK(money["cost.defender.munitions"] == Approx(6e6));
  CHECK(money["cost.defender.marginal"] == Approx(6.06e6));
  CHECK(money["cost.defender.full"] == Approx(6.078e6));
  CHECK(money["cost.defender.total"] == Approx(7.078e6));
  CHECK(money["cost.investment"] == Approx(18e6));  // three radars whole, whatever the run uses of their life
  CHECK(money["cost.account.acquisition"] == Approx(18e3));
  CHECK(money["cost.item.jet.flight-hour"] == Approx(60e3));
  CHECK(money["cost.unit.radars.full"] == Approx(18e3));
  CHECK(money["cost-exchange.munitions"] == Approx(30));
  CHECK(money["cost-exchange.total"] == Approx(35.39));
  CHECK(money["cost-exchange.per-stopped.munitions"] == Approx(50));  // 6 M$ for twelve drones of 10 k$
  CHECK(money["cost-per-kill.munitions"] == Approx(500e3));           // soft kills count
  CHECK(money["attacker-cost-per-strike"] == Approx(200e3));
  for (const MeasureDefinition& measure : pricing.measures) {
    CHECK_FALSE(measure.meaning.empty());
    CHECK((measure.unit == "USD" || measure.unit.empty()));
  }
}

TEST_CASE("shares of a unit's cost add up to it, over nations", "[pricing]") {
  Raid raid = example();
  const Pricing pricing = raid.priced();
  auto money = raid.values(pricing);
  CHECK(money["cost.nation.NL.munitions"] == Approx(4.5e6));
  CHECK(money["cost.nation.common.munitions"] == Approx(1.5e6));
  for (const View view : all_views) {
    const std::string name = name_of(view);
    CHECK(money["cost.nation.NL." + name] + money["cost.nation.common." + name] +
              money["cost.nation.PL." + name] ==
          Approx(money["cost.defender." + name]));
  }
}

TEST_CASE("at its break-even price an item makes the ratio one", "[pricing]") {
  Raid raid = example();
  auto before = raid.values(raid.priced());
  CHECK(before["break-even.drone.munitions"] == Approx(300e3));  // 6 M$ / 20
  CHECK(before["break-even.missile.munitions"] == Approx(200e3 / 15));
  for (const std::string item : {"drone", "missile"}) {
    Raid changed = example();
    changed.set_price(item, before["break-even." + item + ".marginal"]);
    CHECK(changed.values(changed.priced())["cost-exchange.marginal"] == Approx(1));
  }
  CHECK(before["break-even.missile.total"] <
        0);  // the strike alone costs more than the attack: no price does it
}

TEST_CASE("what has no price is refused where it must have one, and listed where it need not", "[pricing]") {
  Raid raid = example();
  raid.book.items.erase("missile");
  const Pricing pricing = price(
      raid.layout, raid.book,
      [](const std::string&) {
        return Place{-1, 7, 3};
      },
      raid.problems);
  REQUIRE(raid.problems.all().size() ==
          1);  // the drone is booked twice and priced; the missile is missing once
  CHECK(raid.problems.all()[0].what.find("missile has no price") == 0);
  CHECK(raid.problems.all()[0].place.line == 7);
  CHECK_FALSE(raid.problems.all()[0].hint.empty());
  REQUIRE(pricing.not_counted.size() == 1);
  CHECK(pricing.not_counted[0].item == "radar.hour");
  CHECK(pricing.not_counted[0].account == Account::standing);
}

TEST_CASE("a view says which accounts it lacks", "[pricing]") {
  Raid raid = example();
  raid.book.items.erase("strike.depot");
  const Pricing pricing = raid.priced();
  CHECK(pricing.lacks[static_cast<std::size_t>(View::munitions)].empty());
  CHECK(pricing.lacks[static_cast<std::size_t>(View::marginal)].empty());
  CHECK(pricing.lacks[static_cast<std::size_t>(View::full)] == std::vector{Account::standing});
  CHECK(pricing.lacks[static_cast<std::size_t>(View::total)] ==
        std::vector{Account::standing, Account::damage});
}

TEST_CASE("price ranges span the ratio from corner to corner, and the point uses the modes", "[pricing]") {
  Raid raid = example();
  CHECK(raid.values(raid.priced()).count("cost-exchange.munitions.least") == 0);
  raid.set_price("missile", 300e3, 400e3, 600e3);
  raid.set_price("drone", 5e3, 10e3, 20e3);
  auto money = raid.values(raid.priced());
  CHECK(money["cost-exchange.munitions"] == Approx(30));
  CHECK(money["cost-exchange.munitions.least"] == Approx(15 * 300e3 / (20 * 20e3)));
  CHECK(money["cost-exchange.munitions.most"] == Approx(15 * 600e3 / (20 * 5e3)));
}

TEST_CASE("without a cost of the attacker the ratio has no denominator and a reason", "[pricing]") {
  Raid raid;
  raid.book_column("rounds", 3, 1, line("missile", Account::munitions, Side::defender, "battery", "", true));
  raid.set_price("missile", 400e3);
  const Pricing pricing = raid.priced();
  const auto money = raid.values(pricing);
  CHECK(money.count("cost-exchange.munitions") == 0);
  CHECK(money.count("cost.defender.munitions") == 1);
  CHECK(money.count("cost.nation.unnamed.munitions") == 0);  // nobody is named: nothing to share
  for (const MeasureDefinition& measure : pricing.measures)
    if (measure.denominator) CHECK_FALSE(measure.undefined_because.empty());
}

TEST_CASE("doubling every price of the attacker halves the ratio", "[pricing]") {
  Raid raid = example();
  auto before = raid.values(raid.priced());
  raid.set_price("drone", 20e3);
  auto after = raid.values(raid.priced());
  for (const View view : all_views) {
    const std::string name = std::string("cost-exchange.") + name_of(view);
    CHECK(after[name] == Approx(before[name] / 2));
  }
}

TEST_CASE("a deflator moves the prices of another year, and no others", "[pricing]") {
  Raid raid = example();
  raid.book.year = 2025;
  raid.book.deflator = 1.1;
  raid.book.items["missile"].year = 2021;
  raid.book.items["drone"].year = 2025;
  auto money = raid.values(raid.priced());
  CHECK(money["cost.defender.munitions"] == Approx(1.1 * 6e6));
  CHECK(money["cost.attacker"] == Approx(200e3));
  CHECK(money["cost.item.jet.flight-hour"] == Approx(60e3));  // no year of its own
}
