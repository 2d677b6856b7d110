#include "dronewall/study/run_point.hpp"

#include <cmath>
#include <cstring>
#include <thread>

#include "catch.hpp"

using namespace dronewall;

namespace {

/// Four columns of which every replication is known: k mod 10, its square, a rare 1 (every 50th), and hours
/// in ms.
LedgerLayout known_layout() {
  LedgerLayout layout;
  layout.columns = {{.name = "digit"},
                    {.name = "square"},
                    {.name = "loss"},
                    {.name = "hours", .quantum = 1 / 3.6e6, .is_count = false}};
  return layout;
}

void known_row(std::uint32_t k, std::int64_t* row) {
  row[0] = k % 10;
  row[1] = row[0] * row[0];
  row[2] = k % 50 == 0;
  row[3] = 3'600'000 * (1 + k % 2);
}

MeasureDefinition mean_of(std::string name, std::vector<std::pair<std::uint32_t, double>> terms) {
  return {std::move(name), "A mean.", "", {std::move(terms), 0}, std::nullopt, ""};
}
MeasureDefinition ratio_of(std::string name, std::uint32_t above, std::uint32_t below) {
  return {std::move(name),    "A ratio.", "", {{{above, 1.0}}, 0}, LinearForm{{{below, 1.0}}, 0},
          "nothing was below"};
}

std::vector<MeasureDefinition> known_measures() {
  return {mean_of("digit", {{0, 1.0}}),       mean_of("money", {{0, 2.5}, {2, 1000.0}}),
          mean_of("hours", {{3, 1.0}}),       mean_of("loss", {{2, 1.0}}),
          ratio_of("square-per-digit", 1, 0), ratio_of("digit-per-loss", 0, 2)};
}

RunnerFactory known_runner() {
  return [] { return Runner(known_row); };
}

PointResult run_known(const RunOptions& options) {
  return run_point(known_layout(), known_measures(), known_runner(), options);
}

Requested requested(const char* text) {
  std::string why;
  return parse_requested(text, why).value();
}

/// Every number of an estimate as bits, so that equal means the same bytes.
std::vector<double> numbers(const PointResult& result) {
  std::vector<double> all;
  const auto add = [&](const Estimate& estimate) {
    for (const auto& number : {estimate.mean, estimate.se, estimate.low, estimate.high, estimate.sd})
      all.push_back(number.value_or(-12345.678));
  };
  for (const Estimate& estimate : result.estimates) add(estimate);
  for (const Estimate& estimate : result.requested) add(estimate);
  return all;
}

}  // namespace

