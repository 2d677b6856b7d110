// Pieces of what the program says: counts with their noun, and words that a shell reads back.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dronewall {

/// `10,000`.
[[nodiscard]] std::string grouped(std::uint64_t number);

/// `1 point`, `2 points`, `10,000 points`: a number and its noun, whose plural is made with s.
[[nodiscard]] std::string counted(std::uint64_t number, std::string_view noun);

/// A word as a shell reads it: in single quotes unless all its letters are plain.
[[nodiscard]] std::string in_shell(std::string_view word);

/// The lines of a text; a break at its end begins none.
[[nodiscard]] std::vector<std::string> lines_of(std::string_view text);

}  // namespace dronewall
