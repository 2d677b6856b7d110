#include "dronewall/core/problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

#include "dronewall/core/utf8.hpp"

namespace dronewall {
namespace {

constexpr std::size_t shown_columns = 100;  // of a long line
constexpr std::size_t shown_problems = 500;
constexpr std::size_t shown_message_bytes = 400;  // A message may quote a text of megabytes.

/// A part of a line, safe to print, and the columns in front of the caret.
struct Excerpt {
  std::string text;
  std::size_t caret = 0;
};

/// What one character of a line looks like in an excerpt.
struct Shown {
  std::string text;
  std::size_t columns = 1;
  std::size_t bytes = 1;
};

Shown show(std::string_view line, std::size_t at) {
  const auto point = code_point_at(line, at);
  const std::size_t bytes = point ? point->bytes : 1;
  if (line[at] == '\t') return {" ", 1, 1};
  std::string text = escaped(line.substr(at, bytes));
  const bool kept = point && !is_control(point->value);
  const std::size_t columns = kept ? columns_of(point->value) : text.size();
  return {std::move(text), columns, bytes};
}

/// The byte at which code point `column` (from 1) starts, or the end of the line.
std::size_t byte_of_column(std::string_view line, std::int32_t column) {
  std::size_t at = 0;
  for (std::int32_t i = 1; i < column && at < line.size(); ++i) {
    const auto point = code_point_at(line, at);
    at += point ? point->bytes : 1;
  }
  return at;
}

/// Where an excerpt starts so that two thirds of its width stand in front of the caret.
std::size_t byte_of_start(std::string_view line, std::size_t caret) {
  constexpr std::size_t in_front = shown_columns * 2 / 3;
  if (line.size() <= shown_columns || caret <= in_front) return 0;
  std::size_t start = caret - in_front;
  while (start < caret && (static_cast<unsigned char>(line[start]) & 0xc0U) == 0x80U) ++start;
  return start;
}

Excerpt cut_out(std::string_view line, std::int32_t column) {
  const std::size_t caret_byte = byte_of_column(line, column);
  std::size_t at = byte_of_start(line, caret_byte);
  Excerpt excerpt;
  std::size_t columns = 0;
  if (at > 0) {
    excerpt.text = "…";
    columns = 1;
  }
  while (at < line.size() && (columns < shown_columns || at < caret_byte)) {
    if (at == caret_byte) excerpt.caret = columns;
    const Shown shown = show(line, at);
    excerpt.text += shown.text;
    columns += shown.columns;
    at += shown.bytes;
  }
  if (at == caret_byte) excerpt.caret = columns;  // The caret stands behind the last character.
  if (at < line.size()) excerpt.text += "…";
  return excerpt;
}

/// A message, safe to print and of a sensible length.
std::string shortened(std::string_view message) {
  if (message.size() <= shown_message_bytes) return escaped(message);
  std::size_t end = shown_message_bytes;
  while (end > 0 && (static_cast<unsigned char>(message[end]) & 0xc0U) == 0x80U) --end;
  return escaped(message.substr(0, end)) + "…";
}

auto sort_key(const Problem& problem) {
  const Place& place = problem.place;
  return std::tuple(place.source, place.line, place.column);
}

bool same(const Problem& a, const Problem& b) {
  return a.place == b.place && a.severity == b.severity && a.what == b.what && a.hint == b.hint;
}

std::string where(const Place& place, const Sources& sources) {
  if (place.source < 0) return "";
  const std::string name = escaped(sources.name(place.source));
  if (sources.is_change(place.source)) return fmt::format("--set {}: ", name);
  if (place.line < 1) return fmt::format("{}: ", name);
  return fmt::format("{}:{}:{}: ", name, place.line, place.column);
}

void append(std::string& out, const Problem& problem, const Sources& sources) {
  const Place& place = problem.place;
  const auto to = std::back_inserter(out);
  fmt::format_to(to, "{}{}: {}\n", where(place, sources),
                 problem.severity == Severity::error ? "error" : "warning", shortened(problem.what));
  if (place.source < 0 || place.line < 1) {
    if (!problem.hint.empty()) fmt::format_to(to, "    hint: {}\n", shortened(problem.hint));
    return;
  }
  const Excerpt excerpt = cut_out(sources.line(place.source, place.line), place.column);
  const std::string number = sources.is_change(place.source) ? " " : fmt::format("{}", place.line);
  fmt::format_to(to, " {} | {}\n", number, excerpt.text);
  fmt::format_to(to, " {:{}} | {:{}}^", "", number.size(), "", excerpt.caret);
  if (!problem.hint.empty()) fmt::format_to(to, " hint: {}", shortened(problem.hint));
  out += '\n';
}

}  // namespace

void Problems::error(Place place, std::string what, std::string hint) {
  problems_.push_back({Severity::error, place, std::move(what), std::move(hint)});
}

void Problems::warning(Place place, std::string what, std::string hint) {
  problems_.push_back({Severity::warning, place, std::move(what), std::move(hint)});
}

bool Problems::has_errors() const {
  return std::any_of(problems_.begin(), problems_.end(),
                     [](const Problem& problem) { return problem.severity == Severity::error; });
}

std::string Problems::text() const {
  std::vector<Problem> sorted = problems_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Problem& a, const Problem& b) { return sort_key(a) < sort_key(b); });
  // Equal ones share a place but need not stand side by side: look back as far as the place reaches.
  std::vector<const Problem*> shown;
  for (const Problem& problem : sorted) {
    bool seen = false;
    for (auto it = shown.rbegin(); it != shown.rend() && (*it)->place == problem.place && !seen; ++it)
      seen = same(**it, problem);
    if (!seen) shown.push_back(&problem);
  }
  std::string out;
  for (std::size_t i = 0; i < std::min(shown.size(), shown_problems); ++i) append(out, *shown[i], *sources_);
  if (shown.size() > shown_problems)
    fmt::format_to(std::back_inserter(out), "… and {} more problems\n", shown.size() - shown_problems);
  return out;
}

}  // namespace dronewall
