// Bounds of rare losses in a run's estimates, and probabilities of ratios.
#include <cmath>

#include "catch.hpp"
#include "dronewall/study/run_point.hpp"

using namespace dronewall;

namespace {

enum : std::uint32_t { launched, leakers, stopped, rounds, hours };

LedgerLayout layout() {
  LedgerLayout made;
  made.columns = {{.name = "launched"},
                  {.name = "leakers"},
                  {.name = "stopped"},
                  {.name = "rounds"},
                  {.name = "hours", .quantum = 1e-3, .is_count = false}};
  return made;
}

MeasureDefinition mean(const char* name, std::vector<Term> terms) {
  return {name, "A mean.", "", {std::move(terms), 0}, std::nullopt, ""};
}
MeasureDefinition ratio(const char* name, const char* unit, Term above, Term below) {
  return {name, "A ratio.", unit, {{above}, 0}, LinearForm{{below}, 0}, "nothing was launched"};
}

std::vector<MeasureDefinition> measures() {
  return {mean("leakers", {{leakers, 1.0}}),
          mean("damage", {{leakers, 50e3}}),
          mean("hours", {{hours, 1.0}}),
          ratio("leak-fraction", "fraction", {leakers, 1.0}, {launched, 1.0}),
          ratio("stop-fraction", "fraction", {stopped, 1.0}, {launched, 1.0}),
          ratio("leakers-per-round", "", {leakers, 1.0}, {rounds, 1.0}),
          ratio("cost-per-leaker", "USD", {rounds, 1e3}, {leakers, 1.0})};
}

/// Replication k: ten drones and 12 rounds, of which one leaks in each of the first `losses`.
PointResult run(std::uint32_t losses, RunOptions options, std::int64_t drones = 10) {
  const RunnerFactory runner = [=] {
    return Runner([=](std::uint32_t k, std::int64_t* row) {
      row[launched] = drones;
      row[leakers] = k < losses ? 1 : 0;
      row[stopped] = drones - row[leakers];
      row[rounds] = 12 + k % 2;
      row[hours] = 0;
    });
  };
  return run_point(layout(), measures(), runner, options);
}

RunOptions of(std::uint64_t replications) {
  RunOptions options;
  options.replications = replications;
  return options;
}

Requested requested(const char* text) {
  std::string why;
  return parse_requested(text, why).value();
}

}  // namespace

TEST_CASE("a loss that was not seen has an upper bound, and its method", "[study][rare]") {
  const PointResult result = run(0, of(400));
  const double bound = -std::log(0.025);
  const Estimate& count = *result.find("leakers");
  CHECK(*count.mean == 0);
  CHECK(*count.low == 0);
  CHECK(*count.high == Approx(bound / 400));
  CHECK(count.method == "poisson");
  CHECK(*result.find("damage")->high == Approx(50e3 * bound / 400));
  const Estimate& share = *result.find("leak-fraction");
  CHECK(*share.low == 0);
  CHECK(*share.high == Approx(1 - std::pow(0.025, 1 / 4000.0)));
  CHECK(share.method == "clopper-pearson");
  const Estimate& all = *result.find("stop-fraction");
  CHECK(*all.mean == 1);
  CHECK(*all.high == 1);
  CHECK(*all.low == Approx(1 - *share.high));
  CHECK(*result.find("leakers-per-round")->high == Approx(bound / (400 * 12.5)));
  CHECK_FALSE(result.find("cost-per-leaker")->mean);  // undefined, not 0
  CHECK(*result.find("hours")->high == 0);            // no count: nothing is known of its pieces
}

TEST_CASE("with three losses no bound is negative", "[study][rare]") {
  const PointResult result = run(3, of(20'000));
  const Estimate& share = *result.find("leak-fraction");
  CHECK(*share.low > 0);
  CHECK(*share.low == Approx(0.6187 / 200'000).epsilon(1e-3));  // Garwood's bounds of 3
  CHECK(*share.high == Approx(8.7673 / 200'000).epsilon(1e-3));
  CHECK(*result.find("leakers")->low == Approx(0.6187 / 20'000).epsilon(1e-3));
  const Estimate& cost = *result.find("cost-per-leaker");
  CHECK(*cost.mean == Approx(12.5e3 * 20'000 / 3));
  CHECK(*cost.low == Approx(12.5e3 * 20'000 / 8.7673).epsilon(1e-3));
  CHECK(*cost.high == Approx(12.5e3 * 20'000 / 0.6187).epsilon(1e-3));
  // Often enough, the usual interval: the two agree within a tenth where they meet.
  const Estimate many = *run(31, of(20'000)).find("leakers"), fewer = *run(29, of(20'000)).find("leakers");
  CHECK(many.method == "t");
  CHECK(fewer.method == "poisson");
  CHECK(*many.half_width() == Approx(*fewer.half_width()).epsilon(0.1));
}

TEST_CASE("probabilities and quantiles of a ratio are of each replication's own", "[study][requested]") {
  RunOptions options = of(100);
  options.requested = {requested("P(leak-fraction <= 5%)"), requested("q95(leak-fraction)")};
  REQUIRE(why_not_askable(measures(), options).empty());
  const PointResult result = run(4, options);
  CHECK(*result.requested[0].mean == Approx(0.96));
  CHECK(result.requested[0].method == "clopper-pearson");
  CHECK(*result.requested[1].mean == 0);
  CHECK(result.requested[1].unit == "fraction");
  CHECK(*run(6, options).requested[1].mean == Approx(0.1));  // one of ten
  CHECK(result.requested[0].without_value == 0);
}

TEST_CASE("a replication whose denominator is 0 has no ratio", "[study][requested]") {
  RunOptions options = of(50);
  options.requested = {requested("P(leakers-per-round <= 1)"), requested("P(cost-per-leaker > $1k)")};
  const PointResult some = run(5, options);
  CHECK(some.requested[0].without_value == 0);
  CHECK(some.requested[1].without_value == 45);
  CHECK(some.requested[1].n == 5);
  CHECK(*some.requested[1].mean == 1);
  const PointResult none = run(0, options);
  CHECK_FALSE(none.requested[1].mean);
  CHECK(none.requested[1].without_value == 50);
  CHECK(none.requested[1].undefined_because == "nothing was launched in any replication");
}
