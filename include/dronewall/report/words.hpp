// Words for a terminal: lines that end before the page does.
#pragma once
#include <cstddef>
#include <string>

namespace dronewall {

inline constexpr std::size_t page_width = 96;

/// Words after an indent, broken at spaces before the page's edge; further lines keep the indent.
void add_words(std::string& out, const std::string& words, std::size_t indent);

}  // namespace dronewall
