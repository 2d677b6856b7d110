#include "dronewall/geometry/region.hpp"

#include <numbers>

#include "catch.hpp"
#include "geometry/flights.hpp"

using namespace dronewall;

namespace {

Region::Ring rectangle(double x0, double y0, double x1, double y1) {
  return {{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}};
}

std::vector<Span> spans_in(const Region& region, const Leg& leg) {
  std::vector<Span> out;
  region.inside(leg, out);
  return out;
}

/// A ragged ring around the origin, as a coast is: simple because its corners go round by angle.
Region::Ring coast(Dice& dice, int corners, double inner_m, double outer_m) {
  Region::Ring ring;
  for (int i = 0; i < corners; ++i) {
    const double angle = 2 * std::numbers::pi * (i + dice.uniform(0, 0.9)) / corners;
    ring.points.push_back(Vec2{std::cos(angle), std::sin(angle)} * dice.uniform(inner_m, outer_m));
  }
  return ring;
}

}  // namespace

TEST_CASE("a square with a hole: points, box, area", "[geometry]") {
  const Region region({{rectangle(0, 0, 10, 10), {rectangle(4, 4, 6, 6)}}});
  CHECK(region.contains({1, 1}));
  CHECK_FALSE(region.contains({5, 5}));
  CHECK_FALSE(region.contains({11, 5}));
  for (const Vec2 edge : {Vec2{0, 0}, {10, 10}, {5, 0}, {10, 5}, {4, 5}, {6, 6}, {5, 4}})
    CHECK(region.contains(edge));
  CHECK(region.box() == std::pair<Vec2, Vec2>{{0, 0}, {10, 10}});
  CHECK(region.area_m2() == Approx(96).epsilon(1e-15));
  CHECK_FALSE(region.empty());

  CHECK(Region().empty());
  CHECK_FALSE(Region().contains({0, 0}));
  CHECK(Region().area_m2() == 0);
}

TEST_CASE("a leg through a square with a hole", "[geometry]") {
  const Region region({{rectangle(0, 0, 10, 10), {rectangle(4, 4, 6, 6)}}});
  CHECK(spans_in(region, {100, 130, {-5, 5}, {1, 0}}) == std::vector<Span>{{105, 109}, {111, 115}});
  CHECK(spans_in(region, {100, 130, {-5, 3}, {1, 0}}) == std::vector<Span>{{105, 115}});
  CHECK(spans_in(region, {100, 107, {-5, 5}, {1, 0}}) == std::vector<Span>{{105, 107}});
  CHECK(spans_in(region, {100, 101, {5, 5}, {0.5, 0}}).empty());  // ends in the hole
  CHECK(spans_in(region, {100, 110, {-5, 20}, {1, 0}}).empty());
  CHECK(spans_in(region, {100, 101, {-5, 5}, {1, 0}}).empty());  // points at it, does not get there
}

TEST_CASE("legs along edges and through corners", "[geometry]") {
  const Region region({{rectangle(0, 0, 10, 10), {rectangle(4, 4, 6, 6)}}});
  for (const double y : {0., 10.})
    CHECK(spans_in(region, {0, 20, {-5, y}, {1, 0}}) == std::vector<Span>{{5, 15}});
  for (const double x : {0., 10.})
    CHECK(spans_in(region, {0, 20, {x, 15}, {0, -1}}) == std::vector<Span>{{5, 15}});
  for (const double y : {4., 6.})
    CHECK(spans_in(region, {0, 20, {-5, y}, {1, 0}}) == std::vector<Span>{{5, 15}});
  // The diagonal, through two corners of each ring.
  CHECK(spans_in(region, {0, 20, {-5, -5}, {1, 1}}) == std::vector<Span>{{5, 9}, {11, 15}});
  // Touches in one corner leave no span.
  CHECK(spans_in(region, {0, 20, {-10, 0}, {1, -1}}).empty());
  CHECK(spans_in(region, {0, 20, {-5, 5}, {1, -1}}).empty());
}

