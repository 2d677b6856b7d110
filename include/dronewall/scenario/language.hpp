// The language as a page for people, from the tables that the reader walks.
#pragma once
#include <string>

#include "dronewall/scenario/key_table.hpp"

namespace dronewall {

/// Every section, key, unit, range, default and kind of scenario files, as Markdown: docs/language.md.
[[nodiscard]] std::string language_page(const KindTables& kinds);

}  // namespace dronewall
