// What re-pricing says of prices themselves: which would break even, and what uncertain ones do.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "dronewall/core/phrases.hpp"
#include "report/columns.hpp"
#include "report/figures.hpp"
#include "report/page.hpp"
#include "report/price_turns.hpp"
#include "report/reprice_parts.hpp"

namespace dronewall {
namespace {

constexpr std::size_t most_uncertain = 4;

const Measure plain{Measure::Kind::plain, ""};

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

}  // namespace

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

void add_uncertainty(std::string& out, const RepriceReport& report) {
  for (std::size_t i = 0; i < std::min(report.uncertain.size(), most_uncertain); ++i)
    add_uncertain_book(out, report, report.uncertain[i]);
  if (report.uncertain.empty()) return;
  if (report.uncertain.size() > most_uncertain)
    add_words(out,
              fmt::format("With uncertain prices there: {}, in --format json and csv.",
                          counted(report.uncertain.size() - most_uncertain, "more book")),
              2);
  add_words(out,
            "First-order shares; what only several prices do is \"together\". A low … high range counts as "
            "triangular about its mode (assumed).",
            2);
}

}  // namespace dronewall
