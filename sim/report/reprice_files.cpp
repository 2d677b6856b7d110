#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "dronewall/report/csv.hpp"
#include "dronewall/report/reprice_report.hpp"
#include "report/aloft.hpp"
#include "report/json_parts.hpp"
#include "report/manifest.hpp"
#include "report/repriced.hpp"

namespace dronewall {
namespace {

std::optional<double> known(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  return value;
}

/// What a point says under a book: what leaked, the attacker's cost, the defender's cost and the ratio of
/// each view, and what the study asks for.
std::vector<Estimate> estimates_of(const RepriceReport& report, const RepricedAnswer& answer,
                                   std::size_t book) {
  const std::uint64_t n = report.study.table().replications(answer.point);
  std::vector<Estimate> made = {answer.leaks};
  for (const View view : all_views) {
    const RepricedFigure& each = answer.figures[static_cast<std::size_t>(view)][book];
    if (view == View::munitions)
      made.push_back(estimate_of("cost.attacker", report.currency, each.attacker, n));
    made.push_back(
        estimate_of(fmt::format("cost.defender.{}", name_of(view)), report.currency, each.defender, n));
    made.push_back(estimate_of(fmt::format("cost-exchange.{}", name_of(view)), "", each.ratio, n));
  }
  made.insert(made.end(), answer.asked[book].begin(), answer.asked[book].end());
  return made;
}

std::string object_of(const BreakEvenPrice& price) {
  return fmt::format(
      R"({{"price": {}, "low": {}, "high": {}, "method": {}, "is": {}, "published": [{}, {}], "source": {}{}}})",
      number(known(price.price)), number(known(price.interval.low)), number(known(price.interval.high)),
      quoted(name_of(price.interval.method)), number(price.point), number(price.low), number(price.high),
      quoted(price.source), members_of(price.turns));
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

std::string object_of_point(const RepriceReport& report, const RepricedAnswer& answer) {
  const std::size_t i = answer.point;
  const RepricedPoint& point = report.study.points()[i];
  std::string text = "    {\n";
  {
    Members members(text, "      ");
    members.add("point", fmt::format("{}", point.stored.number.value_or(point.stored.point)));
    members.add("replications", fmt::format("{}", point.stored.replications));
    std::vector<std::string> paths;
    for (const StoredFactor& factor : report.study.study().factors()) paths.push_back(factor.path);
    members.add("values", settings_object(paths, point.settings));
    if (point.unresolved > 0) members.add("unresolved", number(point.unresolved));
    std::string books = "{\n";
    {
      Members by_book(books, "        ");
      for (std::size_t b = 0; b < report.books.size(); ++b) {
        std::string measures;
        for (const Estimate& each : estimates_of(report, answer, b))
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

std::vector<std::string> items_of(const std::vector<NotCounted>& missing) {
  std::vector<std::string> items;
  for (const NotCounted& each : missing) items.push_back(each.item);
  return items;
}

/// The view that a measure ends with: `cost-exchange.full`, `q95(cost.defender.full)`.
std::optional<View> view_of(std::string_view name) {
  if (const std::size_t close = name.find_first_of(") "); close != std::string_view::npos)
    name = name.substr(0, close);
  for (const View view : all_views) {
    const std::string_view ending = name_of(view);
    if (name.size() > ending.size() && name.ends_with(ending) && name[name.size() - ending.size() - 1] == '.')
      return view;
  }
  return std::nullopt;
}

/// Per book and view the items without a price, one after another.
using LeftOut = std::vector<std::array<std::string, 4>>;

LeftOut left_out_of(const RepriceReport& report) {
  LeftOut left_out(report.books.size());
  for (std::size_t b = 0; b < report.books.size(); ++b)
    for (const View view : all_views) {
      std::string& items = left_out[b][static_cast<std::size_t>(view)];
      for (const NotCounted& each : report.not_counted[b])
        if (each.account == Account::attack || holds(view, each.account))
          items += (items.empty() ? "" : " ") + each.item;
    }
  return left_out;
}

RepriceRequest request_of(const RepriceReport& report) {
  return {report.books, {all_views.begin(), all_views.end()}, report.manifest.confidence, report.asked};
}

bool has_aloft(const RepriceReport& report) {
  return std::any_of(report.study.points().begin(), report.study.points().end(),
                     [](const RepricedPoint& point) { return point.unresolved > 0; });
}

/// What stands before each line of a point.
std::string head_of(const RepricedPoint& point) {
  std::string head = fmt::format("{}", point.stored.number.value_or(point.stored.point));
  for (const std::string& setting : point.settings) head += "," + csv_cell(setting);
  return head;
}

std::string csv_of(const RepriceReport& report, const UncertainBook& book, bool bounds) {
  const RepricedPoint& point = report.study.points()[book.point];
  const std::string head = head_of(point);
  const auto named = [&](const char* measure) {
    return fmt::format("uncertain-prices.{}.{}", measure, name_of(report.view));
  };
  std::vector<PriceLine> lines = lines_of(book.ratio, named("cost-exchange"), "");
  for (PriceLine& line : lines_of(book.cost, named("cost.defender"), report.currency))
    lines.push_back(std::move(line));
  std::string out;
  for (const PriceLine& line : lines)
    out += fmt::format("{},{},{},{},,{},{},{},{},{}{},\n", head, csv_cell(book.book), csv_cell(line.measure),
                       csv_cell(known(line.mean)), csv_cell(known(line.low)), csv_cell(known(line.high)),
                       point.stored.replications, csv_cell(line.unit), csv_cell(line.method),
                       bounds ? ",," : "");
  return out;
}

std::string csv_of(const RepriceReport& report, const RepricedAnswer& answer, bool bounds,
                   const LeftOut& left_out) {
  const std::string head = head_of(report.study.points()[answer.point]);
  std::string out;
  for (std::size_t b = 0; b < report.books.size(); ++b)
    for (const Estimate& each : estimates_of(report, answer, b)) {
      out += fmt::format("{},{},{},{},{},{},{},{},{},{}", head, csv_cell(report.books[b].name),
                         csv_cell(each.name), csv_cell(each.mean), csv_cell(each.se), csv_cell(each.low),
                         csv_cell(each.high), each.n, csv_cell(each.unit), each.method);
      if (bounds && each.bounds)
        out += fmt::format(",{},{}", csv_cell(each.bounds->first), csv_cell(each.bounds->second));
      else if (bounds)
        out += ",,";
      const std::optional<View> view = view_of(each.name);
      out += "," + (view ? csv_cell(left_out[b][static_cast<std::size_t>(*view)]) : "") + '\n';
    }
  return out;
}

}  // namespace

std::vector<std::string> warnings_of(const RepriceReport& report) {
  std::vector<std::string> warnings = report.warnings;
  std::size_t points = 0;
  double most = 0;
  for (const RepricedPoint& point : report.study.points())
    if (point.unresolved > 0) ++points, most = std::max(most, point.unresolved);
  if (points > 0) warnings.push_back(aloft_words(points, most));
  return warnings;
}

void write_json(const RepriceReport& report, const Sink& sink) {
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
  sink(out + "  },\n  \"points\": [\n");
  const char* between = "";
  report.study.each_point(
      request_of(report), [&](const RepricedAnswer& answer) { return object_of_point(report, answer); },
      [&](std::string_view text) {
        sink(std::exchange(between, ",\n"));
        sink(text);
      });
  out = "\n  ],\n  \"price_uncertainty\": {\n";
  {
    Members members(out, "    ");
    for (const UncertainBook& book : report.uncertain) members.add(book.book, object_of(book, report));
  }
  const std::vector<std::string> missing = items_of(report.not_counted[report.book_used]);
  out += fmt::format("  }},\n  \"not_counted\": {},\n  \"not_counted_otherwise\": {{\n", list_of(missing));
  {
    Members members(out, "    ");
    for (std::size_t b = 0; b < report.books.size(); ++b)
      if (const auto items = items_of(report.not_counted[b]); items != missing)
        members.add(report.books[b].name, list_of(items));
  }
  sink(out + fmt::format("  }},\n  \"without_life\": {},\n  \"warnings\": {}\n}}\n",
                         list_of(report.without_life), list_of(warnings_of(report))));
}

void write_csv(const RepriceReport& report, const Sink& sink) {
  const bool bounds = has_aloft(report);
  const LeftOut left_out = left_out_of(report);
  std::string head = "point";
  for (const StoredFactor& factor : report.study.study().factors()) head += "," + csv_cell(factor.path);
  sink(head + ",prices,name,mean,se,low,high,n,unit,method" + (bounds ? ",least,most" : "") +
       ",not_counted\n");
  report.study.each_point(
      request_of(report),
      [&](const RepricedAnswer& answer) { return csv_of(report, answer, bounds, left_out); }, sink);
  for (const UncertainBook& book : report.uncertain) sink(csv_of(report, book, bounds));
}

}  // namespace dronewall
