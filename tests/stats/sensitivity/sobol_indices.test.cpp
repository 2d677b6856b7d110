#include "dronewall/stats/sensitivity/sobol_indices.hpp"

#include "catch.hpp"
#include "stats/sensitivity/functions.hpp"

using namespace dronewall;
using namespace dronewall::test;

namespace {

SobolIndices indices_of(const UnitPoints& points, const Responses& responses) {
  const auto rows = find_saltelli_rows(points);
  REQUIRE(rows);
  return sobol_indices(responses, *rows, {.resamples = 400});
}

}  // namespace

TEST_CASE("Sobol indices of the Ishigami function are the published ones", "[stats][statistical]") {
  Uniforms uniform(1, 1);
  const UnitPoints points = saltelli_points(8'192, 3, uniform);
  const SobolIndices indices = indices_of(points, exact(points, ishigami));
  // Standard errors at N = 8192 are below 0.012; 4 of them are missed by 1 seed in 16,000 per figure.
  const double first[] = {0.3139, 0.4424, 0}, total[] = {0.5576, 0.4424, 0.2437};
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(indices.first[k].value == Approx(first[k]).margin(0.048));
    CHECK(indices.total[k].value == Approx(total[k]).margin(0.048));
  }
  CHECK(indices.variance == Approx(13.845).epsilon(0.04));
  CHECK(indices.noise == Approx(0).margin(1e-9));
  CHECK_FALSE(indices.first[2].told_from_0);  // It acts only together with the first.
  CHECK(indices.total[2].told_from_0);
}

