// Closed forms of the machinery: paired differences, the coverage of an interval, Little's law.
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numbers>

#include "closed_forms.hpp"

namespace dronewall::known {
namespace {

double paired_variance(const Parameters& p) {
  const double d = p.at("p2") - p.at("p1");
  return d * (1 - d);
}
double independent_variance(const Parameters& p) {
  return p.at("p1") * (1 - p.at("p1")) + p.at("p2") * (1 - p.at("p2"));
}

/// How often the 95% t interval of the mean of n geometric(p) variables holds 1/p: the joint law of their sum
/// and sum of squares, built up one variable at a time. Cut off where less than 1e-8 of chance lies beyond.
double interval_coverage(const Parameters& p) {
  constexpr int most_sum = 140, most_squares = 900, most = 28;
  const int n = whole(p, "n_runs");
  const auto cell = [](int sum, int squares) {
    return static_cast<std::size_t>(sum * most_squares + squares);
  };
  std::vector<double> chance(static_cast<std::size_t>(most_sum) * most_squares, 0.0);
  chance[0] = 1;
  for (int i = 0; i < n; ++i) {
    std::vector<double> next(chance.size(), 0.0);
    for (int sum = 0; sum < most_sum; ++sum)
      for (int squares = 0; squares < most_squares; ++squares) {
        const double before = chance[cell(sum, squares)];
        if (before < 1e-18) continue;
        double step = before * p.at("p");
        for (int x = 1; x <= most && sum + x < most_sum && squares + x * x < most_squares; ++x) {
          next[cell(sum + x, squares + x * x)] += step;
          step *= 1 - p.at("p");
        }
      }
    chance = std::move(next);
  }
  const double t = boost::math::quantile(boost::math::students_t(n - 1), 0.975);
  double covered = 0;
  for (int sum = 0; sum < most_sum; ++sum)
    for (int squares = 0; squares < most_squares; ++squares) {
      const double mean = static_cast<double>(sum) / n, variance = (squares - n * mean * mean) / (n - 1);
      if (std::abs(mean - 1 / p.at("p")) <= t * std::sqrt(std::max(variance, 0.0) / n))
        covered += chance[cell(sum, squares)];
    }
  return covered;
}

double little(const Parameters& p) { return p.at("lam") * std::numbers::pi * p.at("R") / (2 * p.at("v")); }
double always(const Parameters&) { return 1; }

}  // namespace

const std::vector<ClosedForm>& machinery_forms() {
  static const std::vector<ClosedForm> forms{
      {"R03", "var_crn", paired_variance},    {"R03", "var_independent", independent_variance},
      {"R04", "coverage", interval_coverage}, {"R05", "L", little},
      {"R05", "L_is_lambda_W", always},       {"R05", "invariance", always}};
  return forms;
}

}  // namespace dronewall::known
