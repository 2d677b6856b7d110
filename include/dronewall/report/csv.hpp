// Cells of CSV (RFC 4180).
#pragma once
#include <optional>
#include <string>

namespace dronewall {

/// A text as a cell: in quotes where it holds a comma, a quote or a line end.
[[nodiscard]] std::string csv_cell(const std::string& text);
/// The shortest text that reads back as the same number; empty for what is not known.
[[nodiscard]] std::string csv_cell(std::optional<double> value);

}  // namespace dronewall
