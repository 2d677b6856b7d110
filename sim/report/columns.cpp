#include "report/columns.hpp"

#include <algorithm>

#include "report/figures.hpp"

namespace dronewall {

void add_columns(std::string& out, const std::vector<Align>& align,
                 const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths(align.size(), 0);
  for (const auto& row : rows)
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], width_of(row[c]));
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c)
      line += "  " + (align[c] == Align::right ? pad_left(row[c], widths[c]) : pad_right(row[c], widths[c]));
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }
}

std::string short_path(const std::string& path) {
  const std::size_t dot = path.find('.');
  return dot == std::string::npos || path.find('.', dot + 1) == std::string::npos ? path
                                                                                  : path.substr(dot + 1);
}

}  // namespace dronewall
