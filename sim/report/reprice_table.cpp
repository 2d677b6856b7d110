#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "dronewall/core/phrases.hpp"
#include "dronewall/report/reprice_report.hpp"
#include "report/columns.hpp"
#include "report/figures.hpp"
#include "report/page.hpp"
#include "report/price_turns.hpp"
#include "report/repriced.hpp"

namespace dronewall {
namespace {

constexpr std::size_t most_points = 40, most_columns = 4, most_books = 60, most_uncertain = 4;

const Measure plain{Measure::Kind::plain, ""};

const std::vector<RepricedFigure>& shown(const RepriceReport& report) {
  return report.figures[static_cast<std::size_t>(report.view)];
}

/// A book's name as a table has it: of a path its file.
std::string short_name(const std::string& book) {
  return without_middle(book.substr(book.find_last_of('/') + 1), 34);
}

std::vector<double> ratios_of(const RepriceReport& report, std::size_t book) {
  std::vector<double> ratios;
  for (std::size_t i = book; i < shown(report).size(); i += report.books.size())
    ratios.push_back(shown(report)[i].ratio.mean);
  return ratios;
}

void add_books(std::string& out, const RepriceReport& report) {
  add_heading(out, fmt::format("cost-exchange.{} over the points", name_of(report.view)));
  std::vector<std::vector<std::string>> rows = {
      {"prices", "least", "median", "greatest", fmt::format("points at most {:g}", report.ratio)}};
  for (std::size_t b = 0; b < std::min(report.books.size(), most_books); ++b) {
    const std::vector<double> ratios = ratios_of(report, b);
    const Spread spread = spread_of(ratios);
    const auto below =
        std::count_if(ratios.begin(), ratios.end(), [&](double r) { return r <= report.ratio; });
    if (spread.points == 0)
      rows.push_back({short_name(report.books[b].name), "undefined", "", "", ""});
    else
      rows.push_back({short_name(report.books[b].name), figure(spread.least, plain),
                      figure(spread.median, plain), figure(spread.greatest, plain),
                      fmt::format("{} of {}", below, spread.points)});
  }
  add_columns(out, {Align::left, Align::right, Align::right, Align::right, Align::right}, rows);
  if (report.books.size() > most_books)
    add_words(out,
              fmt::format("… and {}: --format csv has them all.",
                          counted(report.books.size() - most_books, "more book")),
              2);
}

/// The letters of the factors, with what they stand for.
void add_factors(std::string& out, const std::vector<StoredFactor>& factors) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t k = 0; k < factors.size(); ++k)
    rows.push_back({factor_letter(k), without_middle(escaped(factors[k].path), 44),
                    without_middle(escaped(factors[k].levels), 44)});
  add_columns(out, {Align::left, Align::left, Align::left}, rows);
}

