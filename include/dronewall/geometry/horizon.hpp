// The radar horizon.
#pragma once

namespace dronewall {

/// Radar horizon between an antenna and a target over a smooth Earth, metres along the ground:
///     d = sqrt(2 k R) (sqrt(h_antenna) + sqrt(h_target)),   k = 4/3, R = 6,371,000 m
/// Heights are metres above the surface; negative or NaN is a caller's bug. Terrain is not masked.
/// Check value: 20 m and 100 m give 59,651.4222 m. Source: effective Earth radius, Recommendation ITU-R
/// P.834.
[[nodiscard]] double radar_horizon_m(double antenna_height_m, double target_height_m);

}  // namespace dronewall
