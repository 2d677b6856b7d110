// Measures that a user asks for beside the listed ones: `P(leakers <= 2)`, `q95(cost.defender.full)`.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "dronewall/scenario/price_description.hpp"

namespace dronewall {

enum class Comparison { less, at_most, equal, at_least, more };

/// A probability or a quantile of a measure, over replications.
struct Requested {
  enum class Kind {
    plain,        ///< the measure itself, to be shown among those asked for
    probability,  ///< the share of replications whose value compares so with `bound`
    quantile      ///< the value that the share `level` of replications does not exceed
  } kind = Kind::plain;
  std::string name;     ///< as printed: `P(leakers <= 2)`, one space around the comparison
  std::string measure;  ///< the name inside
  Comparison comparison = Comparison::at_most;
  double bound = 0;      ///< probability
  std::string currency;  ///< of a bound that is money; "" otherwise
  double level = 0;      ///< quantile, in (0, 1)
};

/// Reads `NAME`, `P(NAME OP VALUE)` with OP one of `<`, `<=`, `=`, `>=`, `>` and VALUE such as 2, 10%, 1.5e6,
/// $2M or EUR 3bn (not converted: settle_bound()), and `qNN(NAME)` with 0 < NN < 100. nullopt and `why` when
/// it is neither. Whether the measure exists is not checked here.
[[nodiscard]] std::optional<Requested> parse_requested(std::string_view text, std::string& why);

/// A figure as it is written, finite: $2M has the currency USD, 10% and 2 have none.
struct WrittenValue {
  double value = 0;
  std::string currency;
};
/// The VALUE alone; nullopt when it is none.
[[nodiscard]] std::optional<WrittenValue> parse_written(std::string_view text);
/// The same without its currency.
[[nodiscard]] std::optional<double> parse_value(std::string_view text);
/// Money in the book's currency; nullopt and `why` where it has no currency or its currency no rate.
[[nodiscard]] std::optional<double> money_in(const WrittenValue& written, const PriceBook& book,
                                             std::string& why);
/// Brings a figure that a measure of `unit` is compared with into the book's currency; otherwise says why it
/// is no such figure: money of a measure that is none, or a bare number where it is.
[[nodiscard]] std::string settle_value(WrittenValue& written, const std::string& unit, const PriceBook& book);
/// The same for the bound of a probability; "" for all else.
[[nodiscard]] std::string settle_bound(Requested& requested, const std::string& unit, const PriceBook& book);

/// Why a figure is not to be held to `bound`, or "": a probability and a share lie between 0 and 1, which is
/// also asked of a share inside a probability. `unit` is the measure's.
[[nodiscard]] std::string why_no_limit(const Requested& left, const std::string& unit, double bound);

/// Whether prices decide a measure: all such, and no others, begin so.
[[nodiscard]] bool is_of_money(const std::string& measure);

/// Why a figure is not to be held to `limit` as it is written, or "": what is money has a currency that the
/// book knows, what is none has none; the same of the bound of a probability.
[[nodiscard]] std::string why_no_money(const Requested& left, const std::string& limit,
                                       const std::string& unit, const PriceBook& book);

/// `<`, `<=`, `=`, `>=`, `>`.
[[nodiscard]] const char* sign_of(Comparison comparison);

/// Whether a value meets the comparison of a requested probability.
[[nodiscard]] bool meets(const Requested& requested, double value);

}  // namespace dronewall
