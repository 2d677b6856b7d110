// Prices that a formula gives.
#pragma once
#include <cstdint>

namespace dronewall {

/// The mean price of the pieces `from` … `to` (from 1, in the order in which they are made) on a learning
/// curve: piece n costs first × n^log2(rate), so that each doubling multiplies the price of a piece by `rate`
/// (0.85: by 85%), in (0, 1]. Source: Crawford's unit curve; see U.S. GAO, "Cost Estimating and Assessment
/// Guide", GAO-20-195G (2020), appendix on learning curves.
[[nodiscard]] double mean_on_learning_curve(double first, double rate, std::uint64_t from, std::uint64_t to);

/// What `years` payments, each at the end of its year, are worth at the beginning of the first, discounted at
/// `rate` a year: payment × (1 − (1 + rate)^−years) / rate, and payment × years at a rate of 0.
[[nodiscard]] double present_value(double payment, double rate, std::uint64_t years);

}  // namespace dronewall
