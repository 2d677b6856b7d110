#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "dronewall/core/contracts.hpp"
#include "dronewall/stats/selection.hpp"

namespace dronewall {
namespace {

/// The optimal shares, not normed: those of the others in the inverse square of their signal to noise.
std::vector<double> shares_of(std::span<const double> means, std::span<const double> variances,
                              std::size_t best) {
  // A tie would take the whole budget and what does not vary none at all, before either is known well.
  const double spread = *std::max_element(means.begin(), means.end()) - means[best];
  const double noise = *std::max_element(variances.begin(), variances.end());
  const double least_gap = std::max(1e-4 * spread, std::numeric_limits<double>::min());
  const double least_variance = std::max(1e-6 * noise, std::numeric_limits<double>::min());
  std::vector<double> shares(means.size());
  double squares = 0;
  for (std::size_t i = 0; i < means.size(); ++i) {
    if (i == best) continue;
    const double gap = std::max(means[i] - means[best], least_gap);
    const double variance = std::max(variances[i], least_variance);
    shares[i] = variance / (gap * gap);
    squares += shares[i] * shares[i] / variance;
  }
  shares[best] = std::sqrt(std::max(variances[best], least_variance) * squares);
  return shares;
}

}  // namespace

std::vector<std::uint64_t> ocba_allocation(std::span<const double> means, std::span<const double> variances,
                                           std::span<const std::uint64_t> counts, std::uint64_t additional) {
  const std::size_t k = means.size();
  expects(k >= 2 && variances.size() == k && counts.size() == k);
  const auto best = static_cast<std::size_t>(std::min_element(means.begin(), means.end()) - means.begin());
  const std::vector<double> shares = shares_of(means, variances, best);
  auto budget = static_cast<double>(std::accumulate(counts.begin(), counts.end(), additional));
  std::vector<bool> has_enough(k, false);
  std::vector<double> wanted(k);
  // Whoever has more than its share leaves less for the others, who may then have enough too.
  for (bool changed = true; changed;) {
    changed = false;
    double sum = 0, rest = budget;
    for (std::size_t i = 0; i < k; ++i)
      (has_enough[i] ? rest : sum) += has_enough[i] ? -double(counts[i]) : shares[i];
    for (std::size_t i = 0; i < k; ++i) {
      wanted[i] = has_enough[i] ? static_cast<double>(counts[i]) : rest * shares[i] / sum;
      if (has_enough[i] || wanted[i] >= static_cast<double>(counts[i])) continue;
      has_enough[i] = changed = true;
    }
  }
  std::vector<std::uint64_t> more(k);
  std::uint64_t given = 0;
  for (std::size_t i = 0; i < k; ++i) {
    more[i] =
        static_cast<std::uint64_t>(std::max(0.0, std::floor(wanted[i] - static_cast<double>(counts[i]))));
    more[i] = std::min(more[i], additional - given);
    given += more[i];
  }
  more[best] += additional - given;
  return more;
}

}  // namespace dronewall
