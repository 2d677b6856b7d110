// Whether a limit is written in the unit of what is held to it.
#pragma once
#include <string>

#include "dronewall/scenario/study.hpp"
#include "dronewall/study/requested.hpp"

namespace dronewall {

/// What is wrong with a unit, and how it would be right; `what` is empty where nothing is.
struct UnitMistake {
  std::string what, hint;
};

/// A limit such as `<= 10%` on `held`, whose measure is in `unit` ("fraction", a currency, "s", "m", "h", or
/// "" of counts and ratios). Shares and probabilities are written `10%` or `0.1`, money with its currency,
/// times and lengths with their unit, all else as a number; so is what stands inside a probability.
[[nodiscard]] UnitMistake unit_mistake(const Requested& held, const std::string& unit,
                                       const std::string& limit);

/// A half-width in points is one of a fraction.
[[nodiscard]] UnitMistake unit_mistake(const ReplicationPlan::Precision& precision, const Requested& of,
                                       const std::string& unit);

}  // namespace dronewall
