#include "dronewall/geometry/projection.hpp"

#include <cmath>
#include <numbers>

#include "catch.hpp"
#include "geometry/flights.hpp"

using namespace dronewall;

namespace {

/// Great circle on a sphere of 6,371,008.8 m.
double haversine_m(double lat1, double lon1, double lat2, double lon2) {
  const double degree = std::numbers::pi / 180;
  const double north = std::sin((lat2 - lat1) * degree / 2);
  const double east = std::sin((lon2 - lon1) * degree / 2);
  const double h = north * north + std::cos(lat1 * degree) * std::cos(lat2 * degree) * east * east;
  return 2 * 6'371'008.8 * std::asin(std::sqrt(h));
}

}  // namespace

TEST_CASE("G08: distances from the centre are the ellipsoid's", "[geometry][analytic]") {
  const double d = length(Projection(51.5, 23.6).forward(52.2, 21.0));
  CHECK(d == Approx(195'341.5).margin(0.05));  // WGS84
  const double sphere = haversine_m(51.5, 23.6, 52.2, 21.0);
  CHECK(sphere == Approx(194'798.587).epsilon(1e-8));
  CHECK(d / sphere == Approx(1.0028).margin(5e-5));  // 0.28% more, as the case says
}

TEST_CASE("north is up, east is right, and the centre is the origin", "[geometry]") {
  const Projection projection(52, 19);
  CHECK(length(projection.forward(52, 19)) == Approx(0).margin(1e-9));
  const Vec2 north = projection.forward(53, 19);
  CHECK(north.x == Approx(0).margin(1e-6));
  // The meridian degree between 52 and 53 N on WGS84, from its series: 111,132.92 − 559.82 cos 2φ + 1.175 cos
  // 4φ.
  CHECK(north.y == Approx(111'276).margin(3));
  const Vec2 east = projection.forward(52, 20);
  CHECK(east.x > 68'000);
  CHECK(std::abs(east.y) < 1'000);
}

TEST_CASE("projecting back returns the place", "[geometry]") {
  const Projection projection(52, 19);
  Dice dice(14);
  for (int round = 0; round < 500; ++round) {
    const double lat = dice.uniform(35, 70);
    const double lon = dice.uniform(-10, 45);
    const auto [lat_back, lon_back] = projection.backward(projection.forward(lat, lon));
    REQUIRE(std::abs(lat_back - lat) < 1e-9);
    REQUIRE(std::abs(lon_back - lon) < 1e-9);
  }
}
