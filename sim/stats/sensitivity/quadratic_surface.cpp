#include "stats/sensitivity/quadratic_surface.hpp"

#include "dronewall/core/contracts.hpp"

namespace dronewall {
namespace {

constexpr std::size_t points_per_term = 6;

Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }

std::size_t count_terms(std::size_t factors, bool squares, bool pairs) {
  return factors * (squares ? 2 : 1) + (pairs ? factors * (factors - 1) / 2 : 0);
}

}  // namespace

QuadraticFit::QuadraticFit(const UnitPoints& points, std::span<const std::size_t> chosen,
                           std::vector<Margin> margins)
    : points_(points.size()), chosen_(chosen.begin(), chosen.end()), margins_(std::move(margins)) {
  expects(margins_.size() == points.factors);
  const std::size_t d = points.factors;
  const auto borne = [&](bool squares, bool pairs) {
    return (count_terms(d, squares, pairs) + 1) * points_per_term <= chosen_.size();
  };
  squares_ = borne(true, false);
  pairs_ = borne(true, true);
  if (!borne(false, false)) return;
  x_.resize(index(chosen_.size()), index(count_terms(d, squares_, pairs_)));
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    const auto z = [&](std::size_t k) { return points.at(chosen_[i], k) - margins_[k].mean; };
    Eigen::Index term = 0;
    for (std::size_t k = 0; k < d; ++k) x_(index(i), term++) = z(k);
    for (std::size_t k = 0; k < d && squares_; ++k) x_(index(i), term++) = z(k) * z(k) - margins_[k].second;
    for (std::size_t k = 0; k < d && pairs_; ++k)
      for (std::size_t l = k + 1; l < d; ++l) x_(index(i), term++) = z(k) * z(l);
  }
  Eigen::MatrixXd normal(x_.cols() + 1, x_.cols() + 1);
  normal << static_cast<double>(x_.rows()), x_.colwise().sum(), x_.colwise().sum().transpose(),
      x_.transpose() * x_;
  normal_.compute(normal);  // A factor of two values has no square of its own: the smallest of solutions.
}

Eigen::VectorXd QuadraticFit::coefficients(std::span<const double> y) const {
  expects(y.size() == points_);
  if (terms() == 0) return {};
  Eigen::VectorXd chosen(x_.rows()), products(x_.cols() + 1);
  for (std::size_t i = 0; i < chosen_.size(); ++i) chosen[index(i)] = y[chosen_[i]];
  products << chosen.sum(), x_.transpose() * chosen;
  return normal_.solve(products).tail(x_.cols());
}

std::vector<double> QuadraticFit::values(const Eigen::VectorXd& coefficients) const {
  std::vector<double> values(points_, 0.0);
  if (terms() == 0) return values;
  const Eigen::VectorXd chosen = x_ * coefficients;
  for (std::size_t i = 0; i < chosen_.size(); ++i) values[chosen_[i]] = chosen[index(i)];
  return values;
}

SurfaceParts QuadraticFit::parts(const Eigen::VectorXd& coefficients) const {
  const std::size_t d = margins_.size();
  SurfaceParts parts{0, std::vector<double>(d, 0.0), std::vector<double>(d, 0.0)};
  if (terms() == 0) return parts;
  for (std::size_t k = 0; k < d; ++k) {
    const Margin& m = margins_[k];
    const double c = coefficients[index(k)], q = squares_ ? coefficients[index(d + k)] : 0;
    const double own = c * c * m.second + 2 * c * q * m.third + q * q * (m.fourth - m.second * m.second);
    parts.first[k] += own, parts.total[k] += own, parts.variance += own;
  }
  std::size_t term = 2 * d;
  for (std::size_t k = 0; k < d && pairs_; ++k)
    for (std::size_t l = k + 1; l < d; ++l, ++term) {
      const double c = coefficients[index(term)];
      const double both = c * c * margins_[k].second * margins_[l].second;
      parts.total[k] += both, parts.total[l] += both, parts.variance += both;
    }
  return parts;
}

}  // namespace dronewall
