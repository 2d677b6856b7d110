#include "dronewall/geometry/horizon.hpp"

#include <cmath>

#include "catch.hpp"

using namespace dronewall;

TEST_CASE("G01: radar horizon over a 4/3 Earth", "[geometry][analytic]") {
  CHECK(radar_horizon_m(20, 100) == Approx(59651.4222).epsilon(1e-9));
  CHECK(radar_horizon_m(100, 20) == radar_horizon_m(20, 100));
  CHECK(radar_horizon_m(0, 0) == 0);
}

TEST_CASE("the radar horizon is the tangent's arc to a thousandth", "[geometry]") {
  const double radius = 6'371'000 * 4.0 / 3;
  const auto arc = [radius](double height) { return radius * std::acos(radius / (radius + height)); };
  CHECK(radar_horizon_m(20, 100) == Approx(arc(20) + arc(100)).epsilon(1e-3));
  CHECK(radar_horizon_m(20, 10'000) == Approx(arc(20) + arc(10'000)).epsilon(1e-3));
}
