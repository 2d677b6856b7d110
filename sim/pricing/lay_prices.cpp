// Prices × quantities as products of matrices: what 10,000 points times 200 vectors of prices cost in time.
#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "dronewall/core/contracts.hpp"
#include "dronewall/pricing/quantities.hpp"

namespace dronewall {
namespace {

using Row = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using ConstRows = Eigen::Map<const Row>;

/// The groups that a view holds, and those of the attacker; all of them, or only those that vary at a point.
struct Sides {
  std::vector<Eigen::Index> defender, attacker;
};

Sides sides_of(const QuantityTable& table, View view) {
  Sides sides;
  const std::vector<QuantityGroup>& groups = table.groups();
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (groups[g].role == CostRole::attacker) sides.attacker.push_back(static_cast<Eigen::Index>(g));
    if (groups[g].role == CostRole::defender && holds(view, groups[g].account))
      sides.defender.push_back(static_cast<Eigen::Index>(g));
  }
  return sides;
}

std::vector<Eigen::Index> varying_of(const std::vector<Eigen::Index>& all, const ConstRows& covariances) {
  std::vector<Eigen::Index> varying;
  std::copy_if(all.begin(), all.end(), std::back_inserter(varying),
               [&](Eigen::Index g) { return covariances(g, g) != 0; });  // NaN varies, too
  return varying;
}

/// Prices of some groups: groups × vectors.
Eigen::MatrixXd prices_of(const ConstRows& prices, const std::vector<Eigen::Index>& groups) {
  return prices(Eigen::all, groups).transpose();
}

/// The variance of each vector's sum, Σ p (S p); a group whose variance is not known counts where it is
/// priced.
Eigen::RowVectorXd products(const Eigen::MatrixXd& first, const Eigen::MatrixXd& covariance,
                            const Eigen::MatrixXd& second) {
  if (first.rows() == 0 || second.rows() == 0) return Eigen::RowVectorXd::Zero(first.cols());
  const Eigen::MatrixXd laid = covariance * second;
  return first.cwiseProduct(laid).colwise().sum();
}

/// Marks what is not known: NaN for each vector that prices a group of unknown variance.
void spread_unknown(const ConstRows& covariances, const std::vector<Eigen::Index>& groups,
                    const ConstRows& prices, std::span<PricedPoint> out, double PricedPoint::*figure) {
  for (const Eigen::Index g : groups)
    if (std::isnan(covariances(g, g)))
      for (std::size_t v = 0; v < out.size(); ++v)
        if (prices(static_cast<Eigen::Index>(v), g) != 0)
          out[v].*figure = out[v].covariance = std::numeric_limits<double>::quiet_NaN();
}

/// What of a sum over groups of one role a figure takes: prices × means, per vector.
Eigen::VectorXd sums_of(const ConstRows& prices, const Eigen::Map<const Eigen::VectorXd>& means,
                        const std::vector<Eigen::Index>& groups) {
  Eigen::VectorXd sums = Eigen::VectorXd::Zero(prices.rows());
  for (const Eigen::Index g : groups)
    if (means[g] != 0) sums += means[g] * prices.col(g);
  return sums;
}

}  // namespace

void lay_prices(const PriceVectors& vectors, std::size_t point, View view, std::span<PricedPoint> out) {
  const QuantityTable& table = vectors.table();
  expects(point < table.points() && out.size() == vectors.size());
  if (out.empty()) return;
  const auto g = static_cast<Eigen::Index>(table.groups().size());
  const ConstRows prices(vectors.prices(0).data(), static_cast<Eigen::Index>(out.size()), g);
  const ConstRows covariances(table.covariances(point).data(), g, g);
  const Eigen::Map<const Eigen::VectorXd> means(table.means(point).data(), g);

  const Sides sides = sides_of(table, view);
  const Eigen::VectorXd defender = sums_of(prices, means, sides.defender);
  const Eigen::VectorXd attacker = sums_of(prices, means, sides.attacker);
  const std::vector<Eigen::Index> d = varying_of(sides.defender, covariances);
  const std::vector<Eigen::Index> a = varying_of(sides.attacker, covariances);
  const Eigen::MatrixXd of_d = prices_of(prices, d), of_a = prices_of(prices, a);
  const auto block = [&](const std::vector<Eigen::Index>& rows, const std::vector<Eigen::Index>& columns) {
    Eigen::MatrixXd cut = covariances(rows, columns);
    return cut.array().isNaN().select(0, cut).matrix().eval();
  };
  const Eigen::RowVectorXd dd = products(of_d, block(d, d), of_d);
  const Eigen::RowVectorXd da = products(of_d, block(d, a), of_a);
  const Eigen::RowVectorXd aa = products(of_a, block(a, a), of_a);
  for (std::size_t v = 0; v < out.size(); ++v) {
    const auto i = static_cast<Eigen::Index>(v);
    // Rounding may take a variance below 0 where terms cancel.
    out[v] = {defender[i], attacker[i], std::max(0.0, dd[i]), std::max(0.0, aa[i]), da[i]};
  }
  spread_unknown(covariances, sides.defender, prices, out, &PricedPoint::defender_variance);
  spread_unknown(covariances, sides.attacker, prices, out, &PricedPoint::attacker_variance);
}

}  // namespace dronewall
