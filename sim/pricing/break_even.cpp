// The price at which an exchange ratio is the one asked for.
#include <algorithm>
#include <cmath>
#include <vector>

#include "dronewall/core/contracts.hpp"
#include "dronewall/pricing/quantities.hpp"
#include "dronewall/stats/rare_interval.hpp"

namespace dronewall {
namespace {

/// The price is (certain + Σ above × quantity) / Σ number × quantity, by group.
struct Solution {
  std::vector<double> above, number;
  double certain = 0;
};

bool is_in(const QuantityGroup& group, const MoneyTarget& target) {
  const bool attacker = group.role == CostRole::attacker && target.figure != MoneyTarget::Figure::defender;
  const bool defender = group.role == CostRole::defender && holds(target.view, group.account) &&
                        target.figure != MoneyTarget::Figure::attacker;
  return attacker || defender;
}

std::optional<Solution> solve(const PriceVectors& vectors, std::size_t vector, const MoneyTarget& target,
                              const std::string& item) {
  const bool is_ratio = target.figure == MoneyTarget::Figure::exchange;
  expects(!is_ratio || target.value > 0);
  const std::vector<QuantityGroup>& groups = vectors.table().groups();
  Solution solution{std::vector<double>(groups.size(), 0.0), std::vector<double>(groups.size(), 0.0),
                    is_ratio ? 0 : target.value};
  bool of_attacker = false, is_there = false;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (!is_in(groups[g], target)) continue;
    const bool attacker = groups[g].role == CostRole::attacker;
    if (groups[g].item == item) {
      solution.number[g] = 1;
      is_there = true;
      of_attacker = of_attacker || attacker;
    } else {
      // What is bought for the sum of the other prices: ratio × attacker − defender, or less of the cost.
      solution.above[g] =
          is_ratio && attacker ? target.value * vectors.prices(vector)[g] : -vectors.prices(vector)[g];
    }
  }
  if (!is_there) return std::nullopt;
  if (is_ratio && of_attacker)
    for (double& weight : solution.above) weight /= -target.value;
  return solution;
}

double mean_of(const QuantityTable& table, std::size_t point, const std::vector<double>& weights) {
  double mean = 0;
  for (std::size_t g = 0; g < weights.size(); ++g) mean += weights[g] * table.means(point)[g];
  return mean;
}

/// A group whose variance is not known and that has no part in it does not matter: 0 × NaN is not 0.
double covariance_of(const QuantityTable& table, std::size_t point, const std::vector<double>& x,
                     const std::vector<double>& y) {
  const std::span<const double> covariances = table.covariances(point);
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t j = 0; j < y.size(); ++j)
      if (x[i] != 0 && y[j] != 0) sum += x[i] * covariances[i * x.size() + j] * y[j];
  return sum;
}

double variance_of(const QuantityTable& table, std::size_t point, const std::vector<double>& weights) {
  return std::max(0.0, covariance_of(table, point, weights, weights));
}

/// Weights of groups apart: those that count events and are bought, and the rest.
struct Parts {
  std::vector<double> events, rest;
  double whole = 0;  ///< of the events; 0 without any
};

Parts apart(const QuantityTable& table, std::size_t point, const std::vector<double>& weights) {
  Parts parts{weights, weights};
  for (std::size_t g = 0; g < weights.size(); ++g) {
    const double whole = table.wholes(point)[g];
    const bool counts = weights[g] > 0 && whole > 0;  // NaN does not
    (counts ? parts.rest : parts.events)[g] = 0;
    if (counts) parts.whole = std::max(parts.whole, weights[g] * whole);
  }
  return parts;
}

/// The bounds of a sum whose chance is in few events, if it is; what else it holds must be without chance.
std::optional<ConfidenceInterval> rare_bounds(const QuantityTable& table, std::size_t point,
                                              const std::vector<double>& weights, double confidence) {
  const Parts parts = apart(table, point, weights);
  if (!(parts.whole > 0) || variance_of(table, point, parts.rest) != 0) return std::nullopt;
  const double n = static_cast<double>(table.replications(point)), mean = mean_of(table, point, parts.events);
  const double variance = variance_of(table, point, parts.events);
  const RareSum sum{table.replications(point), n * mean, (n - 1) * variance + n * mean * mean, parts.whole};
  if (!std::isfinite(variance) || !sum.is_rare()) return std::nullopt;
  ConfidenceInterval bounds = rare_mean_interval(sum, confidence);
  const double certain = mean_of(table, point, parts.rest);
  return ConfidenceInterval(bounds.low + certain, bounds.high + certain, bounds.method);
}

}  // namespace

std::optional<RatioMoments> break_even_price(const PriceVectors& vectors, std::size_t vector,
                                             std::size_t point, const MoneyTarget& target,
                                             const std::string& item) {
  const QuantityTable& table = vectors.table();
  const std::optional<Solution> solution = solve(vectors, vector, target, item);
  if (!solution) return std::nullopt;
  return RatioMoments{.n = table.replications(point),
                      .numerator_mean = solution->certain + mean_of(table, point, solution->above),
                      .denominator_mean = mean_of(table, point, solution->number),
                      .numerator_variance = variance_of(table, point, solution->above),
                      .denominator_variance = variance_of(table, point, solution->number),
                      .covariance = covariance_of(table, point, solution->above, solution->number)};
}

ConfidenceInterval break_even_interval(const PriceVectors& vectors, std::size_t vector, std::size_t point,
                                       const MoneyTarget& target, const std::string& item,
                                       double confidence) {
  const QuantityTable& table = vectors.table();
  const std::optional<Solution> solution = solve(vectors, vector, target, item);
  const auto moments = break_even_price(vectors, vector, point, target, item);
  if (!moments || moments->n < 2 || moments->denominator_mean == 0) return {};
  if (const auto above = rare_bounds(table, point, solution->above, confidence))
    return {above->low / moments->denominator_mean, above->high / moments->denominator_mean, above->method};
  const auto below = rare_bounds(table, point, solution->number, confidence);
  if (below && moments->numerator_mean >= 0)
    return {moments->numerator_mean / below->high, moments->numerator_mean / below->low, below->method};
  return fieller_interval(*moments, confidence);
}

}  // namespace dronewall