void add_points(std::string& out, const RepriceReport& report) {
  const auto& points = report.study.points();
  if (report.books.size() > most_columns || points.empty()) return;
  add_heading(out, fmt::format("cost-exchange.{} at each point", name_of(report.view)));
  const auto& factors = report.study.study().factors();
  add_factors(out, factors);
  std::vector<std::string> head = {"point"};
  for (std::size_t k = 0; k < factors.size(); ++k) head.push_back(factor_letter(k));
  for (const NamedBook& book : report.books) head.push_back(short_name(book.name));
  std::vector<std::vector<std::string>> rows = {head};
  std::set<std::string> methods;
  for (std::size_t i = 0; i < std::min(points.size(), most_points); ++i) {
    std::vector<std::string> row = {
        fmt::format("{}", points[i].stored.number.value_or(points[i].stored.point))};
    for (const std::string& value : points[i].settings) row.push_back(without_middle(escaped(value), 18));
    for (std::size_t b = 0; b < report.books.size(); ++b) {
      const Estimate ratio = estimate_of("", "", shown(report)[i * report.books.size() + b].ratio,
                                         points[i].stored.replications);
      row.push_back(figure(ratio));
      if (!ratio.method.empty()) methods.insert(ratio.method);
    }
    rows.push_back(std::move(row));
  }
  const std::size_t fitting = columns_that_fit(rows, 2 + factors.size());
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

/// An item over all points.
struct ItemOverPoints {
  std::vector<const BreakEvenPrice*> prices;  ///< by price, those below and above a turn at the ends
  std::vector<PriceTurns> turns;
  std::size_t in_range = 0;
};

/// Where a price stands among those of other points; one beyond a turn is lower, or higher, than is known.
double rank_of(const BreakEvenPrice& price) {
  if (!price.is_beyond_turn()) return price.price;
  return price.turns.above ? std::numeric_limits<double>::infinity()
                           : -std::numeric_limits<double>::infinity();
}

std::map<std::string, ItemOverPoints> items_of(const RepriceReport& report) {
  std::map<std::string, ItemOverPoints> items;
  for (const auto& of_point : report.break_even)
    for (const BreakEvenPrice& each : of_point) {
      if (!std::isfinite(each.price) && !each.is_beyond_turn()) continue;
      ItemOverPoints& item = items[each.item];
      item.prices.push_back(&each);
      item.turns.push_back(each.turns);
      if (each.price >= 0 && each.low <= each.price && each.price <= each.high && each.low < each.high)
        ++item.in_range;
    }
  for (auto& [name, item] : items)
    std::stable_sort(item.prices.begin(), item.prices.end(),
                     [](const auto* a, const auto* b) { return rank_of(*a) < rank_of(*b); });
  return items;
}

std::string price_words(const BreakEvenPrice& price, const Measure& money) {
  if (price.is_beyond_turn()) return beyond_words(price.turns, money);
  return price.price < 0 ? "no price" : figure(price.price, money);
}

std::string range_words(const BreakEvenPrice& price, const Measure& money) {
  if (!(price.low < price.high)) return "one figure";
  return fmt::format("{} … {}", figure(price.low, money), figure(price.high, money));
}

std::string interval_words(const BreakEvenPrice& price, const Measure& money) {
  if (price.is_beyond_turn() || price.price < 0) return "";
  const ConfidenceInterval& interval = price.interval;
  if (!interval.is_defined()) return "not bounded";
  if (!std::isfinite(interval.high)) return "from " + figure(interval.low, money);
  if (!std::isfinite(interval.low)) return "up to " + figure(interval.high, money);
  return fmt::format("{} … {}", figure(interval.low, money), figure(interval.high, money));
}

std::vector<std::string> row_of(const std::string& name, const ItemOverPoints& item, const Measure& money) {
  const BreakEvenPrice& first = *item.prices.front();
  std::vector<std::string> row = {name, figure(first.point, money), range_words(first, money)};
  const std::size_t count = item.prices.size();
  for (const std::size_t at : {std::size_t{0}, (count - 1) / 2, count - 1})
    row.push_back(price_words(*item.prices[at], money));
  row.push_back(fmt::format("{} of {}", item.in_range, counted(count, "point")));
  return row;
}

void add_break_even(std::string& out, const RepriceReport& report) {
  const std::map<std::string, ItemOverPoints> items = items_of(report);
  if (items.empty()) return;
  const Measure money = measure_of_unit(report.currency);
  add_heading(out, fmt::format("Break-even prices: cost-exchange.{} = {:g}, prices {}", name_of(report.view),
                               report.ratio, short_name(report.book_of_break_even)));
  const bool one = report.break_even.size() == 1;
  std::vector<std::vector<std::string>> rows;
  if (one)
    rows.push_back({"item", "is", "published", "would be", "interval"});
  else
    rows.push_back({"item", "is", "published", "least", "median", "greatest", "within published"});
  std::set<std::string> methods;
  for (const auto& [name, item] : items) {
    const BreakEvenPrice& first = *item.prices.front();
    if (first.interval.is_defined()) methods.insert(name_of(first.interval.method));
    if (one)
      rows.push_back({name, figure(first.point, money), range_words(first, money), price_words(first, money),
                      interval_words(first, money)});
    else
      rows.push_back(row_of(name, item, money));
  }
  std::vector<Align> align(rows.front().size(), Align::right);
  align[0] = Align::left;
  add_columns(out, align, rows);
  for (const auto& [name, item] : items) add_turn_words(out, name, item.turns, money);
  if (one && !methods.empty())
    add_words(out,
              fmt::format("{:g}% intervals: {}.", 100 * report.manifest.confidence, fmt::join(methods, ", ")),
              2);
}

std::string place_words(const RepriceReport& report, std::size_t point) {
  std::string where;
  const auto& factors = report.study.study().factors();
  const auto& settings = report.study.points()[point].settings;
  for (std::size_t k = 0; k < factors.size(); ++k)
    where += fmt::format("{}{} {}", k == 0 ? "" : ", ", short_path(factors[k].path), settings[k]);
  return where.empty() ? "" : fmt::format(", at the point with the middle ratio ({})", where);
}

std::string range_words(const PriceUncertainty& ratio) {
  if (!std::isfinite(ratio.high)) return "";
  return fmt::format("nine draws in ten lie in {} … {}", figure(ratio.low, plain), figure(ratio.high, plain));
}

std::string ratio_words(const UncertainBook& book) {
  const PriceUncertainty& ratio = book.ratio;
  const std::string range = range_words(ratio);
  if (!ratio.undefined_because.empty()) return ratio.undefined_because + (range.empty() ? "" : "; " + range);
  return fmt::format(
      "{} on average, standard deviation {} from prices alone ({}){}; {} at the mean prices, "
      "and {} above, where a range counts with its mode",
      figure(ratio.mean, plain), figure(ratio.sd, plain), name_of(ratio.way),
      range.empty() ? "" : "; " + range, figure(ratio.at_mean_prices, plain), figure(book.as_priced, plain));
}

void add_uncertain_book(std::string& out, const RepriceReport& report, const UncertainBook& book) {
  add_heading(out, fmt::format("What uncertain prices do to cost-exchange.{}, prices {}",
                               name_of(report.view), short_name(book.book)));
  const Measure money = measure_of_unit(report.currency);
  add_words(out, ratio_words(book) + place_words(report, book.point) + ".", 2);
  add_words(out,
            fmt::format("cost.defender.{} there: {}, standard deviation {} ({}).", name_of(report.view),
                        figure(book.cost.mean, money), figure(book.cost.sd, money), name_of(book.cost.way)),
            2);
  std::vector<ShareLine> lines;
  for (const PriceShare& share : book.ratio.shares)
    if (share.share >= 0.001)
      lines.push_back({share.item, fmt::format("{} ± {}", figure(share.mean, money), figure(share.sd, money)),
                       share.share});
  if (book.ratio.interactions >= 0.001) lines.push_back({"together", "", book.ratio.interactions});
  if (lines.empty()) return;
  add_shares(out, "variance", lines);
}

void add_uncertainty(std::string& out, const RepriceReport& report) {
  for (std::size_t i = 0; i < std::min(report.uncertain.size(), most_uncertain); ++i)
    add_uncertain_book(out, report, report.uncertain[i]);
  if (report.uncertain.empty()) return;
  if (report.uncertain.size() > most_uncertain)
    add_words(out,
              fmt::format("{} more books with uncertain prices are in --format json and csv.",
                          report.uncertain.size() - most_uncertain),
              2);
  add_words(out,
            "First-order shares; what only several prices do is \"together\". A low … high range counts as "
            "triangular about its mode (assumed).",
            2);
}

}  // namespace

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
  add_books(out, report);
  add_points(out, report);
  add_break_even(out, report);
  add_uncertainty(out, report);
  if (!report.not_counted.empty()) {
    std::string items;
    for (const NotCounted& each : report.not_counted)
      items += fmt::format("{}{} ({})", items.empty() ? "" : ", ", each.item, name_of(each.account));
    out += '\n';
    add_words(out, "not counted, for want of a price: " + items, 0);
  }
  for (const std::string& warning : report.warnings) add_words(out, "warning: " + warning, 0);
  return out;
}

}  // namespace dronewall