TEST_CASE("means, spreads and ratios of known replications", "[study]") {
  RunOptions options;
  options.replications = 2'000;
  const PointResult result = run_known(options);
  CHECK(result.end == RunEnd::done);
  CHECK(result.replications == 2'000);
  const Estimate& digit = *result.find("digit");
  CHECK(*digit.mean == Approx(4.5));
  CHECK(*digit.sd == Approx(std::sqrt(8.25 * 2000 / 1999)));  // discrete uniform on 0 … 9
  CHECK(*digit.se == Approx(*digit.sd / std::sqrt(2000.0)));
  CHECK(*digit.half_width() == Approx(1.96115 * *digit.se).epsilon(1e-4));  // t with 1,999 degrees of freedom
  CHECK(digit.n == 2'000);
  CHECK(*result.find("hours")->mean == Approx(1.5));  // booked in ms
  CHECK(*result.find("money")->mean == Approx(2.5 * 4.5 + 20));
  CHECK(*result.find("square-per-digit")->mean == Approx(28.5 / 4.5));
  CHECK(*result.find("digit-per-loss")->mean == Approx(4.5 * 50));
  CHECK(result.find("nothing") == nullptr);
}

TEST_CASE("one thread and eight give the same bits", "[study]") {
  const auto replications = GENERATE(1U, 7U, 500U, 3'001U);
  RunOptions options;
  options.replications = replications;
  options.keep_rows = true;
  options.requested = {requested("P(digit <= 2)"), requested("q95(money)")};
  const PointResult one = run_known(options);
  options.threads = 8;
  const PointResult eight = run_known(options);
  const auto a = numbers(one), b = numbers(eight);
  REQUIRE(a.size() == b.size());
  CHECK(std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0);
  CHECK(one.rows == eight.rows);
  CHECK(one.rows.size() == replications * 4);
}

TEST_CASE("short runs resample, long ones use the delta method", "[study]") {
  RunOptions options;
  options.replications = 400;
  CHECK(run_known(options).find("square-per-digit")->method == "bootstrap-t");
  options.replications = bootstrap_up_to + 1;
  CHECK(run_known(options).find("square-per-digit")->method == "delta");
}

TEST_CASE("probabilities and quantiles come out of the exact distribution, or of values", "[study]") {
  RunOptions options;
  options.replications = 1'000;
  options.requested = {requested("P(digit <= 2)"), requested("q95(digit)"), requested("P(money > $500)"),
                       requested("q50(money)"),    requested("digit"),      requested("q50(hours)")};
  const PointResult result = run_known(options);
  REQUIRE(result.requested.size() == 6);
  CHECK(*result.requested[0].mean == 0.3);
  CHECK(result.requested[0].method == "clopper-pearson");
  CHECK(*result.requested[0].low < 0.3);
  CHECK(*result.requested[1].mean == 9);
  CHECK(*result.requested[2].mean == 0.02);  // every 50th
  CHECK(*result.requested[3].mean ==
        12.5);  // rank 500: of 0 … 4 there are 480 without a loss, so it is 2.5 × 5
  CHECK(result.requested[4].name == "digit");
  CHECK(*result.requested[5].mean == Approx(1));
}

TEST_CASE("what has no denominator is undefined and says why", "[study]") {
  const auto measures = std::vector{ratio_of("impossible", 0, 2)};
  RunOptions options;
  options.replications = 100;
  const RunnerFactory never = [] {
    return [](std::uint32_t k, std::int64_t* row) {
      known_row(k, row);
      row[2] = 0;
    };
  };
  const PointResult result = run_point(known_layout(), measures, never, options);
  CHECK_FALSE(result.estimates[0].mean);
  CHECK_FALSE(result.estimates[0].low);
  CHECK(result.estimates[0].undefined_because == "nothing was below");
}

TEST_CASE("fates that do not sum to launches end the run loudly", "[study]") {
  LedgerLayout layout;
  layout.columns = {{.name = "fates.struck"}, {.name = "fates.shot-down"}, {.name = "intruders.launched"}};
  const auto lose_one_in = [](std::uint32_t bad) -> RunnerFactory {
    return [bad] {
      return [bad](std::uint32_t k, std::int64_t* row) {
        row[0] = 3;
        row[1] = k == bad ? 6 : 7;
        row[2] = 10;
      };
    };
  };
  RunOptions options;
  options.replications = 1'000;
  options.threads = 2;
  CHECK_NOTHROW(run_point(layout, {}, lose_one_in(5'000), options));
  CHECK_THROWS_WITH(run_point(layout, {}, lose_one_in(777), options),
                    "replication 777: fates sum to 9, but 10 intruders were launched");
}

TEST_CASE("a stopped run holds every replication below its count, and equals a run of that many", "[study]") {
  std::atomic<bool> stop{false};
  const RunnerFactory stopping = [&] {
    return [&](std::uint32_t k, std::int64_t* row) {
      known_row(k, row);
      if (k == 300) stop = true;
      if (k > 200) std::this_thread::sleep_for(std::chrono::microseconds(50));
    };
  };
  RunOptions options;
  options.threads = 3;
  options.stop = &stop;
  const PointResult stopped = run_point(known_layout(), known_measures(), stopping, options);
  CHECK(stopped.end == RunEnd::stopped);
  CHECK(stopped.replications > 300);
  CHECK(stopped.replications < 10'000);
  RunOptions same;
  same.replications = stopped.replications;
  CHECK(numbers(run_known(same)) == numbers(stopped));

  const PointResult nothing = run_point(known_layout(), known_measures(), stopping, options);
  CHECK(nothing.replications == 0);
  CHECK(nothing.estimates.empty());
}

TEST_CASE("a run stops at the precision wanted, at the end of a batch, whatever the threads", "[study]") {
  RunOptions options;
  options.replications = 100'000;
  options.precision = WantedPrecision{{0.02, PrecisionScale::relative}, "digit"};
  const PointResult reached = run_known(options);
  CHECK(reached.end == RunEnd::precision_reached);
  CHECK(reached.replications % 100 == 0);
  CHECK(*reached.find("digit")->half_width() <= 0.02 * 4.5);
  // (1.96 × sqrt(8.25) / (0.02 × 4.5))² = 3,913 are needed; a look comes at most a tenth later.
  CHECK(reached.replications >= 3'900);
  CHECK(reached.replications <= 4'400);
  options.threads = 4;
  CHECK(run_known(options).replications == reached.replications);

  options.replications = 1'000;
  const PointResult missed = run_known(options);
  CHECK(missed.end == RunEnd::precision_missed);
  CHECK(missed.replications == 1'000);
  CHECK_FALSE(missed.precision->reason.empty());
}

TEST_CASE("a rare loss must have been seen thirty times before its half-width is believed", "[study]") {
  RunOptions options;
  options.replications = 100'000;
  options.precision =
      WantedPrecision{{10.0, PrecisionScale::relative}, "loss"};  // wide: met at once but for the rule
  CHECK(run_known(options).replications >= 30 * 50 - 49);
  options.precision->measure = "digit";
  CHECK(run_known(options).replications == 100);
}

TEST_CASE("a runner's failure is the run's", "[study]") {
  const RunnerFactory failing = [] {
    return [](std::uint32_t k, std::int64_t*) {
      if (k == 50) throw std::runtime_error("broken");
    };
  };
  RunOptions options;
  options.threads = 2;
  CHECK_THROWS_WITH(run_point(known_layout(), known_measures(), failing, options), "broken");
}

TEST_CASE("what cannot be asked is said before the run", "[study]") {
  RunOptions options;
  CHECK(why_not_askable(known_measures(), options).empty());
  options.requested = {requested("P(digti <= 2)")};
  CHECK(why_not_askable(known_measures(), options) ==
        "digti is no measure of this scenario; did you mean digit?");
  options.requested = {requested("P(square-per-digit <= 2)")};
  CHECK(why_not_askable(known_measures(), options).empty());  // of each replication's own ratio
  options.requested = {requested("square-per-digit")};
  CHECK(why_not_askable(known_measures(), options).empty());
  options.precision = WantedPrecision{{}, "nothing-like-it"};
  CHECK(why_not_askable(known_measures(), options).find("dronewall measures") != std::string::npos);
}
