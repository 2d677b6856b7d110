#include "dronewall/stats/sensitivity/break_even.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "dronewall/core/contracts.hpp"
#include "dronewall/stats/interval.hpp"

namespace dronewall {
namespace {

constexpr int steps = 2'000;

}  // namespace

BoundCrossing find_crossing(const std::function<ValueThere(double)>& response, double bound,
                            double confidence, double degrees) {
  expects(0 < confidence && confidence < 1);
  const double t = student_t_quantile((1 + confidence) / 2, degrees);
  BoundCrossing found;
  double last = 0;
  for (int step = 0; step <= steps; ++step) {
    const double u = static_cast<double>(step) / steps;
    const ValueThere there = response(u);
    const double over = there.value - bound;
    if (step == 0) found.begins_above = over > 0;
    if (step > 0 && (last > 0) != (over > 0)) {
      if (++found.times == 1) found.at = u - over / (over - last) / steps;
    }
    if (std::abs(over) <= t * there.se) {
      if (!found.low) found.low = u;
      found.high = u;
    }
    last = over;
  }
  // Between two steps that both can be told from the bound, on either side of it.
  if (found.at && !found.low) found.low = found.high = found.at;
  if (found.at) {
    found.low = std::min(*found.low, *found.at);
    found.high = std::max(*found.high, *found.at);
  }
  return found;
}

BoundCrossing crossing_between(std::span<const double> values, const Responses& responses, double bound,
                               double confidence) {
  expects(values.size() == responses.size() && values.size() >= 2);
  const auto there = [&](double u) {
    const auto above = std::upper_bound(values.begin(), values.end(), u);
    const auto right =
        std::clamp<std::ptrdiff_t>(above - values.begin(), 1, static_cast<std::ptrdiff_t>(values.size()) - 1);
    const auto i = static_cast<std::size_t>(right - 1), j = static_cast<std::size_t>(right);
    const double span = values[j] - values[i];
    const double w = std::clamp(span > 0 ? (u - values[i]) / span : 0.0, 0.0, 1.0);
    const double variance = (1 - w) * (1 - w) * responses.noise(i, i) + w * w * responses.noise(j, j) +
                            2 * w * (1 - w) * responses.noise(i, j);
    return ValueThere{(1 - w) * responses.mean(i) + w * responses.mean(j),
                      std::sqrt(std::max(0.0, variance))};
  };
  return find_crossing(there, bound, confidence, responses.degrees());
}

BoundCrossing crossing_along(const LinearMetamodel& model, std::span<const double> others, std::size_t factor,
                             double bound, double confidence) {
  expects(model.why_not().empty() && factor < others.size());
  std::vector<double> at(others.begin(), others.end());
  const auto there = [&](double u) {
    at[factor] = u;
    return ValueThere{model.predict(at), std::hypot(model.standard_error(at), model.model_error())};
  };
  return find_crossing(there, bound, confidence, model.degrees());
}

}  // namespace dronewall
