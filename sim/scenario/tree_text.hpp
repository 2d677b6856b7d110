// The raw text of a file before it is parsed: where its lines are, and what of it no parser should see.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "dronewall/core/problem.hpp"

namespace dronewall {

constexpr std::size_t max_text_bytes = 4U << 20;     ///< of one YAML file
constexpr std::size_t max_tree_nodes = 200'000;      ///< of one tree, copies made by aliases included
constexpr std::size_t max_scalar_bytes = 16U << 20;  ///< of all texts of one tree, copies included
constexpr int max_tree_depth = 32;

/// Turns byte offsets of a text into places. Must not outlive the text.
class TextPlaces {
 public:
  TextPlaces(std::int32_t source, std::string_view text);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::int32_t source() const { return source_; }
  /// The place of the character at byte `at`; past the end, of the end.
  [[nodiscard]] Place at(std::size_t at) const;
  /// Where line `number` (from 0) starts; the size of the text past the last line.
  [[nodiscard]] std::size_t line_start(std::size_t number) const;
  [[nodiscard]] std::size_t line_of(std::size_t at) const;
  /// Line `number` (from 0) without its end.
  [[nodiscard]] std::string_view line(std::size_t number) const;

 private:
  std::int32_t source_;
  std::string_view text_;
  std::vector<std::uint32_t> starts_;         // of lines
  std::vector<std::uint32_t> points_before_;  // code points before every 1024th byte: long lines stay cheap

  [[nodiscard]] std::size_t points_before(std::size_t at) const;
};

/// Whether a parser may see the text. Reports, else: bytes that are not UTF-8, control characters, line ends
/// of the old Macintosh, tabs that indent, and texts so large or so full of brackets and commas that reading
/// them would cost memory before a budget could stop it (yaml-cpp keeps every token of a line that starts
/// with a bracket).
[[nodiscard]] bool check_text(const TextPlaces& places, Problems& problems);

}  // namespace dronewall
