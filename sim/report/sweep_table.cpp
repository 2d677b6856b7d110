#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <set>

#include "dronewall/core/phrases.hpp"
#include "dronewall/report/sweep_report.hpp"
#include "dronewall/report/words.hpp"
#include "dronewall/study/stored_study.hpp"
#include "report/aloft.hpp"
#include "report/columns.hpp"
#include "report/figures.hpp"
#include "report/page.hpp"

namespace dronewall {
namespace {

constexpr std::size_t most_points = 100, most_failures = 10;

struct Totals {
  std::uint64_t points = 0, replications = 0;
  std::map<PointState, std::uint64_t> by_state;
};

Totals totals_of(const Store& store) {
  Totals totals;
  store.each_point_by_number([&](const StoredPoint& point) {
    ++totals.points;
    totals.replications += point.replications;
    ++totals.by_state[point.state];
  });
  return totals;
}

/// A table whose columns are as wide as their widest cell, in blocks that fit on a page.
class Columns {
 public:
  explicit Columns(std::vector<std::string> head) { add_row(std::move(head)); }
  void add_row(std::vector<std::string> cells);
  [[nodiscard]] std::size_t rows() const { return rows_.size() - 1; }
  [[nodiscard]] std::size_t width() const;
  /// Heads the columns from `first` on with [1], [2] … and gives what they were headed with.
  std::vector<std::string> number_from(std::size_t first);
  /// The first block has the first `leading` columns and as many of the next as fit, others the first alone
  /// and as many more, until `end`.
  [[nodiscard]] std::string text(std::size_t leading, std::size_t end, std::size_t most_width) const;

 private:
  [[nodiscard]] std::string lines(const std::vector<std::size_t>& columns) const;

