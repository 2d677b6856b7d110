#include "row.hpp"

#include <array>

namespace dronewall::coverage {
namespace {

/// The same name, of static storage.
const char* kept(const std::string& method) {
  constexpr std::array all = {IntervalMethod::student_t,       IntervalMethod::delta,
                              IntervalMethod::fieller,         IntervalMethod::bootstrap_t,
                              IntervalMethod::clopper_pearson, IntervalMethod::order_statistic,
                              IntervalMethod::poisson};
  for (const IntervalMethod each : all)
    if (method == name_of(each)) return name_of(each);
  return "";
}

constexpr double unbounded = std::numeric_limits<double>::infinity();

}  // namespace

Seen seen(const Estimate& estimate) {
  if (!estimate.mean || estimate.method.empty()) return {};
  return {estimate.low.value_or(-unbounded), estimate.high.value_or(unbounded), kept(estimate.method)};
}

Seen seen(const ConfidenceInterval& interval) {
  if (!interval.is_defined()) return {};
  return {interval.low, interval.high, name_of(interval.method)};
}

}  // namespace dronewall::coverage
