#include "random/quantiles.hpp"

#include <algorithm>
#include <bit>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <cstdint>

#include "dronewall/core/contracts.hpp"
#include "dronewall/random/elementary.hpp"

namespace dronewall {

namespace {

namespace policies = boost::math::policies;
// In double throughout (long double differs between hosts), and without exceptions: results are checked here.
using Plain =
    policies::policy<policies::promote_double<false>, policies::overflow_error<policies::ignore_error>,
                     policies::underflow_error<policies::ignore_error>,
                     policies::evaluation_error<policies::ignore_error>>;

/// Ratio of two polynomials of degree 7 by Horner's rule, coefficients from the constant up.
double ratio(const double (&above)[8], const double (&below)[8], double x) {
  double numerator = above[7], denominator = below[7];
  for (int i = 6; i >= 0; --i) {
    numerator = numerator * x + above[i];
    denominator = denominator * x + below[i];
  }
  return numerator / denominator;
}

// The three ranges of AS 241: |p − 1/2| <= 0.425, then sqrt(−ln tail) up to 5, then beyond.
constexpr double centre_above[] = {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                                   1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                                   3.3430575583588128105e4, 2.5090809287301226727e3};
constexpr double centre_below[] = {1.0,
                                   4.2313330701600911252e1,
                                   6.8718700749205790830e2,
                                   5.3941960214247511077e3,
                                   2.1213794301586595867e4,
                                   3.9307895800092710610e4,
                                   2.8729085735721942674e4,
                                   5.2264952788528545610e3};
constexpr double middle_above[] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                   5.76949722146069140550e0,  3.64784832476320460504e0,
                                   1.27045825245236838258e0,  2.41780725177450611770e-1,
                                   2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr double middle_below[] = {1.0,
                                   2.05319162663775882187e0,
                                   1.67638483018380384940e0,
                                   6.89767334985100004550e-1,
                                   1.48103976427480074590e-1,
                                   1.51986665636164571966e-2,
                                   5.47593808499534494600e-4,
                                   1.05075007164441684324e-9};
constexpr double tail_above[] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                 1.78482653991729133580e0,  2.96560571828504891230e-1,
                                 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                 2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr double tail_below[] = {1.0,
                                 5.99832206555887937690e-1,
                                 1.36929880922735805310e-1,
                                 1.48753612908506148525e-2,
                                 7.86869131145613259100e-4,
                                 1.84631831751005468180e-5,
                                 1.42151175831644588870e-7,
                                 2.04426310338993978564e-15};

}  // namespace

double normal_quantile(double p) {
  const double q = p - 0.5;
  if (std::fabs(q) <= 0.425) return q * ratio(centre_above, centre_below, 0.180625 - q * q);
  const double r = std::sqrt(-draw_log(q < 0 ? p : 1 - p));
  const double z = r <= 5 ? ratio(middle_above, middle_below, r - 1.6) : ratio(tail_above, tail_below, r - 5);
  return q < 0 ? -z : z;
}

double cut_tail(double tail) {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(tail) & ~std::uint64_t{0xffff});
}

double beta_lower(double a, double b, double p) { return boost::math::ibeta_inv(a, b, p, Plain()); }

double beta_upper(double a, double b, double q) { return boost::math::ibetac_inv(a, b, q, Plain()); }

double beta_rest(double a, double b, double q) {
  double rest = 0;
  (void)boost::math::ibetac_inv(a, b, q, &rest, Plain());
  return rest;
}

double gamma_lower(double shape, double p) { return boost::math::gamma_p_inv(shape, p, Plain()); }
double gamma_upper(double shape, double q) { return boost::math::gamma_q_inv(shape, q, Plain()); }

double beta_quantile(double a, double b, double p) {
  return p <= 0.5 ? beta_lower(a, b, cut_tail(p)) : beta_upper(a, b, cut_tail(1 - p));
}

double gamma_quantile(double shape, double p) {
  return p <= 0.5 ? gamma_lower(shape, cut_tail(p)) : gamma_upper(shape, cut_tail(1 - p));
}

std::vector<double> poisson_cumulated(double mean) {
  expects(mean > 0 && mean <= 500);  // e^-500 is still a normal number
  std::vector<double> cumulated;
  double sum = 0;
  // The sum of what is left out stays below the last bit of 1.
  for (double k = 0, term = draw_exp(-mean); k <= mean || term > 0x1p-60; ++k, term *= mean / k) {
    sum += term;
    cumulated.push_back(sum);
  }
  for (double& value : cumulated) value = std::min(1.0, value / sum);
  return cumulated;
}

double large_poisson_quantile(double mean, double u) {
  expects(mean >= 500 && mean <= 1e15);
  const double z = normal_quantile(u), z2 = z * z;
  const double root = std::sqrt(mean);
  const double first = 1.0 / 3 + z2 / 6;
  const double second = -z * (2 + z2) / 72;
  const double third = (-16 + z2 * (7 + 3 * z2)) / 810;
  return std::floor(mean + (root * z + (first + (second + third / root) / root)));
}

}  // namespace dronewall
