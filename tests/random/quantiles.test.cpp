#include "random/quantiles.hpp"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <cmath>

#include "catch.hpp"
#include "random/sampling.hpp"

using namespace dronewall;

TEST_CASE("normal quantiles are those of the tables", "[random]") {
  // Digits: Abramowitz and Stegun, table 26.5, and mpmath at 40 digits.
  CHECK(normal_quantile(0.5) == 0);
  CHECK(normal_quantile(0.75) == Approx(0.67448975019608174320).epsilon(1e-15));
  CHECK(normal_quantile(0.95) == Approx(1.6448536269514727148).epsilon(1e-15));
  CHECK(normal_quantile(0.975) == Approx(1.9599639845400542355).epsilon(1e-15));
  CHECK(normal_quantile(0.999) == Approx(3.0902323061678135415).epsilon(1e-15));
  CHECK(normal_quantile(1e-10) == Approx(-6.3613409024040562047).epsilon(1e-15));
  CHECK(normal_quantile(0x1p-53) == Approx(-8.2095361516013868).epsilon(1e-15));
}

TEST_CASE("the normal quantile inverts the probability integral", "[random]") {
  double worst = 0;
  for (const double u : sampling::uniforms(100'000, Purpose::level)) {
    const double p = u * u * u;  // more of the lower tail
    const long double z = normal_quantile(p);
    const long double back = std::erfc(-z / std::sqrt(2.0L)) / 2;
    const long double density = std::exp(-z * z / 2) / std::sqrt(2 * 3.14159265358979323846L);
    // The step of Newton from z to the true quantile, relative.
    if (p != 0.5) worst = std::max(worst, static_cast<double>(std::fabs((back - p) / (density * z))));
  }
  CHECK(worst < 1e-15);
}

TEST_CASE("beta and gamma quantiles invert their distribution functions", "[random]") {
  double worst = 0;
  const auto judge = [&](double back, double complement, double u) {
    worst = std::max(worst, u <= 0.5 ? std::fabs(back - u) / u : std::fabs(complement - (1 - u)) / (1 - u));
  };
  for (const double u : sampling::uniforms(500, Purpose::level)) {
    for (const auto& [a, b] :
         {std::pair{3.0, 3.0}, {8.0, 2.0}, {0.5, 0.7}, {80.0, 20.0}, {1.0, 5.0}, {900.0, 40.0}}) {
      const boost::math::beta_distribution<double> law(a, b);
      const double x = beta_quantile(a, b, u);
      judge(boost::math::cdf(law, x), boost::math::cdf(boost::math::complement(law, x)), u);
    }
    for (const double shape : {0.3, 1.0, 2.5, 40.0, 5000.0}) {
      const boost::math::gamma_distribution<double> law(shape);
      const double x = gamma_quantile(shape, u);
      judge(boost::math::cdf(law, x), boost::math::cdf(boost::math::complement(law, x)), u);
    }
  }
  CHECK(worst < 1e-10);
}

TEST_CASE("cumulated Poisson probabilities are those of the gamma function", "[random]") {
  const double mean = GENERATE(1e-6, 0.5, 3.0, 40.0, 500.0);
  const boost::math::poisson_distribution<double> law(mean);
  const auto cumulated = poisson_cumulated(mean);
  CHECK(cumulated.back() == 1);
  CHECK(std::is_sorted(cumulated.begin(), cumulated.end()));
  double worst = 0;
  for (std::size_t k = 0; k < cumulated.size(); ++k)
    worst = std::max(worst, std::fabs(cumulated[k] - boost::math::cdf(law, static_cast<double>(k))));
  CHECK(worst < 1e-14);
}

TEST_CASE("large Poisson counts meet their probabilities", "[random]") {
  const double mean = GENERATE(500.0, 3e3, 4e4);
  const double error = 2e-8 * std::pow(500 / mean, 1.5);
  const boost::math::poisson_distribution<double> law(mean);
  int wrong = 0, wrong_by_one = 0;
  for (const double u : sampling::uniforms(5'000, Purpose::count)) {
    const double k = large_poisson_quantile(mean, u);
    const auto is_least = [&](double least) {
      return boost::math::cdf(law, least) >= u - error && boost::math::cdf(law, least - 1) < u + error;
    };
    wrong += !is_least(k);
    wrong_by_one += !is_least(k + 1);
  }
  CHECK(wrong == 0);
  CHECK(wrong_by_one == 5'000);  // the error allowed is far below one count
}

TEST_CASE("the largest Poisson counts lie at the normal quantile", "[random]") {
  const double mean = GENERATE(1e8, 1e12, 1e15);
  for (const double u : {0x1p-53, 1e-3, 0.25, 0.5, 0.9, 1 - 0x1p-53}) {
    const double z = normal_quantile(u);
    const double expected = mean + (z * std::sqrt(mean) + z * z / 6);
    CHECK(std::fabs(large_poisson_quantile(mean, u) - expected) <= 1);
  }
}
