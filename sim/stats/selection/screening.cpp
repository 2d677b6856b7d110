// Who cannot be told from the best, in one criterion and in two.
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "dronewall/core/contracts.hpp"
#include "dronewall/stats/interval.hpp"
#include "dronewall/stats/selection.hpp"

namespace dronewall {
namespace {

/// Whether the first is shown to lie above the second, or level with it without any doubt.
bool is_not_below(const MeanDifference& difference, double alpha) {
  if (difference.se == 0) return difference.mean >= 0;
  const auto degrees = static_cast<double>(difference.n - 1);
  return difference.mean >= student_t_quantile(1 - alpha, degrees) * difference.se;
}

/// Whether the means of j are as small in both criteria and smaller in one.
bool dominates_by_means(const MeanDifference& first, const MeanDifference& second) {
  return first.mean >= 0 && second.mean >= 0 && first.mean + second.mean > 0;
}

}  // namespace

double probability_of_correct_selection(std::size_t systems, std::size_t best, const Differences& differences,
                                        double indifference) {
  expects(best < systems && indifference >= 0);
  double doubt = 0;
  for (std::size_t i = 0; i < systems; ++i) {
    if (i == best) continue;
    const MeanDifference above = differences(best, i);
    const double margin = indifference - above.mean;
    if (above.se > 0)
      doubt += boost::math::cdf(boost::math::normal(), -margin / above.se);
    else if (margin < 0)
      doubt += 1;
  }
  return std::max(0.0, 1 - doubt);
}

std::vector<std::size_t> indistinguishable_from_best(std::size_t systems, const Differences& differences,
                                                     double alpha) {
  expects(systems >= 1 && 0 < alpha && alpha < 1);
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < systems; ++i) {
    bool stays = true;
    for (std::size_t j = 0; j < systems && stays; ++j) {
      if (i == j) continue;
      const MeanDifference above = differences(i, j);
      stays = above.mean <= 0 || !is_not_below(above, alpha / static_cast<double>(systems - 1));
    }
    if (stays) kept.push_back(i);
  }
  return kept;
}

std::vector<ParetoStanding> pareto_front(std::size_t systems, const Differences& first,
                                         const Differences& second, double alpha) {
  expects(0 < alpha && alpha < 1);
  const double each = alpha / std::max(1.0, static_cast<double>(systems) * static_cast<double>(systems - 1));
  std::vector<ParetoStanding> standings(systems, ParetoStanding::front);
  for (std::size_t i = 0; i < systems; ++i) {
    for (std::size_t j = 0; j < systems && standings[i] != ParetoStanding::dominated; ++j) {
      if (i == j) continue;
      const MeanDifference in_first = first(i, j), in_second = second(i, j);
      if (!dominates_by_means(in_first, in_second)) continue;
      const bool is_shown = is_not_below(in_first, each) && is_not_below(in_second, each);
      standings[i] = is_shown ? ParetoStanding::dominated : ParetoStanding::near;
    }
  }
  return standings;
}

}  // namespace dronewall
