#include "dronewall/stats/interval.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "catch.hpp"

namespace dronewall {
namespace {

TEST_CASE("Student's quantiles are those of the tables", "[stats]") {
  CHECK(student_t_quantile(0.975, 19) == Approx(2.093024).epsilon(1e-6));  // case R04
  CHECK(student_t_quantile(0.975, 1) == Approx(12.706205).epsilon(1e-6));
  CHECK(student_t_quantile(0.75, 1) == Approx(1));  // Cauchy: tan(π/4)
  CHECK(student_t_quantile(0.975, 1e9) == Approx(1.959964).epsilon(1e-6));
  CHECK(student_t_quantile(0.025, 7) == Approx(-student_t_quantile(0.975, 7)));
}

TEST_CASE("the t interval of a mean", "[stats]") {
  const ConfidenceInterval interval = mean_interval(10, 4, 20, 0.95);
  CHECK(interval.low == Approx(10 - 2.093024 * 2 / std::sqrt(20.0)).epsilon(1e-6));
  CHECK(interval.half_width() == Approx(2.093024 * 2 / std::sqrt(20.0)).epsilon(1e-6));
  CHECK(interval.method == IntervalMethod::student_t);
  CHECK(std::string(name_of(interval.method)) == "t");
  CHECK(mean_interval(7, 0, 2, 0.95).half_width() == 0);
}

TEST_CASE("what cannot be said is undefined, not zero", "[stats]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_FALSE(mean_interval(1, nan, 1, 0.95).is_defined());
  CHECK_FALSE(mean_interval(nan, nan, 0, 0.95).is_defined());
  CHECK(std::isnan(ConfidenceInterval().low));
  CHECK(std::isnan(ConfidenceInterval().half_width()));
  CHECK_FALSE(ConfidenceInterval().contains(0));
  const std::vector<double> one{1};
  CHECK_FALSE(paired_interval(one, one, 0.95).is_defined());
}

TEST_CASE("paired differences use the differences' own spread", "[stats]") {
  const std::vector<double> first{101, 205, 303, 407};
  const std::vector<double> second{100, 202, 300, 402};  // differences 1, 3, 3, 5: variance 8/3
  const ConfidenceInterval interval = paired_interval(first, second, 0.95);
  CHECK((interval.low + interval.high) / 2 == Approx(3));
  CHECK(interval.half_width() == Approx(3.182446 * std::sqrt(8.0 / 3 / 4)).epsilon(1e-6));
}

}  // namespace
}  // namespace dronewall
