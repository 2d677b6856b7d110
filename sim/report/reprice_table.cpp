#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <tuple>

#include "dronewall/core/phrases.hpp"
#include "dronewall/report/reprice_report.hpp"
#include "report/columns.hpp"
#include "report/figures.hpp"
#include "report/page.hpp"
#include "report/reprice_parts.hpp"
#include "report/repriced.hpp"

namespace dronewall {
namespace {

constexpr std::size_t most_points = 40, most_columns = 4, most_books = 60;

const Measure plain{Measure::Kind::plain, ""};

/// A measure at all points, book after book; least and most are its bounds with intruders aloft, else itself.
struct Seen {
  std::vector<double> mean, least, most;

  explicit Seen(std::size_t size = 0)
      : mean(size, std::numeric_limits<double>::quiet_NaN()), least(mean), most(mean) {}
  void set(std::size_t at, double value, std::optional<std::pair<double, double>> bounds) {
    mean[at] = value;
    std::tie(least[at], most[at]) = bounds.value_or(std::pair(value, value));
  }
};

/// What the table shows of the answers.
struct Shown {
  Seen ratios;
  std::vector<Seen> asked;
  std::vector<Estimate> leaks;                ///< of the first points
  std::vector<std::vector<Estimate>> points;  ///< their ratios, by book
};

Shown shown_of(const RepriceReport& report) {
  const std::size_t points = report.study.points().size(), books = report.books.size();
  const bool has_points = books <= most_columns;
  Shown shown{Seen(points * books), std::vector<Seen>(report.asked.size(), Seen(points * books)),
              std::vector<Estimate>(std::min(points, most_points)),
              std::vector<std::vector<Estimate>>(has_points ? std::min(points, most_points) : 0)};
  const auto see = [&](const RepricedAnswer& answer) {
    const auto& figures = answer.figures[static_cast<std::size_t>(report.view)];
    for (std::size_t b = 0; b < books; ++b) {
      const RepricedValue& ratio = figures[b].ratio;
      const std::size_t at = answer.point * books + b;
      shown.ratios.set(
          at, ratio.mean,
          std::isnan(ratio.least) ? std::nullopt : std::optional(std::pair(ratio.least, ratio.most)));
      if (answer.point < shown.points.size())
        shown.points[answer.point].push_back(
            estimate_of("", "", ratio, report.study.table().replications(answer.point)));
      for (const Estimate& each : answer.asked[b])
        for (std::size_t m = 0; m < report.asked.size(); ++m)
          if (report.asked[m].name == each.name && each.mean) shown.asked[m].set(at, *each.mean, each.bounds);
    }
    if (answer.point < shown.leaks.size()) shown.leaks[answer.point] = answer.leaks;
    return std::string();
  };
  report.study.each_point({report.books, {report.view}, report.manifest.confidence, report.asked}, see,
                          [](std::string_view) {});
  return shown;
}

/// A book's name as a table has it: of a path its file.
std::vector<double> of_book(const std::vector<double>& all, std::size_t book, std::size_t books) {
  std::vector<double> values;
  for (std::size_t i = book; i < all.size(); i += books) values.push_back(all[i]);
  return values;
}

/// Between two shares, or the one where they are the same.
std::string leak_words(double least, double most) {
  if (std::isnan(least)) return "";
  const Measure fraction = measure_of_unit("fraction");
  const std::string low = figure(least, fraction), high = figure(most, fraction);
  return low == high ? fmt::format(" ({})", low) : fmt::format(" ({} … {})", low, high);
}

/// The points whose ratio is at most the one asked for, and between what leaks there.
std::string below_words(const RepriceReport& report, const std::vector<double>& most, std::size_t of) {
  std::size_t below = 0;
  double least_leaks = 1, most_leaks = 0;
  for (std::size_t i = 0; i < most.size(); ++i)
    if (most[i] <= report.ratio) {
      ++below;
      least_leaks = std::fmin(least_leaks, report.study.points()[i].least_leaks);
      most_leaks = std::fmax(most_leaks, report.study.points()[i].most_leaks);
    }
  return fmt::format("{} of {}{}", grouped(below), grouped(of),
                     below == 0 ? "" : leak_words(least_leaks, most_leaks));
}

/// A measure of one book over the points, each figure with what leaks at its point.
std::vector<std::string> row_of(const RepriceReport& report, const Seen& seen, std::size_t book,
                                const Measure& measure) {
  const std::size_t books = report.books.size();
  const std::vector<double> low = of_book(seen.least, book, books), most = of_book(seen.most, book, books);
  const Spread spread = spread_of(of_book(seen.mean, book, books)), least = spread_of(low),
               greatest = spread_of(most);
  const std::string name = short_name(report.books[book].name);
  if (spread.points == 0) return {name, "undefined", "", "", ""};
  const auto leaks = [&](std::size_t i) {
    const RepricedPoint& point = report.study.points()[i];
    return leak_words(point.least_leaks, point.most_leaks);
  };
  const bool is_one = spread.points % 2 == 1;
  const std::size_t middle = spread.at_median;
  const std::string median = low[middle] < most[middle] ? fmt::format("{} … {}", figure(low[middle], measure),
                                                                      figure(most[middle], measure))
                                                        : figure(spread.median, measure);
  return {name, figure(least.least, measure) + leaks(least.at_least), median + (is_one ? leaks(middle) : ""),
          figure(greatest.greatest, measure) + leaks(greatest.at_greatest),
          below_words(report, most, spread.points)};
}

void add_over_points(std::string& out, const RepriceReport& report, const std::string& name, const Seen& seen,
                     const Measure& measure, const std::string& last) {
  add_heading(out, fmt::format("{} over the points, in brackets what leaks there", name));
  std::vector<std::vector<std::string>> rows = {{"prices", "least", "median", "greatest"}};
  if (!last.empty()) rows.front().push_back(last);
  for (std::size_t b = 0; b < std::min(report.books.size(), most_books); ++b) {
    rows.push_back(row_of(report, seen, b, measure));
    rows.back().resize(rows.front().size());
  }
  std::vector<Align> align(rows.front().size(), Align::right);
  align.front() = Align::left;
  add_columns(out, align, rows);
  if (report.books.size() > most_books)
    add_words(out,
              fmt::format("… and {}: --format csv has them all.",
                          counted(report.books.size() - most_books, "more book")),
              2);
}

void add_books(std::string& out, const RepriceReport& report, const Shown& shown) {
  add_over_points(out, report, fmt::format("cost-exchange.{}", name_of(report.view)), shown.ratios, plain,
                  fmt::format("points at most {:g}", report.ratio));
}

/// What the study asks for beside the views.
void add_asked(std::string& out, const RepriceReport& report, const Shown& shown) {
  for (std::size_t m = 0; m < report.asked.size(); ++m) {
    const Requested& one = report.asked[m];
    const bool is_ratio = one.measure.rfind("cost-exchange", 0) == 0;
    const Measure measure = measure_of_unit(one.kind == Requested::Kind::probability ? "fraction"
                                            : is_ratio                               ? ""
                                                                                     : report.currency);
    add_over_points(out, report, one.name, shown.asked[m], measure, "");
  }
}

/// The letters of the factors, with what they stand for.
void add_factors(std::string& out, const std::vector<StoredFactor>& factors) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t k = 0; k < factors.size(); ++k)
    rows.push_back({factor_letter(k), without_middle(escaped(factors[k].path), 44),
                    without_middle(escaped(factors[k].levels), 44)});
  add_columns(out, {Align::left, Align::left, Align::left}, rows);
}

