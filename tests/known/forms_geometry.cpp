// Closed forms of horizons, chords, collision courses and geodesics.
#include <cmath>
#include <numbers>

#include "closed_forms.hpp"

namespace dronewall::known {
namespace {

constexpr double pi = std::numbers::pi;
double square(double x) { return x * x; }
double radians(double degrees) { return degrees * pi / 180; }

double horizon_m(const Parameters& p) {
  return std::sqrt(2 * p.at("k") * p.at("R")) * (std::sqrt(p.at("hr")) + std::sqrt(p.at("ht")));
}

double chord_s(const Parameters& p) {
  return 2 * std::sqrt(square(p.at("R")) - square(p.at("b"))) / p.at("v");
}

double mean_chord_s(const Parameters& p) { return pi * p.at("R") / (2 * p.at("v")); }

double chord_variance_s2(const Parameters& p) {
  return square(p.at("R") / p.at("v")) * (8.0 / 3 - square(pi) / 4);
}

/// Smallest t > 0 with |(x, y) + (vx, vy) t| = w t; the target is slower than w.
double meeting_s(double x, double y, double vx, double vy, double w) {
  const double a = vx * vx + vy * vy - w * w, b = 2 * (x * vx + y * vy), c = x * x + y * y;
  return (-b - std::sqrt(b * b - 4 * a * c)) / (2 * a);
}

double collision_s(const Parameters& p) {
  return meeting_s(p.at("px"), p.at("py"), p.at("vx"), p.at("vy"), p.at("w"));
}
double collision_x_m(const Parameters& p) { return p.at("px") + p.at("vx") * collision_s(p); }
double collision_y_m(const Parameters& p) { return p.at("py") + p.at("vy") * collision_s(p); }

/// The fighter's flight: seen from the base at take-off the drone has already flown for tau.
double scramble_flight_s(const Parameters& p) {
  const double drone_x = p.at("px") - p.at("v") * p.at("tau");
  return meeting_s(drone_x - p.at("bx"), -p.at("by"), -p.at("v"), 0, p.at("w"));
}
double scramble_s(const Parameters& p) { return p.at("tau") + scramble_flight_s(p); }
double scramble_distance_m(const Parameters& p) { return std::abs(p.at("px") - p.at("v") * scramble_s(p)); }

/// Distance on the WGS 84 ellipsoid. Vincenty, Direct and inverse solutions of geodesics on the ellipsoid
/// with application of nested equations, Survey Review 23 (1975): iterated until the longitude on the
/// auxiliary sphere stands still, good to 0.1 mm.
double geodesic_m(double lat1, double lon1, double lat2, double lon2) {
  constexpr double a = 6'378'137, f = 1 / 298.257223563, b = (1 - f) * a;
  const double u1 = std::atan((1 - f) * std::tan(radians(lat1)));
  const double u2 = std::atan((1 - f) * std::tan(radians(lat2)));
  const double difference = radians(lon2 - lon1);
  double lambda = difference, sin_sigma = 0, cos_sigma = 1, sigma = 0, cos2_alpha = 1, cos_2m = 0;
  for (int i = 0; i < 50; ++i) {
    const double x = std::cos(u2) * std::sin(lambda);
    const double y = std::cos(u1) * std::sin(u2) - std::sin(u1) * std::cos(u2) * std::cos(lambda);
    sin_sigma = std::hypot(x, y);
    cos_sigma = std::sin(u1) * std::sin(u2) + std::cos(u1) * std::cos(u2) * std::cos(lambda);
    sigma = std::atan2(sin_sigma, cos_sigma);
    const double sin_alpha = std::cos(u1) * std::cos(u2) * std::sin(lambda) / sin_sigma;
    cos2_alpha = 1 - square(sin_alpha);
    cos_2m = cos_sigma - 2 * std::sin(u1) * std::sin(u2) / cos2_alpha;
    const double c = f / 16 * cos2_alpha * (4 + f * (4 - 3 * cos2_alpha));
    const double inner = cos_2m + c * cos_sigma * (2 * square(cos_2m) - 1);
    lambda = difference + (1 - c) * f * sin_alpha * (sigma + c * sin_sigma * inner);
  }
  const double u = cos2_alpha * (square(a) - square(b)) / square(b);
  const double big_a = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)));
  const double big_b = u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)));
  const double third = big_b / 6 * cos_2m * (4 * square(sin_sigma) - 3) * (4 * square(cos_2m) - 3);
  const double second = big_b / 4 * (cos_sigma * (2 * square(cos_2m) - 1) - third);
  return b * big_a * (sigma - big_b * sin_sigma * (cos_2m + second));
}

double geodesic(const Parameters& p) {
  return geodesic_m(p.at("lat1"), p.at("lon1"), p.at("lat2"), p.at("lon2"));
}
double geodesic_s(const Parameters& p) { return geodesic(p) / p.at("v"); }

}  // namespace

const std::vector<ClosedForm>& geometry_forms() {
  static const std::vector<ClosedForm> forms{{"G01", "parabolic_m", horizon_m},
                                             {"G02", "dwell_s", chord_s},
                                             {"G03", "mean_s", mean_chord_s},
                                             {"G03", "var_s2", chord_variance_s2},
                                             {"G04", "t_s", collision_s},
                                             {"G04", "x_m", collision_x_m},
                                             {"G04", "y_m", collision_y_m},
                                             {"G05", "t_intercept_s", scramble_s},
                                             {"G05", "distance_to_asset_m", scramble_distance_m},
                                             {"G05", "flight_s", scramble_flight_s},
                                             {"G08", "d_m", geodesic},
                                             {"G08", "t_s", geodesic_s}};
  return forms;
}

}  // namespace dronewall::known
