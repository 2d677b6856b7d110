// The units of the language, for those who read a value that was checked before.
#pragma once
#include <optional>
#include <string_view>

#include "dronewall/scenario/key_table.hpp"

namespace dronewall {

/// SI value, or money, = number × numerator / denominator.
struct UnitBehind {
  Dimension dimension = Dimension::none;
  double numerator = 1, denominator = 1;
};
/// What `km`, `/ week`, `%` or nothing (a fraction) stands for behind a number, and nothing, `k`, `M` or `bn`
/// behind an amount of money, before which `currency` stands ("" for other values). nullopt for logarithms
/// and for what is no unit.
[[nodiscard]] std::optional<UnitBehind> unit_behind(std::string_view text, std::string_view currency);

}  // namespace dronewall
