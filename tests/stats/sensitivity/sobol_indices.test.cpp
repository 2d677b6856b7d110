#include "dronewall/stats/sensitivity/sobol_indices.hpp"

#include "catch.hpp"
#include "stats/sensitivity/functions.hpp"

using namespace dronewall;
using namespace dronewall::test;

namespace {

SobolIndices indices_of(const UnitPoints& points, const Responses& responses) {
  const auto rows = find_saltelli_rows(points);
  REQUIRE(rows);
  return sobol_indices(points, responses, *rows, {});
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
    const SobolIndices indices = indices_of(points, responses);
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
    const SobolIndices indices = indices_of(points, responses);
    first += indices.first[0].low <= g.first(0) && g.first(0) <= indices.first[0].high;
    total += indices.total[1].low <= g.total(1) && g.total(1) <= indices.total[1].high;
  }
  INFO(luck << ": " << first << " and " << total << " of " << experiments);
  // 95% wanted; within 4 standard deviations below, and not so wide that they always hold.
  CHECK(first >= 177);
  CHECK(total >= 177);
}

TEST_CASE("Intervals of few groups cover what bends, jumps or is a sum", "[stats][statistical]") {
  struct Kind {
    const char* name;
    Function f;
    double first, total;  // of the first factor
  };
  // u1 + 0.6 u2 > 0.9 holds with probability p(u1) = min((u1 − 0.3) / 0.6, 1), u1 > 0.3: E p = 0.4,
  // E p² = 0.6 / 3 + 0.1 = 0.3, and with q(u2) = 0.1 + 0.6 u2: E q = 0.4, Var q = 0.03.
  const Kind kind = GENERATE(
      Kind{"sum", [](auto u) { return u[0] + 0.5 * u[1] + 0.1 * u[2]; }, 0.7937, 0.7937},
      Kind{"jump", [](auto u) { return u[0] + 0.6 * u[1] > 0.9 ? 1.0 : 0.0; }, 0.14 / 0.24, 1 - 0.03 / 0.24},
      Kind{"product", [](auto u) { return (1 + u[0]) * (2 + u[1]); }, 75.0 / 103, 76.0 / 103});
  const std::size_t groups = GENERATE(16U, 64U);
  const auto luck = GENERATE(false, true);
  constexpr int experiments = 200;
  int first = 0, total = 0, inert = 0;
  for (int e = 0; e < experiments; ++e) {
    Uniforms uniform(9, static_cast<std::uint64_t>(e));
    const UnitPoints points = saltelli_points(groups, 4, uniform);
    const Responses responses =
        luck ? on_shared_luck(points, kind.f, 0.05, 64, uniform) : noisy(points, kind.f, 0.02, uniform);
    const SobolIndices indices = indices_of(points, responses);
    REQUIRE(indices.undefined_because.empty());
    first += indices.first[0].low <= kind.first && kind.first <= indices.first[0].high;
    total += indices.total[0].low <= kind.total && kind.total <= indices.total[0].high;
    inert += indices.first[3].told_from_0 + indices.total[3].told_from_0;
  }
  INFO(kind.name << ", " << groups << " groups, luck " << luck << ": " << first << " and " << total << " of "
                 << experiments << ", inert told " << inert);
  // 93% wanted; 172 of 200 lie 4 standard deviations below.
  CHECK(first >= 172);
  CHECK(total >= 172);
  CHECK(inert <= 25);  // of 400; 2.5% wanted, 4.8 standard deviations above
}

TEST_CASE("A quadratic response has its indices from few groups", "[stats]") {
  Uniforms uniform(10, 1);
  const UnitPoints points = saltelli_points(16, 2, uniform);
  const SobolIndices indices =
      indices_of(points, exact(points, [](auto u) { return (1 + u[0]) * (2 + u[1]); }));
  // V / 144: (5/2)² · 12 = 75, (3/2)² · 12 = 27, and 1 together.
  CHECK(indices.first[0].value == Approx(75.0 / 103).margin(0.01));
  CHECK(indices.total[0].value == Approx(76.0 / 103).margin(0.01));
  CHECK(indices.first[0].high - indices.first[0].low < 0.1);  // Products of groups alone leave it at 0.6.
}

TEST_CASE("Margins are those of values in equal shares", "[stats]") {
  const std::vector<double> ends = {0, 1};
  const Margin two = margin_of(ends);
  CHECK(two.mean == 0.5);
  CHECK(two.second == 0.25);
  CHECK(two.third == 0);
  CHECK(two.fourth == 0.0625);
  const std::vector<double> one = {0};
  CHECK(margin_of(one).second == 0);
  // A factor of two values, the other a range: f = 3 u + v, V = 9/4 + 1/12.
  Uniforms uniform(11, 1);
  UnitPoints points = saltelli_points(64, 2, uniform);
  for (std::size_t i = 0; i < points.size(); ++i) points.cells[2 * i] = points.cells[2 * i] < 0.5 ? 0 : 1;
  const auto rows = find_saltelli_rows(points);
  REQUIRE(rows);
  const Responses responses = exact(points, [](auto u) { return 3 * u[0] + u[1]; });
  const SobolIndices indices = sobol_indices(points, responses, *rows, {.margins = {two, Margin{}}});
  CHECK(indices.first[0].value == Approx(27.0 / 28).margin(0.005));
  CHECK(indices.total[1].value == Approx(1.0 / 28).margin(0.005));
}

TEST_CASE("An inert factor is not told from 0, whatever the noise", "[stats][statistical]") {
  constexpr int experiments = 100;
  int told_first = 0, told_total = 0, told_live = 0;
  for (int e = 0; e < experiments; ++e) {
    Uniforms uniform(5, static_cast<std::uint64_t>(e));
    const UnitPoints points = saltelli_points(256, 2, uniform);
    const Responses responses = noisy(
        points, [](auto u) { return u[0]; }, 0.15, uniform);
    const SobolIndices indices = indices_of(points, responses);
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
  const SobolIndices lost = indices_of(points, noisy(points, flat, 1, uniform));
  CHECK(lost.first.empty());
  CHECK(lost.undefined_because.find("run more") != std::string::npos);
  const SobolIndices same = indices_of(points, exact(points, flat));
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
  const SobolIndices indices = indices_of(points, responses);
  CHECK(indices.first[1].value == Approx(0.4424).margin(0.1));
}
