#include "scenario/support.hpp"

#include <algorithm>
#include <limits>

namespace dronewall {

Interval support_of(const Quantity& q) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Interval support{0, infinity, q.place};
  switch (q.kind) {
    case DistributionKind::constant:
    case DistributionKind::normal:
      support = {q.a, q.a, q.place};
      break;
    case DistributionKind::uniform:
      support = {q.a, q.b, q.place};
      break;
    case DistributionKind::triangular:
    case DistributionKind::pert:
      support = {q.a, q.c, q.place};
      break;
    case DistributionKind::beta:
      support = {0, 1, q.place};
      break;
    case DistributionKind::exponential:
    case DistributionKind::lognormal:
    case DistributionKind::poisson:
    case DistributionKind::gamma:
      break;
    case DistributionKind::discrete:
      support = {infinity, -infinity, q.place};
      for (const auto& [value, weight] : q.points) {
        support.low = std::min(support.low, value);
        support.high = std::max(support.high, value);
      }
  }
  support.low += q.shift;
  support.high += q.shift;
  return support;
}

}  // namespace dronewall
