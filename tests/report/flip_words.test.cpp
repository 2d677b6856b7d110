#include "report/flip_words.hpp"

#include "catch.hpp"
#include "dronewall/report/sensitivity_report.hpp"

using namespace dronewall;

namespace {

using Lies = Flip::Level::Side;

Flip decision(Lies at_base) {
  Flip flip;
  flip.input = "command.aoc.decision";
  flip.verdict = Flip::Verdict::in_range;
  flip.base_side = at_base;
  flip.used.text = "triangular(1 min .. 3 min .. 12 min)";
  flip.levels = {{"triangular(1 min .. 3 min .. 12 min)", at_base},
                 {"1 min", Lies::below},
                 {"30 s", Lies::below},
                 {"2 min", Lies::untold}};
  return flip;
}

}  // namespace

TEST_CASE("A flip among names says at which the verdict flips and holds", "[report]") {
  CHECK(words_of_levels(decision(Lies::above)) ==
        "flips at 1 min or 30 s; holds at triangular(1 min .. 3 min .. 12 min); cannot be told at 2 min");
  CHECK(flipping_levels(decision(Lies::above)) == "1 min or 30 s");
  CHECK(words_of_levels(decision(Lies::untold)) ==
        "below at 1 min or 30 s; cannot be told at triangular(1 min .. 3 min .. 12 min) or 2 min");
  CHECK(flipping_levels(decision(Lies::untold)).empty());
  CHECK(words_of_levels(Flip{}).empty());
}

TEST_CASE("Flips among names and factors that are not shown stand in table, JSON and CSV", "[report]") {
  SensitivityResult result;
  result.measure = "leakers";
  result.factors = {"command.aoc.decision", "weapons.round.pk.drone"};
  result.flips.push_back(decision(Lies::above));
  Flip unjudged;
  unjudged.input = "weapons.round.pk.drone";
  unjudged.verdict = Flip::Verdict::not_judged;
  unjudged.why_not = "the study gives it one value";
  result.flips.push_back(unjudged);
  result.without_bar = {{1, "the study gives it one value"}};
  const SensitivityReport report{
      .manifest = {}, .store = "s.db", .design = "grid", .only = std::nullopt, .result = result};
  const std::string table = table_of(report), json = json_of(report), csv = csv_of(report);
  CHECK(table.find("aoc.decision flips at 1 min or 30 s; holds at triangular") != std::string::npos);
  CHECK(table.find("round.pk.drone is not shown: the study gives it one value.") != std::string::npos);
  CHECK(table.find("round.pk.drone is not in the tornado: the study") != std::string::npos);
  CHECK(json.find(R"x("levels": {"triangular(1 min .. 3 min .. 12 min)": "above", "1 min": "below")x") !=
        std::string::npos);
  CHECK(json.find(R"("tornado.weapons.round.pk.drone": "the study gives it one value")") !=
        std::string::npos);
  CHECK(csv.find("in range: flips at 1 min or 30 s") != std::string::npos);
  CHECK(csv.find("not shown") != std::string::npos);
}
