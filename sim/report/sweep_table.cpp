#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "dronewall/core/phrases.hpp"
#include "dronewall/report/sweep_report.hpp"
#include "dronewall/report/words.hpp"
#include "dronewall/study/stored_study.hpp"
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

/// A table whose columns are as wide as their widest cell.
class Columns {
 public:
  void add_row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  [[nodiscard]] std::string text(std::size_t most_width, std::size_t& columns_shown) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

std::string Columns::text(std::size_t most_width, std::size_t& columns_shown) const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_)
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c >= widths.size()) widths.push_back(0);
      widths[c] = std::max(widths[c], width_of(row[c]));
    }
  std::size_t used = 0;
  for (columns_shown = 0; columns_shown < widths.size(); ++columns_shown) {
    used += widths[columns_shown] + 2;
    if (used > most_width) break;
  }
  std::string out;
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t c = 0; c < std::min(columns_shown, row.size()); ++c)
      line += "  " + pad_left(row[c], widths[c]);
    out += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
  }
  return out;
}

std::string letter(std::size_t factor) {
  return factor < 26 ? std::string(1, static_cast<char>('A' + factor)) : fmt::format("F{}", factor + 1);
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
    out += fmt::format("  {}  {}  {}\n", letter(i), pad_right(escaped(factors[i].path), widest), levels);
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

/// The leak fraction comes first: no ratio stands without it.
std::vector<std::string> measures_shown(const Store& store) {
  std::vector<std::string> names = store.measures();
  const auto leaks = std::find(names.begin(), names.end(), "leak-fraction");
  if (leaks != names.end()) std::rotate(names.begin(), leaks, leaks + 1);
  return names;
}

void add_points(std::string& out, const Store& store, const std::vector<std::string>& measures,
                const Totals& totals) {
  Columns columns;
  std::vector<std::string> head = {"point"};
  for (std::size_t i = 0; i < store.factors().size(); ++i) head.push_back(letter(i));
  head.emplace_back("n");
  const bool shows_states = !state_words(totals).empty();
  if (shows_states) head.emplace_back("state");
  const std::size_t fixed_columns = head.size();
  head.insert(head.end(), measures.begin(), measures.end());
  columns.add_row(head);
  std::size_t shown = 0;
  store.each_point_by_number([&](const StoredPoint& point) {
    if (shown++ >= most_points) return;
    std::vector<std::string> cells = {fmt::format("{}", *point.number)};
    for (const std::string& value : store.settings(point.point)) cells.push_back(shortened(escaped(value)));
    cells.push_back(grouped(point.replications));
    if (shows_states)
      cells.emplace_back(is_finished(point.state) || point.replications > 0 ? name_of(point.state) : "");
    std::map<std::string, std::string> figures;
    for (const StoredEstimate& one : store.estimates(point.point))
      figures[one.measure] = one.n > 0 ? figure(estimate_of(one)) : "–";
    for (const std::string& measure : measures) {
      const auto found = figures.find(measure);
      cells.push_back(found == figures.end() ? "" : found->second);
    }
    columns.add_row(std::move(cells));
  });
  std::size_t columns_shown = 0;
  out += columns.text(page_width + 4, columns_shown);
  if (totals.points > most_points)
    out += fmt::format("  … and {}: --format csv writes them all\n",
                       counted(totals.points - most_points, "more point"));
  const std::size_t measures_left = head.size() - std::max(columns_shown, fixed_columns);
  if (columns_shown >= head.size() || measures_left == 0) return;
  out += '\n';
  const auto first_left = head.end() - static_cast<std::ptrdiff_t>(measures_left);
  add_words(
      out,
      fmt::format("Also in the store, and in --format csv: {}.", fmt::join(first_left, head.end(), ", ")), 2);
}

void add_failures(std::string& out, const Store& store) {
  std::size_t seen = 0;
  store.each_failure([&](const StoredFailure& failure) {
    if (seen == 0) add_heading(out, "Set aside");
    if (seen++ >= most_failures) return;
    add_words(out, fmt::format("point {}: {}", failure.point, escaped(failure.reason)), 2);
    out += fmt::format("    {}\n", escaped(failure.line));
  });
  if (seen > most_failures) out += fmt::format("  … and {} more\n", seen - most_failures);
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

std::string table_of(const SweepReport& report) {
  const Store& store = report.store;
  const auto text = [&](const char* key) { return store.text(key).value_or(""); };
  const Totals totals = totals_of(store);
  std::string out = escaped(text(study_text::title)) + '\n';
  const double confidence = std::strtod(text(study_text::confidence).c_str(), nullptr);
  out += fmt::format("{} · {} · {:g}% intervals · seed {}{}\n", counted(totals.points, "point"),
                     counted(totals.replications, "replication"), 100 * confidence, text(study_text::seed),
                     state_words(totals));
  out += '\n';
  add_factors(out, store.factors());
  out += '\n';
  add_points(out, store, measures_shown(store), totals);
  add_failures(out, store);
  out += fmt::format("\n  kept in {}\n", escaped(store.path()));
  return out;
}

std::string table_of(const SweepForecast& told, const std::string& store) {
  const auto left = static_cast<std::uint64_t>(std::ceil(told.replications));
  if (left == 0)
    return fmt::format("{}, all finished: nothing is left to be run\n", counted(told.points, "point"));
  return fmt::format(
      "{}, {} of them finished\n"
      "{} {} left: about {}, and {} on disk in {}\n"
      "(from a pilot of {} at {})\n",
      counted(told.points, "point"), grouped(told.finished), counted(left, "replication"),
      left == 1 ? "is" : "are", duration_words(told.seconds), size_words(told.bytes), escaped(store),
      counted(told.pilot_replications, "replication"), counted(told.pilot_points, "point"));
}

}  // namespace dronewall
