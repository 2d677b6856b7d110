#include "dronewall/geometry/horizon.hpp"

#include <cmath>

#include "dronewall/core/contracts.hpp"

namespace dronewall {

double radar_horizon_m(double antenna_height_m, double target_height_m) {
  expects(antenna_height_m >= 0 && target_height_m >= 0);
  constexpr double earth_radius_m = 6'371'000;
  constexpr double effective_radius_m = earth_radius_m * 4 / 3;
  return std::sqrt(2 * effective_radius_m) * (std::sqrt(antenna_height_m) + std::sqrt(target_height_m));
}

}  // namespace dronewall
