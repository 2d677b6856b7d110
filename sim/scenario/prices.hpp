// Price books: items, what they cost, in the currency of the report.
#pragma once
#include "scenario/reading.hpp"

namespace dronewall {

/// The rates of a scenario: into its `currency:` (default USD), its own `rates:`, and under them those of the
/// catalogs.
[[nodiscard]] Rates rates_of(const Tree& root, const std::vector<const Tree*>& catalogs, Problems& problems);

/// Whether the items of a book must be items of this scenario: its own are checked, a catalog serves many.
enum class Items { any, of_this_scenario };

/// Reads `section` ("prices", "planning_prices") of one file into `book`, converted into the currency of
/// `reading.rates`, which the file's own currency and rates extend. An entry replaces an earlier one of the
/// same item.
void read_book(const Tree& file, const std::string& section, Items items, Reading& reading, PriceBook& book);

/// Warns of items of a `--prices` book that look like one of this scenario misspelt, and of a book that
/// prices nothing in it; reports items that no scenario could have. What is another scenario's is left alone.
void check_book(const Tree& file, Reading& reading);

/// Money that stands in a scenario outside its `prices:` (`per_hit`, `per_hour`): an entry of the book under
/// `item`. `key` names it for the reader of the report. Nothing where the mapping has no such key, or after
/// reporting what is wrong with it.
[[nodiscard]] std::optional<PriceDescription> read_own_price(const Tree& mapping, const std::string& key,
                                                             Name item, Reading& reading);
/// The same, kept in `reading.own_money` where it is right.
void take_own_price(const Tree& mapping, const std::string& key, Name item, Reading& reading);
/// Puts such money into the book; reports one item that has two different prices.
void add_own_money(const std::vector<PriceDescription>& money, PriceBook& book, Reading& reading);

}  // namespace dronewall
