#include <limits>
#include <numbers>

#include "catch.hpp"
#include "dronewall/geometry/leg.hpp"
#include "geometry/flights.hpp"

using namespace dronewall;

namespace {

/// Analytic case G02: a straight track at 50 m/s past a disc of 40 km, at offset b.
double dwell_s(double offset_m) {
  const Leg track{100, 5100, {-100'000, offset_m}, {50, 0}};
  const auto within = inside_circle(track, {0, 0}, 40'000);
  return within ? within->end - within->begin : 0;
}

struct Moments {
  double mean, variance;
};

/// Over offsets R·shape(u), u evenly spread over (−1, 1).
template <typename Shape>
Moments moments_of_dwell(Shape shape) {
  constexpr int points = 200'000;
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < points; ++i) {
    const double dwell = dwell_s(40'000 * shape((2 * i + 1.0) / points - 1));
    sum += dwell;
    squares += dwell * dwell;
  }
  const double mean = sum / points;
  return {mean, squares / points - mean * mean};
}

}  // namespace

TEST_CASE("G02: time in a disc is its chord over the speed", "[geometry][analytic]") {
  CHECK(dwell_s(24'000) == Approx(1280).epsilon(1e-12));
  CHECK(dwell_s(-24'000) == Approx(1280).epsilon(1e-12));
  CHECK(dwell_s(40'001) == 0);
}

TEST_CASE("G03: mean and variance of the dwell over a broad front", "[geometry][analytic]") {
  const Moments front = moments_of_dwell([](double u) { return u; });
  CHECK(front.mean == Approx(1256.63706).epsilon(1e-6));
  CHECK(front.variance == Approx(127529.962).epsilon(1e-6));
  // Bertrand's other chord, drawn by angle: 4R/(πv) = 1018.59 s. The test can tell them apart.
  const Moments by_angle = moments_of_dwell([](double u) { return std::sin(u * std::numbers::pi / 2); });
  CHECK(by_angle.mean == Approx(1018.59164).epsilon(1e-6));
}

TEST_CASE("a span inside a circle is cut to the leg", "[geometry]") {
  const Leg leg{10, 20, {-5, 0}, {1, 0}};
  CHECK(inside_circle(leg, {0, 0}, 3) == Span{12, 18});
  CHECK(inside_circle(leg, {0, 0}, 50) == Span{10, 20});
  CHECK(inside_circle(leg, {-5, 0}, 2) == Span{10, 12});
  CHECK(inside_circle(leg, {5, 0}, 2) == Span{18, 20});
  CHECK_FALSE(inside_circle(leg, {8, 0}, 2));
  CHECK_FALSE(inside_circle(leg, {-8, 0}, 2));
  CHECK(inside_circle(leg, {0, 3}, 3) == Span{15, 15});  // touches
  CHECK_FALSE(inside_circle(leg, {0, 0}, -1));
  CHECK_FALSE(inside_circle(leg, {0, 0}, std::numeric_limits<double>::quiet_NaN()));
}

TEST_CASE("a wait is inside a circle for all of it or not at all", "[geometry]") {
  const Leg wait{10, 20, {3, 4}, {0, 0}};
  CHECK(inside_circle(wait, {0, 0}, 5) == Span{10, 20});
  CHECK_FALSE(inside_circle(wait, {0, 0}, 4.999));
}

TEST_CASE("crossings lie on the circle to a millionth of a metre, far away and late in the year",
          "[geometry]") {
  Dice dice(12);
  int hits = 0;
  for (int round = 0; round < 20'000; ++round) {
    const double night = dice.uniform(0, 3e7);
    const Vec2 centre = dice.point(200'000);
    const double radius = dice.uniform(1'000, 100'000);
    const Leg leg{night, night + 10'000, dice.point(300'000), dice.point(100)};
    const auto within = inside_circle(leg, centre, radius);
    if (!within) continue;
    ++hits;
    REQUIRE((leg.begin <= within->begin && within->end <= leg.end));
    for (const double t : {within->begin, within->end})
      if (t > leg.begin && t < leg.end) REQUIRE(std::abs(length(leg.at(t) - centre) - radius) < 1e-6);
    REQUIRE(length(leg.at((within->begin + within->end) / 2) - centre) <= radius + 1e-6);
  }
  CHECK(hits > 1'500);
}
