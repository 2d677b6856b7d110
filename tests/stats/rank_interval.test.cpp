#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "catch.hpp"
#include "dronewall/stats/interval.hpp"

namespace dronewall {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// P(B = k) for B binomial(n, p), through logarithms: independent of the beta functions under test.
double binomial_probability(std::uint64_t k, std::uint64_t n, double p) {
  const auto size = static_cast<double>(n), hits = static_cast<double>(k);
  return std::exp(std::lgamma(size + 1) - std::lgamma(hits + 1) - std::lgamma(size - hits + 1) +
                  hits * std::log(p) + (size - hits) * std::log1p(-p));
}

TEST_CASE("Clopper and Pearson's bounds in closed form", "[stats]") {
  const auto n = GENERATE(1U, 7U, 100U);
  const double root = 1.0 / n;
  CHECK(probability_interval(0, n, 0.95).low == 0);
  CHECK(probability_interval(0, n, 0.95).high == Approx(1 - std::pow(0.025, root)));
  CHECK(probability_interval(n, n, 0.95).low == Approx(std::pow(0.025, root)));
  CHECK(probability_interval(n, n, 0.95).high == 1);
  CHECK(probability_interval(1, n + 1, 0.95).low == Approx(1 - std::pow(0.975, 1.0 / (n + 1))));
}

TEST_CASE("Clopper and Pearson's bounds of the tables", "[stats]") {
  const ConfidenceInterval interval = probability_interval(10, 20, 0.95);
  CHECK(interval.low == Approx(0.27196).epsilon(1e-4));
  CHECK(interval.high == Approx(0.72804).epsilon(1e-4));
  CHECK_FALSE(probability_interval(0, 0, 0.95).is_defined());
}

TEST_CASE("Clopper and Pearson cover every probability, a normal interval does not", "[stats]") {
  constexpr std::uint64_t n = 30;
  double worst = 1, worst_normal = 1;
  for (double p = 0.005; p < 1; p += 0.005) {
    double covered = 0, covered_normal = 0;
    for (std::uint64_t k = 0; k <= n; ++k) {
      const double share = static_cast<double>(k) / n;
      const double error = std::sqrt(share * (1 - share) / n);
      if (probability_interval(k, n, 0.95).contains(p)) covered += binomial_probability(k, n, p);
      if (std::abs(share - p) <= 1.959964 * error) covered_normal += binomial_probability(k, n, p);
    }
    worst = std::min(worst, covered);
    worst_normal = std::min(worst_normal, covered_normal);
  }
  CHECK(worst >= 0.95);
  CHECK(worst_normal < 0.5);
}

TEST_CASE("ranks that bound a quantile are those of the tables", "[stats]") {
  const auto ranks = [](double p, std::uint64_t n) {
    const RankInterval interval = quantile_ranks(p, n, 0.95);
    return std::pair(interval.low, interval.high);
  };
  CHECK(ranks(0.5, 100) == std::pair<std::uint64_t, std::uint64_t>(40, 61));
  CHECK(ranks(0.5, 6) == std::pair<std::uint64_t, std::uint64_t>(1, 6));  // 2^-6 is below 2.5%
  CHECK(ranks(0.5, 5) == std::pair<std::uint64_t, std::uint64_t>(0, 6));  // 2^-5 is not
  CHECK(ranks(0.95, 72).second == 72);                                    // 0.95^72 = 2.49%
  CHECK(ranks(0.95, 71).second == 72);                                    // 0.95^71 = 2.62%: past the sample
}

TEST_CASE("ranks cover what they say, and no narrower ones would", "[stats]") {
  const double p = GENERATE(0.05, 0.5, 0.9, 0.95);
  const std::uint64_t n = GENERATE(20U, 100U, 1'000U);
  const RankInterval ranks = quantile_ranks(p, n, 0.95);
  double below = 0, above = 0;  // P(B < low), P(B >= high)
  for (std::uint64_t k = 0; k < ranks.low; ++k) below += binomial_probability(k, n, p);
  for (std::uint64_t k = ranks.high; k <= n; ++k) above += binomial_probability(k, n, p);
  CHECK(below <= 0.025);
  CHECK(above <= 0.025);
  CHECK(below + binomial_probability(ranks.low, n, p) > 0.025);
  CHECK(above + binomial_probability(ranks.high - 1, n, p) > 0.025);
}

TEST_CASE("quantile intervals of a sample and of its histogram agree", "[stats]") {
  std::vector<double> ascending(100);
  std::iota(ascending.begin(), ascending.end(), 1.0);
  Histogram histogram;
  for (const double value : ascending) histogram.add(static_cast<std::int64_t>(value));
  const ConfidenceInterval of_sample = quantile_interval(ascending, 0.5, 0.95);
  const ConfidenceInterval of_histogram = quantile_interval(histogram, 0.5, 0.95);
  CHECK(of_sample.low == 40);
  CHECK(of_sample.high == 61);
  CHECK(of_histogram.low == 40);
  CHECK(of_histogram.high == 61);
  CHECK(of_sample.method == IntervalMethod::order_statistic);
}

TEST_CASE("a 90% quantile of two values has no upper bound", "[stats]") {
  const std::vector<double> two{3, 8};
  const ConfidenceInterval interval = quantile_interval(two, 0.9, 0.95);
  CHECK(interval.high == infinity);
  CHECK(interval.low == 3);  // both above the quantile has probability 1%
  CHECK_FALSE(quantile_interval(std::vector<double>{}, 0.9, 0.95).is_defined());
  CHECK_FALSE(quantile_interval(Histogram(), 0.9, 0.95).is_defined());
}

}  // namespace
}  // namespace dronewall
