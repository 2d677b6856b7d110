// Rows of texts as columns of a table.
#pragma once
#include <string>
#include <vector>

namespace dronewall {

enum class Align { left, right };

/// Each column as wide as its widest cell, two spaces between and before; nothing behind the last.
void add_columns(std::string& out, const std::vector<Align>& align,
                 const std::vector<std::vector<std::string>>& rows);

/// A factor's path without its section: `sting-battery.count` of `units.sting-battery.count`.
[[nodiscard]] std::string short_path(const std::string& path);

}  // namespace dronewall
