// Functions whose sensitivity is known, designs to try them on, and noise like that of replications.
#pragma once
#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

#include "dronewall/stats/sensitivity/responses.hpp"
#include "stats/samples.hpp"

namespace dronewall::test {

/// On [0, 1]^3, mapped to [−π, π]: sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1.
/// S = 0.3139, 0.4424, 0; T = 0.5576, 0.4424, 0.2437; variance 13.845.
/// Source: Ishigami and Homma, ISUMA 1990.
inline double ishigami(std::span<const double> u) {
  const auto x = [&](std::size_t k) { return (2 * u[k] - 1) * std::numbers::pi; };
  return std::sin(x(0)) * (1 + 0.1 * std::pow(x(2), 4)) + 7 * std::pow(std::sin(x(1)), 2);
}

/// Π (|4u − 2| + a) / (1 + a): V_k = 1 / (3 (1 + a_k)²), V = Π (1 + V_k) − 1, S_k = V_k / V,
/// T_k = V_k Π_others (1 + V) / V. Source: Sobol, Math. Comput. Simul. 55 (2001) 271.
struct GFunction {
  std::vector<double> a;
  double operator()(std::span<const double> u) const {
    double product = 1;
    for (std::size_t k = 0; k < a.size(); ++k) product *= (std::abs(4 * u[k] - 2) + a[k]) / (1 + a[k]);
    return product;
  }
  [[nodiscard]] double part(std::size_t k) const { return 1 / (3 * (1 + a[k]) * (1 + a[k])); }
  [[nodiscard]] double variance() const {
    double product = 1;
    for (std::size_t k = 0; k < a.size(); ++k) product *= 1 + part(k);
    return product - 1;
  }
  [[nodiscard]] double first(std::size_t k) const { return part(k) / variance(); }
  [[nodiscard]] double total(std::size_t k) const {
    return part(k) * (1 + variance()) / (1 + part(k)) / variance();
  }
};

inline double normal(Uniforms& uniform) {
  const double radius = std::sqrt(-2 * std::log(uniform()));
  return radius * std::cos(2 * std::numbers::pi * uniform());
}

/// N groups A_j, AB_1j …, B_j of uniforms.
inline UnitPoints saltelli_points(std::size_t n, std::size_t factors, Uniforms& uniform) {
  UnitPoints points{factors, {}};
  for (std::size_t j = 0; j < n; ++j) {
    std::vector<double> a(factors), b(factors);
    for (double& u : a) u = uniform();
    for (double& u : b) u = uniform();
    points.cells.insert(points.cells.end(), a.begin(), a.end());
    for (std::size_t k = 0; k < factors; ++k) {
      std::vector<double> ab = a;
      ab[k] = b[k];
      points.cells.insert(points.cells.end(), ab.begin(), ab.end());
    }
    points.cells.insert(points.cells.end(), b.begin(), b.end());
  }
  return points;
}

inline UnitPoints random_points(std::size_t n, std::size_t factors, Uniforms& uniform) {
  UnitPoints points{factors, std::vector<double>(n * factors)};
  for (double& u : points.cells) u = uniform();
  return points;
}

using Function = std::function<double(std::span<const double>)>;

/// Exact responses.
inline Responses exact(const UnitPoints& points, const Function& f) {
  Responses responses;
  for (std::size_t i = 0; i < points.size(); ++i) responses.add(f(points.row(i)), 0);
  return responses;
}

/// Each point with normal noise of its own.
inline Responses noisy(const UnitPoints& points, const Function& f, double sd, Uniforms& uniform) {
  Responses responses;
  for (std::size_t i = 0; i < points.size(); ++i)
    responses.add(f(points.row(i)) + sd * normal(uniform), sd * sd);
  return responses;
}

/// Common random numbers: batch b shifts every point by the same normal and tilts it along the first factor
/// by another, so that the noise of neighbours is nearly shared; its variance is estimated from the batches.
inline Responses on_shared_luck(const UnitPoints& points, const Function& f, double sd, std::size_t batches,
                                Uniforms& uniform) {
  std::vector<double> shift(batches), tilt(batches);
  for (double& z : shift) z = normal(uniform);
  for (double& z : tilt) z = normal(uniform);
  Responses responses;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto n = static_cast<double>(batches);
    std::vector<double> values(batches);
    double mean = 0, variance = 0;
    for (std::size_t b = 0; b < batches; ++b)
      values[b] = f(points.row(i)) + sd * std::sqrt(n) * (shift[b] + 0.3 * tilt[b] * points.at(i, 0));
    for (const double value : values) mean += value / n;
    for (const double value : values) variance += (value - mean) * (value - mean) / (n - 1) / n;
    responses.add(mean, variance, batches, values);
  }
  return responses;
}

}  // namespace dronewall::test