TEST_CASE("a wait or a leg of no length is inside where it is", "[geometry]") {
  const Region region({{rectangle(0, 0, 10, 10), {}}});
  CHECK(spans_in(region, {1, 9, {10, 5}, {0, 0}}) == std::vector<Span>{{1, 9}});
  CHECK(spans_in(region, {1, 9, {11, 5}, {0, 0}}).empty());
  CHECK(spans_in(region, {1, 1, {5, 5}, {3, 0}}) == std::vector<Span>{{1, 1}});
  CHECK(spans_in(Region::circle({0, 0}, 5), {1, 9, {3, 4}, {0, 0}}) == std::vector<Span>{{1, 9}});
}

TEST_CASE("neighbours that share an edge leave no gap between them", "[geometry]") {
  Dice dice(19);
  for (int round = 0; round < 500; ++round) {
    const Vec2 top{dice.uniform(4, 6), 10};
    const Vec2 foot{dice.uniform(4, 6), 0};
    const Region region({{{{{0, 0}, foot, top, {0, 10}}}, {}}, {{{foot, {10, 0}, {10, 10}, top}}, {}}});
    const Leg leg{0, 100, {-1, dice.uniform(1, 9)}, {dice.uniform(0.5, 1), 0}};
    REQUIRE(spans_in(region, leg).size() == 1);
  }
}

