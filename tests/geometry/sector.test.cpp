#include <numbers>

#include "catch.hpp"
#include "dronewall/geometry/leg.hpp"
#include "geometry/flights.hpp"

using namespace dronewall;

namespace {

constexpr double degree = std::numbers::pi / 180;

std::vector<Span> spans_in(const Leg& leg, Vec2 apex, double from_deg, double to_deg) {
  std::vector<Span> out;
  inside_sector(leg, apex, from_deg * degree, to_deg * degree, out);
  return out;
}

/// Bearing clockwise from north, in [0, 360).
double bearing_deg(Vec2 p) { return std::fmod(std::atan2(p.x, p.y) / degree + 360, 360); }

}  // namespace

TEST_CASE("a leg is cut by the edges of a sector", "[geometry]") {
  const Leg eastward{0, 20, {-10, 10}, {1, 0}};  // north of the origin
  CHECK(spans_in(eastward, {0, 0}, 0, 90) == std::vector<Span>{{10, 20}});
  CHECK(spans_in(eastward, {0, 0}, 270, 0) == std::vector<Span>{{0, 10}});
  CHECK(spans_in(eastward, {0, 0}, 90, 270).empty());
  CHECK(spans_in(eastward, {0, 0}, 270, 90) == std::vector<Span>{{0, 20}});

  const auto narrow = spans_in(eastward, {0, 0}, -30, 30);
  REQUIRE(narrow.size() == 1);
  CHECK(narrow[0].begin == Approx(10 - 10 / std::sqrt(3)).epsilon(1e-12));
  CHECK(narrow[0].end == Approx(10 + 10 / std::sqrt(3)).epsilon(1e-12));
}

TEST_CASE("a leg may leave a sector wider than half a turn and come back", "[geometry]") {
  const Leg eastward{0, 20, {-10, 10}, {1, 0}};
  const auto spans = spans_in(eastward, {0, 0}, 30, 330);
  REQUIRE(spans.size() == 2);
  CHECK(spans[0].begin == 0);
  CHECK(spans[0].end == Approx(10 - 10 / std::sqrt(3)).epsilon(1e-12));
  CHECK(spans[1].begin == Approx(10 + 10 / std::sqrt(3)).epsilon(1e-12));
  CHECK(spans[1].end == 20);
}

TEST_CASE("equal bearings, or bearings a turn apart, are the whole circle", "[geometry]") {
  const Leg leg{0, 20, {-10, 10}, {1, -1}};
  for (const auto& [from, to] : {std::pair{0., 360.}, {90., 90.}, {-180., 180.}, {10., 730.}})
    CHECK(spans_in(leg, {0, 0}, from, to) == std::vector<Span>{{0, 20}});
}

TEST_CASE("a leg along an edge of a sector, and a wait at its apex, are inside", "[geometry]") {
  const Leg eastward{0, 10, {5, 0}, {1, 0}};
  CHECK(spans_in(eastward, {0, 0}, 0, 90) == std::vector<Span>{{0, 10}});
  CHECK(spans_in(eastward, {0, 0}, 90, 180) == std::vector<Span>{{0, 10}});
  CHECK(spans_in(eastward, {0, 0}, 180, 270).empty());
  CHECK(spans_in({0, 10, {2, 3}, {0, 0}}, {2, 3}, 10, 20) == std::vector<Span>{{0, 10}});
}

TEST_CASE("spans in a sector agree with the bearing at each instant", "[geometry]") {
  Dice dice(13);
  int inside = 0;
  int twice = 0;
  for (int round = 0; round < 4'000; ++round) {
    const double from = dice.uniform(-720, 720);
    const double width = dice.uniform(0.1, 359.9);
    const Sector sector(from * degree, (from + width) * degree);
    const Vec2 apex = dice.point(1'000);
    const Leg leg{5, 105, dice.point(1'000), dice.point(30)};
    std::vector<Span> spans;
    sector.inside(leg, apex, spans);
    REQUIRE(is_merged(spans));
    twice += spans.size() == 2;
    for (int i = 0; i < 20; ++i) {
      const double t = dice.uniform(5, 105);
      const Vec2 p = leg.at(t) - apex;
      const bool expected = std::fmod(bearing_deg(p) - from + 1440, 360) <= width;
      inside += expected;
      REQUIRE((covers(spans, t) == expected || at_edge(spans, t, 1e-6)));
      REQUIRE((sector.contains(p) == expected || at_edge(spans, t, 1e-6)));
    }
  }
  CHECK(inside > 20'000);
  CHECK(twice > 100);
}
