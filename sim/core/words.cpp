// Words of the user's text: made safe to show, and compared with the words we know.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <string>
#include <vector>

#include "dronewall/core/problem.hpp"
#include "dronewall/core/utf8.hpp"

namespace dronewall {
namespace {

void append_escaped(std::string& out, char32_t c) {
  if (c == '\n')
    out += "\\n";
  else if (c == '\t')
    out += "\\t";
  else if (c == '\r')
    out += "\\r";
  else if (c < 0x100)
    fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned>(c));
  else
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other, letter case
/// aside (optimal string alignment).
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0U : 1U)});
      const bool swapped =
          i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto point = code_point_at(text, at);
    if (!point)
      append_escaped(out, static_cast<unsigned char>(text[at]));
    else if (is_control(point->value))
      append_escaped(out, point->value);
    else
      out += text.substr(at, point->bytes);
    at += point ? point->bytes : 1;
  }
  return out;
}

namespace {

/// The shortest candidate of which the word is the first part: `gerbera` of `gerbera-near-empty`.
std::string begun_by(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr std::size_t fewest = 3;  // Fewer letters begin anything.
  std::string shortest;
  for (const std::string& candidate : candidates)
    if (word.size() >= fewest && word.size() < candidate.size() && candidate.starts_with(word) &&
        (candidate[word.size()] == '-' || candidate[word.size()] == '.') &&
        (shortest.empty() || candidate.size() < shortest.size()))
      shortest = candidate;
  return shortest;
}

}  // namespace

std::string nearest_word(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr std::size_t longest = 64;  // Longer words are no typing slips, and comparing costs their product.
  if (word.size() > longest) return "";
  std::string best;
  std::size_t best_distance = longest;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > longest) continue;
    const std::size_t letters = std::max(word.size(), candidate.size());
    const std::size_t shorter = std::min(word.size(), candidate.size());
    if (3 * (letters - shorter) > letters) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (3 * distance > letters || distance >= best_distance) continue;
    best = candidate;
    best_distance = distance;
  }
  return best.empty() ? begun_by(word, candidates) : best;
}

}  // namespace dronewall
