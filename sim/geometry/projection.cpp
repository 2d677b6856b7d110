#include "dronewall/geometry/projection.hpp"

#include <GeographicLib/AzimuthalEquidistant.hpp>
#include <GeographicLib/Geodesic.hpp>
#include <cmath>

#include "dronewall/core/contracts.hpp"

namespace dronewall {
namespace {

bool is_place(double lat_deg, double lon_deg) { return std::abs(lat_deg) <= 90 && std::isfinite(lon_deg); }

GeographicLib::AzimuthalEquidistant wgs84() {
  return GeographicLib::AzimuthalEquidistant(GeographicLib::Geodesic::WGS84());
}

}  // namespace

Projection::Projection(double centre_lat_deg, double centre_lon_deg)
    : lat_deg_(centre_lat_deg), lon_deg_(centre_lon_deg) {
  expects(is_place(centre_lat_deg, centre_lon_deg));
}

Vec2 Projection::forward(double lat_deg, double lon_deg) const {
  expects(is_place(lat_deg, lon_deg));
  Vec2 point;
  wgs84().Forward(lat_deg_, lon_deg_, lat_deg, lon_deg, point.x, point.y);
  return point;
}

std::pair<double, double> Projection::backward(Vec2 point) const {
  double lat_deg = 0;
  double lon_deg = 0;
  wgs84().Reverse(lat_deg_, lon_deg_, point.x, point.y, lat_deg, lon_deg);
  return {lat_deg, lon_deg};
}

}  // namespace dronewall
