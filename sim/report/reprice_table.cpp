#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "dronewall/report/reprice_report.hpp"
#include "report/columns.hpp"
#include "report/figures.hpp"
#include "report/page.hpp"
#include "report/repriced.hpp"

namespace dronewall {
namespace {

constexpr std::size_t most_points = 40, most_columns = 4, most_books = 60;

const Measure plain{Measure::Kind::plain, ""};

const std::vector<RepricedFigure>& shown(const RepriceReport& report) {
  return report.figures[static_cast<std::size_t>(report.view)];
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
      rows.push_back({report.books[b].name, "undefined", "", "", ""});
    else
      rows.push_back({report.books[b].name, figure(spread.least, plain), figure(spread.median, plain),
                      figure(spread.greatest, plain), fmt::format("{} of {}", below, spread.points)});
  }
  add_columns(out, {Align::left, Align::right, Align::right, Align::right, Align::right}, rows);
  if (report.books.size() > most_books)
    add_words(out,
              fmt::format("{} more vectors of prices are in --format csv.", report.books.size() - most_books),
              2);
}

void add_points(std::string& out, const RepriceReport& report) {
  const auto& points = report.study.points();
  if (report.books.size() > most_columns || points.empty()) return;
  add_heading(out, fmt::format("cost-exchange.{} at each point", name_of(report.view)));
  std::vector<std::string> head;
  std::vector<Align> align;
  for (const StoredFactor& factor : report.study.study().factors())
    head.push_back(short_path(factor.path)), align.push_back(Align::left);
  for (const NamedBook& book : report.books) head.push_back(book.name), align.push_back(Align::right);
  std::vector<std::vector<std::string>> rows = {head};
  std::set<std::string> methods;
  for (std::size_t i = 0; i < std::min(points.size(), most_points); ++i) {
    std::vector<std::string> row = points[i].settings;
    for (std::size_t b = 0; b < report.books.size(); ++b) {
      const Estimate ratio = estimate_of("", "", shown(report)[i * report.books.size() + b].ratio,
                                         points[i].stored.replications);
      row.push_back(figure(ratio));
      if (!ratio.method.empty()) methods.insert(ratio.method);
    }
    rows.push_back(std::move(row));
  }
  add_columns(out, align, rows);
  if (!methods.empty())
    add_words(out,
              fmt::format("{:g}% intervals: {}.", 100 * report.manifest.confidence, fmt::join(methods, ", ")),
              2);
  if (points.size() > most_points)
    add_words(out, fmt::format("{} more points are in --format csv.", grouped(points.size() - most_points)),
              2);
}

/// An item over all points.
struct ItemOverPoints {
  const BreakEvenPrice* first = nullptr;
  std::vector<double> prices;
  std::size_t in_range = 0;
};

std::string range_words(const BreakEvenPrice& price, const Measure& money) {
  if (!(price.low < price.high)) return "one figure";
  return fmt::format("{} … {}", figure(price.low, money), figure(price.high, money));
}

std::string interval_words(const BreakEvenPrice& price, const Measure& money) {
  if (!price.interval.is_defined()) return "not bounded";
  return fmt::format("{} … {}", figure(price.interval.low, money), figure(price.interval.high, money));
}

void add_break_even(std::string& out, const RepriceReport& report) {
  std::map<std::string, ItemOverPoints> items;
  for (const auto& of_point : report.break_even)
    for (const BreakEvenPrice& each : of_point) {
      if (std::isnan(each.price) || std::isinf(each.price)) continue;
      ItemOverPoints& item = items[each.item];
      if (item.first == nullptr) item.first = &each;
      item.prices.push_back(each.price);
      if (each.price >= 0 && each.low <= each.price && each.price <= each.high && each.low < each.high)
        ++item.in_range;
    }
  if (items.empty()) return;
  const Measure money = measure_of_unit(report.currency);
  add_heading(out, fmt::format("Break-even prices: cost-exchange.{} = {:g}, prices {}", name_of(report.view),
                               report.ratio, report.book_of_break_even));
  const bool one = report.break_even.size() == 1;
  std::vector<std::vector<std::string>> rows;
  if (one)
    rows.push_back({"item", "is", "published", "would be", "interval"});
  else
    rows.push_back({"item", "is", "published", "least", "median", "greatest", "within published"});
  std::set<std::string> methods;
  for (const auto& [name, item] : items) {
    if (item.first->interval.is_defined()) methods.insert(name_of(item.first->interval.method));
    std::vector<std::string> row = {name, figure(item.first->point, money), range_words(*item.first, money)};
    const auto price = [&](double value) { return value < 0 ? "no price" : figure(value, money); };
    if (one) {
      row.push_back(price(item.prices.front()));
      row.push_back(item.prices.front() < 0 ? "" : interval_words(*item.first, money));
    } else {
      const Spread spread = spread_of(item.prices);
      for (const double value : {spread.least, spread.median, spread.greatest}) row.push_back(price(value));
      row.push_back(fmt::format("{} of {} points", item.in_range, item.prices.size()));
    }
    rows.push_back(std::move(row));
  }
  std::vector<Align> align(rows.front().size(), Align::right);
  align[0] = Align::left;
  add_columns(out, align, rows);
  if (one && !methods.empty())
    add_words(out,
              fmt::format("{:g}% intervals: {}.", 100 * report.manifest.confidence, fmt::join(methods, ", ")),
              2);
}

void add_uncertainty(std::string& out, const RepriceReport& report) {
  if (report.uncertainty.empty() || report.uncertainty.front().shares.empty()) return;
  const PriceUncertainty& uncertainty = report.uncertainty.front();
  add_heading(out, fmt::format("What uncertain prices do to cost-exchange.{}", name_of(report.view)));
  const double sd = std::sqrt(uncertainty.variance);
  std::string where;
  const auto& factors = report.study.study().factors();
  const auto& settings = report.study.points()[report.uncertain_point].settings;
  for (std::size_t k = 0; k < factors.size(); ++k)
    where += fmt::format("{}{} {}", k == 0 ? "" : ", ", short_path(factors[k].path), settings[k]);
  add_words(out,
            fmt::format("{} at the mean prices, standard deviation {} from prices alone{}.",
                        figure(uncertainty.value, plain), figure(sd, plain),
                        where.empty() ? "" : fmt::format(", at the point with the median ratio ({})", where)),
            2);
  std::vector<ShareLine> lines;
  const Measure money = measure_of_unit(report.currency);
  for (const PriceShare& share : uncertainty.shares)
    if (share.share >= 0.001)
      lines.push_back({share.item, fmt::format("{} ± {}", figure(share.mean, money), figure(share.sd, money)),
                       share.share});
  add_shares(out, "variance", lines);
  add_words(out, "First-order shares; a low … high range counts as triangular about its mode (assumed).", 2);
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
      fmt::format("re-priced from {}: {} points of {} replications, none run anew", report.store,
                  grouped(report.study.points().size()),
                  fewest == most ? grouped(most) : fmt::format("{} to {}", grouped(fewest), grouped(most))),
      0);
  if (report.study.missing() > 0)
    add_words(out, fmt::format("{} points have no results yet, or failed.", grouped(report.study.missing())),
              0);
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
