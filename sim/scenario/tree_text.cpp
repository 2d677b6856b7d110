#include "scenario/tree_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "dronewall/core/utf8.hpp"

namespace dronewall {
namespace {

// A node takes a comma, colon, dash or bracket, and often two: `key: value,`.
constexpr std::size_t max_signs = 2 * max_tree_nodes;
// Counted without regard to quotes, so far above the depth that the tree itself allows.
constexpr int max_open_brackets = 1'000;
constexpr std::size_t block_bytes = 1024;
constexpr std::size_t max_controls = 20;  // reported

bool allow_size(const TextPlaces& places, Problems& problems) {
  const std::size_t size = places.text().size();
  if (size <= max_text_bytes) return true;
  problems.error({places.source(), 0, 0},
                 fmt::format("the text has {:.1f} MiB (at most {} MiB are read)",
                             static_cast<double>(size) / (1 << 20), max_text_bytes >> 20));
  return false;
}

bool allow_signs(const TextPlaces& places, Problems& problems) {
  const std::string_view text = places.text();
  std::size_t signs = 0;
  int open = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool opens = c == '[' || c == '{', closes = c == ']' || c == '}';
    const bool blank_next =
        at + 1 >= text.size() || text[at + 1] == ' ' || text[at + 1] == '\n' || text[at + 1] == '\r';
    signs += opens || c == ',' || ((c == ':' || c == '-' || c == '?') && blank_next);
    open = std::max(0, open + opens - closes);
    if (open > max_open_brackets) {
      problems.error(places.at(at), fmt::format("more than {} brackets are open here (nesting ends at {})",
                                                max_open_brackets, max_tree_depth));
      return false;
    }
    if (signs > max_signs) {
      problems.error(places.at(at),
                     fmt::format("the text has too many values (at most {} are read)", max_tree_nodes));
      return false;
    }
  }
  return true;
}

bool is_allowed_control(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '\n' || c == '\t') return true;
  return c == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
}

void report_control(const TextPlaces& places, std::size_t at, char32_t c, Problems& problems) {
  if (c == 0)
    problems.error(places.at(at), "a NUL byte stands here (a scenario is a text)",
                   "save the file as UTF-8 without NUL bytes");
  else if (c == '\r')
    problems.error(places.at(at), "a carriage return stands here without a line feed",
                   "save the file with LF or CRLF line ends");
  else
    problems.error(places.at(at),
                   fmt::format("the control character U+{:04X} stands here (a scenario is a text)",
                               static_cast<unsigned>(c)),
                   "delete it");
}

bool allow_controls(const TextPlaces& places, Problems& problems) {
  const std::string_view text = places.text();
  std::size_t found = 0;
  for (std::size_t at = 0; at < text.size() && found < max_controls;) {
    const auto point = code_point_at(text, at);
    if (!point) {
      const bool utf16 = text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff");
      problems.error(places.at(at),
                     fmt::format("the byte {:#04x} is not UTF-8", static_cast<unsigned char>(text[at])),
                     utf16 ? "the file is UTF-16; save it as UTF-8" : "save the file as UTF-8");
      return false;  // One wrong encoding is one mistake, however many letters it breaks.
    }
    if (is_control(point->value) && !is_allowed_control(text, at)) {
      report_control(places, at, point->value, problems);
      ++found;
    }
    at += point->bytes;
  }
  return found == 0;
}

bool allow_tabs(const TextPlaces& places, Problems& problems) {
  for (std::size_t line = 0; places.line_start(line) < places.text().size(); ++line) {
    const std::string_view text = places.line(line);
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos || text[first] == '#') continue;
    const std::size_t tab = text.substr(0, first).find('\t');
    if (tab == std::string_view::npos) continue;
    problems.error(places.at(places.line_start(line) + tab), "a tab indents this line (only blanks can)",
                   "replace tabs by blanks");
    return false;  // A file indented by tabs is one mistake.
  }
  return true;
}

/// In UTF-8 each code point has one byte that is no continuation.
std::size_t count_leads(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

}  // namespace

TextPlaces::TextPlaces(std::int32_t source, std::string_view text)
    : source_(source), text_(text), starts_{0} {
  if (text.size() > max_text_bytes) return;  // check_text refuses it: not worth an index.
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
    starts_.push_back(static_cast<std::uint32_t>(at + 1));
  std::size_t points = 0;
  for (std::size_t at = 0; at <= text.size(); at += block_bytes) {
    points_before_.push_back(static_cast<std::uint32_t>(points));
    points += count_leads(text.substr(at, block_bytes));
  }
}

std::size_t TextPlaces::points_before(std::size_t at) const {
  const std::size_t block = at / block_bytes;
  if (block >= points_before_.size()) return 0;
  return points_before_[block] + count_leads(text_.substr(block * block_bytes, at % block_bytes));
}

std::size_t TextPlaces::line_of(std::size_t at) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), std::min(at, text_.size()));
  return static_cast<std::size_t>(after - starts_.begin()) - 1;
}

std::size_t TextPlaces::line_start(std::size_t number) const {
  return number < starts_.size() ? starts_[number] : text_.size();
}

std::string_view TextPlaces::line(std::size_t number) const {
  const std::size_t start = line_start(number);
  std::string_view line = text_.substr(start, text_.find('\n', start) - start);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

Place TextPlaces::at(std::size_t at) const {
  at = std::min(at, text_.size());
  const std::size_t line = line_of(at);
  const std::size_t start = line_start(line);
  // Most lines are shorter than a block, and counted quicker than two ends of blocks.
  const std::size_t column = at - start < block_bytes ? count_leads(text_.substr(start, at - start))
                                                      : points_before(at) - points_before(start);
  return {source_, static_cast<std::int32_t>(line) + 1, static_cast<std::int32_t>(column) + 1};
}

bool check_text(const TextPlaces& places, Problems& problems) {
  // In this order: each check may rely on those before it.
  return allow_size(places, problems) && allow_controls(places, problems) && allow_signs(places, problems) &&
         allow_tabs(places, problems);
}

}  // namespace dronewall
