#include "dronewall/stats/histogram.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "catch.hpp"
#include "stats/samples.hpp"

namespace dronewall {
namespace {

TEST_CASE("a histogram counts small, large and negative values", "[stats]") {
  Histogram histogram;
  for (const std::int64_t value : {3, 0, 3, -2, 1'023, 1'024, 5'000'000}) histogram.add(value);
  histogram.add(3, 2);
  histogram.add(9, 0);
  using Cells = std::vector<std::pair<std::int64_t, std::uint64_t>>;
  CHECK(histogram.cells() == Cells{{-2, 1}, {0, 1}, {3, 4}, {1'023, 1}, {1'024, 1}, {5'000'000, 1}});
  CHECK(histogram.count() == 9);
  CHECK(histogram.count_at_most(-3) == 0);
  CHECK(histogram.count_at_most(2) == 2);
  CHECK(histogram.count_at_most(3) == 6);
  CHECK(histogram.count_at_most(std::numeric_limits<std::int64_t>::max()) == 9);
}

TEST_CASE("mean and variance of a histogram", "[stats]") {
  Histogram histogram;
  CHECK(std::isnan(histogram.mean()));
  histogram.add(2, 3);
  CHECK(histogram.variance() == 0);
  histogram.add(6);
  CHECK(histogram.mean() == 3);
  CHECK(histogram.variance() == 4);  // (3 × 1 + 9) / 3
}

TEST_CASE("order statistics and quantiles are those of the sorted values", "[stats]") {
  test::Uniforms uniform(4, 2);
  std::vector<std::int64_t> values;
  Histogram histogram;
  for (int k = 0; k < 997; ++k) {
    values.push_back(static_cast<std::int64_t>(std::exp(10 * uniform())) - 100);
    histogram.add(values.back());
  }
  std::sort(values.begin(), values.end());
  for (std::size_t rank = 1; rank <= values.size(); ++rank)
    REQUIRE(histogram.order_statistic(rank) == values[rank - 1]);
  CHECK(histogram.quantile(0) == values.front());
  CHECK(histogram.quantile(0.5) == values[498]);
  CHECK(histogram.quantile(1) == values.back());
}

TEST_CASE("the rank of a quantile is not taken in by binary fractions", "[stats]") {
  CHECK(quantile_rank(0.95, 20) == 19);
  CHECK(quantile_rank(0.07, 100) == 7);  // 0.07 × 100 is 7.000000000000001 in doubles
  CHECK(quantile_rank(0.071, 100) == 8);
  CHECK(quantile_rank(0.5, 1) == 1);
  CHECK(quantile_rank(0, 10) == 1);
  CHECK(quantile_rank(1, 10) == 10);
}

TEST_CASE("merging histograms adds their values in any order", "[stats]") {
  Histogram first, second, both;
  for (const std::int64_t value : {1, 2, 2'000}) {
    first.add(value);
    both.add(value);
  }
  for (const std::int64_t value : {700, -5, 2}) {
    second.add(value);
    both.add(value);
  }
  Histogram merged = second;
  merged.merge(first);
  first.merge(second);
  CHECK(first == both);
  CHECK(merged == both);
  first.merge(first);
  CHECK(first.count() == 12);
  first.clear();
  CHECK(first == Histogram());
}

}  // namespace
}  // namespace dronewall
