// UTF-8, one code point at a time: for columns, carets and for refusing what is no text.
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

namespace dronewall {

/// A code point and the bytes it was written with (1 to 4).
struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 1;
};

/// The code point that starts at byte `at` (< text.size()), or nullopt where the bytes are not UTF-8: stray
/// or missing continuation bytes, overlong forms, surrogates, values past U+10FFFF. Source: The Unicode
/// Standard, table 3-7 (well-formed UTF-8 byte sequences).
[[nodiscard]] std::optional<CodePoint> code_point_at(std::string_view text, std::size_t at);

/// How many code points stand in the first `bytes` bytes of `text`; a byte that is not UTF-8 counts as one.
[[nodiscard]] std::size_t count_code_points(std::string_view text, std::size_t bytes);

/// Must not reach a terminal as it is: C0 and C1 controls, DEL, line and paragraph separators, and the marks
/// that reorder what a reader sees (bidirectional embeddings, overrides and isolates).
[[nodiscard]] bool is_control(char32_t c);

/// Columns that a terminal gives to a character: 0 for combining marks, 2 for wide ones, else 1.
/// Source: Unicode Standard Annex 11 (East Asian Width), by block.
[[nodiscard]] std::size_t columns_of(char32_t c);

}  // namespace dronewall
