// `dronewall reprice STORE --prices BOOK`: new prices on stored quantities, without a replication.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <set>

#include "cli/command.hpp"
#include "cli/price_grid.hpp"
#include "cli/stored.hpp"
#include "dronewall/report/reprice_report.hpp"
#include "dronewall/study/requested.hpp"

namespace dronewall {
namespace {

/// The price books of one command.
struct Books {
  std::vector<NamedBook> all;
  std::size_t of_break_even = 0;          ///< whose prices the break-even prices keep
  std::set<std::size_t> may_be_left_out;  ///< those of the study that nobody asked for by name
  std::vector<std::string> warnings;
};

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
  [[nodiscard]] std::optional<std::vector<PriceAxis>> axes(const StoredInput& in) const;
  [[nodiscard]] Books books(const StoredInput& in, const std::vector<PriceAxis>& axes) const;
  [[nodiscard]] bool leave_out_changed(StoredInput& in, Books& books) const;
};

/// The grid as it was asked for; says what is wrong with it.
std::optional<std::vector<PriceAxis>> RepriceCommand::axes(const StoredInput& in) const {
  std::set<std::string> items;
  for (const QuantityGroup& group : in.stored().table().groups()) items.insert(group.item);
  std::vector<PriceAxis> axes;
  std::size_t combinations = 1;
  for (const std::string& text : grid) {
    std::string why;
    const std::optional<PriceAxis> axis = parse_price_axis(text, in.given_book(), why);
    if (!axis) {
      usage_error(fmt::format("--grid {}: {}", escaped(text), why));
      return std::nullopt;
    }
    if (items.count(axis->item) == 0) {
      const std::string similar = nearest_word(axis->item, {items.begin(), items.end()});
      usage_error(fmt::format("--grid {}: nothing in this store is booked as {}; {}", escaped(text),
                              escaped(axis->item),
                              similar.empty() ? fmt::format("it has {}", fmt::join(items, ", "))
                                              : fmt::format("did you mean {}?", similar)));
      return std::nullopt;
    }
    if (std::any_of(axes.begin(), axes.end(), [&](const PriceAxis& one) { return one.item == axis->item; })) {
      usage_error(fmt::format("--grid {}: {} stands in another --grid (write all its prices in one)",
                              escaped(text), escaped(axis->item)));
      return std::nullopt;
    }
    combinations *= axis->prices.size();
    axes.push_back(*axis);
  }
  if (combinations <= 10'000) return axes;
  usage_error(fmt::format("--grid makes {} vectors of prices (at most 10,000)", combinations));
  return std::nullopt;
}

/// As swept, the study's variants, the books of the command line, the grid.
Books RepriceCommand::books(const StoredInput& in, const std::vector<PriceAxis>& axes) const {
  Books books;
  books.all.push_back(in.has_prices_of_sweep()
                          ? NamedBook{"as swept", in.own_book(), NamedBook::Origin::swept}
                          : NamedBook{"prices now", in.own_book(), NamedBook::Origin::named});
  for (const PriceVariant& variant : in.study().prices) {
    if (&variant == in.given_variant()) books.of_break_even = books.all.size();
    if (&variant != in.given_variant()) books.may_be_left_out.insert(books.all.size());
    books.all.push_back({variant.name.text, laid_over(in.own_book(), variant.book)});
  }
  if (!input.prices.empty() && in.given_variant() == nullptr) {
    books.of_break_even = books.all.size();
    books.all.push_back({fmt::format("{}", fmt::join(input.prices, " + ")), in.given_book()});
  }
  if (!axes.empty())
    for (NamedBook& each : grid_of(axes, in.given_book())) books.all.push_back(std::move(each));
  return books;
}

/// Whether a doctrine would have chosen otherwise under a book that was asked for: says so. A book that only
/// stands in the study is left out, with a warning.
bool RepriceCommand::leave_out_changed(StoredInput& in, Books& books) const {
  if (planning == Planning::keeps) return false;
  const auto changes = in.changed_choices_under([&](std::size_t) {
    std::vector<const PriceBook*> all;
    for (const NamedBook& each : books.all) all.push_back(&each.book);
    return all;
  });
  std::vector<StoredInput::ChangedChoice> of_asked;
  std::map<std::size_t, std::string> left_out;
  for (const StoredInput::ChangedChoice& change : changes)
    if (books.may_be_left_out.count(change.book) == 0)
      of_asked.push_back(change);
    else
      left_out[change.book] += (left_out[change.book].empty() ? "" : "; ") + in.words_of(change);
  if (!of_asked.empty()) {
    std::vector<std::string> names;
    for (const NamedBook& each : books.all) names.push_back(each.name);
    in.refuse(of_asked, names);
    return true;
  }
  for (auto each = left_out.rbegin(); each != left_out.rend(); ++each) {
    const auto at = books.all.begin() + static_cast<std::ptrdiff_t>(each->first);
    books.warnings.push_back(fmt::format(
        "the study's book {} is left out: under it a doctrine that reads prices would have chosen "
        "otherwise ({}); sweep with these prices, or price what happened with --keep-planning",
        at->name, each->second));
    books.all.erase(at);
    if (books.of_break_even > each->first) --books.of_break_even;
  }
  std::reverse(books.warnings.begin(), books.warnings.end());
  return false;
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
  const std::optional<std::vector<PriceAxis>> axes = this->axes(in);
  if (!axes) return Exit::usage;
  Books laid = books(in, *axes);
  if (leave_out_changed(in, laid)) return Exit::failed;
  std::optional<double> coverage = in.stored().study().confidence();
  if (!confidence.empty() && !(coverage = parse_confidence(confidence)))
    return usage_error(fmt::format("--confidence {}: write 0.95 or 95%", escaped(confidence)));

  const std::vector<NamedBook>& all = laid.all;
  const NamedBook& book = all[laid.of_break_even];
  RepriceReport report{.manifest = in.manifest(line, *coverage),
                       .store = input.store,
                       .currency = in.own_book().currency,
                       .view = view,
                       .ratio = ratio,
                       .study = in.stored(),
                       .books = all};
  report.asked = money_asked_by(in.study().measures);
  const BookOfPoint book_of = [&](std::size_t) -> const PriceBook& { return book.book; };
  const TurnsAtPoint turns = planning == Planning::keeps ? TurnsAtPoint() : in.turns_under(book_of);
  for (std::size_t i = 0; i < in.stored().points().size(); ++i)
    report.break_even.push_back(in.stored().break_even_prices(i, book.book, view, ratio, *coverage, turns));
  // The scenario's own prices where no other book was asked for; the study's variants always.
  for (std::size_t b = input.prices.empty() ? 0 : 1; b < all.size(); ++b)
    if (all[b].origin != NamedBook::Origin::grid)
      if (auto uncertain = in.stored().uncertain_book(all[b], view))
        report.uncertain.push_back(std::move(*uncertain));
  report.book_of_break_even = book.name;
  report.book_used = laid.of_break_even;
  report.warnings = laid.warnings;
  if (!in.has_prices_of_sweep())
    report.warnings.push_back(
        "the scenario's files have changed since the sweep: \"prices now\" are those that stand there now");
  for (const NamedBook& each : all) report.not_counted.push_back(in.stored().not_counted(each.book));
  report.without_life = in.stored().study().items(study_text::no_life);
  return write_report(output, report) ? Exit::done : Exit::failed;
}

}  // namespace

void add_reprice(const Arguments& program, Invocation& invocation) {
  const Arguments command = program.command(
      "reprice", "Lay other prices on a finished sweep: ratios and break-even prices without a replication");
  const auto reprice = std::make_shared<RepriceCommand>();
  add_store_options(command, reprice->input);
  command.option({"--grid", "ITEM=PRICES",
                  "Prices of an item in turn, over all books: 'shahed=$10k..$100k/10' or 'shahed=$20k,$50k', "
                  "in quotes, for a shell takes $1 for its own (repeatable: every combination)"},
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
  add_planning_option(command, reprice->planning);
  command.option({"--confidence", "SHARE", "Coverage of the intervals, the study's unless given"},
                 reprice->confidence);
  add_output_options(command, reprice->output);
  command.then([reprice, &invocation] {
    invocation.action = [reprice, &invocation] { return reprice->act(invocation.line); };
  });
}

}  // namespace dronewall
