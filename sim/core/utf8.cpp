#include "dronewall/core/utf8.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "dronewall/core/contracts.hpp"

namespace dronewall {
namespace {

using Range = std::pair<char32_t, char32_t>;

template <std::size_t n>
bool in_any(char32_t c, const std::array<Range, n>& ranges) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](const Range& r) { return r.first <= c && c <= r.second; });
}

unsigned char byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

/// How many bytes the first byte announces; 0 when no character starts with it.
std::size_t announced_bytes(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return 2;  // 0xc0 and 0xc1 could only be overlong.
  if (first >= 0xe0 && first <= 0xef) return 3;
  if (first >= 0xf0 && first <= 0xf4) return 4;
  return 0;
}

}  // namespace

std::optional<CodePoint> code_point_at(std::string_view text, std::size_t at) {
  expects(at < text.size());
  const unsigned char first = byte_at(text, at);
  const std::size_t bytes = announced_bytes(first);
  if (bytes == 0 || bytes > text.size() - at) return std::nullopt;
  if (bytes == 1) return CodePoint{first, 1};
  char32_t value = first & (0xffU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    const unsigned char next = byte_at(text, at + i);
    if ((next & 0xc0U) != 0x80U) return std::nullopt;
    value = (value << 6) | (next & 0x3fU);
  }
  constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (value < smallest[bytes] || surrogate || value > 0x10ffff) return std::nullopt;
  return CodePoint{value, bytes};
}

std::size_t count_code_points(std::string_view text, std::size_t bytes) {
  const std::size_t end = std::min(bytes, text.size());
  std::size_t count = 0;
  for (std::size_t at = 0; at < end; ++count) {
    const auto point = code_point_at(text, at);
    at += point ? point->bytes : 1;
  }
  return count;
}

bool is_control(char32_t c) {
  static constexpr std::array<Range, 5> controls{
      {{0x00, 0x1f}, {0x7f, 0x9f}, {0x2028, 0x2029}, {0x202a, 0x202e}, {0x2066, 0x2069}}};
  return in_any(c, controls);
}

std::size_t columns_of(char32_t c) {
  static constexpr std::array<Range, 5> combining{
      {{0x0300, 0x036f}, {0x200b, 0x200f}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}}};
  static constexpr std::array<Range, 8> wide{{{0x1100, 0x115f},
                                              {0x2e80, 0xa4cf},
                                              {0xac00, 0xd7a3},
                                              {0xf900, 0xfaff},
                                              {0xfe30, 0xfe6f},
                                              {0xff00, 0xff60},
                                              {0x1f300, 0x1faff},
                                              {0x20000, 0x3fffd}}};
  if (c < 0x300) return 1;
  if (in_any(c, combining)) return 0;
  return in_any(c, wide) ? 2 : 1;
}

}  // namespace dronewall
