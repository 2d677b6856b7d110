#include "dronewall/stats/sensitivity/responses.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "dronewall/core/contracts.hpp"

namespace dronewall {
namespace {

constexpr double a_great_many = 1e6;

/// Deviations from their mean, scaled to length 1; zeros where nothing deviates.
std::vector<double> direction_of(std::span<const double> values) {
  std::vector<double> direction(values.begin(), values.end());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  double squares = 0;
  for (double& value : direction) value -= mean, squares += value * value;
  const double length = std::sqrt(squares);
  for (double& value : direction) value = length > 0 ? value / length : 0;
  return direction;
}

}  // namespace

void Responses::add(double mean, double variance) {
  expects(batches_ == 0 && variance >= 0);
  means_.push_back(mean);
  sds_.push_back(std::sqrt(variance));
  root_n_.push_back(1);
}

void Responses::add(double mean, double variance, std::uint64_t replications,
                    std::span<const double> batches) {
  expects(batches.size() >= 2 && variance >= 0 && replications > 0);
  expects(means_.empty() || batches.size() == batches_);
  batches_ = batches.size();
  means_.push_back(mean);
  sds_.push_back(std::sqrt(variance));
  root_n_.push_back(std::sqrt(static_cast<double>(replications)));
  const std::vector<double> direction = direction_of(batches);
  directions_.insert(directions_.end(), direction.begin(), direction.end());
}

double Responses::noise(std::size_t first, std::size_t second) const {
  if (first == second) return sds_[first] * sds_[first];
  const double* a = directions_.data() + first * batches_;
  const double correlation = std::inner_product(a, a + batches_, directions_.data() + second * batches_, 0.0);
  // Of two means only the replications that both have are shared: cov = c / max(n, m).
  const double fewer = std::min(root_n_[first], root_n_[second]);
  const double more = std::max(root_n_[first], root_n_[second]);
  return correlation * sds_[first] * sds_[second] * (fewer / more);
}

double Responses::noise_of_difference(std::size_t first, std::size_t second) const {
  return std::max(0.0, noise(first, first) + noise(second, second) - 2 * noise(first, second));
}

double Responses::noise_of_sum(std::span<const double> weights) const {
  expects(weights.size() == size());
  if (batches_ == 0) {
    double sum = 0;
    for (std::size_t i = 0; i < size(); ++i) sum += weights[i] * weights[i] * sds_[i] * sds_[i];
    return sum;
  }
  // cov = c / max(n, m) = c min(1/n, 1/m): a sum over levels of 1/n, from the points with the fewest on.
  std::vector<std::size_t> order(size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return root_n_[a] < root_n_[b]; });
  const auto level = [&](std::size_t k) {
    return k < order.size() ? 1 / (root_n_[order[k]] * root_n_[order[k]]) : 0.0;
  };
  std::vector<double> along(batches_, 0.0);
  double sum = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const std::size_t i = order[k];
    for (std::size_t b = 0; b < batches_; ++b)
      along[b] += weights[i] * sds_[i] * root_n_[i] * directions_[i * batches_ + b];
    if (const double drop = level(k) - level(k + 1); drop > 0)
      sum += drop * std::inner_product(along.begin(), along.end(), along.begin(), 0.0);
  }
  return sum;
}

double Responses::degrees() const { return batches_ > 0 ? static_cast<double>(batches_ - 1) : a_great_many; }

double Responses::degrees_of_sum(std::span<const double> weights) const {
  expects(weights.size() == size());
  if (batches_ == 0) return a_great_many;
  std::vector<double> along(batches_, 0.0);
  for (std::size_t i = 0; i < size(); ++i)
    for (std::size_t b = 0; b < batches_ && weights[i] != 0; ++b)
      along[b] += weights[i] * sds_[i] * directions_[i * batches_ + b];
  return degrees_along(along);
}

double Responses::degrees_along(std::span<const double> along) const {
  double squares = 0, fourth = 0;
  for (const double a : along) squares += a * a, fourth += a * a * a * a;
  const auto most = static_cast<double>(batches_ - 1);
  const double spread = fourth - squares * squares / static_cast<double>(batches_);
  return spread > 0 ? std::clamp(2 * squares * squares / spread, 1.0, most) : most;
}

std::vector<double> Responses::noise_from(std::span<const double> normals) const {
  expects(normals.size() == this->normals());
  std::vector<double> noise(size());
  for (std::size_t i = 0; i < size(); ++i) {
    const double* direction = directions_.data() + i * batches_;
    noise[i] =
        sds_[i] * (batches_ == 0 ? normals[i]
                                 : std::inner_product(direction, direction + batches_, normals.begin(), 0.0));
  }
  return noise;
}

Responses Responses::of(std::span<const std::size_t> points) const {
  Responses chosen;
  chosen.batches_ = batches_;
  for (const std::size_t point : points) {
    chosen.means_.push_back(means_[point]);
    chosen.sds_.push_back(sds_[point]);
    chosen.root_n_.push_back(root_n_[point]);
    const auto from = directions_.begin() + static_cast<std::ptrdiff_t>(point * batches_);
    chosen.directions_.insert(chosen.directions_.end(), from, from + static_cast<std::ptrdiff_t>(batches_));
  }
  return chosen;
}

}  // namespace dronewall
