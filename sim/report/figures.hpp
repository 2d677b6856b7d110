// Numbers for people: digits that the half-width allows, money with its letters, shares in percent.
#pragma once
#include <optional>
#include <string>

#include "dronewall/core/phrases.hpp"
#include "dronewall/stats/precision.hpp"
#include "dronewall/study/estimate.hpp"

namespace dronewall {

/// What a number is, for its letters.
struct Measure {
  enum class Kind { plain, money, percent, seconds, metres } kind = Kind::plain;
  std::string currency;  ///< money: "USD", …
};
/// From a measure's unit: "fraction" is percent, "s" seconds, "m" metres, three capital letters a currency.
[[nodiscard]] Measure measure_of_unit(const std::string& unit);

/// `19.74`, `$1.29M`, `1.9%`, `12 min`, `8.3 km`: three significant digits or so.
[[nodiscard]] std::string figure(double value, const Measure& measure);
/// `19.74 ± 0.01`, `$1.29M ± 0.02M`, `1.9% ± 0.1%`: as many digits as the half-width deserves, which is shown
/// with one significant digit; the value with five at most, and then alone. Without a half-width, or with 0:
/// figure(value).
[[nodiscard]] std::string figure(double value, std::optional<double> half_width, const Measure& measure);
/// An estimate, by its own unit; `undefined` without a mean; `17% … 67%`, its bounds, where intruders are
/// still aloft. Of rare events the bound that matters: `0 (≤
/// 0.04%)`, `100% (≥ 99.9%)`.
[[nodiscard]] std::string figure(const Estimate& estimate);

/// `1%` or `0.5 points`: the half-width that a goal asks for.
[[nodiscard]] std::string words_of(const PrecisionGoal& goal);

/// Columns on a terminal: code points, the few symbols used here being one wide each.
[[nodiscard]] std::size_t width_of(const std::string& text);
/// Padded with spaces to `width` columns, at the right or the left.
[[nodiscard]] std::string pad_right(const std::string& text, std::size_t width);
[[nodiscard]] std::string pad_left(const std::string& text, std::size_t width);
/// A bar of eighths of blocks, `share` in [0, 1] of `width` columns; the smallest share above 0 shows.
[[nodiscard]] std::string bar(double share, std::size_t width);

}  // namespace dronewall
