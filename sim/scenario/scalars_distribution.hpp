// The text of a value that may be random.
#pragma once
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "dronewall/scenario/values.hpp"
#include "scenario/scalars_amounts.hpp"

namespace dronewall {

/// Reads `45 m/s`, `pert(1 s .. 2 s .. 5 s)`, `6 s + exponential(4 s)`. Parameters that no distribution has
/// are reported at their own column; what other languages would write (commas, a range without a name) gets a
/// hint.
[[nodiscard]] std::optional<Quantity> read_distribution(const ScalarText& text, Amounts& amounts,
                                                        Problems& problems);

/// The distributions of the language: names and arguments ("uniform", "low .. high").
[[nodiscard]] std::vector<std::pair<std::string_view, std::string_view>> distribution_forms();

}  // namespace dronewall
