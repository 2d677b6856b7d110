// Scalars of the language: numbers with units, distributions, money, times of day, dates.
#pragma once
#include <optional>
#include <string>
#include <utility>

#include "dronewall/scenario/key_table.hpp"
#include "dronewall/scenario/values.hpp"
#include "tree.hpp"

namespace dronewall {

/// Each reader returns nullopt after reporting what is wrong at the right column, with a hint that shows a
/// right value.

/// Whether `unlimited` may stand for a number.
enum class Unlimited { refused, allowed };

/// `12 km`, `45 m/s`, `160 knots`, `0.05 m2`, `70%`, `15 dB` (as a ratio), `2 / d`, `30 deg` (as radians):
/// SI. `unlimited` is +infinity where it is allowed. A count is whole and not negative. Ranges are
/// check_range's.
[[nodiscard]] std::optional<double> read_number(const Tree& node, Dimension dimension, Problems& problems,
                                                Unlimited unlimited = Unlimited::refused);

/// A number or a distribution: `6 s + exponential(4 s)`, `{discrete: {7: 0.5}}`, `{draw: raid, from: …}`.
/// Parameters are checked (low <= mode <= high, means and weights above 0); the range of what is drawn is the
/// key's matter.
[[nodiscard]] std::optional<Quantity> read_quantity(const Tree& node, Dimension dimension,
                                                    Problems& problems);

/// `[0 km, 10 km]` with low <= high; `unlimited` may be the high end.
[[nodiscard]] std::optional<Interval> read_interval(const Tree& node, Dimension dimension,
                                                    Problems& problems);

struct Money {
  Quantity amount;       ///< constant or distribution, in `currency`
  std::string currency;  ///< "USD" for `$`, "EUR", "GBP", "PLN", …
};
/// `$10k`, `$2M`, `$1.5bn`, `EUR 3e9`, `pert($5k .. $40k .. $500k)`: not negative, one currency.
[[nodiscard]] std::optional<Money> read_money(const Tree& node, Problems& problems);

/// `2025-09-09T21:30Z`, `2025-09-09T21:30:15Z`, `2025-09-12`: seconds since 1970-01-01T00:00Z.
[[nodiscard]] std::optional<double> read_instant(const Tree& node, Problems& problems);

/// `06:00-22:00`, `22:00-06:00` (over midnight), `00:00-24:00`: seconds after midnight, UTC; never two equal
/// ones.
[[nodiscard]] std::optional<std::pair<double, double>> read_hours(const Tree& node, Problems& problems);

/// A plain text; never a truth value, so `NO` is Norway. Refuses mappings, lists, nulls and empty texts.
[[nodiscard]] std::optional<Name> read_text(const Tree& node, Problems& problems);

/// A number in the range of a Key, else a problem that states the range: "pk is 70 (a probability lies in [0,
/// 1])".
bool check_range(const Key& key, double value, Place place, Problems& problems);

/// Shares of a whole: reports a sum that is not 1 within 1e-9 ("the shares of this mix sum to 0.9").
bool check_sum(double sum, Place place, const char* what, Problems& problems);

/// "m", "s", … and an example of how the dimension is written ("12 km") for hints.
[[nodiscard]] const char* unit_of(Dimension dimension);
[[nodiscard]] const char* example_of(Dimension dimension);

}  // namespace dronewall
