// From degrees to the plane and back.
#pragma once
#include <utility>

#include "dronewall/geometry/point.hpp"

namespace dronewall {

/// Azimuthal equidistant projection about a centre on the WGS84 ellipsoid (GeographicLib): distance and
/// direction from the centre are exact; elsewhere distances stretch across that direction, by 1% at 1,500 km.
/// Latitudes in [−90, 90] and longitudes, degrees; others and NaN are a caller's bug.
class Projection {
 public:
  Projection(double centre_lat_deg, double centre_lon_deg);
  /// Metres, x to the east and y to the north of the centre.
  [[nodiscard]] Vec2 forward(double lat_deg, double lon_deg) const;
  /// {lat, lon} in degrees, lon in [−180, 180].
  [[nodiscard]] std::pair<double, double> backward(Vec2 point) const;

 private:
  double lat_deg_;
  double lon_deg_;
};

}  // namespace dronewall
