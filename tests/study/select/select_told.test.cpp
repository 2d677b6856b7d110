// What a selection says while it runs, of intruders still aloft, and of what an attacker leaves of a mix.
#include <algorithm>
#include <chrono>
#include <thread>

#include "catch.hpp"
#include "dronewall/study/select.hpp"
#include "study/run/limit_units.hpp"
#include "study/walls.hpp"

using namespace dronewall;
using test::asked;
using test::at_most;
using test::cheapest;
using test::counts;
using test::walls;

namespace {

TEST_CASE("a selection is told on while its first stage runs", "[study][select]") {
  SelectSpace space = walls(1, 1);
  space.make = [make = space.make](const LatticePoint& mix, const LatticePoint& answer, std::size_t u,
                                   std::string& why) {
    std::optional<SystemPart> part = make(mix, answer, u, why);
    part->make_runner = [run = part->make_runner()] {
      return Runner([run](std::uint32_t k, std::int64_t* row) {
        std::this_thread::sleep_for(std::chrono::microseconds(500));
        run(k, row);
      });
    };
    return part;
  };
  SelectPlan plan = cheapest();
  plan.first = 800, plan.fresh = 400, plan.threads = 2;
  std::vector<SelectProgress> told;
  plan.progress = [&, caller = std::this_thread::get_id()](const SelectProgress& progress) {
    CHECK(std::this_thread::get_id() == caller);
    told.push_back(progress);
  };
  const SelectResult shown = select(space, plan);
  // 4 × 800 × 0.5 ms on two threads: 0.8 s at least, of which a fifth of a second is told each.
  const auto is_amid = [](const SelectProgress& progress) {
    return progress.stage == "first stage" && progress.in_stage > 0 && progress.of_stage == 3'200 &&
           progress.in_stage < 3'200 && progress.of_mixes == 4 && progress.mixes < 4;
  };
  CHECK(std::count_if(told.begin(), told.end(), is_amid) >= 2);
  CHECK(told.front().stage == "first stage");
  CHECK(told.back().stage == "fresh replications of 1 mix");
  CHECK(std::is_sorted(told.begin(), told.end(), [](const SelectProgress& a, const SelectProgress& b) {
    return a.replications < b.replications;
  }));
  plan.progress = nullptr;
  const SelectResult silent = select(space, plan);
  CHECK(silent.replications == shown.replications);
  CHECK(*silent.fresh.objective.mean == *shown.fresh.objective.mean);
}

// ---- Intruders still aloft

/// A hundred come, so many per cent leak and so many are still aloft; what the mix costs is its number. Of
/// those aloft each costs 2 of rounds at its worst, as the others do, and harm of 1.
SystemPart part_with_aloft(int leakers, int aloft, int price) {
  LedgerLayout layout;
  layout.columns = {{.name = "intruders.launched"}, {.name = "leakers"}, {.name = "unresolved"}};
  layout.columns.push_back({.name = "rounds"});
  layout.columns.back().line = LedgerLine{};
  layout.columns.back().line->account = Account::munitions;
  layout.unresolved = {{2, {{2, -1}}, {{2, -1}, {1, 1}}}};
  const LinearForm launched{{{0, 1.0}}, 0}, leaked{{{1, 1.0}}, 0}, unresolved{{{2, 1.0}}, 0};
  const LinearForm cost{{{1, 1.0}, {3, 1.0}}, static_cast<double>(price)};
  return {std::make_shared<const LedgerLayout>(layout),
          {{"leakers", "", "", leaked, std::nullopt, ""},
           {"leak-fraction", "", "fraction", leaked, launched, "nothing came"},
           {"unresolved", "", "", unresolved, std::nullopt, ""},
           {"cost.defender.full", "", "USD", cost, std::nullopt, ""}},
          [=] {
            return Runner([=](std::uint32_t k, std::int64_t* row) {
              const std::int64_t more = k % 2;  // some luck
              row[0] = 100, row[1] = leakers + more, row[2] = aloft, row[3] = 2 * (100 - aloft);
            });
          }};
}

/// Mixes in order of price: three of a hundred leak; of the first twenty are aloft, of the other none.
SelectSpace with_aloft() {
  SelectSpace space;
  space.choices = {counts("mix", 1)};
  space.make = [](const LatticePoint& mix, const LatticePoint&, std::size_t, std::string&) {
    return std::optional(part_with_aloft(3, mix[0] == 0 ? 20 : 0, 1'000 * (1 + static_cast<int>(mix[0]))));
  };
  return space;
}

TEST_CASE("a limit that intruders still aloft may break is not shown to be kept", "[study][select]") {
  const SelectSpace space = with_aloft();
  SelectPlan plan = cheapest();
  plan.constraints = {at_most("leak-fraction", 0.1)};
  const SelectResult result = select(space, plan);
  const MixResult& aloft = result.mixes[0];
  CHECK(aloft.state == MixState::open);
  CHECK(aloft.constraints.at(0).verdict == LimitVerdict::open);
  CHECK(aloft.constraints.at(0).hangs_on_aloft);
  CHECK(aloft.replications == 400);  // More would not tell.
  REQUIRE(aloft.leakage.bounds);
  CHECK(aloft.leakage.bounds->first == Approx(0.035));
  CHECK(aloft.leakage.bounds->second == Approx(0.235));
  CHECK(result.winner == 1);
  CHECK_FALSE(result.mixes[1].leakage.bounds);
  CHECK_FALSE(result.mixes[1].constraints.at(0).hangs_on_aloft);
  // 1,000 + 3.5 + 160; at worst 20 more leak, and all have cost rounds as the eighty have: 160 × 100 / 80.
  REQUIRE(aloft.objective.bounds);
  CHECK(aloft.objective.bounds->first == Approx(1'163.5));
  CHECK(aloft.objective.bounds->second == Approx(1'223.5));
}

TEST_CASE("a limit is told where it is kept or broken whatever becomes of those aloft", "[study][select]") {
  const SelectSpace space = with_aloft();
  SelectPlan plan = cheapest();
  plan.constraints = {at_most("leak-fraction", 0.3)};
  CHECK(select(space, plan).winner == 0);
  plan.constraints = {at_most("leak-fraction", 0.01)};
  CHECK(select(space, plan).mixes[0].state == MixState::broken);
  // Four of a hundred leak at most in every replication, twenty-four at worst.
  plan.constraints = {{"P(leakers <= 10) >= 0.9", asked("P(leakers <= 10)"), Limit::at_least, 0.9}};
  const SelectResult counted = select(space, plan);
  CHECK(counted.mixes[0].constraints.at(0).hangs_on_aloft);
  CHECK(counted.winner == 1);
  plan.constraints = {{"P(leakers <= 30) >= 0.9", asked("P(leakers <= 30)"), Limit::at_least, 0.9}};
  CHECK(select(space, plan).winner == 0);
}

// ---- The front against an attacker who answers

/// By mix and answer: what it costs, and how many of a hundred leak.
SystemPart part_of(double cost, int leakers) {
  LedgerLayout layout;
  layout.columns = {{.name = "launched"}, {.name = "leakers"}};
  const LinearForm launched{{{0, 1.0}}, 0}, leaked{{{1, 1.0}}, 0};
  return {std::make_shared<const LedgerLayout>(layout),
          {{"leak-fraction", "", "fraction", leaked, launched, "nothing came"},
           {"cost.defender.full", "", "USD", {{{1, 0.001}}, cost}, std::nullopt, ""},
           {"cost.attacker", "", "USD", {{}, 1}, std::nullopt, ""}},
          [leakers] {
            return Runner([leakers](std::uint32_t k, std::int64_t* row) {
              row[0] = 100, row[1] = leakers + static_cast<std::int64_t>(k % 2);
            });
          }};
}

TEST_CASE("on the front a mix leaks what it leaks at the answer worst for that", "[study][select]") {
  // The first mix costs 10 and leaks 10%, or costs 5 and leaks 50%; the second costs 12 and leaks 20% or 15%.
  const std::vector<std::vector<std::pair<double, int>>> by_mix = {{{10, 10}, {5, 50}}, {{12, 20}, {8, 15}}};
  SelectSpace space;
  space.choices = {counts("mix", 1)}, space.answers = {counts("answer", 1)};
  space.make = [&](const LatticePoint& mix, const LatticePoint& answer, std::size_t, std::string&) {
    const auto& [cost, leakers] = by_mix[mix[0]][answer[0]];
    return std::optional(part_of(cost, leakers));
  };
  SelectPlan plan = cheapest();
  plan.attacker_budget = 1;
  plan.constraints = {at_most("leak-fraction", 0.3)};
  const SelectResult result = select(space, plan);
  const MixResult &first = result.mixes[0], &second = result.mixes[1];
  CHECK(*first.front_cost.mean == Approx(10).margin(0.1));
  CHECK(*first.front_leakage.mean == Approx(0.505));
  CHECK(first.answer == LatticePoint{0});
  CHECK(first.leakage_answer == LatticePoint{1});
  CHECK(first.pareto == ParetoStanding::front);
  CHECK(second.pareto == ParetoStanding::front);  // It costs more and leaks less.
  CHECK(first.state == MixState::broken);
  CHECK(first.constraints.at(0).answer == LatticePoint{1});
  CHECK(second.leakage_answer == LatticePoint{0});
}

// ---- Units of limits

TEST_CASE("a limit is written in the unit of what is held to it", "[study][select]") {
  const auto is_fit = [](const char* held, const char* unit, const char* limit) {
    return unit_mistake(asked(held), unit, limit).what.empty();
  };
  CHECK(is_fit("leak-fraction", "fraction", "<= 10%"));
  CHECK(is_fit("leak-fraction", "fraction", "<= 0.1"));
  CHECK_FALSE(is_fit("leak-fraction", "fraction", "<= $1"));
  CHECK(is_fit("leakers", "", "<= 5"));
  CHECK_FALSE(is_fit("leakers", "", "<= 5%"));
  CHECK_FALSE(is_fit("rounds.round", "", ">= $5"));
  CHECK_FALSE(is_fit("rounds.round", "", ">= 5 min"));
  CHECK(is_fit("cost.defender.full", "USD", "<= $5M"));
  CHECK(is_fit("cost.defender.full", "USD", "<= EUR 5M"));
  CHECK_FALSE(is_fit("cost.defender.full", "USD", "<= 5"));
  CHECK_FALSE(is_fit("cost.defender.full", "USD", "<= 5%"));
  CHECK(is_fit("q95(cost.defender.full)", "USD", "<= $5M"));
  CHECK_FALSE(is_fit("q95(cost.defender.full)", "USD", "<= 5M"));
  CHECK(is_fit("P(leakers <= 3)", "", ">= 90%"));
  CHECK_FALSE(is_fit("P(leakers <= 3%)", "", ">= 90%"));
  CHECK_FALSE(is_fit("P(leakers <= 3)", "", ">= $1"));
  CHECK(is_fit("P(cost.defender.full <= $5M)", "USD", ">= 0.9"));
  CHECK_FALSE(is_fit("P(cost.defender.full <= 5)", "USD", ">= 0.9"));
  CHECK(is_fit("time.inside", "s", "<= 5 min"));
  CHECK_FALSE(is_fit("time.inside", "s", "<= 300"));
  CHECK(is_fit("range.intercept", "m", ">= 12 km"));
  CHECK_FALSE(is_fit("hours.f16", "h", "<= 5 h"));  // 5 h are read as 18,000 s
  const UnitMistake mistake = unit_mistake(asked("leakers"), "", "<= 5%");
  CHECK(mistake.what == "leakers is held to 5% (leakers is a number)");
  CHECK(mistake.hint == "write a limit such as 3");
}

}  // namespace