TEST_CASE("a circle is exact", "[geometry]") {
  const Region disc = Region::circle({100, 50}, 40'000);
  CHECK(disc.contains({40'100, 50}));
  CHECK_FALSE(disc.contains({40'100.001, 50}));
  CHECK(disc.area_m2() == Approx(std::numbers::pi * 1.6e9).epsilon(1e-15));
  CHECK(disc.box() == std::pair<Vec2, Vec2>{{-39'900, -39'950}, {40'100, 40'050}});
  const auto spans = spans_in(disc, {0, 5'000, {-99'900, 24'050}, {50, 0}});
  REQUIRE(spans.size() == 1);
  CHECK(spans[0].end - spans[0].begin == Approx(1280).epsilon(1e-12));
  CHECK(spans_in(disc, {0, 5'000, {-99'900, 40'050}, {50, 0}}).empty());  // a touch
}

TEST_CASE("legs over a long coast agree with asking each instant", "[geometry]") {
  Dice dice(20);
  int inside = 0, several = 0;
  for (int round = 0; round < 60; ++round) {
    const Region::Ring shore = coast(dice, 300, 200'000, 400'000);
    const Region land({{shore, {coast(dice, 40, 30'000, 90'000)}}});
    for (int i = 0; i < 20; ++i) {
      Leg leg{50, 5'050, dice.point(500'000), dice.point(200)};
      if (i % 4 == 0) {  // right over two corners
        const auto corner = [&] { return shore.points[static_cast<std::size_t>(dice.whole(0, 299))]; };
        const Vec2 goal = corner();
        const Vec2 way = goal - corner();
        leg = {50, 5'050, goal - way * 2, way * 1e-3};
      }
      const auto spans = spans_in(land, leg);
      REQUIRE(is_merged(spans));
      several += spans.size() > 2;
      for (int k = 0; k < 30; ++k) {
        const double t = dice.uniform(50, 5'050);
        const bool expected = land.contains(leg.at(t));
        inside += expected;
        REQUIRE((covers(spans, t) == expected || at_edge(spans, t, 1e-6)));
      }
    }
  }
  CHECK(inside > 5'000);
  CHECK(several > 100);
}

TEST_CASE("legs on a grid meet every corner and edge of a comb", "[geometry]") {
  // Whole numbers: on-edge is exact. Two teeth, a notch to the baseline of the teeth, and a hole that touches
  // nothing.
  const Region comb(
      {{{{{0, 0}, {12, 0}, {12, 8}, {8, 8}, {8, 4}, {4, 4}, {4, 8}, {0, 8}}}, {rectangle(2, 1, 6, 3)}}});
  const double step = 0.0625;
  for (double x = -2; x <= 14; x += 1)
    for (double y = -2; y <= 10; y += 1)
      for (const Vec2 v : {Vec2{1, 0}, {0, 1}, {1, 1}, {1, -1}, {-1, 0}, {2, 1}, {-1, -2}}) {
        const Leg leg{0, 16, {x, y}, v};
        const auto spans = spans_in(comb, leg);
        REQUIRE(is_merged(spans));
        for (double t = step; t < 16; t += step) {
          const bool here = comb.contains(leg.at(t));
          const bool beside = comb.contains(leg.at(t - step / 64)) || comb.contains(leg.at(t + step / 64));
          const bool touch = here && !beside;
          REQUIRE((covers(spans, t) == (here && !touch)));
        }
      }
}

TEST_CASE("polygons that are not simple are told, with a place", "[geometry]") {
  CHECK(Region::why_invalid({}).empty());
  CHECK(Region::why_invalid({{rectangle(0, 0, 10, 10), {rectangle(4, 4, 6, 6)}}}).empty());
  // Either way round is right, for the hole too.
  CHECK(Region::why_invalid({{{{{0, 0}, {0, 1}, {1, 1}, {1, 0}}}, {}}}).empty());

  Vec2 near;
  CHECK(Region::why_invalid({{{{{0, 0}, {10, 10}, {10, 0}, {0, 10}}}, {}}}, &near) ==
        "a ring crosses itself or another ring");
  CHECK(near == Vec2{5, 5});
  CHECK(Region::why_invalid({{rectangle(0, 0, 10, 10), {rectangle(20, 4, 26, 6)}}}) ==
        "a hole lies outside of its polygon");
  CHECK(Region::why_invalid({{rectangle(0, 0, 10, 10), {}}, {rectangle(2, 2, 4, 4), {}}}) ==
        "two polygons overlap");
  CHECK_FALSE(Region::why_invalid({{rectangle(0, 0, 10, 10), {}}, {rectangle(5, 5, 14, 14), {}}}).empty());
  CHECK(Region::why_invalid({{rectangle(0, 0, 9, 9), {}}, {{{{50, 50}, {51, 51}}}, {}}}, &near) ==
        "a ring has fewer than three corners that differ");
  CHECK(near == Vec2{50, 50});
  CHECK(Region::why_invalid({{{{{0, 0}, {10, 0}, {std::nan(""), 10}}}, {}}}) ==
        "a coordinate is not a number");
  CHECK_FALSE(Region::why_invalid({{{{{0, 0}, {10, 0}, {20, 0}}}, {}}}).empty());
}

TEST_CASE("the way round of a ring changes nothing", "[geometry]") {
  const Region one({{{{{0, 0}, {0, 4}, {4, 4}, {4, 0}}}, {}}});
  const Region other({{rectangle(0, 0, 4, 4), {}}});
  CHECK(one.area_m2() == 16);
  CHECK(other.area_m2() == 16);
  const Leg leg{0, 10, {-1, 2}, {1, 0}};
  CHECK(spans_in(one, leg) == spans_in(other, leg));
}

TEST_CASE("a point well inside, where the middle of the box is not", "[geometry]") {
  const Region ring({{rectangle(0, 0, 10, 10), {rectangle(4, 4, 6, 6)}}});
  CHECK(ring.contains(ring.point_inside()));
  CHECK(Region::circle({3, 4}, 2).point_inside() == Vec2{3, 4});
  // A horseshoe that opens to the north: through its middle runs the gap.
  const Region horseshoe({{{{{0, 0}, {10, 0}, {10, 10}, {9, 10}, {9, 1}, {1, 1}, {1, 10}, {0, 10}}}, {}}});
  CHECK_FALSE(horseshoe.contains({5, 5}));
  CHECK(horseshoe.contains(horseshoe.point_inside()));
  // A thin triangle and two islands far apart.
  const Region thin({{{{{0, 0}, {100, 1}, {0, 0.5}}}, {}}});
  CHECK(thin.contains(thin.point_inside()));
  const Region islands({{rectangle(0, 0, 1, 1), {}}, {rectangle(50, 80, 51, 81), {}}});
  CHECK(islands.contains(islands.point_inside()));
  Dice dice(21);
  for (int i = 0; i < 200; ++i) {
    const Region region({{coast(dice, 12, 1, 100), {}}});
    CHECK(region.contains(region.point_inside()));
  }
}
