// The table of coverage as Markdown.
#pragma once
#include <string>
#include <vector>

#include "measured.hpp"

namespace dronewall::coverage {

/// Rows of one quantity stand together, by replications; rows that are not in the record are left out.
[[nodiscard]] std::string markdown(const std::vector<Row>& rows, const Record& record);

}  // namespace dronewall::coverage
