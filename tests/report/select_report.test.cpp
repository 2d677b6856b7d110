#include "dronewall/report/select_report.hpp"

#include <algorithm>
#include <sstream>

#include "catch.hpp"
#include "report/figures.hpp"

using namespace dronewall;

namespace {

Estimate estimate(const std::string& name, const std::string& unit, double mean, double half_width) {
  Estimate made;
  made.name = name, made.unit = unit, made.n = 10'000, made.method = "t";
  made.mean = mean, made.low = mean - half_width, made.high = mean + half_width;
  return made;
}

MixResult mix(LatticePoint at, double cost, double leaks, MixState state) {
  MixResult made;
  made.mix = std::move(at);
  made.state = state;
  made.replications = 1'000;
  made.objective = made.front_cost = estimate("cost.defender.full", "USD", cost, cost / 50);
  made.leakage = made.front_leakage = estimate("leak-fraction", "fraction", leaks, 0.004);
  const LimitVerdict verdict = state == MixState::met      ? LimitVerdict::met
                               : state == MixState::broken ? LimitVerdict::broken
                                                           : LimitVerdict::open;
  made.constraints = {{made.leakage, verdict}};
  return made;
}

SelectResult two_guns() {
  SelectResult result;
  result.choices = {{"units.gun.count", {"2", "4", "8"}}, {"units.missile.count", {"0", "1"}}};
  result.uncertain_points = 12;
  result.mixes = {mix({0, 0}, 1.1e6, 0.31, MixState::broken), mix({1, 0}, 2.0e6, 0.12, MixState::open),
                  mix({2, 0}, 4.1e6, 0.041, MixState::met), mix({0, 1}, 3.1e6, 0.062, MixState::met)};
  result.mixes[0].pareto = result.mixes[3].pareto = ParetoStanding::front;
  result.mixes[1].pareto = ParetoStanding::near;
  result.winner = 3;
  result.mixes[3].is_like_best = true;
  result.fresh = result.mixes[3];
  result.fresh.replications = 10'000;
  result.promised = 0.95, result.estimated = 0.99997;
  result.indifference = 31'000;
  result.replications = 56'000;
  return result;
}

Constraint leak_limit() {
  return {"leak-fraction <= 10%",
          {Requested::Kind::plain, "leak-fraction", "leak-fraction"},
          Limit::at_most,
          0.1};
}

SelectReport report_of(const SelectResult& result) {
  SelectReport report{{},    "cost.defender.full", SelectPlan::Aim::minimise, {leak_limit()}, {}, "USD", {},
                      result};
  report.manifest.title = "How many guns?";
  report.uncertain = {"attacks.raid.count"};
  return report;
}

void check_width(const std::string& table) {
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    CHECK(width_of(line) <= 100);
  }
}

TEST_CASE("a selection's table gives the choice, its trust and what it beat", "[report][select]") {
  const SelectResult result = two_guns();
  const std::string table = table_of(report_of(result));
  INFO(table);
  check_width(table);
  for (const char* words :
       {"How many guns?", "minimise cost.defender.full, subject to leak-fraction <= 10%",
        "12 combinations of attacks.raid.count", "≥ 95%", "> 99.9%", "$31k", "→ 2 / 1",
        "breaks leak-fraction", "not told: leak-fraction", "1 of 4 mixes could not be told"})
    CHECK(table.find(words) != std::string::npos);
}

TEST_CASE("the table of an attacker's answers and of a search says what they are worth", "[report][select]") {
  SelectResult result = two_guns();
  result.answers = {{"attacks.raid.count", {"20", "40"}}};
  for (MixResult& each : result.mixes) {
    each.answer = LatticePoint{1};
    each.attack_cost = estimate("cost.attacker", "USD", 1.4e6, 0);
  }
  result.fresh.answer = LatticePoint{1};
  result.fresh.attack_cost = result.mixes[0].attack_cost;
  result.search = SearchReport{3721, 210, true, 6, 5};
  SelectReport report = report_of(result);
  report.attacker_budget = 2e6;
  const std::string table = table_of(report);
  INFO(table);
  check_width(table);
  for (const char* words : {"for $2M", "attacks.raid.count = 40 (costs $1.40M)", "5 of the 6 neighbours",
                            "3,721 mixes, of which a search looked at 210"})
    CHECK(table.find(words) != std::string::npos);
}

TEST_CASE("where nothing is shown to hold the table says so", "[report][select]") {
  SelectResult result = two_guns();
  result.winner.reset(), result.promised.reset();
  const std::string table = table_of(report_of(result));
  CHECK(table.find("no mix is shown to satisfy") != std::string::npos);
  CHECK(table.find("The choice") == std::string::npos);
  const std::string json = json_of(report_of(result));
  CHECK(json.find("\"winner\": null") != std::string::npos);
}

