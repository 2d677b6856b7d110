// Measures that a user asks for beside the listed ones: `P(leakers <= 2)`, `q95(cost.defender.full)`.
#pragma once
#include <optional>
#include <string>
#include <string_view>

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
  double bound = 0;  ///< probability
  double level = 0;  ///< quantile, in (0, 1)
};

/// Reads `NAME`, `P(NAME OP VALUE)` with OP one of `<`, `<=`, `=`, `>=`, `>` and VALUE such as 2, 10%, 1.5e6,
/// $2M or EUR 3bn (the currency is not converted), and `qNN(NAME)` with 0 < NN < 100. nullopt and `why` when
/// it is neither. Whether the measure exists is not checked here.
[[nodiscard]] std::optional<Requested> parse_requested(std::string_view text, std::string& why);

/// The VALUE alone, finite; nullopt when it is none.
[[nodiscard]] std::optional<double> parse_value(std::string_view text);

/// Why a figure is not to be held to `bound`, or "": a probability and a share lie between 0 and 1, which is
/// also asked of a share inside a probability. `unit` is the measure's.
[[nodiscard]] std::string why_no_limit(const Requested& left, const std::string& unit, double bound);

/// `<`, `<=`, `=`, `>=`, `>`.
[[nodiscard]] const char* sign_of(Comparison comparison);

/// Whether a value meets the comparison of a requested probability.
[[nodiscard]] bool meets(const Requested& requested, double value);

}  // namespace dronewall