  std::vector<std::vector<std::string>> rows_;
  std::vector<std::size_t> widths_;
};

void Columns::add_row(std::vector<std::string> cells) {
  widths_.resize(std::max(widths_.size(), cells.size()));
  for (std::size_t c = 0; c < cells.size(); ++c) widths_[c] = std::max(widths_[c], width_of(cells[c]));
  rows_.push_back(std::move(cells));
}

std::size_t Columns::width() const {
  std::size_t width = 0;
  for (const std::size_t one : widths_) width += one + 2;
  return width;
}

std::vector<std::string> Columns::number_from(std::size_t first) {
  std::vector<std::string> names;
  for (std::size_t c = first; c < rows_.front().size(); ++c) {
    names.push_back(std::move(rows_.front()[c]));
    rows_.front()[c] = fmt::format("[{}]", names.size());
    widths_[c] = 0;
    for (const auto& row : rows_) widths_[c] = std::max(widths_[c], width_of(row[c]));
  }
  return names;
}

std::string Columns::lines(const std::vector<std::size_t>& columns) const {
  std::string out;
  for (const auto& row : rows_) {
    std::string line;
    for (const std::size_t c : columns) line += "  " + pad_left(row[c], widths_[c]);
    out += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
  }
  return out;
}

std::string Columns::text(std::size_t leading, std::size_t end, std::size_t most_width) const {
  std::vector<std::size_t> block;
  std::size_t used = 0;
  const auto add = [&](std::size_t c) {
    block.push_back(c);
    used += widths_[c] + 2;
  };
  for (std::size_t c = 0; c < leading; ++c) add(c);
  std::string out;
  std::size_t in_block = 0;  // of what varies from block to block; one at least
  for (std::size_t c = leading; c < end; ++c) {
    if (in_block > 0 && used + widths_[c] + 2 > most_width) {
      out += lines(block) + '\n';
      block.clear();
      used = in_block = 0;
      add(0);
    }
    add(c);
    ++in_block;
  }
  return out + lines(block);
}

/// A value as it stands in a narrow column; ASCII is cut, the rest is left as it is.
std::string shortened(const std::string& value) {
  constexpr std::size_t most = 18;
  if (value.size() <= most || width_of(value) != value.size()) return value;
  return value.substr(0, most - 1) + "…";
}

void add_factors(std::string& out, const std::vector<StoredFactor>& factors) {
  std::size_t widest = 0;
  for (const StoredFactor& factor : factors) widest = std::max(widest, width_of(factor.path));
  for (std::size_t i = 0; i < factors.size(); ++i) {
    std::string levels = escaped(factors[i].levels);
    if (levels.size() > 48) levels = levels.substr(0, 44) + " …";
    out +=
        fmt::format("  {}  {}  {}\n", factor_letter(i), pad_right(escaped(factors[i].path), widest), levels);
  }
}

std::string state_words(const Totals& totals) {
  std::string words;
  for (const auto& [state, count] : totals.by_state) {
    if (state == PointState::done || state == PointState::reached) continue;
    const char* what = state == PointState::planned  ? "not begun"
                       : state == PointState::begun  ? "begun"
                       : state == PointState::capped ? "did not reach the precision"
                                                     : "failed";
    words += fmt::format(" · {} {}", grouped(count), what);
  }
  return words;
}

/// What is asked for, the leak fraction first (no ratio stands without it), then what is kept always.
struct ShownMeasures {
  std::vector<std::string> names;
  std::size_t asked = 0;
};

ShownMeasures measures_shown(const Store& store) {
  ShownMeasures shown;
  const std::vector<std::string> stored = store.measures();
  const auto add = [&](const std::string& name) {
    const bool is_there = std::find(stored.begin(), stored.end(), name) != stored.end();
    if (is_there && std::find(shown.names.begin(), shown.names.end(), name) == shown.names.end())
      shown.names.push_back(name);
  };
  add("leak-fraction");
  for (const std::string& name : lines_of(store.text(study_text::measures).value_or(""))) add(name);
  shown.asked = shown.names.size();
  for (const std::string& name : stored) add(name);
  return shown;
}

/// `why` gathers what is said of figures that are known on one side only.
std::vector<std::string> cells_of(const Store& store, const StoredPoint& point,
                                  const std::vector<std::string>& measures, std::size_t asked,
                                  std::set<std::string>& why) {
  std::map<std::string, std::string> figures;
  const auto end = measures.begin() + static_cast<std::ptrdiff_t>(asked);
  for (const StoredEstimate& one : store.estimates(point.point)) {
    figures[one.measure] = one.n > 0 ? figure(estimate_of(one)) : "–";
    const bool is_one_sided = std::isnan(one.low) != std::isnan(one.high) && !one.undefined_because.empty();
    if (is_one_sided && std::find(measures.begin(), end, one.measure) != end)
      why.insert(fmt::format("{}: {}", one.measure, one.undefined_because));
  }
  std::vector<std::string> cells;
  for (std::size_t m = 0; m < asked; ++m) {
    const auto found = figures.find(measures[m]);
    cells.push_back(found == figures.end() ? "" : found->second);
  }
  return cells;
}

void add_points(std::string& out, const Store& store, const Totals& totals) {
  const ShownMeasures measures = measures_shown(store);
  std::vector<std::string> head = {"point"};
  for (std::size_t i = 0; i < store.factors().size(); ++i) head.push_back(factor_letter(i));
  head.emplace_back("n");
  const bool shows_states = !state_words(totals).empty();
  if (shows_states) head.emplace_back("state");
  const std::size_t leading = head.size();
  const auto asked = measures.names.begin() + static_cast<std::ptrdiff_t>(measures.asked);
  head.insert(head.end(), measures.names.begin(), asked);
  const std::size_t end = head.size();
  Columns columns(std::move(head));
  std::set<std::string> why;
  store.each_point_by_number([&](const StoredPoint& point) {
    if (columns.rows() == most_points) return;
    std::vector<std::string> cells = {fmt::format("{}", *point.number)};
    for (const std::string& value : store.settings(point.point)) cells.push_back(shortened(escaped(value)));
    cells.push_back(grouped(point.replications));
    if (shows_states)
      cells.emplace_back(is_finished(point.state) || point.replications > 0 ? name_of(point.state) : "");
    std::vector<std::string> figures = cells_of(store, point, measures.names, measures.asked, why);
    cells.insert(cells.end(), figures.begin(), figures.end());
    columns.add_row(std::move(cells));
  });
  if (columns.width() > page_width + 4) {
    const std::vector<std::string> names = columns.number_from(leading);
    for (std::size_t m = 0; m < names.size(); ++m) out += fmt::format("  [{}]  {}\n", m + 1, names[m]);
    out += '\n';
  }
  out += columns.text(leading, end, page_width + 4);
  if (totals.points > most_points)
    out += fmt::format("  … and {}: --format csv writes them all\n",
                       counted(totals.points - most_points, "more point"));
  constexpr std::ptrdiff_t most_told = 5;
  for (auto each = why.begin(); each != why.end() && std::distance(why.begin(), each) < most_told; ++each)
    add_words(out, escaped(*each), 2);
  if (asked == measures.names.end()) return;
  out += '\n';
  add_words(out,
            fmt::format("Also in the store, and in --format csv: {}.",
                        fmt::join(asked, measures.names.end(), ", ")),
            2);
}

/// Items that the money leaves out, as `run` says them.
void add_not_counted(std::string& out, const Store& store) {
  for (const auto& [key, what] : {std::pair{study_text::no_price, "price"}, {study_text::no_life, "life"}}) {
    const std::vector<std::string> items = lines_of(store.text(key).value_or(""));
    if (items.empty()) continue;
    add_words(out,
              fmt::format("not counted, having no {}: {}", what,
                          escaped(fmt::format("{}", fmt::join(items, ", ")))),
              2);
  }
}

void add_failures(std::string& out, const Store& store) {
  std::map<StoredPointId, std::uint32_t> numbers;  // as the table of points has them
  store.each_point_by_number([&](const StoredPoint& point) {
    if (point.state == PointState::failed) numbers.emplace(point.point, *point.number);
  });
  std::size_t seen = 0;
  store.each_failure([&](const StoredFailure& failure) {
    const auto number = numbers.find(failure.point);
    if (number == numbers.end()) return;  // The design no longer holds it.
    if (seen == 0) add_heading(out, "Set aside");
    if (seen++ >= most_failures) return;
    add_words(out, fmt::format("point {}: {}", number->second, escaped(failure.reason)), 2);
    out += fmt::format("    {}\n", escaped(failure.line));
  });
  if (seen > most_failures) out += fmt::format("  … and {} more\n", seen - most_failures);
  if (seen > 0) out += "  `dronewall sweep STUDY --retry` tries them again.\n";
}

std::string duration_words(double seconds) {
  if (seconds < 1.5) return "a second";
  if (seconds < 100) return fmt::format("{:.0f} s", seconds);
  if (seconds < 6'000) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3'600);
}

std::string size_words(double bytes) {
  if (bytes < 1e6) return fmt::format("{:.0f} kB", std::max(1.0, bytes / 1e3));
  if (bytes < 1e9) return fmt::format("{:.0f} MB", bytes / 1e6);
  return fmt::format("{:.1f} GB", bytes / 1e9);
}

}  // namespace

std::vector<std::string> warnings_of(const SweepReport& report) {
  std::vector<std::string> warnings = report.notes;
  const Store::AboveZero aloft = report.store.above_zero("unresolved");
  if (aloft.points > 0) warnings.push_back(aloft_words(aloft.points, aloft.most));
  return warnings;
}

std::string table_of(const SweepReport& report) {
  const Store& store = report.store;
  const auto text = [&](const char* key) { return store.text(key).value_or(""); };
  const Totals totals = totals_of(store);
  std::string out = escaped(text(study_text::title)) + '\n';
  for (const std::string& warning : warnings_of(report)) add_words(out, "warning: " + warning, 0);
  const double confidence = std::strtod(text(study_text::confidence).c_str(), nullptr);
  const std::string wanted = text(study_text::replications);  // A number, or a precision in words.
  out += fmt::format("{} · {}{} · {:g}% intervals · seed {}{}\n", counted(totals.points, "point"),
                     counted(totals.replications, "replication"),
                     wanted.find(' ') == std::string::npos ? "" : " · precision " + escaped(wanted),
                     100 * confidence, text(study_text::seed), state_words(totals));
  out += '\n';
  add_factors(out, store.factors());
  out += '\n';
  add_points(out, store, totals);
  add_not_counted(out, store);
  add_failures(out, store);
  out += fmt::format("\n  kept in {}\n", escaped(store.path()));
  return out;
}

std::string table_of(const SweepForecast& told, const std::string& store) {
  const auto left = static_cast<std::uint64_t>(std::ceil(told.replications));
  const std::string equal =
      told.repeated == 0 ? ""
                         : fmt::format(" ({} more of the design equal one of them)", grouped(told.repeated));
  const std::string aside =
      told.failed == 0 ? "" : fmt::format(", {} set aside (--retry tries them again)", grouped(told.failed));
  if (left == 0)
    return fmt::format("{}{}, {} finished{}: nothing is left to be run\n", counted(told.points, "point"),
                       equal, told.failed == 0 ? "all" : grouped(told.points - told.failed), aside);
  const std::string again =
      told.reopened == 0 ? "" : fmt::format(", {} to be gone on with", grouped(told.reopened));
  return fmt::format(
      "{}{}, {} of them finished{}{}\n"
      "{} {} left: about {}, and {} on disk in {}\n"
      "(from a pilot of {} at {})\n",
      counted(told.points, "point"), equal, grouped(told.finished), again, aside,
      counted(left, "replication"), left == 1 ? "is" : "are", duration_words(told.seconds),
      size_words(told.bytes), escaped(store), counted(told.pilot_replications, "replication"),
      counted(told.pilot_points, "point"));
}

}  // namespace dronewall