TEST_CASE("a selection's JSON and CSV hold every mix", "[report][select]") {
  const SelectResult result = two_guns();
  const std::string json = json_of(report_of(result)), csv = csv_of(report_of(result));
  INFO(json << csv);
  CHECK(json.find(R"("winner": {"units.gun.count": 2, "units.missile.count": 1})") != std::string::npos);
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 5);
  CHECK(csv.find("2,1,satisfies,1000,3100000,3038000,3162000,0.062,") != std::string::npos);
  CHECK(csv.find(",met,true,true,front\n") != std::string::npos);
  CHECK(csv.find(",cost.defender.full,cost.defender.full:low,cost.defender.full:high,leak-fraction,") !=
        std::string::npos);
}

TEST_CASE("an attacker's long answers have a table of their own", "[report][select]") {
  SelectResult result = two_guns();
  result.answers = {{"attacks.raid.threat", {"shahed-136-of-the-east", "shahed-136-of-the-north"}},
                    {"attacks.raid.launch.spacing", {"60 seconds each", "1 second each"}}};
  for (MixResult& each : result.mixes) {
    each.answer = each.leakage_answer = each.constraints[0].answer = LatticePoint{0, 1};
    each.attack_cost = estimate("cost.attacker", "USD", 1.4e6, 0);
    each.admissible = 3;
  }
  SelectReport report = report_of(result);
  report.attacker_budget = 2e6;
  const std::string table = table_of(report);
  INFO(table);
  check_width(table);
  CHECK(table.find("#1 / 1 second each  $1.40M           3\n") != std::string::npos);
  CHECK(table.find("broken    #1 / 1 second each\n") != std::string::npos);
}

TEST_CASE("what is sorted looks sorted, and every limit has its figure", "[report][select]") {
  SelectResult result = two_guns();
  // By themselves they would be $2.83M ± 0.08M and $2.8M ± 0.1M.
  result.mixes[3].objective = estimate("cost.defender.full", "USD", 2.79e6, 0.08e6);
  result.mixes[2].objective = estimate("cost.defender.full", "USD", 2.804e6, 0.13e6);
  result.mixes[1].objective = estimate("cost.defender.full", "USD", 3e6, 0);
  for (MixResult& each : result.mixes)
    each.constraints.push_back({estimate("leakers", "", 7, 0.5), LimitVerdict::met, false, {}});
  result.fresh.constraints = result.mixes[3].constraints;
  SelectReport report = report_of(result);
  report.constraints.push_back(
      {"leakers <= 9", {Requested::Kind::plain, "leakers", "leakers"}, Limit::at_most, 9});
  const std::string table = table_of(report);
  INFO(table);
  check_width(table);
  const std::size_t best = table.find("$2.79M ± 0.08M"), next = table.find("$2.80M ± 0.13M");
  CHECK(best < next);
  CHECK(next != std::string::npos);
  CHECK(table.find(" $3.00M ") != std::string::npos);
  CHECK(table.find("leakers <= 9", table.find("The limits")) != std::string::npos);
  result.is_zone_of_largest = true;
  CHECK(table_of(report).find("(a share of the largest mean") != std::string::npos);
  result.promised.reset();
  CHECK(table_of(report).find("estimated at more than 99.9% that no") != std::string::npos);
}

TEST_CASE("bounds of intruders still aloft stand in table, JSON and CSV", "[report][select]") {
  SelectResult result = two_guns();
  MixResult& aloft = result.mixes[1];
  aloft.unresolved = 5;
  aloft.leakage.bounds = {0.1, 0.6};
  aloft.constraints = {{aloft.leakage, LimitVerdict::open, true, {}}};
  const SelectReport report = report_of(result);
  const std::string table = table_of(report), json = json_of(report), csv = csv_of(report);
  INFO(table << json << csv);
  for (const char* words : {"10% … 60%", "in 1 of 4 mixes intruders are still aloft",
                            "intruders still aloft decide", "not told: leak-fraction (aloft)"})
    CHECK(table.find(words) != std::string::npos);
  CHECK(json.find(R"("bounds": [0.1, 0.6], "verdict": "open", "hangs_on_aloft": true)") != std::string::npos);
  CHECK(csv.find(",leak-fraction:least,leak-fraction:most,") != std::string::npos);
  CHECK(csv.find(",0.1,0.6,0.1,0.6\n") != std::string::npos);
}

}  // namespace
