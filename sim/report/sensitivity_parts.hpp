// Parts of a sensitivity's table.
#pragma once
#include <string>

#include "dronewall/study/stored_sensitivity.hpp"
#include "report/figures.hpp"

namespace dronewall {

/// A value of the result's measure: `14.6`, `45%`, `$4.0M`.
[[nodiscard]] std::string value_words(const SensitivityResult& result, double value);
/// How far two values differ: of shares in points, for `%` could mean a share of the first.
[[nodiscard]] std::string change_words(const SensitivityResult& result, double change);
/// `−3.44 … −3.06`, each as change_words() has it.
[[nodiscard]] std::string change_words(const SensitivityResult& result, double low, double high);

/// `teams.count 8, sting.pk.drone 0.6`: the point from which factors move and at which prices are solved.
[[nodiscard]] std::string base_words(const SensitivityResult& result);

/// A text that would widen its table as `see below`; a sentence under it then has the text.
[[nodiscard]] std::string short_cell(const std::string& text, std::size_t widest);

void add_flips(std::string& out, const SensitivityResult& result);

}  // namespace dronewall
