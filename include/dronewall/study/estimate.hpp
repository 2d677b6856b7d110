// What a run says about one measure.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "dronewall/ledger/ledger.hpp"

namespace dronewall {

/// One measure's estimate. What is not known is absent, never 0; `undefined_because` then says why.
struct Estimate {
  std::string name;
  std::string meaning;
  std::string unit;                 ///< "" for counts and ratios, "s", "m", "h", "fraction", a currency
  std::optional<double> mean;       ///< of a ratio: ratio of means; of a quantile: the order statistic
  std::optional<double> se;         ///< standard error; absent for quantiles and a single replication
  std::optional<double> low, high;  ///< confidence interval; a side is absent when the sample cannot bound it
  std::optional<double> sd;         ///< between replications; of a ratio: of its linearised residual
  std::uint64_t n = 0;              ///< replications
  std::string method;               ///< of the interval: `t`, `delta`, `bootstrap-t`, `clopper-pearson`, …
  std::string undefined_because;    ///< of a mean, or of an end of its interval that turns take back
  bool is_ratio = false;
  /// Of a probability or quantile of a ratio: replications that have no value, their denominator being 0.
  /// They are not among the n.
  std::uint64_t without_value = 0;
  /// With intruders still aloft at the end, of a ratio or a cost that they could move: its lesser and greater
  /// value, if each of them were stopped at once or did what it came for (bounds.cpp).
  std::optional<std::pair<double, double>> bounds;
  /// Of a price that is solved for: the turns beyond which it, or an end of its interval, would lie. Neither
  /// is known there.
  PriceTurns turns;

  /// Half the interval's length; absent unless both sides are known.
  [[nodiscard]] std::optional<double> half_width() const {
    if (!low || !high) return std::nullopt;
    return (*high - *low) / 2;
  }
};

}  // namespace dronewall
