#include <cmath>
#include <limits>
#include <vector>

#include "catch.hpp"
#include "dronewall/stats/interval.hpp"
#include "stats/raid.hpp"
#include "stats/samples.hpp"

namespace dronewall {
namespace {

using test::moments_of;

/// Case C04: the defender's cost is 10, the attacker's is 1 or 3.
const std::vector<double> constant_cost{10, 10, 10, 10, 10};

TEST_CASE("the ratio's bias is that of case C04", "[stats]") {
  double of_means = 0, of_ratios = 0;
  for (unsigned outcome = 0; outcome < 32; ++outcome) {  // every sample of five, all equally likely
    std::vector<double> x;
    for (unsigned k = 0; k < 5; ++k) x.push_back((outcome >> k & 1U) != 0 ? 3 : 1);
    of_means += moments_of(constant_cost, x).ratio() / 32;
    for (const double attacker : x) of_ratios += 10 / attacker / 5 / 32;
  }
  CHECK(of_means == Approx(5.29026529).epsilon(1e-8));
  CHECK(of_ratios == Approx(6.66666667).epsilon(1e-8));  // the mean of ratios, which we never take
  const RatioMoments truth{.n = 5, .numerator_mean = 10, .denominator_mean = 2, .denominator_variance = 1};
  CHECK(truth.ratio() == 5);
  CHECK(truth.bias() == Approx(0.25));
  CHECK(truth.standard_error() == Approx(5 * 0.5 / std::sqrt(5.0)));  // R × CV of x / √n
}

TEST_CASE("the delta method's interval", "[stats]") {
  const std::vector<double> y{2, 4, 6, 8}, x{1, 2, 2, 3};
  // R = 2.5, residuals −0.5, −1, 1, 0.5: variance 2.5 / 3.
  const RatioMoments moments = moments_of(y, x);
  CHECK(moments.ratio() == Approx(2.5));
  CHECK(moments.standard_error() == Approx(std::sqrt(2.5 / 3 / 4) / 2));
  const ConfidenceInterval interval = delta_interval(moments, 0.95);
  CHECK(interval.high == Approx(2.5 + 3.182446 * std::sqrt(2.5 / 3 / 4) / 2).epsilon(1e-6));
  CHECK(interval.method == IntervalMethod::delta);
}

TEST_CASE("Fieller's bounds are where the t test just rejects", "[stats]") {
  const std::vector<double> y{2, 4, 6, 8, 3}, x{1, 2, 2, 3, 2};
  const RatioMoments moments = moments_of(y, x);
  const ConfidenceInterval interval = fieller_interval(moments, 0.95);
  REQUIRE(interval.is_defined());
  for (const double rho : {interval.low, interval.high}) {
    std::vector<double> residuals, zeros(y.size(), 0);
    for (std::size_t k = 0; k < y.size(); ++k) residuals.push_back(y[k] - rho * x[k]);
    const ConfidenceInterval test = paired_interval(residuals, zeros, 0.95);
    CHECK(std::min(std::abs(test.low), std::abs(test.high)) < 1e-9);
  }
  const ConfidenceInterval inverse = fieller_interval(moments_of(x, y), 0.95);
  CHECK(inverse.low == Approx(1 / interval.high));
  CHECK(inverse.high == Approx(1 / interval.low));
}

TEST_CASE("a ratio over what may be zero is undefined", "[stats]") {
  const std::vector<double> y{1, 2, 3}, zeros{0, 0, 0}, noise{-1, 0, 1.5};
  CHECK(std::isnan(moments_of(y, zeros).ratio()));
  CHECK_FALSE(delta_interval(moments_of(y, zeros), 0.95).is_defined());
  CHECK_FALSE(fieller_interval(moments_of(y, zeros), 0.95).is_defined());
  CHECK_FALSE(fieller_interval(moments_of(y, noise), 0.95).is_defined());
  CHECK_FALSE(bootstrap_t_interval(y, zeros, 0.95, {}).is_defined());
  CHECK_FALSE(paired_ratio_interval({y, zeros}, {y, y}, 0.95).is_defined());
  CHECK_FALSE(bootstrap_t_interval(std::vector<double>{1}, std::vector<double>{1}, 0.95, {}).is_defined());
}

TEST_CASE("bootstrap-t of well-behaved data is close to Student's t", "[stats][statistical]") {
  test::Uniforms uniform(1, 1);
  std::vector<double> y, ones(400, 1);
  for (std::size_t k = 0; k < ones.size(); ++k) y.push_back(uniform());
  const ConfidenceInterval student = delta_interval(moments_of(y, ones), 0.95);
  const ConfidenceInterval bootstrap = bootstrap_t_interval(y, ones, 0.95, {.seed = 3, .resamples = 20'000});
  // The resampled tail quantile has a standard error of 1.4% of the half-width: 4 of them, and 1/n effects.
  CHECK(std::abs(bootstrap.low - student.low) < 0.06 * student.half_width());
  CHECK(std::abs(bootstrap.high - student.high) < 0.06 * student.half_width());
}

TEST_CASE("bootstrap-t is a function of its seed and scales with its data", "[stats]") {
  const test::KnownRaid raid(5, 0, 120);
  const auto interval = [&](const std::vector<double>& y, std::uint64_t seed) {
    return bootstrap_t_interval(y, raid.attacker, 0.95, {.seed = seed});
  };
  const ConfidenceInterval first = interval(raid.defender, 1);
  CHECK(interval(raid.defender, 1).low == first.low);
  CHECK(interval(raid.defender, 1).high == first.high);
  CHECK(interval(raid.defender, 2).high != first.high);
  std::vector<double> in_cents;
  for (const double cost : raid.defender) in_cents.push_back(4 * cost);
  CHECK(interval(in_cents, 1).low == Approx(4 * first.low));
  CHECK(interval(in_cents, 1).high == Approx(4 * first.high));
}

TEST_CASE("bootstrap-t leans towards the losses that the sample has too few of", "[stats]") {
  std::vector<double> y, ones(200, 1);
  for (int k = 0; k < 200; ++k) y.push_back(k % 50 == 20 ? 500 : 10 + k % 3);  // four losses
  const RatioMoments moments = moments_of(y, ones);
  const ConfidenceInterval interval = bootstrap_t_interval(y, ones, 0.95, {});
  CHECK(interval.high - moments.ratio() > 2 * (moments.ratio() - interval.low));
}

TEST_CASE("a constant ratio has an interval of no width", "[stats]") {
  std::vector<double> x, y;
  for (int k = 1; k <= 30; ++k) {
    x.push_back(0.1 * k);
    y.push_back(0.3 * k);
  }
  const ConfidenceInterval interval = bootstrap_t_interval(y, x, 0.95, {});
  CHECK(interval.low == Approx(3));
  CHECK(interval.half_width() == 0);
  CHECK(delta_interval(moments_of(y, x), 0.95).half_width() == Approx(0).margin(1e-6));
}

TEST_CASE("one loss in a constant sample has the bound of one event", "[stats]") {
  std::vector<double> y(50, 10.0), ones(50, 1.0);
  y[7] = 500;  // 36% of the resamples miss it and have no spread at all
  const ConfidenceInterval interval = bootstrap_t_interval(y, ones, 0.95, {});
  CHECK(std::isfinite(interval.low));
  CHECK(interval.low < 19.8);
  // One Poisson event has the upper bound 5.572 at 95%; an event is 490 in 50.
  CHECK(interval.high == Approx(10 + 5.572 * 490 / 50).epsilon(0.02));
}

TEST_CASE("the rule takes bootstrap-t for short runs and delta for long ones", "[stats]") {
  const test::KnownRaid raid(5, 0, 100);
  RatioMoments moments = moments_of(raid.defender, raid.attacker);
  const auto method = [&](std::size_t batches) {
    return ratio_interval(moments, std::span(raid.defender).first(batches),
                          std::span(raid.attacker).first(batches), 0.95, {})
        .method;
  };
  CHECK(method(100) == IntervalMethod::bootstrap_t);
  CHECK(method(bootstrap_from_batches - 1) == IntervalMethod::delta);
  CHECK(method(0) == IntervalMethod::delta);
  moments.n = bootstrap_up_to + 1;
  CHECK(method(100) == IntervalMethod::delta);
}

TEST_CASE("moments of linear forms give the ratio of the rows", "[stats]") {
  Moments moments(3);  // missiles, losses, drones
  std::vector<double> y, x;
  for (const auto& row : {std::vector<std::int64_t>{4, 0, 5}, {6, 1, 9}, {3, 0, 4}, {9, 2, 11}}) {
    moments.add(row.data());
    y.push_back(0.5 * static_cast<double>(row[0]) + 20 * static_cast<double>(row[1]) + 3);
    x.push_back(0.01 * static_cast<double>(row[2]));
  }
  const std::vector<Term> defender{{0, 0.5}, {1, 20.0}}, attacker{{2, 0.01}};
  const RatioMoments of_forms = ratio_moments(moments, defender, 3, attacker, 0);
  const RatioMoments of_rows = moments_of(y, x);
  CHECK(of_forms.n == 4);
  CHECK(of_forms.ratio() == Approx(of_rows.ratio()));
  CHECK(of_forms.standard_error() == Approx(of_rows.standard_error()));
}

}  // namespace
}  // namespace dronewall
