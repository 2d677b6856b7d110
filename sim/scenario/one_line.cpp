#include "scenario/one_line.hpp"

#include <fmt/format.h>

#include <string_view>

namespace dronewall {
namespace {

enum class Within { nothing, collection };

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (c == '"' || c == '\\')
      out += fmt::format("\\{}", c);
    else
      out += c;
  }
  return out + '"';
}

/// Whether a plain text would be read as something else where it stands now. Inside a collection commas and
/// brackets end it; a comma within parentheses does not, the reader puts those together again.
bool ends_early(std::string_view text, Within within) {
  if (text.empty() || text.find('\n') != text.npos) return true;
  if (text.find(": ") != text.npos || text.find(" #") != text.npos || text.back() == ':') return true;
  return within == Within::collection && text.find_first_of(",[]{}") != text.npos;
}

std::string scalar(std::string_view text, bool was_quoted, Within within) {
  return was_quoted || ends_early(text, within) ? quoted(text) : std::string(text);
}

std::string write(const Tree& node, Within within) {
  std::string text;
  switch (node.kind) {
    case Tree::Kind::scalar:
      return scalar(node.scalar, node.quoted, within);
    case Tree::Kind::null:
      return "~";
    case Tree::Kind::mapping:
      for (const Tree::Entry& entry : node.entries)
        text +=
            fmt::format("{}{}: {}", text.empty() ? "" : ", ", scalar(entry.key, false, Within::collection),
                        write(*entry.value, Within::collection));
      return "{" + text + "}";
    case Tree::Kind::list:
      for (const auto& item : node.items)
        text += fmt::format("{}{}", text.empty() ? "" : ", ", write(*item, Within::collection));
      return "[" + text + "]";
  }
  return text;
}

}  // namespace

std::string one_line(const Tree& node) { return write(node, Within::nothing); }

}  // namespace dronewall
