#include <algorithm>

#include "catch.hpp"
#include "dronewall/pricing/pricing.hpp"
#include "dronewall/study/run_point.hpp"

using namespace dronewall;

namespace {

enum : std::uint32_t {
  launched,
  unresolved,
  rounds,
  pieces,
  stopped,
  kills,
  strikes,
  struck,
  shot_down,
  aloft,
  leakers,
  seconds
};

LedgerLine line(const char* item, Account account, Side side) {
  LedgerLine made;
  made.item = item;
  made.account = account;
  made.side = side;
  return made;
}

/// 20 launched at 10 k$ each; 12 stopped by 30 rounds of 20 k$, 3 struck at 100 k$ a hit, 5 aloft at the end.
struct Raid {
  LedgerLayout layout;
  std::vector<MeasureDefinition> measures;
  std::vector<std::int64_t> row{20, 5, 30, 20, 12, 12, 3, 3, 12, 5, 3, 1200};

  Raid() {
    layout.columns = {
        {.name = "intruders.launched"},
        {.name = "unresolved.drone@raid"},
        {.name = "rounds", .line = line("missile", Account::munitions, Side::defender)},
        {.name = "pieces", .line = line("drone", Account::attack, Side::attacker)},
        {.name = "stopped", .line = line("drone", Account::attack, Side::attacker), .of_stopped = true},
        {.name = "kills"},
        {.name = "strikes.depot", .line = line("strike.depot", Account::damage, Side::defender)},
        {.name = "fates.struck"},
        {.name = "fates.shot-down"},
        {.name = "fates.still-aloft"},
        {.name = "leakers"},
        {.name = "seconds", .is_count = false}};
    layout.unresolved = {{unresolved,
                          {{unresolved, -1}, {kills, 1}, {stopped, 1}},
                          {{unresolved, -1}, {strikes, 1}, {struck, 1}, {leakers, 1}}}};
    PriceBook book;
    const auto set = [&](const char* item, double price) {
      book.items[item].low = book.items[item].mode = book.items[item].high = price;
    };
    set("missile", 20e3);
    set("drone", 10e3);
    set("strike.depot", 100e3);
    Sources sources;
    Problems problems(sources);
    measures = price(layout, book, nullptr, problems).measures;
    const LinearForm all{{{launched, 1.0}}, 0};
    measures.push_back({"leak-fraction", "", "fraction", {{{leakers, 1.0}}, 0}, all, "-"});
    measures.push_back({"time.decision", "", "s", {{{seconds, 1.0}}, 0}, all, "-"});
  }
  [[nodiscard]] PointResult run() const {
    RunOptions options;
    options.replications = 3;
    const RunnerFactory runner = [this] {
      return Runner([this](std::uint32_t, std::int64_t* out) { std::copy(row.begin(), row.end(), out); });
    };
    return run_point(layout, measures, runner, options);
  }
};

}  // namespace

TEST_CASE("intruders still aloft bound each ratio and cost by their best and their worst",
          "[study][bounds]") {
  const PointResult result = Raid().run();
  const auto check = [&](const char* name, double low, double high) {
    INFO(name);
    const Estimate* estimate = result.find(name);
    REQUIRE(estimate != nullptr);
    REQUIRE(estimate->bounds);
    CHECK(estimate->bounds->first == Approx(low));
    CHECK(estimate->bounds->second == Approx(high));
  };
  check("leak-fraction", 0.15, 0.40);  // 3 / 20 … 8 / 20
  // At worst 30 × 20 / 15 rounds and eight strikes.
  check("cost-exchange.munitions", 3, 4);
  check("cost-exchange.total", 900.0 / 200, 1600.0 / 200);
  check("cost.account.damage", 300e3, 800e3);
  check("cost.defender.total", 900e3, 1600e3);
  check("cost-exchange.per-stopped.munitions", 600.0 / 170, 800.0 / 120);  // 17 … 12 stopped
  check("cost-per-kill.munitions", 600e3 / 17, 800e3 / 12);
  check("attacker-cost-per-strike", 200e3 / 8, 200e3 / 3);
  CHECK_FALSE(result.find("time.decision")->bounds);  // nothing moves it
  CHECK_FALSE(result.find("cost.attacker")->bounds);
}

TEST_CASE("with nothing aloft there are no bounds", "[study][bounds]") {
  Raid raid;
  raid.row[unresolved] = 0;
  const PointResult result = raid.run();
  for (const Estimate& estimate : result.estimates) CHECK_FALSE(estimate.bounds);
}

TEST_CASE("where no fate is known, as many rounds again are the worst", "[study][bounds]") {
  Raid raid;
  raid.row = {5, 5, 30, 5, 0, 0, 0, 0, 0, 5, 0, 0};
  const Estimate ratio = *raid.run().find("cost-exchange.munitions");
  REQUIRE(ratio.bounds);
  CHECK(ratio.bounds->first == Approx(12));
  CHECK(ratio.bounds->second == Approx(24));
}
