#include "dronewall/stats/sensitivity/metamodel.hpp"

#include "catch.hpp"
#include "dronewall/stats/sensitivity/break_even.hpp"
#include "dronewall/stats/sensitivity/tornado.hpp"
#include "stats/sensitivity/functions.hpp"

using namespace dronewall;
using namespace dronewall::test;

namespace {

double plane(std::span<const double> u) { return 1 + 2 * u[0] - 0.5 * u[1]; }

}  // namespace

TEST_CASE("A plane is found, and its error is that of the noise", "[stats][statistical]") {
  Uniforms uniform(1, 1);
  const UnitPoints points = random_points(200, 3, uniform);
  const LinearMetamodel sharp(points, exact(points, plane), 0.95);
  CHECK(sharp.centre() == Approx(1.75));
  CHECK(sharp.effects()[0].slope == Approx(2));
  CHECK(sharp.cross_validated_error() == Approx(0).margin(1e-9));
  CHECK(sharp.cross_validated_r2() == Approx(1));
  CHECK(sharp.effects()[0].share == Approx(4 / 4.25).epsilon(0.1));

  const LinearMetamodel blurred(points, noisy(points, plane, 0.2, uniform), 0.95);
  // An error at a left-out point is noise and the plane's own: 0.2 × sqrt(1 + 4/200); its estimate has a
  // standard error of 5%.
  CHECK(blurred.cross_validated_error() == Approx(0.202).epsilon(0.2));
  CHECK(blurred.noise_error() == Approx(0.202).epsilon(0.005));
  CHECK(blurred.effects()[0].told_from_0);
}

TEST_CASE("Intervals of slopes cover though the response bends", "[stats][statistical]") {
  const auto bent = [](std::span<const double> u) { return 2 * u[0] + 1.5 * u[1] * u[1]; };
  constexpr int experiments = 500;
  int straight = 0, curved = 0, idle = 0;
  for (int e = 0; e < experiments; ++e) {
    Uniforms uniform(2, static_cast<std::uint64_t>(e));
    const UnitPoints points = random_points(60, 3, uniform);
    const LinearMetamodel model(points, noisy(points, bent, 0.3, uniform), 0.95);
    const auto& effects = model.effects();
    straight += effects[0].low <= 2 && 2 <= effects[0].high;
    curved += effects[1].low <= 1.5 && 1.5 <= effects[1].high;  // the best plane of u² has slope 1
    idle += effects[2].told_from_0;
  }
  INFO(straight << ' ' << curved << ' ' << idle);
  CHECK(straight >= 455);  // 475 wanted, 4 standard deviations below
  CHECK(curved >= 455);
  CHECK(idle <= 45);
  CHECK(idle >= 5);
}

TEST_CASE("Intervals of slopes cover on luck that all points share", "[stats][statistical]") {
  // Each batch tilts the response along u0 at all points alike: no error at a point says so.
  const double bend = GENERATE(0.0, 1.0);
  const auto bent = [&](std::span<const double> u) { return 2 * u[0] + bend * u[1] * u[1]; };
  constexpr int experiments = 400;
  int covered = 0;
  for (int e = 0; e < experiments; ++e) {
    Uniforms uniform(8, static_cast<std::uint64_t>(e));
    const UnitPoints points = random_points(40, 2, uniform);
    const LinearMetamodel model(points, on_shared_luck(points, bent, 0.5, 64, uniform), 0.95);
    covered += model.effects()[0].low <= 2 && 2 <= model.effects()[0].high;
  }
  INFO(bend << ": " << covered);
  CHECK(covered >= 362);  // 380 wanted, 4 standard deviations below
}

TEST_CASE("A sum of means that share replications only in part has their noise", "[stats]") {
  // Batches all alike, of points with 100 and 400 replications: cov = c / 400, so that the difference has
  // 1/100 + 1/400 − 2/400 of the variance of one replication.
  const double batches[] = {1, -1, 2, -2, 3, -3};
  Responses responses;
  responses.add(5, 1.0 / 100, 100, batches);
  responses.add(7, 1.0 / 400, 400, batches);
  const double difference[] = {1, -1};
  CHECK(responses.noise_of_sum(difference) == Approx(0.0075));
  CHECK(responses.noise_of_difference(0, 1) == Approx(0.0075));
  // Σ a² = 28 and Σ a⁴ = 196: 2 · 28² / (196 − 28² / 6) = 24, more than there are batches. Where one batch of
  // eight makes all of it, a = 7/8 and seven times −1/8: 2 (7/8)² / (7 · 43 / 8³ − (7/8)² / 8) = 28 / 9.
  CHECK(responses.degrees_of_sum(std::vector<double>{1, 0}) == Approx(5));
  Responses few;
  few.add(1, 0.01, 100, std::vector<double>{0, 0, 0, 0, 0, 0, 0, 1});
  CHECK(few.degrees_of_sum(std::vector<double>{1}) == Approx(28.0 / 9));
}

TEST_CASE("A metamodel says why it cannot be fitted, and when it is bad", "[stats]") {
  Uniforms uniform(3, 1);
  const UnitPoints few = random_points(5, 3, uniform);
  CHECK(LinearMetamodel(few, exact(few, plane), 0.95).why_not().find("points more") != std::string::npos);
  UnitPoints twins = random_points(50, 2, uniform);
  for (std::size_t i = 0; i < 50; ++i) twins.cells[2 * i + 1] = twins.cells[2 * i];
  CHECK(LinearMetamodel(twins, exact(twins, plane), 0.95).why_not().find("by itself") != std::string::npos);
  const UnitPoints points = random_points(200, 1, uniform);
  const LinearMetamodel wave(points, exact(points, [](auto u) { return std::sin(20 * u[0]); }), 0.95);
  CHECK(wave.cross_validated_r2() < 0.2);
}

