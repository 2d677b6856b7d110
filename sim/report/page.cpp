#include "report/page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/figures.hpp"

namespace dronewall {

void add_heading(std::string& out, const std::string& title) {
  out += '\n' + title + ' ';
  for (std::size_t i = width_of(title) + 1; i < page_width; ++i) out += "─";
  out += '\n';
}

void add_rule(std::string& out) {
  out += '\n';
  for (std::size_t i = 0; i < page_width; ++i) out += "─";
  out += '\n';
}

void add_words(std::string& out, const std::string& words, std::size_t indent) {
  std::string line(indent, ' ');
  std::size_t begin = 0;
  while (begin < words.size()) {
    const std::size_t end = std::min(words.find(' ', begin), words.size());
    const std::string word = words.substr(begin, end - begin);
    const bool is_first = line.size() == indent;
    if (!is_first && width_of(line) + 1 + width_of(word) > page_width) {
      out += line + '\n';
      line = std::string(indent, ' ') + word;
    } else {
      line += (is_first ? "" : " ") + word;
    }
    begin = end + 1;
  }
  out += line + '\n';
}

void add_shares(std::string& out, const std::string& label, const std::vector<ShareLine>& lines) {
  std::size_t name_width = 16, figure_width = 16;
  for (const ShareLine& line : lines) {
    name_width = std::max(name_width, width_of(line.name));
    figure_width = std::max(figure_width, width_of(line.figure));
  }
  bool is_first = true;
  for (const ShareLine& line : lines) {
    const std::size_t used = 2 + 11 + name_width + 2 + figure_width + 8;
    const std::size_t room = used + 8 < page_width ? page_width - used - 2 : 6;
    out += fmt::format("  {}{}  {}{:>6.1f}%  {}\n", pad_right(is_first ? label : "", 11),
                       pad_right(line.name, name_width), pad_left(line.figure, figure_width),
                       100 * line.share, bar(line.share, room));
    is_first = false;
  }
}

std::string years_words(const std::vector<const UsedPrice*>& prices) {
  constexpr std::size_t most = 6;
  std::string text;
  for (std::size_t i = 0; i < std::min(prices.size(), most); ++i)
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", prices[i]->item, *prices[i]->year);
  return prices.size() > most ? fmt::format("{} and {} more", text, prices.size() - most) : text;
}

std::vector<Named> begins_with(const PointResult& result, const std::string& prefix) {
  std::vector<Named> found;
  for (const Estimate& estimate : result.estimates)
    if (estimate.name.size() > prefix.size() && estimate.name.compare(0, prefix.size(), prefix) == 0)
      found.push_back({estimate.name.substr(prefix.size()), &estimate});
  return found;
}

double mean_of(const PointResult& result, const std::string& name) {
  const Estimate* estimate = result.find(name);
  return estimate != nullptr ? estimate->mean.value_or(0) : 0;
}

}  // namespace dronewall
