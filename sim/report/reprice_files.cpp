#include <fmt/format.h>

#include <cmath>

#include "dronewall/report/csv.hpp"
#include "dronewall/report/reprice_report.hpp"
#include "report/json_parts.hpp"
#include "report/manifest.hpp"
#include "report/repriced.hpp"

namespace dronewall {
namespace {

std::optional<double> known(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  return value;
}

/// What a point says under a book: the attacker's cost, and the defender's cost and the ratio of each view.
std::vector<Estimate> estimates_of(const RepriceReport& report, std::size_t point, std::size_t book) {
  const std::size_t at = point * report.books.size() + book;
  const std::uint64_t n = report.study.table().replications(point);
  std::vector<Estimate> made;
  for (const View view : all_views) {
    const RepricedFigure& each = report.figures[static_cast<std::size_t>(view)][at];
    if (view == View::munitions)
      made.push_back(estimate_of("cost.attacker", report.currency, each.attacker, n));
    made.push_back(
        estimate_of(fmt::format("cost.defender.{}", name_of(view)), report.currency, each.defender, n));
    made.push_back(estimate_of(fmt::format("cost-exchange.{}", name_of(view)), "", each.ratio, n));
  }
  return made;
}

/// Why a price or an end of its interval is not there: beyond a turn nothing was simulated.
std::string turn_members(const BreakEvenPrice& price) {
  std::string members;
  const auto add = [&](const char* side, const std::optional<PriceTurn>& turn) {
    if (turn)
      members += fmt::format(R"(, "not_{}": {{"price": {}, "for": {}}})", side, number(turn->price),
                             quoted(turn->change));
  };
  add("below", price.turns.below);
  add("above", price.turns.above);
  return members;
}

std::string object_of(const BreakEvenPrice& price) {
  return fmt::format(
      R"({{"price": {}, "low": {}, "high": {}, "method": {}, "is": {}, "published": [{}, {}], "source": {}{}}})",
      number(known(price.price)), number(known(price.interval.low)), number(known(price.interval.high)),
      quoted(name_of(price.interval.method)), number(price.point), number(price.low), number(price.high),
      quoted(price.source), turn_members(price));
}

std::string object_of(const PriceUncertainty& told) {
  std::string shares;
  for (const PriceShare& share : told.shares)
    shares += fmt::format(R"({}{}: {{"mean": {}, "sd": {}, "share": {}}})", shares.empty() ? "" : ", ",
                          quoted(share.item), number(share.mean), number(share.sd), number(share.share));
  return fmt::format(
      R"({{"mean": {}, "sd": {}, "q05": {}, "q95": {}, "at_mean_prices": {}, "way": {}, "shares": {{{}}}, "together": {}{}}})",
      number(known(told.mean)), number(known(told.sd)), number(known(told.low)), number(known(told.high)),
      number(known(told.at_mean_prices)), quoted(name_of(told.way)), shares, number(told.interactions),
      told.undefined_because.empty() ? ""
                                     : fmt::format(R"(, "undefined": {})", quoted(told.undefined_because)));
}

std::string object_of(const UncertainBook& book, const RepriceReport& report) {
  const StoredPoint& point = report.study.points()[book.point].stored;
  const View view = report.view;
  return fmt::format(R"({{"point": {}, "cost-exchange.{}": {}, "cost.defender.{}": {}}})",
                     point.number.value_or(point.point), name_of(view), object_of(book.ratio), name_of(view),
                     object_of(book.cost));
}

/// A figure of uncertain prices as a line; low and high are the range of draws.
struct PriceLine {
  std::string measure;
  double mean, low, high;
  std::string unit, method;
};

std::vector<PriceLine> lines_of(const PriceUncertainty& told, const std::string& measure,
                                const std::string& unit) {
  const std::string method = name_of(told.way);
  const double none = std::nan("");
  std::vector<PriceLine> lines = {{measure, told.mean, told.low, told.high, unit,
                                   method + (std::isnan(told.high) ? "" : ", range of 90% of draws")},
                                  {measure + ".sd", told.sd, none, none, unit, method}};
  for (const PriceShare& share : told.shares)
    lines.push_back({measure + ".share." + share.item, share.share, none, none, "fraction", method});
  lines.push_back({measure + ".share.together", told.shares.empty() ? none : told.interactions, none, none,
                   "fraction", method});
  return lines;
}

std::string object_of_point(const RepriceReport& report, std::size_t i) {
  const RepricedPoint& point = report.study.points()[i];
  std::string text = "    {\n";
  {
    Members members(text, "      ");
    members.add("point", fmt::format("{}", point.stored.number.value_or(point.stored.point)));
    members.add("replications", fmt::format("{}", point.stored.replications));
    std::string values;
    const auto& factors = report.study.study().factors();
    for (std::size_t k = 0; k < factors.size(); ++k)
      values +=
          fmt::format("{}{}: {}", k == 0 ? "" : ", ", quoted(factors[k].path), quoted(point.settings[k]));
    members.add("values", "{" + values + "}");
    std::string books = "{\n";
    {
      Members by_book(books, "        ");
      for (std::size_t b = 0; b < report.books.size(); ++b) {
        std::string measures;
        for (const Estimate& each : estimates_of(report, i, b))
          measures +=
              fmt::format("{}{}: {}", measures.empty() ? "" : ", ", quoted(each.name), object_of(each));
        by_book.add(report.books[b].name, "{" + measures + "}");
      }
    }
    members.add("prices", books + "      }");
    std::string prices;
    for (const BreakEvenPrice& each : report.break_even[i])
      prices += fmt::format("{}{}: {}", prices.empty() ? "" : ", ", quoted(each.item), object_of(each));
    members.add("break_even", "{" + prices + "}");
  }
  return text + "    }";
}

std::string csv_of(const RepriceReport& report, const UncertainBook& book) {
  const RepricedPoint& point = report.study.points()[book.point];
  std::string head = fmt::format("{}", point.stored.number.value_or(point.stored.point));
  for (const std::string& setting : point.settings) head += "," + csv_cell(setting);
  const auto named = [&](const char* measure) {
    return fmt::format("uncertain-prices.{}.{}", measure, name_of(report.view));
  };
  std::vector<PriceLine> lines = lines_of(book.ratio, named("cost-exchange"), "");
  for (PriceLine& line : lines_of(book.cost, named("cost.defender"), report.currency))
    lines.push_back(std::move(line));
  std::string out;
  for (const PriceLine& line : lines)
    out += fmt::format("{},{},{},{},,{},{},{},{},{}\n", head, csv_cell(book.book), csv_cell(line.measure),
                       csv_cell(known(line.mean)), csv_cell(known(line.low)), csv_cell(known(line.high)),
                       point.stored.replications, csv_cell(line.unit), csv_cell(line.method));
  return out;
}

}  // namespace

std::string json_of(const RepriceReport& report) {
  std::string out = "{\n  \"manifest\": {\n";
  {
    Members members(out, "    ");
    add_study(members, report.manifest);
    members.add("store", quoted(report.store));
    members.add("replications", quoted(report.study.study().text(study_text::replications)));
    members.add("loss_scoring", quoted(report.study.study().text(study_text::scoring)));
    members.add("currency", quoted(report.currency));
    members.add("view", quoted(name_of(report.view)));
    members.add("break_even_ratio", number(report.ratio));
    members.add("break_even_book", quoted(report.book_of_break_even));
    members.add("missing_points", fmt::format("{}", report.study.missing()));
    add_how(members, report.manifest);
  }
  out += "  },\n  \"points\": [\n";
  for (std::size_t i = 0; i < report.study.points().size(); ++i)
    out += (i == 0 ? "" : ",\n") + object_of_point(report, i);
  out += "\n  ],\n  \"price_uncertainty\": {\n";
  {
    Members members(out, "    ");
    for (const UncertainBook& book : report.uncertain) members.add(book.book, object_of(book, report));
  }
  std::vector<std::string> missing;
  for (const NotCounted& each : report.not_counted) missing.push_back(each.item);
  return out + fmt::format("  }},\n  \"not_counted\": {},\n  \"warnings\": {}\n}}\n", list_of(missing),
                           list_of(report.warnings));
}

std::string csv_of(const RepriceReport& report) {
  std::string out = "point";
  for (const StoredFactor& factor : report.study.study().factors()) out += "," + csv_cell(factor.path);
  out += ",prices,name,mean,se,low,high,n,unit,method\n";
  for (std::size_t i = 0; i < report.study.points().size(); ++i) {
    const RepricedPoint& point = report.study.points()[i];
    std::string head = fmt::format("{}", point.stored.number.value_or(point.stored.point));
    for (const std::string& setting : point.settings) head += "," + csv_cell(setting);
    for (std::size_t b = 0; b < report.books.size(); ++b)
      for (const Estimate& each : estimates_of(report, i, b))
        out += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", head, csv_cell(report.books[b].name), each.name,
                           csv_cell(each.mean), csv_cell(each.se), csv_cell(each.low), csv_cell(each.high),
                           each.n, csv_cell(each.unit), each.method);
  }
  for (const UncertainBook& book : report.uncertain) out += csv_of(report, book);
  return out;
}

}  // namespace dronewall