TEST_CASE("A break-even value is found between points, with an interval that covers",
          "[stats][statistical]") {
  // y = 2 u² crosses 0.5 at 1/2; the points stand at eighths, so the straight pieces cross at 1/2, too.
  std::vector<double> values;
  for (int i = 0; i <= 8; ++i) values.push_back(i / 8.0);
  const UnitPoints points{1, values};
  const auto square = [](std::span<const double> u) { return 2 * u[0] * u[0]; };
  const BoundCrossing sharp = crossing_between(values, exact(points, square), 0.5, 0.95);
  CHECK(*sharp.at == Approx(0.5));
  CHECK(sharp.times == 1);
  CHECK_FALSE(sharp.begins_above);
  CHECK_FALSE(crossing_between(values, exact(points, square), 3, 0.95).at);

  constexpr int experiments = 500;
  int covered = 0;
  double width = 0;
  for (int e = 0; e < experiments; ++e) {
    Uniforms uniform(4, static_cast<std::uint64_t>(e));
    const BoundCrossing found = crossing_between(values, noisy(points, square, 0.05, uniform), 0.5, 0.95);
    REQUIRE(found.low);
    covered += *found.low <= 0.5 && 0.5 <= *found.high;
    width += (*found.high - *found.low) / experiments;
  }
  CHECK(covered >= 455);
  CHECK(width < 0.2);  // 0.05 × 2 × 1.96 / slope 2 is 0.1
}

TEST_CASE("A break-even value along a metamodel holds the plane's error", "[stats][statistical]") {
  constexpr int experiments = 300;
  int covered = 0;
  const double middle[] = {0.5, 0.5, 0.5};
  for (int e = 0; e < experiments; ++e) {
    Uniforms uniform(5, static_cast<std::uint64_t>(e));
    const UnitPoints points = random_points(50, 3, uniform);
    const LinearMetamodel model(points, noisy(points, plane, 0.3, uniform), 0.95);
    const BoundCrossing found = crossing_along(model, middle, 0, 1.5, 0.95);  // 1 + 2u − 0.25 = 1.5 at 0.375
    REQUIRE(found.low);
    covered += *found.low <= 0.375 && 0.375 <= *found.high;
  }
  CHECK(covered >= 270);
  const UnitPoints points{1, {0, 0.25, 0.5, 0.75, 1}};
  const LinearMetamodel flat(points, exact(points, [](auto u) { return 5 + u[0]; }), 0.95);
  const double base[] = {0.5};
  CHECK_FALSE(crossing_along(flat, base, 0, 1, 0.95).at);
}

TEST_CASE("A tornado takes what each factor moves alone, on shared luck", "[stats]") {
  // A grid of 3 × 3; the base is its middle.
  UnitPoints grid{2, {}};
  for (int i = 0; i < 9; ++i) grid.cells.insert(grid.cells.end(), {i % 3 / 2.0, i / 3 / 2.0});
  const auto base = find_base(grid, std::vector<double>{0.5, 0.5});
  REQUIRE(base == 4);
  const auto bars = tornado(grid, exact(grid, plane), *base, 0.95);
  REQUIRE(bars.size() == 2);
  CHECK(bars[0].factor == 0);
  CHECK(bars[0].swing == Approx(2));
  CHECK(bars[1].swing == Approx(-0.5));
  CHECK(bars[0].low_point == 3);
  CHECK(bars[0].high_point == 5);

  // Noise that all points share: paired it nearly goes out, and as noise of one's own it does not.
  Uniforms uniform(6, 1);
  const Responses shared = on_shared_luck(grid, plane, 1, 64, uniform);
  const auto paired = tornado(grid, shared, *base, 0.95);
  Responses apart;
  for (std::size_t i = 0; i < grid.size(); ++i) apart.add(shared.mean(i), shared.noise(i, i));
  const auto unpaired = tornado(grid, apart, *base, 0.95);
  const auto width = [](const TornadoBar& bar) { return bar.swing_high - bar.swing_low; };
  CHECK(width(paired[0]) < 0.4 * width(unpaired[0]));
  CHECK(width(paired.back()) < 1e-6);  // The second factor's ends share all of it.
}

TEST_CASE("A design in which nothing moves alone has no tornado", "[stats]") {
  Uniforms uniform(7, 1);
  CHECK_FALSE(find_base(random_points(100, 3, uniform), std::vector<double>(3, 0.5)));
}

TEST_CASE("Points that happen to be neighbours make no bar of a tornado", "[stats]") {
  // u moves alone from 0.3 to 0.4, and from 0 to 1; v only from 0.2 to 0.9.
  const UnitPoints points{2, {0.3, 0.5, 0.4, 0.5, 0.35, 0.5, 0, 0.2, 1, 0.2, 0, 0.9}};
  const auto base = find_base(points, std::vector<double>{0.35, 0.5});
  REQUIRE(base == 3);
  const auto bars = tornado(points, exact(points, plane), *base, 0.95);
  REQUIRE(bars.size() == 1);
  CHECK(bars[0].factor == 0);
  CHECK(bars[0].swing == Approx(2));
  const UnitPoints neighbours{2, {0.3, 0.5, 0.4, 0.5, 0, 0, 1, 1}};
  CHECK_FALSE(find_base(neighbours, std::vector<double>{0.35, 0.5}));
}
