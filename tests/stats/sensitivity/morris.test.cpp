#include "dronewall/stats/sensitivity/morris.hpp"

#include "catch.hpp"
#include "stats/sensitivity/functions.hpp"

using namespace dronewall;
using namespace dronewall::test;

namespace {

/// Trajectories on four levels with steps of 2/3, factors in random order.
UnitPoints trajectories(std::size_t r, std::size_t factors, Uniforms& uniform) {
  UnitPoints points{factors, {}};
  for (std::size_t t = 0; t < r; ++t) {
    std::vector<double> at(factors);
    for (double& u : at) u = std::floor(4 * uniform()) / 3;
    points.cells.insert(points.cells.end(), at.begin(), at.end());
    const auto first = static_cast<std::size_t>(uniform() * static_cast<double>(factors));
    for (std::size_t i = 0; i < factors; ++i) {
      double& u = at[(first + i) % factors];
      u += u < 0.5 ? 2.0 / 3 : -2.0 / 3;
      points.cells.insert(points.cells.end(), at.begin(), at.end());
    }
  }
  return points;
}

/// Linear in the first two, bent in the third, deaf to the fourth.
double known(std::span<const double> u) { return 3 * u[0] - 2 * u[1] + 4 * u[2] * u[2]; }

}  // namespace

TEST_CASE("Elementary effects of a known function", "[stats]") {
  Uniforms uniform(1, 1);
  const UnitPoints points = trajectories(40, 4, uniform);
  const auto steps = find_morris_steps(points);
  REQUIRE(steps);
  const auto effects = morris_effects(exact(points, known), *steps, 4, 0.95);
  CHECK(effects[0].mu == Approx(3));
  CHECK(effects[0].sigma == Approx(0).margin(1e-12));
  CHECK_FALSE(effects[0].curved);
  CHECK(effects[1].mu == Approx(-2));
  CHECK(effects[1].mu_star == Approx(2));
  CHECK(effects[2].curved);
  CHECK(effects[2].sigma > 0.5);
  CHECK(effects[3].mu_star == 0);
  CHECK_FALSE(effects[3].told_from_0);
}

TEST_CASE("Effects that are noise are not told from 0", "[stats][statistical]") {
  const auto luck = GENERATE(false, true);
  constexpr int experiments = 400;
  int told = 0, curved = 0, live = 0;
  double sigma = 0;
  for (int e = 0; e < experiments; ++e) {
    Uniforms uniform(2, static_cast<std::uint64_t>(e));
    const UnitPoints points = trajectories(12, 4, uniform);
    const Responses responses =
        luck ? on_shared_luck(points, known, 0.3, 64, uniform) : noisy(points, known, 0.3, uniform);
    const auto effects = morris_effects(responses, *find_morris_steps(points), 4, 0.95);
    told += effects[3].told_from_0;
    curved += effects[0].curved;
    live += effects[0].told_from_0;
    sigma += effects[2].sigma * effects[2].sigma / experiments;
  }
  INFO(luck << ": " << told << ' ' << curved << ' ' << sigma);
  CHECK(live == experiments);
  // 5% by mistake: 38 or more of 400 come once in 17,000; told at most 5.5%: once in 1,900. On shared luck
  // the fourth factor moves nothing.
  CHECK(told <= 37);
  CHECK(curved <= 37);
  if (!luck) CHECK(told >= 4);
}

TEST_CASE("Intervals of effects cover on luck that all trajectories share", "[stats][statistical]") {
  // The first effect is 3 + 2 u1 at four levels: mean 4, standard deviation 0.745. Each batch tilts the
  // response along u0, in all trajectories alike: 0.3 of the luck goes into every effect.
  const auto crossed = [](std::span<const double> u) { return 3 * u[0] + 2 * u[0] * u[1]; };
  const double luck = GENERATE(0.3, 1.0, 3.0);
  constexpr int experiments = 500;
  int covered = 0, star = 0, agreed = 0;
  for (int e = 0; e < experiments; ++e) {
    Uniforms uniform(5, static_cast<std::uint64_t>(e));
    const UnitPoints points = trajectories(12, 2, uniform);
    const Responses responses = on_shared_luck(points, crossed, luck, 64, uniform);
    const MorrisEffect effect = morris_effects(responses, *find_morris_steps(points), 2, 0.95)[0];
    covered += effect.mu_low <= 4 && 4 <= effect.mu_high;
    star += effect.mu_star_low <= 4 && 4 <= effect.mu_star_high;
    agreed += effect.told_from_0 == (effect.mu_low > 0 || effect.mu_high < 0 || effect.curved);
    CHECK(effect.mu_star_low <= effect.mu_star);
  }
  INFO(luck << ": " << covered << ' ' << star);
  // 475 of 500 wanted: outside for 1 seed in 16,000. The scatter over trajectories alone would hold about
  // 94, 80 and 39%.
  CHECK(covered >= 455);
  CHECK(star >= 455);
  CHECK(covered <= 494);
  CHECK(agreed == experiments);
}

TEST_CASE("Only trajectories are taken for a Morris design", "[stats]") {
  Uniforms uniform(3, 1);
  UnitPoints points = trajectories(5, 3, uniform);
  CHECK(find_morris_steps(points)->size() == 15);
  points.cells[4] = 0.123;  // Two factors move at once.
  CHECK_FALSE(find_morris_steps(points));
  CHECK_FALSE(find_morris_steps(random_points(20, 3, uniform)));
  UnitPoints grid{2, {}};  // Neighbours differ in one factor, but a row of a grid moves the same one twice.
  for (int i = 0; i < 9; ++i) grid.cells.insert(grid.cells.end(), {i % 3 / 2.0, i / 3 / 2.0});
  CHECK_FALSE(find_morris_steps(grid));
}
