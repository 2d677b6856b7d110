// What the author of a broken YAML text probably meant: yaml-cpp's errors in the words of the file.
#pragma once
#include <yaml-cpp/exceptions.h>

#include <optional>

#include "dronewall/core/problem.hpp"
#include "scenario/tree_text.hpp"

namespace dronewall {

/// What was read before the parser stopped.
struct SyntaxContext {
  std::optional<std::size_t> open_bracket;  ///< byte of the innermost `[` or `{` that is still open
  std::size_t last_event = 0;               ///< byte at which the last value or key started
};

/// Where a quote that opens at byte `at` ends: the byte behind the closing quote, or nullopt when it is never
/// closed.
[[nodiscard]] std::optional<std::size_t> find_quote_end(std::string_view text, std::size_t at);

/// Whether the `[` or `{` at byte `at` has its closing bracket. For messages only: quotes inside plain texts
/// mislead it.
[[nodiscard]] bool is_bracket_closed(std::string_view text, std::size_t at);

/// Reports a parser's error at the place that needs mending, which is often the line above the one it stopped
/// at.
void report_syntax_error(const YAML::Exception& error, const TextPlaces& places, const SyntaxContext& context,
                         Problems& problems);

}  // namespace dronewall
