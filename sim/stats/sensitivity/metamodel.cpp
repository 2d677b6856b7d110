#include "dronewall/stats/sensitivity/metamodel.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <vector>

#include "dronewall/core/contracts.hpp"
#include "dronewall/stats/interval.hpp"

namespace dronewall {
namespace {

/// 1 and the factors about the middle of their ranges.
Eigen::VectorXd regressors(std::span<const double> unit_values) {
  Eigen::VectorXd x(static_cast<Eigen::Index>(unit_values.size()) + 1);
  x[0] = 1;
  for (std::size_t k = 0; k < unit_values.size(); ++k)
    x[static_cast<Eigen::Index>(k) + 1] = unit_values[k] - 0.5;
  return x;
}

}  // namespace

/// What is kept of the least squares: coefficients, and how they answer to each point.
struct LinearMetamodel::Fit {
  Eigen::VectorXd coefficients;
  Eigen::MatrixXd to_coefficients;  // (X'X)⁻¹ X', coefficients × points
  Eigen::ArrayXd left_out_errors;   // e / (1 − h)
  Eigen::ArrayXd noise_in_errors;   // what variance noise has left in each of them
  Responses responses;

  /// Σ over points of weight² × error², less what of it is noise, and in its place what noise does to the
  /// sum.
  [[nodiscard]] double variance_of(const Eigen::VectorXd& x) const {
    const Eigen::VectorXd weights = to_coefficients.transpose() * x;
    const double bent = (weights.array().square() * (left_out_errors.square() - noise_in_errors)).sum();
    const std::span<const double> span(weights.data(), static_cast<std::size_t>(weights.size()));
    return std::max(0.0, bent) + responses.noise_of_sum(span);
  }

  /// How well what noise does to the sum is known.
  [[nodiscard]] double noise_degrees_of(const Eigen::VectorXd& x) const {
    const Eigen::VectorXd weights = to_coefficients.transpose() * x;
    return responses.degrees_of_sum({weights.data(), static_cast<std::size_t>(weights.size())});
  }

  /// What variance noise leaves in the left-out errors; `spared` is 1 − leverage by point.
  void take_noise(const Eigen::MatrixXd& x, const Eigen::ArrayXd& spared) {
    noise_in_errors = Eigen::ArrayXd::Zero(x.rows());
    const std::size_t batches = responses.batches();
    if (batches == 0) {  // Its own: var (I − H) ε of a point is Σ (I − H)² var ε, by columns.
      Eigen::ArrayXd own(x.rows());
      for (Eigen::Index i = 0; i < x.rows(); ++i)
        own[i] = responses.noise(static_cast<std::size_t>(i), static_cast<std::size_t>(i));
      const Eigen::MatrixXd scaled = to_coefficients * own.matrix().asDiagonal();
      const Eigen::MatrixXd both = scaled * to_coefficients.transpose();
      noise_in_errors = own - 2 * (x.array() * scaled.transpose().array()).rowwise().sum() +
                        ((x * both).array() * x.array()).rowwise().sum();
    }
    std::vector<double> one(batches, 0.0);
    for (std::size_t b = 0; b < batches; ++b) {
      one[b] = 1;
      const std::vector<double> of_batch = responses.noise_from(one);
      one[b] = 0;
      const Eigen::Map<const Eigen::VectorXd> noise(of_batch.data(), x.rows());
      noise_in_errors += (noise - x * (to_coefficients * noise)).array().square();
    }
    noise_in_errors /= spared.square();
  }
};

LinearMetamodel::LinearMetamodel(const UnitPoints& points, const Responses& responses, double confidence)
    : fit_(std::make_unique<Fit>()) {
  expects(points.size() == responses.size() && 0 < confidence && confidence < 1);
  std::vector<std::size_t> there;
  for (std::size_t i = 0; i < responses.size(); ++i)
    if (!std::isnan(responses.mean(i))) there.push_back(i);
  points_ = there.size();
  const std::size_t columns = points.factors + 1;
  if (points_ < columns + 2) {
    why_not_ = "a plane needs at least three points more than there are factors";
    return;
  }
  fit_->responses = responses.of(there);
  Eigen::MatrixXd x(points_, columns);
  Eigen::VectorXd y(points_);
  for (std::size_t i = 0; i < points_; ++i) {
    x.row(static_cast<Eigen::Index>(i)) = regressors(points.row(there[i])).transpose();
    y[static_cast<Eigen::Index>(i)] = responses.mean(there[i]);
  }
  const Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(x);
  if (qr.rank() < static_cast<Eigen::Index>(columns)) {
    why_not_ = "some factor never moves by itself: its effect cannot be told from the others'";
    return;
  }
  fit_->to_coefficients = (x.transpose() * x).ldlt().solve(x.transpose());
  fit_->coefficients = qr.solve(y);
  const Eigen::VectorXd leverage = (x.array() * fit_->to_coefficients.transpose().array()).rowwise().sum();
  const Eigen::VectorXd residuals = y - x * fit_->coefficients;
  // A point that alone fixes a coefficient has leverage 1: the plane goes through it and learns no error.
  const Eigen::ArrayXd spared = (leverage.array() < 1 - 1e-9).select(1 - leverage.array(), 1.0);
  fit_->left_out_errors = residuals.array() / spared;
  const auto n = static_cast<double>(points_);
  const double variance = (y.array() - y.mean()).square().sum() / (n - 1);
  const double squares = fit_->left_out_errors.square().mean();
  cv_error_ = std::sqrt(squares);
  cv_r2_ = variance > 0 ? 1 - squares / variance : 0;
  fit_->take_noise(x, spared);
  noise_error_ = std::sqrt(std::max(0.0, fit_->noise_in_errors.mean()));
  centre_ = fit_->coefficients[0];

  degrees_ = std::min(n - static_cast<double>(columns), responses.degrees());
  double explained = 0;
  for (std::size_t k = 0; k < points.factors; ++k) {
    const auto column = static_cast<Eigen::Index>(k) + 1;
    MetamodelEffect effect;
    effect.slope = fit_->coefficients[column];
    const auto unit = Eigen::VectorXd::Unit(static_cast<Eigen::Index>(columns), column);
    const double t =
        student_t_quantile((1 + confidence) / 2, std::min(degrees_, fit_->noise_degrees_of(unit)));
    const double half = t * std::sqrt(fit_->variance_of(unit));
    effect.low = effect.slope - half;
    effect.high = effect.slope + half;
    effect.told_from_0 = effect.low > 0 || effect.high < 0;
    const double spread = (x.col(column).array() - x.col(column).mean()).square().sum() / (n - 1);
    effect.share = effect.slope * effect.slope * spread;
    explained += effect.share;
    effects_.push_back(effect);
  }
  for (MetamodelEffect& effect : effects_) effect.share = explained > 0 ? effect.share / explained : 0;
}

LinearMetamodel::~LinearMetamodel() = default;
LinearMetamodel::LinearMetamodel(LinearMetamodel&&) noexcept = default;
LinearMetamodel& LinearMetamodel::operator=(LinearMetamodel&&) noexcept = default;

double LinearMetamodel::predict(std::span<const double> unit_values) const {
  expects(why_not_.empty());
  return fit_->coefficients.dot(regressors(unit_values));
}

double LinearMetamodel::standard_error(std::span<const double> unit_values) const {
  expects(why_not_.empty());
  return std::sqrt(fit_->variance_of(regressors(unit_values)));
}

double LinearMetamodel::model_error() const {
  return std::sqrt(std::max(0.0, cv_error_ * cv_error_ - noise_error_ * noise_error_));
}

}  // namespace dronewall
