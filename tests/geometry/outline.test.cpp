// The shortest way out of zones: by hand, and against a search over directions.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "catch.hpp"
#include "dronewall/geometry/outline.hpp"

using namespace dronewall;

namespace {

Region box(double x0, double y0, double x1, double y1) {
  return Region({{{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}}, {}}});
}

void check_near(std::optional<Vec2> found, Vec2 expected) {
  REQUIRE(found);
  CHECK(found->x == Approx(expected.x).margin(1e-6));
  CHECK(found->y == Approx(expected.y).margin(1e-6));
}

/// Distance to the outside, by walking out in 7,200 directions.
double way_out_m(const std::vector<const Region*>& regions, Vec2 from) {
  const auto inside = [&](Vec2 point) {
    return std::any_of(regions.begin(), regions.end(), [&](const Region* r) { return r->contains(point); });
  };
  double best = std::numeric_limits<double>::infinity();
  for (int i = 0; i < 7200; ++i) {
    const double angle = i * std::numbers::pi / 3600;
    const Vec2 direction{std::cos(angle), std::sin(angle)};
    double low = 0, high = 2e5;
    for (double step = 200; step < best + 400 && step < high; step += 200)
      if (!inside(from + direction * step)) {
        high = step;
        low = step - 200;
      }
    while (high - low > 0.01) (inside(from + direction * ((low + high) / 2)) ? low : high) = (low + high) / 2;
    best = std::min(best, high);
  }
  return best;
}

}  // namespace

TEST_CASE("out of one zone over its nearest side, corner or arc", "[geometry][outline]") {
  const Region square = box(0, 0, 100e3, 60e3);
  check_near(Outline({&square}).nearest({70e3, 20e3}), {70e3, 0});
  check_near(Outline({&square}).nearest({95e3, 20e3}), {100e3, 20e3});
  const Region disc = Region::circle({10e3, 0}, 50e3);
  check_near(Outline({&disc}).nearest({40e3, 40e3}), {40e3, 40e3});  // 3-4-5: on the border
  check_near(Outline({&disc}).nearest({16e3, 8e3}), {40e3, 40e3});
  CHECK_FALSE(Outline().nearest({0, 0}));
  // A re-entrant corner of an L is nearer than any side.
  const Region ell({{{{{0, 0}, {100e3, 0}, {100e3, 40e3}, {40e3, 40e3}, {40e3, 100e3}, {0, 100e3}}}, {}}});
  check_near(Outline({&ell}).nearest({37e3, 36e3}), {40e3, 40e3});
}

TEST_CASE("a border between neighbours is no way out", "[geometry][outline]") {
  const Region west = box(0, 0, 50e3, 100e3), east = box(50e3, 0, 100e3, 100e3);
  check_near(Outline({&west, &east}).nearest({45e3, 30e3}), {45e3, 0});
  // Neighbours whose corners do not face each other, and a gap of rounding between them.
  const Region south = box(0, 0, 50e3, 30e3), north = box(0, 30e3, 50e3, 90e3);
  const Region beside = box(50e3 + 0.3, -10e3, 80e3, 100e3);
  check_near(Outline({&south, &north, &beside}).nearest({49e3, 35e3}), {79e3 + 1e3, 35e3});
  check_near(Outline({&south, &north, &beside}).nearest({20e3, 28e3}), {0, 28e3});
}

TEST_CASE("the way out of overlapping zones is the shortest of all directions", "[geometry][outline]") {
  const Region disc = Region::circle({0, 0}, 40e3), other = Region::circle({50e3, 10e3}, 25e3);
  const Region bar = box(-20e3, -60e3, 15e3, 5e3), tip({{{{{30e3, 0}, {90e3, -20e3}, {60e3, 45e3}}}, {}}});
  const std::vector<const Region*> all{&disc, &other, &bar, &tip};
  const Outline outline(all);
  for (const Vec2 from : {Vec2{0, 0}, Vec2{33e3, 2e3}, Vec2{-10e3, -38e3}, Vec2{50e3, 10e3},
                          Vec2{12e3, -39e3}, Vec2{34e3, 18e3}, Vec2{62e3, 0}}) {
    INFO(from.x << ", " << from.y);
    const auto found = outline.nearest(from);
    REQUIRE(found);
    CHECK(length(*found - from) ==
          Approx(way_out_m(all, from)).margin(10));  // the search stops between directions
  }
}