void add_points(std::string& out, const RepriceReport& report, const Shown& shown) {
  const auto& points = report.study.points();
  if (report.books.size() > most_columns || points.empty()) return;
  add_heading(out, fmt::format("cost-exchange.{} at each point", name_of(report.view)));
  const auto& factors = report.study.study().factors();
  add_factors(out, factors);
  std::vector<std::string> head = {"point"};
  for (std::size_t k = 0; k < factors.size(); ++k) head.push_back(factor_letter(k));
  head.emplace_back("leak-fraction");
  for (const NamedBook& book : report.books) head.push_back(short_name(book.name));
  std::vector<std::vector<std::string>> rows = {head};
  std::set<std::string> methods;
  for (std::size_t i = 0; i < std::min(points.size(), most_points); ++i) {
    std::vector<std::string> row = {
        fmt::format("{}", points[i].stored.number.value_or(points[i].stored.point))};
    for (const std::string& value : points[i].settings) row.push_back(without_middle(escaped(value), 18));
    row.push_back(figure(shown.leaks[i]));
    for (const Estimate& ratio : shown.points[i]) {
      row.push_back(figure(ratio));
      if (!ratio.method.empty()) methods.insert(ratio.method);
    }
    rows.push_back(std::move(row));
  }
  const std::size_t fitting = columns_that_fit(rows, 3 + factors.size());
  for (auto& row : rows) row.resize(std::min(row.size(), fitting));
  add_columns(out, std::vector<Align>(fitting, Align::right), rows);
  if (fitting < head.size())
    add_words(out,
              fmt::format("Also in --format csv: {}.",
                          fmt::join(head.begin() + static_cast<std::ptrdiff_t>(fitting), head.end(), ", ")),
              2);
  if (!methods.empty())
    add_words(out,
              fmt::format("{:g}% intervals: {}.", 100 * report.manifest.confidence, fmt::join(methods, ", ")),
              2);
  if (points.size() > most_points)
    add_words(out,
              fmt::format("… and {}: --format csv has them all.",
                          counted(points.size() - most_points, "more point")),
              2);
}

