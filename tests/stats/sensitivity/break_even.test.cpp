// Where a metamodel crosses a bound when all points share their luck: how often the interval holds the truth.
#include "dronewall/stats/sensitivity/break_even.hpp"

#include <cmath>
#include <numbers>

#include "catch.hpp"
#include "functions.hpp"

using namespace dronewall;
using namespace dronewall::test;

namespace {

/// A plane with a ripple of another phase in each experiment, run with common random numbers: a batch of
/// replications moves all points alike, and each point a little by itself.
struct Ripple {
  double height = 0, phase = 0;
  double operator()(double u, double v) const {
    return u + 0.4 * v + height * std::sin(12 * v + 3 * u + phase);
  }
  /// Where it crosses the bound along u, at v = 1/2.
  [[nodiscard]] double crossing(double bound) const {
    double low = 0, high = 1;
    for (int i = 0; i < 60; ++i) {
      const double middle = (low + high) / 2;
      ((*this)(middle, 0.5) > bound ? high : low) = middle;
    }
    return low;
  }
};

enum class Luck { told_shared, taken_as_own };

struct Setting {
  double ripple, shared, own;  ///< the noise: standard deviations of a mean
};

/// Experiments of `all` whose interval holds the crossing.
int covered(const Setting& setting, Luck luck, int all) {
  constexpr std::size_t points = 40, batches = 32;
  constexpr double bound = 0.7;
  int held = 0;
  for (int e = 0; e < all; ++e) {
    Uniforms uniform(31, static_cast<std::uint64_t>(e));
    const Ripple truth{setting.ripple, 2 * std::numbers::pi * uniform()};
    const UnitPoints design = random_points(points, 2, uniform);
    std::vector<double> shared(batches);
    for (double& each : shared) each = setting.shared * std::sqrt(double{batches}) * normal(uniform);
    Responses responses;
    for (std::size_t i = 0; i < points; ++i) {
      const double value = truth(design.at(i, 0), design.at(i, 1));
      std::vector<double> seen(batches);
      double mean = 0, squares = 0;
      for (std::size_t b = 0; b < batches; ++b) {
        seen[b] = value + shared[b] + setting.own * std::sqrt(double{batches}) * normal(uniform);
        mean += seen[b] / batches;
      }
      for (const double each : seen) squares += (each - mean) * (each - mean);
      const double variance = squares / (batches - 1) / batches;
      if (luck == Luck::told_shared)
        responses.add(mean, variance, batches, seen);
      else
        responses.add(mean, variance);
    }
    const LinearMetamodel model(design, responses, 0.95);
    const BoundCrossing found = crossing_along(model, std::vector<double>{0.5, 0.5}, 0, bound, 0.95);
    const double at = truth.crossing(bound);
    held += found.low && *found.low <= at && at <= *found.high;
  }
  return held;
}

}  // namespace

TEST_CASE("A crossing's interval covers on shared luck, whether the response bends or not",
          "[stats][statistical]") {
  constexpr int experiments = 400;
  // An interval of exactly 95% falls below for 1 seed in 30,000.
  const double least = 0.95 * experiments - 4 * std::sqrt(experiments * 0.95 * 0.05);
  const Setting setting = GENERATE(Setting{0, 0.05, 0.02},      // all luck shared
                                   Setting{0, 0.02, 0.05},      // hardly any
                                   Setting{0.06, 0.05, 0.01},   // a ripple as large as the luck
                                   Setting{0.06, 0.005, 0.01},  // a ripple and little luck
                                   Setting{0.03, 0.05, 0.02});
  CAPTURE(setting.ripple, setting.shared, setting.own);
  CHECK(covered(setting, Luck::told_shared, experiments) >= least);
}

TEST_CASE("Shared luck that is taken as each point's own leaves a crossing's interval too short",
          "[stats][statistical]") {
  CHECK(covered({0, 0.05, 0.02}, Luck::taken_as_own, 400) < 300);
}