TEST_CASE("Sobol indices of the g-function are in closed form", "[stats][statistical]") {
  const GFunction g{{0, 1, 4.5, 9, 99, 99}};
  Uniforms uniform(2, 1);
  const UnitPoints points = saltelli_points(8'192, 6, uniform);
  const SobolIndices indices = indices_of(points, exact(points, g));
  for (std::size_t k = 0; k < 6; ++k) {
    CHECK(indices.first[k].value == Approx(g.first(k)).margin(0.05));
    CHECK(indices.total[k].value == Approx(g.total(k)).margin(0.05));
  }
}

TEST_CASE("Simulation noise is taken off Sobol indices", "[stats][statistical]") {
  // Noise with 80% of the variance of the function: uncorrected, all indices would shrink to 1 / 1.8 and the
  // total ones would gain 0.8 / 1.8 each.
  const double sd = std::sqrt(0.8 * 13.845);
  const auto luck = GENERATE(false, true);
  constexpr int experiments = 60;
  double first = 0, total = 0, variance = 0;
  for (int e = 0; e < experiments; ++e) {
    Uniforms uniform(3, static_cast<std::uint64_t>(e));
    const UnitPoints points = saltelli_points(1'024, 3, uniform);
    const Responses responses =
        luck ? on_shared_luck(points, ishigami, sd, 64, uniform) : noisy(points, ishigami, sd, uniform);
    const SobolIndices indices = sobol_indices(responses, *find_saltelli_rows(points), {.resamples = 100});
    REQUIRE(indices.undefined_because.empty());
    first += indices.first[1].value / experiments;
    total += indices.total[1].value / experiments;
    variance += indices.variance / experiments;
  }
  // The mean of 60 has a standard error of about 0.01; without the correction it would be 0.25 and 0.69.
  INFO(luck);
  CHECK(first == Approx(0.4424).margin(0.05));
  CHECK(total == Approx(0.4424).margin(0.05));
  CHECK(variance == Approx(13.845).epsilon(0.06));
}

TEST_CASE("Intervals of Sobol indices cover, with noise of one's own and shared", "[stats][statistical]") {
  const GFunction g{{0, 1, 9}};
  const auto luck = GENERATE(false, true);
  constexpr int experiments = 200;
  int first = 0, total = 0;
  for (int e = 0; e < experiments; ++e) {
    Uniforms uniform(4, static_cast<std::uint64_t>(e));
    const UnitPoints points = saltelli_points(256, 3, uniform);
    const double sd = 0.6 * std::sqrt(g.variance());
    const Responses responses =
        luck ? on_shared_luck(points, g, sd, 64, uniform) : noisy(points, g, sd, uniform);
    const SobolIndices indices =
        sobol_indices(responses, *find_saltelli_rows(points), {.resamples = 300, .seed = 7});
    first += indices.first[0].low <= g.first(0) && g.first(0) <= indices.first[0].high;
    total += indices.total[1].low <= g.total(1) && g.total(1) <= indices.total[1].high;
  }
  INFO(luck << ": " << first << " and " << total << " of " << experiments);
  // 95% wanted; within 4 standard deviations below, and not so wide that they always hold.
  CHECK(first >= 177);
  CHECK(total >= 177);
}

TEST_CASE("An inert factor is not told from 0, whatever the noise", "[stats][statistical]") {
  constexpr int experiments = 100;
  int told_first = 0, told_total = 0, told_live = 0;
  for (int e = 0; e < experiments; ++e) {
    Uniforms uniform(5, static_cast<std::uint64_t>(e));
    const UnitPoints points = saltelli_points(256, 2, uniform);
    const Responses responses = noisy(
        points, [](auto u) { return u[0]; }, 0.15, uniform);
    const SobolIndices indices =
        sobol_indices(responses, *find_saltelli_rows(points), {.resamples = 200, .seed = 3});
    told_first += indices.first[1].told_from_0;
    told_total += indices.total[1].told_from_0;
    told_live += indices.first[0].told_from_0 && indices.total[0].told_from_0;
  }
  // Told by mistake in 2.5% of experiments; 11 or more of 100 come once in 30,000.
  CHECK(told_first <= 10);
  CHECK(told_total <= 10);
  CHECK(told_live == experiments);
}

TEST_CASE("Points that only differ by noise have no indices, and say why", "[stats]") {
  Uniforms uniform(6, 1);
  const UnitPoints points = saltelli_points(128, 2, uniform);
  const auto flat = [](auto) { return 3.0; };
  const SobolIndices lost = sobol_indices(noisy(points, flat, 1, uniform), *find_saltelli_rows(points), {});
  CHECK(lost.first.empty());
  CHECK(lost.undefined_because.find("run more") != std::string::npos);
  const SobolIndices same = sobol_indices(exact(points, flat), *find_saltelli_rows(points), {});
  CHECK(same.undefined_because == "every point says the same");
}

TEST_CASE("Only a design of A, B and AB is taken for one", "[stats]") {
  Uniforms uniform(7, 1);
  const UnitPoints points = saltelli_points(16, 3, uniform);
  CHECK(find_saltelli_rows(points)->size() == 16);
  CHECK_FALSE(find_saltelli_rows(random_points(80, 3, uniform)));
  UnitPoints cut = points;
  cut.cells.resize(cut.cells.size() - 3);
  CHECK_FALSE(find_saltelli_rows(cut));
  UnitPoints grid{2, {}};
  for (int i = 0; i < 16; ++i) grid.cells.insert(grid.cells.end(), {i % 4 / 3.0, i / 4 / 3.0});
  CHECK_FALSE(find_saltelli_rows(grid));
  // Matrix by matrix: A, B, AB_1, AB_2, AB_3.
  UnitPoints blocks{3, {}};
  for (const std::size_t at : std::vector<std::size_t>{0, 4, 1, 2, 3})
    for (std::size_t j = 0; j < 16; ++j) {
      const auto row = points.row(j * 5 + at);
      blocks.cells.insert(blocks.cells.end(), row.begin(), row.end());
    }
  const auto rows = find_saltelli_rows(blocks);
  REQUIRE(rows);
  CHECK(rows->b[3] == 19);
  CHECK(rows->ab[2][15] == 79);
}

TEST_CASE("Groups with a missing point are left out of Sobol indices", "[stats]") {
  Uniforms uniform(8, 1);
  const UnitPoints points = saltelli_points(2'048, 3, uniform);
  Responses responses;
  for (std::size_t i = 0; i < points.size(); ++i)
    responses.add(i % 50 == 7 ? std::nan("") : ishigami(points.row(i)), 0);
  const SobolIndices indices = sobol_indices(responses, *find_saltelli_rows(points), {.resamples = 100});
  CHECK(indices.first[1].value == Approx(0.4424).margin(0.1));
}
