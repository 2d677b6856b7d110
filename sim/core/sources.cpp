#include <limits>
#include <utility>

#include "dronewall/core/contracts.hpp"
#include "dronewall/core/problem.hpp"

namespace dronewall {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

std::vector<std::uint32_t> find_line_starts(const std::string& text) {
  std::vector<std::uint32_t> starts{0};
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
    starts.push_back(static_cast<std::uint32_t>(at + 1));
  return starts;
}

}  // namespace

std::int32_t Sources::add(Source source) {
  expects(source.text.size() < std::numeric_limits<std::uint32_t>::max());
  if (source.text.starts_with(byte_order_mark)) source.text.erase(0, byte_order_mark.size());
  source.line_starts = find_line_starts(source.text);
  sources_.push_back(std::move(source));
  return size() - 1;
}

std::int32_t Sources::add(std::string name, std::string text) {
  return add(Source{std::move(name), std::move(text), false, {}});
}

std::int32_t Sources::add_change(std::string name, std::string text) {
  return add(Source{std::move(name), std::move(text), true, {}});
}

const Sources::Source& Sources::at(std::int32_t source) const {
  expects(source >= 0 && source < size());
  return source < first_ ? base_->at(source) : sources_[static_cast<std::size_t>(source - first_)];
}

const std::string& Sources::name(std::int32_t source) const { return at(source).name; }

bool Sources::is_change(std::int32_t source) const { return at(source).is_change; }

std::string_view Sources::line(std::int32_t source, std::int32_t number) const {
  const Source& found = at(source);
  if (number < 1 || static_cast<std::size_t>(number) > found.line_starts.size()) return {};
  const std::string_view text = found.text;
  const std::string_view rest = text.substr(found.line_starts[static_cast<std::size_t>(number) - 1]);
  const std::string_view line = rest.substr(0, rest.find('\n'));
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

}  // namespace dronewall
