#include "scenario/study_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <string_view>
#include <unordered_map>

#include "dronewall/core/phrases.hpp"
#include "scenario/scalars_amounts.hpp"
#include "scenario/tree_text.hpp"

namespace dronewall {
namespace {

struct Cell {
  std::string text;
  Place place;
};

/// The cells of one line. An open quote ends with the line.
std::vector<Cell> cells_of(std::string_view line, std::int32_t source, std::int32_t number) {
  std::vector<Cell> cells;
  std::size_t at = 0;
  while (true) {
    while (at < line.size() && line[at] == ' ') ++at;
    Cell cell{"", {source, number, static_cast<std::int32_t>(at) + 1}};
    if (at < line.size() && line[at] == '"') {
      for (++at; at < line.size() && (line[at] != '"' || (at + 1 < line.size() && line[at + 1] == '"'));
           ++at) {
        if (line[at] == '"') ++at;
        cell.text += line[at];
      }
      at = line.find(',', std::min(at, line.size()));
    } else {
      const std::size_t end = line.find(',', at);
      cell.text = trimmed(line.substr(at, end == line.npos ? line.npos : end - at));
      at = end;
    }
    cells.push_back(std::move(cell));
    if (at == line.npos) return cells;
    ++at;
  }
}

/// Sheets write a byte order mark before the first cell.
std::string_view without_mark(std::string_view text) {
  constexpr std::string_view mark = "\xef\xbb\xbf";
  return text.starts_with(mark) ? text.substr(mark.size()) : text;
}

/// The number of each level of a column's factor.
using Levels = std::unordered_map<std::string, std::uint32_t>;

class CsvReader {
 public:
  CsvReader(const FileSource::File& file, Reading& reading, std::vector<Factor>& factors,
            DesignDescription& design)
      : text_(without_mark(file.text)),
        source_(reading.problems.sources().add(file.shown, file.text)),
        problems_(reading.problems),
        factors_(factors),
        design_(design) {}

  void read() {
    const TextPlaces places(source_, text_);
    if (!check_text(places, problems_)) return;
    bool is_first = true;
    for (std::size_t line = 0; places.line_start(line) < text_.size(); ++line) {
      const std::string_view text = trimmed(places.line(line));
      if (text.empty() || text.front() == '#') continue;
      const std::vector<Cell> cells =
          cells_of(places.line(line), source_, static_cast<std::int32_t>(line) + 1);
      if (is_first && !read_head(cells)) return;
      if (!is_first) read_row(cells);
      is_first = false;
    }
    if (design_.list_rows.empty()) problems_.error({source_, 1, 1}, "the file lists no point");
    check_unlisted();
  }

 private:
  bool read_head(const std::vector<Cell>& cells) {
    bool good = true;
    for (const Cell& cell : cells) {
      const auto factor = std::find_if(factors_.begin(), factors_.end(),
                                       [&](const Factor& one) { return one.path == cell.text; });
      const bool known = factor != factors_.end() && factor->is_list();
      const auto number = static_cast<std::size_t>(factor - factors_.begin());
      const bool again = std::find(design_.list_factors.begin(), design_.list_factors.end(), number) !=
                         design_.list_factors.end();
      if (!known || again) report_column(cell, factor != factors_.end(), again);
      good = good && known && !again;
      if (!good) continue;
      design_.list_factors.push_back(number);
      free_.push_back(factor->levels.empty());
      Levels levels;
      for (std::size_t i = 0; i < factor->levels.size(); ++i)
        levels.emplace(factor->levels[i], static_cast<std::uint32_t>(i));
      levels_.push_back(std::move(levels));
    }
    return good;
  }

  void report_column(const Cell& cell, bool varies, bool again) {
    if (again)
      problems_.error(cell.place, fmt::format("{} has two columns", cell.text), "leave one");
    else if (varies)
      problems_.error(cell.place,
                      fmt::format("{} has a range in the study (the file lists values)", cell.text),
                      fmt::format("write {}: listed there", cell.text));
    else if (cell.text.rfind("prices.", 0) == 0)
      problems_.error(
          cell.place,
          fmt::format("{} is a price (prices are laid on afterwards, without simulating)", cell.text),
          "leave the column out and write prices: {NAME: {ITEM: $2k}}, or vary planning_prices");
    else
      problems_.error(cell.place, fmt::format("{} does not vary in the study", cell.text),
                      fmt::format("add {}: listed to its choices or uncertain", cell.text));
  }

  void read_row(const std::vector<Cell>& cells) {
    if (cells.size() != design_.list_factors.size()) {
      problems_.error(cells.front().place,
                      fmt::format("this line has {} (the first line has {})", counted(cells.size(), "value"),
                                  design_.list_factors.size()));
      return;
    }
    std::vector<std::uint32_t> row;
    for (std::size_t column = 0; column < cells.size(); ++column) row.push_back(level(cells[column], column));
    const Place place = cells.front().place;
    const auto [same, is_new] = lines_.emplace(row, place.line);
    if (!is_new)
      problems_.warning(place, fmt::format("line {} says the same as line {}: a point is run once",
                                           place.line, same->second));
    design_.list_rows.push_back(std::move(row));
  }

  std::uint32_t level(const Cell& cell, std::size_t column) {
    Factor& factor = factors_[design_.list_factors[column]];
    const auto [found, is_new] =
        levels_[column].emplace(cell.text, static_cast<std::uint32_t>(factor.levels.size()));
    if (cell.text.empty()) {
      problems_.error(cell.place, fmt::format("{} has no value here", factor.path));
    } else if (is_new && free_[column]) {
      factor.levels.push_back(cell.text);
      factor.level_places.push_back(cell.place);
    } else if (is_new) {
      problems_.error(cell.place,
                      fmt::format("{} is no value that the study lists for {}", cell.text, factor.path),
                      fmt::format("add it there, or write {}: listed", factor.path));
    }
    return found->second;
  }

  /// A factor that waits for values which the file does not bring.
  void check_unlisted() {
    for (const Factor& factor : factors_)
      if (factor.is_list() && factor.levels.empty() && factor.role != Factor::Role::attacker)
        problems_.error(factor.place,
                        fmt::format("{} is listed, but the file has no column of it", factor.path));
  }

  std::string_view text_;
  std::int32_t source_;
  Problems& problems_;
  std::vector<Factor>& factors_;
  DesignDescription& design_;
  std::vector<Levels> levels_;
  std::map<std::vector<std::uint32_t>, std::int32_t> lines_;  // of each row that was read
  std::vector<bool> free_;                                    // by column: the file brings the levels
};

}  // namespace

void read_csv_design(const FileSource::File& file, Reading& reading, std::vector<Factor>& factors,
                     DesignDescription& design) {
  CsvReader(file, reading, factors, design).read();
}

}  // namespace dronewall
