#include "dronewall/stats/rare_interval.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "dronewall/core/contracts.hpp"

namespace dronewall {

double RareSum::events() const { return squares > 0 ? sum * sum / squares : 0; }

double RareSum::size() const { return sum > 0 ? squares / sum : whole; }

bool RareSum::is_rare() const {
  constexpr double few = 30;
  return events() < few && 2 * events() < static_cast<double>(n);
}

ConfidenceInterval rare_mean_interval(const RareSum& events, double confidence) {
  expects(0 < confidence && confidence < 1 && events.sum >= 0 && events.whole > 0);
  if (events.n == 0) return {};
  const double tail = (1 - confidence) / 2, k = events.events();
  const double each = events.size() / static_cast<double>(events.n);
  return {k > 0 ? each * boost::math::gamma_p_inv(k, tail) : 0, each * boost::math::gamma_q_inv(k + 1, tail),
          IntervalMethod::poisson};
}

ConfidenceInterval rare_share_interval(const RareSum& events, double trials, double confidence) {
  expects(0 < confidence && confidence < 1 && events.sum >= 0 && events.whole > 0);
  if (!(trials > 0)) return {};
  const double tail = (1 - confidence) / 2, k = events.events();
  const double independent = std::max(trials / events.size(), k);
  const double low = k > 0 ? boost::math::ibeta_inv(k, independent - k + 1, tail) : 0;
  const double high = independent > k ? boost::math::ibetac_inv(k + 1, independent - k, tail) : 1;
  return {low, high, IntervalMethod::clopper_pearson};
}

ConfidenceInterval nearly_all_interval(const RareSum& lacking, double trials, double confidence) {
  const ConfidenceInterval rest = rare_share_interval(lacking, trials, confidence);
  return {1 - rest.high, 1 - rest.low, rest.method};
}

}  // namespace dronewall
