#include "report/columns.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "dronewall/report/words.hpp"
#include "report/figures.hpp"

namespace dronewall {
namespace {

/// A table may stand out by as much as a terminal of 100 columns has.
constexpr std::size_t widest_line = page_width + 4;
/// Of words that are cut so much stays at least.
constexpr std::size_t fewest_letters = 16;

std::vector<std::size_t> widths_of(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows)
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c >= widths.size()) widths.push_back(0);
      widths[c] = std::max(widths[c], width_of(row[c]));
    }
  return widths;
}

void cut_first_column(std::vector<std::vector<std::string>>& rows) {
  const std::vector<std::size_t> widths = widths_of(rows);
  std::size_t used = 0;
  for (const std::size_t width : widths) used += width + 2;
  if (used <= widest_line || widths.empty()) return;
  const std::size_t others = used - widths.front();
  const std::size_t left = std::max(fewest_letters, widest_line - std::min(others, widest_line));
  for (auto& row : rows)
    if (!row.empty()) row.front() = without_middle(row.front(), left);
}

}  // namespace

void add_columns(std::string& out, const std::vector<Align>& align,
                 std::vector<std::vector<std::string>> rows) {
  cut_first_column(rows);
  const std::vector<std::size_t> widths = widths_of(rows);
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c)
      line += "  " + (align[c] == Align::right ? pad_left(row[c], widths[c]) : pad_right(row[c], widths[c]));
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }
}

std::size_t columns_that_fit(const std::vector<std::vector<std::string>>& rows, std::size_t needed) {
  const std::vector<std::size_t> widths = widths_of(rows);
  std::size_t used = 0, fitting = 0;
  for (; fitting < widths.size(); ++fitting) {
    used += widths[fitting] + 2;
    if (used > widest_line && fitting >= needed) break;
  }
  return fitting;
}

std::string without_middle(const std::string& text, std::size_t letters) {
  if (text.size() <= letters || width_of(text) != text.size()) return text;
  const std::size_t behind = (letters - 1) / 2;
  return text.substr(0, letters - 1 - behind) + "…" + text.substr(text.size() - behind);
}

std::string short_path(const std::string& path) {
  const std::size_t dot = path.find('.');
  return dot == std::string::npos || path.find('.', dot + 1) == std::string::npos ? path
                                                                                  : path.substr(dot + 1);
}

std::string factor_letter(std::size_t factor) {
  return factor < 26 ? std::string(1, static_cast<char>('A' + factor)) : fmt::format("F{}", factor + 1);
}

}  // namespace dronewall
