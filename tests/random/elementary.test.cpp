// Against the library's long double (64 bits of fraction), which is exact enough to count units in the last
// place.
#include "dronewall/random/elementary.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "catch.hpp"
#include "random/sampling.hpp"

using namespace dronewall;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Distance from the true value in units in the last place of the nearest double.
double ulps(double got, long double truth) {
  const double nearest = std::fabs(static_cast<double>(truth));
  const long double unit = std::nextafter(nearest, infinity) - nearest;
  return static_cast<double>(std::fabs(static_cast<long double>(got) - truth) / unit);
}

template <typename Ours, typename Theirs>
double worst_ulps(double low, double high, Ours ours, Theirs theirs) {
  double worst = 0;
  for (const double u : sampling::uniforms(300'000, Purpose::order)) {
    const double x = low + (high - low) * u;
    worst = std::max(worst, ulps(ours(x), theirs(static_cast<long double>(x))));
  }
  return worst;
}

double worst_of_exp(double low, double high) {
  return worst_ulps(low, high, draw_exp, [](long double x) { return std::exp(x); });
}
double worst_of_log(double low, double high) {
  return worst_ulps(low, high, draw_log, [](long double x) { return std::log(x); });
}

}  // namespace

TEST_CASE("the exponential is right to one unit in the last place", "[random]") {
  CHECK(worst_of_exp(-0.35, 0.35) < 1);
  CHECK(worst_of_exp(-40, 5) < 1);
  CHECK(worst_of_exp(-708, 709.7) < 1);
  CHECK(worst_of_exp(-745.1, -708) < 1);  // subnormal results
}

TEST_CASE("the logarithm is right to one unit in the last place", "[random]") {
  CHECK(worst_of_log(1e-18, 1) < 1);
  CHECK(worst_of_log(0.65, 1.5) < 1);
  CHECK(worst_of_log(1 - 1e-6, 1 + 1e-6) < 1);
  CHECK(worst_of_log(1, 1e9) < 1);
  // All magnitudes: powers of two times a fraction.
  double worst = 0;
  const auto u = sampling::uniforms(100'000, Purpose::spread);
  for (std::size_t i = 0; i < u.size(); ++i) {
    const double x = std::ldexp(1 + u[i], static_cast<int>(i % 2045) - 1022);
    worst = std::max(worst, ulps(draw_log(x), std::log(static_cast<long double>(x))));
  }
  CHECK(worst < 1);
}

TEST_CASE("exponential and logarithm keep their fixed points and ends", "[random]") {
  CHECK(draw_exp(0) == 1);
  CHECK(ulps(draw_exp(1), 2.71828182845904523536L) < 1);
  CHECK(draw_exp(709.8) == infinity);
  CHECK(draw_exp(infinity) == infinity);
  CHECK(draw_exp(-745.2) == 0);
  CHECK(draw_exp(-745) == 0x1p-1074);
  CHECK(draw_exp(-infinity) == 0);
  CHECK(std::isnan(draw_exp(std::numeric_limits<double>::quiet_NaN())));
  CHECK(draw_log(1) == 0);
  CHECK(draw_log(2) == 0x1.62e42fefa39efp-1);           // ln 2
  CHECK(draw_log(0x1p-1022) == -0x1.6232bdd7abcd2p+9);  // -1022 ln 2
  CHECK(draw_log(std::numeric_limits<double>::max()) == 0x1.62e42fefa39efp+9);
}

TEST_CASE("neighbouring arguments never turn the order of the exponential", "[random]") {
  // Where the power of two changes is where two polynomials meet.
  int turns = 0;
  for (int n = -1074; n < 1024; ++n) {
    double x = (n + 0.5) * 0.693147180559945309;
    for (int i = 0; i < 20; ++i) x = std::nextafter(x, -infinity);
    for (int i = 0; i < 40; ++i) {
      const double next = std::nextafter(x, infinity);
      turns += draw_exp(next) < draw_exp(x);
      x = next;
    }
  }
  for (const double u : sampling::uniforms(200'000, Purpose::mix)) {
    const double x = 4 * u - 2;
    turns += draw_exp(std::nextafter(x, infinity)) < draw_exp(x);
  }
  CHECK(turns == 0);
}
