#include <algorithm>
#include <cmath>

#include "dronewall/core/contracts.hpp"
#include "dronewall/stats/selection.hpp"

namespace dronewall {

KimNelson::KimNelson(std::size_t systems, const KimNelsonPlan& plan,
                     const std::function<double(std::size_t, std::size_t)>& variance)
    : systems_(systems), plan_(plan), reach_(systems * systems) {
  expects(systems >= 1 && plan.first >= 2 && plan.indifference > 0);
  for (std::size_t i = 0; i < systems; ++i) survivors_.push_back(i);
  if (systems == 1) return;
  const auto others = static_cast<double>(systems - 1);
  expects(0 < plan.alpha && plan.alpha < others / (others + 1));
  const auto degrees = static_cast<double>(plan.first - 1);
  const double eta = (std::pow(2 * plan.alpha / others, -2 / degrees) - 1) / 2;
  const double squared_h = 2 * eta * degrees;
  for (std::size_t i = 0; i < systems; ++i)
    for (std::size_t j = 0; j < i; ++j)
      reach(i, j) = reach(j, i) = squared_h * variance(i, j) / (plan.indifference * plan.indifference);
}

void KimNelson::look(std::uint64_t observations, std::span<const double> means) {
  expects(observations >= plan_.first && means.size() == systems_);
  const auto r = static_cast<double>(observations);
  const auto is_worse = [&](std::size_t i, std::size_t j) {
    return means[i] > means[j] + std::max(0.0, plan_.indifference / (2 * r) * (reach(i, j) - r));
  };
  const std::vector<std::size_t> before = survivors_;
  std::erase_if(survivors_, [&](std::size_t i) {
    return std::any_of(before.begin(), before.end(), [&](std::size_t j) { return is_worse(i, j); });
  });
  // At the end of all triangles only exact ties are left; any of them will do.
  if (observations >= longest()) survivors_.resize(1);
}

std::uint64_t KimNelson::longest() const {
  double longest = 0;
  for (const std::size_t i : survivors_)
    for (const std::size_t j : survivors_) longest = std::max(longest, reach_[i * systems_ + j]);
  return std::max(plan_.first, static_cast<std::uint64_t>(std::min(longest, 1e18)) + 1);
}

}  // namespace dronewall
