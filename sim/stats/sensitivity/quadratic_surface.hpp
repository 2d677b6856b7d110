// Quadratic surfaces through responses: what of them has Sobol indices in closed form.
#pragma once
#include <Eigen/Dense>
#include <span>
#include <vector>

#include "dronewall/stats/sensitivity/sobol_indices.hpp"

namespace dronewall {

/// What of a surface's variance each factor makes.
struct SurfaceParts {
  double variance = 0;               ///< over the factors' margins
  std::vector<double> first, total;  ///< per factor: by itself, and with others
};

/// Σ c_k z_k + Σ q_k (z_k² − E z_k²) + Σ c_kl z_k z_l with z_k a factor about its mean, by least squares at
/// the chosen points: with as many of the terms as six points each can bear, those of pairs left out first,
/// then the squares. The terms are orthogonal over independent factors, so that each adds its own part to the
/// variance, and their mean is 0.
class QuadraticFit {
 public:
  QuadraticFit(const UnitPoints& points, std::span<const std::size_t> chosen, std::vector<Margin> margins);

  /// 0: there is no surface, and all else is 0.
  [[nodiscard]] std::size_t terms() const { return static_cast<std::size_t>(x_.cols()); }
  /// Coefficients of the surface nearest to these values, one per point of the design.
  [[nodiscard]] Eigen::VectorXd coefficients(std::span<const double> y) const;
  /// The surface at each point of the design, 0 where it was not chosen.
  [[nodiscard]] std::vector<double> values(const Eigen::VectorXd& coefficients) const;
  [[nodiscard]] SurfaceParts parts(const Eigen::VectorXd& coefficients) const;

 private:
  std::size_t points_;
  std::vector<std::size_t> chosen_;
  std::vector<Margin> margins_;
  bool squares_ = false, pairs_ = false;
  Eigen::MatrixXd x_;                                               // chosen × terms
  Eigen::CompleteOrthogonalDecomposition<Eigen::MatrixXd> normal_;  // of (1, x)' (1, x)
};

}  // namespace dronewall
