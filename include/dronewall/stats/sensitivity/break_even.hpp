// Where a response crosses a bound: the value of one factor at which a verdict flips.
#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <span>

#include "dronewall/stats/sensitivity/metamodel.hpp"
#include "dronewall/stats/sensitivity/responses.hpp"

namespace dronewall {

/// A response at one value of the factor, and its standard error.
struct ValueThere {
  double value = 0;
  double se = 0;
};

/// Where it crosses the bound, on [0, 1] of the factor's range.
struct BoundCrossing {
  std::optional<double> at;  ///< absent: it crosses nowhere in the range
  std::size_t times = 0;     ///< how often it crosses; `at` is the first
  /// All values at which the response cannot be told from the bound: the first to the last of them. An end at
  /// 0 or 1 is not bounded on that side within the range. Absent: it can be told everywhere.
  std::optional<double> low, high;
  bool begins_above = false;  ///< at 0 of the range
};

/// Looks along the range in small steps: exact for straight pieces between the steps.
[[nodiscard]] BoundCrossing find_crossing(const std::function<ValueThere(double)>& response, double bound,
                                          double confidence, double degrees);

/// Through points that differ in this factor alone (`values` on [0, 1], ascending), straight between them.
[[nodiscard]] BoundCrossing crossing_between(std::span<const double> values, const Responses& responses,
                                             double bound, double confidence);

/// Along a metamodel from `others` (unit values; that of the factor is not read). Its interval holds the
/// plane's own error and what the response may lie off the plane. Measured at 95% on 40 points with common
/// random numbers, 400 experiments (tests/stats/sensitivity/break_even.test.cpp): it covers 94% to 96% where
/// the response is a plane or bends as much as the luck moves it, and more where it bends more than that.
[[nodiscard]] BoundCrossing crossing_along(const LinearMetamodel& model, std::span<const double> others,
                                           std::size_t factor, double bound, double confidence);

}  // namespace dronewall
