// Tabulated quantiles against those that Boost.Math solves for.
#include "random/tail_table.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "catch.hpp"
#include "dronewall/random/distribution.hpp"
#include "random/quantiles.hpp"

using namespace dronewall;

namespace {

/// Both tails down to the last double, denser around the table's ends and the median.
std::vector<double> probabilities() {
  std::vector<double> result;
  for (double p = 0x1p-53; p < 0.5; p *= 1.37) result.push_back(p);
  for (int i = 0; i < 400; ++i) result.push_back((i + 0.5) / 400);
  for (const double edge : {0x1p-8, 0x1.8p-8, 0x1p-5, 0.25, 0.5})
    for (const double near : {edge * (1 - 1e-12), edge, edge * (1 + 1e-12)}) result.push_back(near);
  const std::size_t lower = result.size();
  for (std::size_t i = 0; i < lower; ++i)
    if (1 - result[i] < 1) result.push_back(1 - result[i]);
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace

TEST_CASE("tabulated quantiles are those that are solved for", "[random]") {
  const std::vector<double> all = probabilities();
  double worst = 0;
  const auto judge = [&](double value, double exact) {
    if (value != exact) worst = std::max(worst, std::fabs(value - exact) / std::fabs(exact));
  };
  for (const auto& [a, b] : {std::pair{1.0, 5.0},
                             {1.2, 4.8},
                             {3.0, 3.0},
                             {5.0, 1.0},
                             {8.0, 2.0},
                             {0.5, 0.7},
                             {30.0, 4.0},
                             {400.0, 100.0},
                             {2.0, 900.0}}) {
    const Distribution law = Distribution::beta(a, b);
    for (const double u : all) judge(law.value(u), beta_quantile(a, b, u));
  }
  CHECK(worst < 1e-12);
  worst = 0;
  for (const double shape : {0.3, 1.0, 2.5, 7.0, 40.0, 900.0}) {
    const Distribution law = Distribution::gamma(shape, 1);
    for (const double u : all) judge(law.value(u), gamma_quantile(shape, u));
  }
  CHECK(worst < 1e-12);
}

TEST_CASE("a tabulated quantile never falls", "[random]") {
  // Neighbours of 37 bits, where the argument is cut, and of the last bit, around every piece's ends.
  for (const Distribution& law : {Distribution::pert(0, 1, 10), Distribution::beta(400, 100),
                                  Distribution::beta(0.5, 0.7), Distribution::gamma(900, 1)}) {
    double last = -1, at = 0;
    bool falls = false;
    const auto look = [&](double u) {
      if (u < at) return;
      const double x = law.value(u);
      falls = falls || x < last;
      last = x;
      at = u;
    };
    for (double edge = 0x1p-9; edge <= 0.5; edge *= 2)
      for (const double middle : {edge, 1.3 * edge, 1.5 * edge}) {
        if (middle > 0.5) continue;
        for (int i = -60; i <= 60; ++i) look(middle * (1 + i * 0x1p-37));
        for (int i = 1; i <= 60; ++i) look(middle * (1 + 60 * 0x1p-37 + i * 0x1p-52));
      }
    for (double edge = 0.5; edge >= 0x1p-9; edge /= 2)
      for (int i = 60; i >= -60; --i) look(1 - edge * (1 + i * 0x1p-37));
    CHECK_FALSE(falls);
  }
}

TEST_CASE("a function that is not smooth gets no table", "[random]") {
  CHECK(TailTable::of([](double p) { return std::sqrt(p); }).has_value());
  CHECK_FALSE(TailTable::of([](double p) { return p < 0.3 ? p : 0.3; }).has_value());
}
