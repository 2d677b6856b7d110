// Bounds of rare losses in a run's estimates, and probabilities of ratios.
#include <algorithm>
#include <cmath>

#include "catch.hpp"
#include "dronewall/study/compare.hpp"
#include "dronewall/study/run_point.hpp"
#include "stats/samples.hpp"

using namespace dronewall;

namespace {

enum : std::uint32_t { launched, leakers, stopped, rounds, hours };

LedgerLayout layout() {
  LedgerLayout made;
  made.columns = {{.name = "launched", .counted_by = CountedBy::intruder, .is_arrivals = true},
                  {.name = "leakers", .counted_by = CountedBy::intruder},
                  {.name = "stopped", .counted_by = CountedBy::intruder},
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

/// Replication k: ten drones and 12 rounds; one leaks in each of the first `losses`.
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
  // Only replications are known to be independent: all ten may leak as one.
  const PointResult result = run(0, of(400));
  const double bound = -10 * std::log(0.025);
  const Estimate& count = *result.find("leakers");
  CHECK(*count.mean == 0);
  CHECK(*count.low == 0);
  CHECK(*count.high == Approx(bound / 400));
  CHECK(count.method == "poisson");
  CHECK(*result.find("damage")->high == Approx(50e3 * bound / 400));
  const Estimate& share = *result.find("leak-fraction");
  CHECK(*share.low == 0);
  CHECK(*share.high == Approx(1 - std::pow(0.025, 1 / 400.0)));
  CHECK(share.method == "clopper-pearson");
  const Estimate& all = *result.find("stop-fraction");
  CHECK(*all.mean == 1);
  CHECK(*all.high == 1);
  CHECK(*all.low == Approx(1 - *share.high));
  CHECK(*result.find("leakers-per-round")->high == Approx(bound / (400 * 12.5)));
  CHECK_FALSE(result.find("cost-per-leaker")->mean);  // undefined, not 0
  CHECK(*result.find("hours")->high == 0);            // no count: nothing is known of its events
}

TEST_CASE("what never happened may happen in the largest raid", "[study][rare]") {
  // Every fourth replication has 37 drones, the others one: ten in the mean.
  const RunnerFactory runner = [] {
    return Runner([](std::uint32_t k, std::int64_t* row) {
      std::fill_n(row, 5, 0);
      row[launched] = row[stopped] = k % 4 == 0 ? 37 : 1;
      row[rounds] = 1;
    });
  };
  const PointResult result = run_point(layout(), measures(), runner, of(400));
  CHECK(*result.find("leakers")->high == Approx(-37 * std::log(0.025) / 400));
  CHECK(*result.find("leak-fraction")->high == Approx(1 - std::pow(0.025, 37 / 4000.0)));
}

TEST_CASE("a bound may shrink when the first event is seen", "[study][rare]") {
  CHECK(*run(0, of(400)).find("leakers")->high == Approx(36.89 / 400).epsilon(1e-3));
  CHECK(*run(1, of(400)).find("leakers")->high == Approx(5.572 / 400).epsilon(1e-3));  // it came alone
}

/// How many of 300 runs of 100 replications hold the truth, of leakers and leak fraction: ten drones leak as
/// one with a chance of 1%. `arrivals` says whether the layout counts those who came.
int held(bool arrivals) {
  LedgerLayout laid = layout();
  laid.columns[launched].is_arrivals = arrivals;
  const std::vector<MeasureDefinition> asked = {measures()[0]};
  int held = 0;
  for (std::uint64_t experiment = 0; experiment < 300; ++experiment) {
    const RunnerFactory runner = [=] {
      return Runner([=](std::uint32_t k, std::int64_t* row) {
        test::Uniforms uniform(experiment, k);
        std::fill_n(row, 5, 0);
        row[launched] = 10, row[leakers] = uniform() < 0.01 ? 10 : 0, row[stopped] = 10 - row[leakers];
      });
    };
    const Estimate leaked = run_point(laid, asked, runner, of(100)).estimates.front();
    held += *leaked.low <= 0.1 && 0.1 <= *leaked.high;
  }
  return held;
}

TEST_CASE("bounds hold where drones share their luck", "[study][rare][statistical]") {
  CHECK(held(true) >= 270);   // 285 and more wanted; less than this for 1 seed in 3,000 at 95%
  CHECK(held(false) <= 223);  // if each were taken for itself: 64%, four sigmas more
}

TEST_CASE("compared variants have the bounds of their own raids", "[study][rare][compare]") {
  const auto drones = [](std::int64_t count) -> RunnerFactory {
    return [=] {
      return Runner([=](std::uint32_t, std::int64_t* row) {
        std::fill_n(row, 5, 0);
        row[launched] = row[stopped] = count;
      });
    };
  };
  const LedgerLayout laid = layout();
  const std::vector<MeasureDefinition> asked = measures();
  const CompareResult compared = compare({{laid, asked, drones(10)}, {laid, asked, drones(40)}}, of(400));
  for (const std::size_t v : {0U, 1U}) {
    const PointResult alone = run_point(laid, asked, drones(v == 0 ? 10 : 40), of(400));
    for (const char* name : {"leakers", "damage", "leak-fraction"}) {
      CHECK(*compared.variants[v].find(name)->high == *alone.find(name)->high);
      CHECK(*alone.find(name)->high > 0);
    }
  }
}

TEST_CASE("where all are stopped a precision waits for as many replications as tell so", "[study][rare]") {
  RunOptions options = of(2'000);
  options.precision = WantedPrecision{{0.005, PrecisionScale::absolute}, "stop-fraction"};
  const PointResult all = run(0, options);
  CHECK(all.end == RunEnd::precision_reached);
  CHECK(all.replications >= 368);  // 1 − 0.025^(1 / n) = 1 point, not 37 as of ten drones each for itself
  CHECK(all.replications <= 600);
  options.precision->measure = "leak-fraction";
  const PointResult none = run(0, options);  // No loss is seen: it goes on to its cap.
  CHECK(none.end == RunEnd::precision_missed);
  CHECK(none.replications == 2'000);
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
