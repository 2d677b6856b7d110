// Rows of texts as columns of a table.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace dronewall {

enum class Align { left, right };

/// Each column as wide as its widest cell, two spaces between and before; nothing behind the last. Where that
/// needs more than 100 columns, words of the first are cut in their middle.
void add_columns(std::string& out, const std::vector<Align>& align,
                 std::vector<std::vector<std::string>> rows);

/// How many of the columns a line of 100 holds, the first `needed` in any case.
[[nodiscard]] std::size_t columns_that_fit(const std::vector<std::vector<std::string>>& rows,
                                           std::size_t needed);

/// ASCII of more letters without its middle: `polish-int…ors.count`; other text as it is.
[[nodiscard]] std::string without_middle(const std::string& text, std::size_t letters);

/// A factor's path without its section: `sting-battery.count` of `units.sting-battery.count`.
[[nodiscard]] std::string short_path(const std::string& path);

/// What stands for a factor in a narrow column: A, B, …, F27.
[[nodiscard]] std::string factor_letter(std::size_t factor);

}  // namespace dronewall
