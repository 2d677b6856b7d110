#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <limits>

#include "dronewall/core/contracts.hpp"
#include "dronewall/stats/interval.hpp"

namespace dronewall {
namespace {

/// P(B >= k) for B binomial(n, p), 0 <= k <= n + 1: the regularised incomplete beta function I_p(k, n − k +
/// 1).
double binomial_at_least(std::uint64_t k, std::uint64_t n, double p) {
  if (k == 0) return 1;
  if (k > n) return 0;
  return boost::math::ibeta(static_cast<double>(k), static_cast<double>(n - k + 1), p);
}

/// P(B < k), without the cancellation of 1 − P(B >= k).
double binomial_below(std::uint64_t k, std::uint64_t n, double p) {
  if (k == 0) return 0;
  if (k > n) return 1;
  return boost::math::ibetac(static_cast<double>(k), static_cast<double>(n - k + 1), p);
}

/// The smallest k in 0 … n + 1 for which `holds`, which is false, then true, and true at n + 1.
template <class Predicate>
std::uint64_t first_rank(std::uint64_t n, Predicate holds) {
  std::uint64_t low = 0;
  std::uint64_t high = n + 1;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (holds(middle))
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

template <class Value>
ConfidenceInterval interval_of_ranks(RankInterval ranks, std::uint64_t n, Value value_of) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return {ranks.low == 0 ? -infinity : static_cast<double>(value_of(ranks.low)),
          ranks.high > n ? infinity : static_cast<double>(value_of(ranks.high)),
          IntervalMethod::order_statistic};
}

}  // namespace

ConfidenceInterval probability_interval(std::uint64_t successes, std::uint64_t n, double confidence) {
  expects(0 < confidence && confidence < 1 && successes <= n);
  if (n == 0) return {};
  const double tail = (1 - confidence) / 2;
  const auto hits = static_cast<double>(successes);
  const auto misses = static_cast<double>(n - successes);
  const double low = successes == 0 ? 0 : boost::math::ibeta_inv(hits, misses + 1, tail);
  const double high = successes == n ? 1 : boost::math::ibetac_inv(hits + 1, misses, tail);
  return {low, high, IntervalMethod::clopper_pearson};
}

RankInterval quantile_ranks(double p, std::uint64_t n, double confidence) {
  expects(0 < p && p < 1 && 0 < confidence && confidence < 1);
  const double tail = (1 - confidence) / 2;
  // B values lie at or below the quantile. Value k lies above it when B < k, and below it when B >= k.
  const std::uint64_t too_high =
      first_rank(n, [&](std::uint64_t k) { return binomial_below(k, n, p) > tail; });
  const std::uint64_t high =
      first_rank(n, [&](std::uint64_t k) { return binomial_at_least(k, n, p) <= tail; });
  return {too_high - 1, high};  // P(B < 0) is 0, so too_high >= 1.
}

ConfidenceInterval quantile_interval(std::span<const double> ascending, double p, double confidence) {
  expects(std::is_sorted(ascending.begin(), ascending.end()));
  if (ascending.empty()) return {};
  const auto value_of = [&](std::uint64_t rank) { return ascending[rank - 1]; };
  return interval_of_ranks(quantile_ranks(p, ascending.size(), confidence), ascending.size(), value_of);
}

ConfidenceInterval quantile_interval(const Histogram& histogram, double p, double confidence) {
  if (histogram.count() == 0) return {};
  const auto value_of = [&](std::uint64_t rank) { return histogram.order_statistic(rank); };
  return interval_of_ranks(quantile_ranks(p, histogram.count(), confidence), histogram.count(), value_of);
}

}  // namespace dronewall
