#include "scenario/tree_syntax.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "dronewall/core/utf8.hpp"

namespace dronewall {
namespace {

constexpr auto none = std::string_view::npos;

/// What is wrong at a byte of the text.
struct Diagnosis {
  std::size_t at;
  std::string what;
  std::string hint;
};

std::size_t indentation(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  return first == none ? line.size() : first;
}

bool is_bare(std::string_view line) {
  const std::size_t first = indentation(line);
  return first == line.size() || line[first] == '#';
}

/// The `:` that parts a key from its value in one line: the first with a blank or the end behind it.
std::size_t find_key_end(std::string_view line) {
  for (std::size_t at = line.find(':'); at != none; at = line.find(':', at + 1))
    if (at + 1 == line.size() || line[at + 1] == ' ' || line[at + 1] == '\t') return at;
  return none;
}

/// The nearest line above `line` that holds more than a comment.
std::optional<std::size_t> line_above(const TextPlaces& places, std::size_t line) {
  while (line > 0)
    if (!is_bare(places.line(--line))) return line;
  return std::nullopt;
}

/// The character at a byte as a text: a letter of several bytes is not cut.
std::string_view character(std::string_view text, std::size_t at) {
  const auto point = code_point_at(text, at);
  return text.substr(at, point ? point->bytes : 1);
}

/// A `:` where no key can end. Usually the line above swallowed this one's key.
Diagnosis diagnose_colon(const TextPlaces& places, std::size_t at) {
  const std::size_t line = places.line_of(at);
  const std::string_view text = places.line(line);
  const std::size_t first_colon = find_key_end(text);
  if (first_colon != none && places.line_start(line) + first_colon < at)
    return {at, "a second `:` stands in this line", "put a text that holds `: ` in quotes"};
  if (const auto above = line_above(places, line)) {
    const std::string_view before = places.line(*above);
    const std::size_t start = places.line_start(*above) + indentation(before);
    const std::size_t colon = before.find(':');
    if (colon == none && before[indentation(before)] != '-')
      return {start, "this line has no `:`", "write `key: value`"};
    if (find_key_end(before) == none && colon != none)
      return {places.line_start(*above) + colon, "a blank is missing behind `:`", "write `key: value`"};
    if (indentation(text) > indentation(before))
      return {places.line_start(line) + indentation(text),
              "this line is indented deeper than the one above, which has a value already",
              "indent it like the line above"};
  }
  return {at, "`:` cannot stand here", "put a text that holds `:` in quotes"};
}

/// Something that is neither the next key of a mapping nor the next element of a list.
Diagnosis diagnose_misplaced(const TextPlaces& places, std::size_t at) {
  const std::size_t line = places.line_of(at);
  const std::string_view text = places.line(line);
  if (places.line_start(line) + indentation(text) < at)
    return {at, "unexpected text behind a complete value",
            "put the whole text in quotes, or end the line before it"};
  if (text.substr(indentation(text)).starts_with("- "))
    return {at, "a list element cannot stand here", "indent it below the key whose list it belongs to"};
  return {at, "the indentation of this line fits nothing above it", "indent it like its neighbours"};
}

Diagnosis diagnose_bracket(const TextPlaces& places, std::size_t at, std::optional<std::size_t> bracket) {
  if (!bracket) return {at, "a `[` or `{` is not closed", ""};
  const std::string_view text = places.text();
  const char opened = text[*bracket], closing = opened == '[' ? ']' : '}';
  const std::size_t line = places.line_of(at), bracket_line = places.line_of(*bracket);
  const bool left = line > bracket_line &&
                    indentation(places.line(line)) <= indentation(places.line(bracket_line)) &&
                    text[at] != closing;
  if (at >= text.size() || left)
    return {*bracket, fmt::format("`{}` is not closed", opened), fmt::format("close it with `{}`", closing)};
  if (text[at] == ':' && line > bracket_line)  // The line above swallowed the key.
    return {places.line_start(line) + indentation(places.line(line)), "a `,` is missing in front of this key",
            ""};
  return {at, fmt::format("`,` or `{}` is missing here", closing),
          "a text that holds such signs needs quotes"};
}

bool may_precede_quote(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '[' || c == '{' || c == ',' || c == ':';
}

/// The first quote from byte `from` on that is never closed.
std::optional<std::size_t> find_open_quote(std::string_view text, std::size_t from) {
  for (std::size_t at = from; at < text.size(); ++at) {
    if (at > 0 && !may_precede_quote(text[at - 1])) continue;
    if (text[at] == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (text[at] == '"' || text[at] == '\'') {
      const auto end = find_quote_end(text, at);
      if (!end) return at;
      at = *end - 1;
    }
  }
  return std::nullopt;
}

Diagnosis diagnose_quote(const TextPlaces& places, std::size_t at, std::size_t last_event) {
  const auto quote = find_open_quote(places.text(), last_event);
  return {quote.value_or(at), "this quote is not closed", "close it, or double a quote inside '…'"};
}

Diagnosis diagnose(const std::string& message, std::size_t at, const TextPlaces& places,
                   const SyntaxContext& context) {
  using namespace YAML::ErrorMsg;
  const std::string_view text = places.text();
  if (message == MAP_VALUE) return diagnose_colon(places, at);
  if (message == END_OF_MAP || message == END_OF_SEQ) return diagnose_misplaced(places, at);
  if (message == END_OF_MAP_FLOW || message == END_OF_SEQ_FLOW)
    return diagnose_bracket(places, at, context.open_bracket);
  if (message == EOF_IN_SCALAR || message == DOC_IN_SCALAR)
    return diagnose_quote(places, at, context.last_event);
  if (message == FLOW_END && at < text.size())
    return {at, fmt::format("`{}` closes nothing", text[at]), "delete it"};
  if (message == UNKNOWN_TOKEN && at < text.size())
    return {at, fmt::format("a plain text cannot start with `{}`", character(text, at)), "put it in quotes"};
  if (message == UNKNOWN_ANCHOR) return {at, "this alias refers to no anchor above", ""};
  if (message == BLOCK_ENTRY)
    return {at, "a list element cannot stand here", "start it in a line of its own"};
  if (message.starts_with(INVALID_ESCAPE))
    return {at - std::min<std::size_t>(at, 2), "this is no escape of YAML",
            "write \\\\ for a backslash, or use '…'"};
  return {at, fmt::format("the text cannot be read from here on ({})", message), ""};
}

}  // namespace

std::optional<std::size_t> find_quote_end(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (++at; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      if (quote == '"' || at + 1 >= text.size() || text[at + 1] != '\'') return at + 1;
      ++at;  // '' stands for one.
    }
  }
  return std::nullopt;
}

bool is_bracket_closed(std::string_view text, std::size_t at) {
  int open = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '"' || text[at] == '\'') {
      const auto end = find_quote_end(text, at);
      if (!end) return false;
      at = *end - 1;
    } else if (text[at] == '[' || text[at] == '{') {
      ++open;
    } else if ((text[at] == ']' || text[at] == '}') && --open == 0) {
      return true;
    }
  }
  return false;
}

void report_syntax_error(const YAML::Exception& error, const TextPlaces& places, const SyntaxContext& context,
                         Problems& problems) {
  const std::size_t end = places.text().size();
  const std::size_t at = error.mark.pos < 0 ? end : std::min(end, static_cast<std::size_t>(error.mark.pos));
  Diagnosis found = diagnose(error.msg, at, places, context);
  problems.error(places.at(found.at), std::move(found.what), std::move(found.hint));
}

}  // namespace dronewall