std::string items_words(const std::vector<NotCounted>& missing) {
  std::string items;
  for (const NotCounted& each : missing)
    items += fmt::format("{}{} ({})", items.empty() ? "" : ", ", each.item, name_of(each.account));
  return items.empty() ? "nothing" : items;
}

void add_not_counted(std::string& out, const RepriceReport& report) {
  const std::string usual = items_words(report.not_counted[report.book_used]);
  out += '\n';
  if (usual != "nothing") add_words(out, "not counted, for want of a price: " + usual, 0);
  for (std::size_t b = 0; b < std::min(report.books.size(), most_books); ++b)
    if (const std::string items = items_words(report.not_counted[b]); items != usual)
      add_words(out, fmt::format("not counted under {}: {}", short_name(report.books[b].name), items), 0);
  if (!report.without_life.empty())
    add_words(out, fmt::format("not counted, having no life: {}", fmt::join(report.without_life, ", ")), 0);
}

}  // namespace

std::string short_name(const std::string& book) {
  return without_middle(book.substr(book.find_last_of('/') + 1), 34);
}

std::string table_of(const RepriceReport& report) {
  std::string out = fmt::format("{}\n", report.manifest.title);
  std::uint64_t fewest = ~std::uint64_t{0}, most = 0;
  for (const RepricedPoint& point : report.study.points()) {
    fewest = std::min(fewest, point.stored.replications);
    most = std::max(most, point.stored.replications);
  }
  if (most == 0) fewest = 0;
  add_words(
      out,
      fmt::format("re-priced from {}: {} of {}, none run anew", report.store,
                  counted(report.study.points().size(), "point"),
                  fewest == most ? counted(most, "replication")
                                 : fmt::format("{} to {}", grouped(fewest), counted(most, "replication"))),
      0);
  if (report.study.missing() > 0)
    add_words(
        out, fmt::format("Without results yet, or failed: {}.", counted(report.study.missing(), "point")), 0);
  for (const std::string& warning : warnings_of(report)) add_words(out, "warning: " + warning, 0);
  const Shown shown = shown_of(report);
  add_books(out, report, shown);
  add_points(out, report, shown);
  add_asked(out, report, shown);
  add_break_even(out, report);
  add_uncertainty(out, report);
  add_not_counted(out, report);
  return out;
}

}  // namespace dronewall
