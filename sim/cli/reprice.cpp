// `dronewall reprice STORE --prices BOOK`: new prices on stored quantities, without a replication.
#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "cli/command.hpp"
#include "cli/price_grid.hpp"
#include "cli/stored.hpp"
#include "dronewall/report/reprice_report.hpp"
#include "dronewall/study/requested.hpp"

namespace dronewall {
namespace {

enum class Planning { follows, keeps };

struct RepriceCommand {
  StoreOptions input;
  OutputOptions output;
  std::vector<std::string> grid;
  View view = View::marginal;
  double ratio = 1;
  std::string confidence;
  Planning planning = Planning::follows;

  [[nodiscard]] Exit act(const std::string& line) const;

 private:
  [[nodiscard]] std::optional<std::vector<NamedBook>> books(StoredInput& in) const;
  [[nodiscard]] bool refuse_changed(StoredInput& in, const std::vector<NamedBook>& books) const;
};

PriceBook laid_over(PriceBook base, const PriceBook& over) {
  for (const auto& [item, price] : over.items) base.items[item] = price;
  return base;
}

/// As swept, the study's variants, the books of the command line, the grid.
std::optional<std::vector<NamedBook>> RepriceCommand::books(StoredInput& in) const {
  std::vector<NamedBook> books = {
      {"as swept", in.own_book(),
       in.has_prices_of_sweep() ? NamedBook::Origin::swept : NamedBook::Origin::named}};
  for (const PriceVariant& variant : in.study().prices)
    books.push_back({variant.name.text, laid_over(in.own_book(), variant.book)});
  if (!input.prices.empty()) books.push_back({input.prices.back(), in.given_book()});
  std::vector<PriceAxis> axes;
  std::size_t combinations = 1;
  for (const std::string& text : grid) {
    std::string why;
    const std::optional<PriceAxis> axis = parse_price_axis(text, why);
    if (!axis) {
      usage_error(fmt::format("--grid {}: {}", escaped(text), why));
      return std::nullopt;
    }
    bool booked = false;
    for (const QuantityGroup& group : in.stored().table().groups())
      booked = booked || group.item == axis->item;
    if (!booked) {
      std::vector<std::string> items;
      for (const QuantityGroup& group : in.stored().table().groups()) items.push_back(group.item);
      const std::string similar = nearest_word(axis->item, items);
      usage_error(fmt::format("--grid {}: nothing in this store is booked as {}{}", escaped(text),
                              escaped(axis->item), similar.empty() ? "" : "; did you mean " + similar + "?"));
      return std::nullopt;
    }
    combinations *= axis->prices.size();
    axes.push_back(*axis);
  }
  if (combinations > 10'000) {
    usage_error(fmt::format("--grid makes {} vectors of prices (at most 10,000)", combinations));
    return std::nullopt;
  }
  if (!axes.empty())
    for (NamedBook& each : grid_of(axes, in.given_book())) books.push_back(std::move(each));
  return books;
}

/// Whether a doctrine would have chosen otherwise; says where.
bool RepriceCommand::refuse_changed(StoredInput& in, const std::vector<NamedBook>& books) const {
  if (planning == Planning::keeps) return false;
  const auto changed = in.changed_points(books);
  if (changed.empty()) return false;
  fmt::print(stderr,
             "dronewall: these prices cannot be laid on the stored quantities: a doctrine that reads prices "
             "would have\nchosen otherwise at {} of {} points:\n",
             changed.size(), in.stored().points().size());
  constexpr std::size_t shown = 10;
  for (std::size_t i = 0; i < std::min(changed.size(), shown); ++i) {
    const RepricedPoint& point = in.stored().points()[changed[i].point];
    std::string settings;
    for (const std::string& setting : point.settings) settings += (settings.empty() ? "" : ", ") + setting;
    fmt::print(
        stderr, "  point {}{}: {}{}\n", point.stored.number.value_or(point.stored.point),
        settings.empty() ? "" : fmt::format(" ({})", settings), changed[i].changes.front(),
        changed[i].changes.size() > 1 ? fmt::format(", and {} more", changed[i].changes.size() - 1) : "");
  }
  if (changed.size() > shown) fmt::print(stderr, "  and {} more points\n", changed.size() - shown);
  fmt::print(
      stderr,
      "Sweep anew with the new prices in the scenario; or, if the doctrine would go on planning with the "
      "old ones,\nwrite them as planning_prices there, or price what happened with --keep-planning.\n");
  return true;
}

Exit RepriceCommand::act(const std::string& line) const {
  if (would_replace_store(output, input.store)) return Exit::usage;
  const std::uint32_t threads = threads_or_all(input.threads);
  StoredInput in(input, threads);
  if (!in.is_ready(output)) return Exit::input;
  if (!in.price_factors().empty())
    return usage_error(
        fmt::format("the study varies prices by {}: another book would be laid over what was "
                    "varied (vary it under prices:, or with --grid, instead)",
                    in.price_factors().front()));
  const std::optional<std::vector<NamedBook>> books = this->books(in);
  if (!books) return Exit::usage;
  if (refuse_changed(in, *books)) return Exit::failed;
  std::optional<double> coverage = in.stored().study().confidence();
  if (!confidence.empty() && !(coverage = parse_confidence(confidence)))
    return usage_error(fmt::format("--confidence {}: write 0.95 or 95%", escaped(confidence)));

  std::size_t of_break_even = books->size() - 1;
  if (!grid.empty()) of_break_even = input.prices.empty() ? 0 : in.study().prices.size() + 1;
  if (grid.empty() && input.prices.empty()) of_break_even = 0;
  const NamedBook& book = (*books)[of_break_even];
  RepriceReport report{.manifest = in.manifest(line, *coverage),
                       .store = input.store,
                       .currency = in.own_book().currency,
                       .view = view,
                       .ratio = ratio,
                       .study = in.stored(),
                       .books = *books};
  const std::vector<View> views = output.format == Format::table
                                      ? std::vector<View>{view}
                                      : std::vector<View>(all_views.begin(), all_views.end());
  report.figures = in.stored().figures(*books, views, *coverage);
  for (std::size_t i = 0; i < in.stored().points().size(); ++i)
    report.break_even.push_back(in.stored().break_even_prices(i, book.book, view, ratio, *coverage));
  std::vector<double> ratios;
  for (std::size_t i = of_break_even; i < report.figures[static_cast<std::size_t>(view)].size();
       i += books->size())
    ratios.push_back(report.figures[static_cast<std::size_t>(view)][i].ratio.mean);
  if (const Spread spread = spread_of(ratios); spread.points > 0) {
    report.uncertain_point = spread.at_median;
    report.uncertainty.push_back(
        exchange_uncertainty(in.stored().table(), spread.at_median, book.book, view));
  }
  report.book_of_break_even = book.name;
  report.not_counted = in.stored().not_counted(book.book);
  return write_result(output, text_of(report, output.format)) ? Exit::done : Exit::failed;
}

}  // namespace

void add_reprice(const Arguments& program, Invocation& invocation) {
  const Arguments command = program.command(
      "reprice", "Lay other prices on a finished sweep: ratios and break-even prices without a replication");
  const auto reprice = std::make_shared<RepriceCommand>();
  add_store_options(command, reprice->input);
  command.option({"--grid", "ITEM=PRICES",
                  "Prices of an item in turn, over all books: shahed=$10k..$100k/10 or shahed=$20k,$50k "
                  "(repeatable: every combination)"},
                 reprice->grid);
  std::vector<std::string> views;
  for (const View view : all_views) views.push_back(name_of(view));
  command.choice({"--view", "VIEW", "The view of the table, marginal unless given"}, views,
                 [reprice](std::size_t which) { reprice->view = all_views.at(which); });
  command.checked({"--ratio", "RATIO", "The ratio of the break-even prices, 1 unless given"},
                  [reprice](const std::string& text) -> std::string {
                    const std::optional<double> ratio = parse_value(text);
                    if (!ratio || !(*ratio > 0))
                      return fmt::format("{} is no number above 0 (write 1 or 0.5)", escaped(text));
                    reprice->ratio = *ratio;
                    return "";
                  });
  command.flag({"--keep-planning", "", "Doctrines that read prices go on planning with the scenario's own"},
               [reprice] { reprice->planning = Planning::keeps; });
  command.option({"--confidence", "SHARE", "Coverage of the intervals, the study's unless given"},
                 reprice->confidence);
  add_output_options(command, reprice->output);
  command.then([reprice, &invocation] {
    invocation.action = [reprice, &invocation] { return reprice->act(invocation.line); };
  });
}

}  // namespace dronewall
