#include "dronewall/stats/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "dronewall/core/contracts.hpp"

namespace dronewall {
namespace {

/// The half-width in the goal's scale; NaN when it has none.
double scaled_half_width(const PrecisionGoal& goal, const PrecisionSample& sample) {
  const double half_width = sample.interval.half_width();
  if (goal.scale == PrecisionScale::absolute) return half_width;
  if (sample.mean == 0) return std::numeric_limits<double>::quiet_NaN();
  return half_width / std::abs(sample.mean);
}

std::string shown(const PrecisionGoal& goal, double half_width) {
  const char* scale = goal.scale == PrecisionScale::relative ? "% of the mean" : " points";
  return fmt::format("{:.3g}{}", 100 * half_width, scale);
}

/// Why the measure is not precise enough yet; empty when it is.
std::string shortcoming(const StoppingRule& rule, const PrecisionSample& sample, double half_width) {
  if (sample.replications < rule.minimum)
    return fmt::format("{} replications, wanted {}", sample.replications, rule.minimum);
  if (sample.replications % rule.batch != 0 && sample.replications < rule.cap)
    return fmt::format("{} replications are no batch end", sample.replications);
  if (sample.events && *sample.events < rule.minimum_events)
    return fmt::format("{} loss events, wanted {}", *sample.events, rule.minimum_events);
  if (!sample.interval.is_defined()) return "the interval is undefined";
  if (std::isnan(half_width)) return "the mean is 0, so nothing is relative to it";
  if (half_width <= rule.goal.half_width) return "";
  return fmt::format("half-width {}, wanted {}", shown(rule.goal, half_width),
                     shown(rule.goal, rule.goal.half_width));
}

}  // namespace

const char* name_of(PrecisionState state) {
  switch (state) {
    case PrecisionState::not_yet:
      return "not yet";
    case PrecisionState::reached:
      return "reached";
    case PrecisionState::capped:
      return "capped";
  }
  contract_broken("the state has a name", __FILE__, __LINE__);
}

std::uint64_t StoppingRule::next_look(std::uint64_t done) const {
  expects(batch >= 1 && cap >= 1);
  if (done >= cap) return done;
  const std::uint64_t tenth = std::max<std::uint64_t>(done / 10, 1);
  const std::uint64_t wanted = std::max(done + tenth + 1, minimum);
  const std::uint64_t batch_end = (wanted + batch - 1) / batch * batch;
  return std::min(batch_end, cap);
}

PrecisionVerdict judge_precision(const StoppingRule& rule, const PrecisionSample& sample) {
  expects(rule.batch >= 1 && rule.cap >= 1 && rule.goal.half_width > 0);
  PrecisionVerdict verdict;
  verdict.half_width = scaled_half_width(rule.goal, sample);
  verdict.reason = shortcoming(rule, sample, verdict.half_width);
  if (verdict.reason.empty())
    verdict.state = PrecisionState::reached;
  else
    verdict.state = sample.replications >= rule.cap ? PrecisionState::capped : PrecisionState::not_yet;
  return verdict;
}

}  // namespace dronewall
