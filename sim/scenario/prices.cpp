#include "scenario/prices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <utility>

#include "scenario/price_forms.hpp"
#include "scenario/scalars.hpp"
#include "scenario/sections.hpp"
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

bool is_currency(const std::string& text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// The currency that a file's book is written in; USD where it says none or something wrong.
std::string currency_of(const Tree& file, Problems& problems) {
  const Tree* node = file.find("currency");
  if (!node || node->kind != Tree::Kind::scalar) return "USD";
  if (is_currency(node->scalar)) return node->scalar;
  problems.error(node->place, fmt::format("{} is no currency (three capital letters)", node->scalar),
                 "write currency: EUR");
  return "USD";
}

struct Rate {
  std::string currency;
  double value = 0;
};

std::vector<Rate> written_rates(const Tree& file, Problems& problems) {
  std::vector<Rate> rates;
  const Tree* node = file.find("rates");
  if (!node || node->kind != Tree::Kind::mapping) return rates;
  for (const Tree::Entry& entry : node->entries) {
    if (!is_currency(entry.key)) {
      problems.error(entry.key_place, fmt::format("{} is no currency (three capital letters)", entry.key),
                     "write rates: {EUR: 1.10}");
      continue;
    }
    Problems unheard(problems.sources());  // Its value is read and reported with the top level.
    const std::optional<double> value = entry.value->kind == Tree::Kind::scalar
                                            ? read_number(*entry.value, Dimension::none, unheard)
                                            : std::nullopt;
    if (!value) continue;
    if (*value > 0)
      rates.push_back({entry.key, *value});
    else
      problems.error(entry.value->place,
                     fmt::format("the rate of {} is {} (it must be above 0)", entry.key, *value));
  }
  return rates;
}

/// What one unit of a file's own currency is worth in the report's.
std::optional<double> worth_of_own(const std::string& own, const std::vector<Rate>& written,
                                   const Rates& report) {
  if (const std::optional<double> known = report.of(own)) return known;
  for (const Rate& rate : written)
    if (rate.currency == report.report()) return 1 / rate.value;
  return std::nullopt;
}

/// Adds what a file knows of currencies, turned into the report's; false when its own has no rate.
bool extend(Rates& rates, const Tree& file, Problems& problems) {
  Problems unheard(problems.sources());
  const std::string own = currency_of(file, unheard);
  const std::vector<Rate> written = written_rates(file, unheard);
  const std::optional<double> worth = worth_of_own(own, written, rates);
  if (!worth) return false;
  rates.set(own, *worth);
  for (const Rate& rate : written) rates.set(rate.currency, rate.value * *worth);
  return true;
}

/// The year of a file's book; what is wrong with it is reported with the top level.
std::optional<int> year_of(const Tree& file, Problems& problems) {
  const Tree* node = file.find("year");
  if (!node || node->kind != Tree::Kind::scalar) return std::nullopt;
  Problems unheard(problems.sources());
  const std::optional<double> value = read_number(*node, Dimension::none, unheard);
  if (!value || !(*value >= 1900 && *value <= 2100)) return std::nullopt;
  return static_cast<int>(*value);
}

std::optional<Quantity> read_amount(const Tree& node, const char* what, Reading& reading,
                                    std::string& currency) {
  std::optional<Quantity> amount = read_money_in(node, reading.rates, reading.problems, &currency);
  if (amount && !amount->is_constant()) {
    reading.problems.error(node.place, fmt::format("{} may not be random", what),
                           "write price: for a distribution");
    return std::nullopt;
  }
  return amount;
}

void read_plain(const Tree& node, Reading& reading, PriceDescription& price) {
  std::optional<Quantity> amount = read_money_in(node, reading.rates, reading.problems, &price.currency);
  if (!amount) return;
  price.low = price.mode = price.high = amount->mean();
  if (!amount->is_constant()) price.distribution = std::move(*amount);
}

void read_bounds(const Tree& node, Place owner, Reading& reading, PriceDescription& price) {
  const Watch watch(reading.problems);
  double* const members[] = {&price.low, &price.mode, &price.high};
  const char* const names[] = {"low", "mode", "high"};
  for (int i = 0; i < 3; ++i) {
    const Tree* bound = node.find(names[i]);
    if (!bound && !is_misspelt(node, names[i]))
      reading.problems.error(
          owner, fmt::format("{} is missing (a price has low, mode and high, or price)", names[i]),
          "write {low: $3k, mode: $5k, high: $15k}");
    else if (bound && bound->kind != Tree::Kind::null)
      if (const auto amount = read_amount(*bound, names[i], reading, price.currency))
        *members[i] = amount->mean();
  }
  if (watch.clean() && !(price.low <= price.mode && price.mode <= price.high))
    reading.problems.error(node.find("low")->place,
                           fmt::format("low, mode and high are out of order ({}, {}, {} {})", price.low,
                                       price.mode, price.high, reading.rates.report()),
                           "let low <= mode <= high");
}

void take(PriceDescription& price, double amount) { price.low = price.mode = price.high = amount; }

/// What a formula's mapping held; null where something in it is wrong, which was told.
const Values* formula_of(const Values& values, const char* key) {
  const Values::Value* value = values.find(key);
  return value && !value->entries.empty() ? &value->entries.front().second : nullptr;
}

void read_learning(const Tree& node, const Values& values, Reading& reading, PriceDescription& price) {
  const Values* own = formula_of(values, "learning");
  const Tree* first = node.find("first");
  if (!own || !first) return;
  const auto amount = read_amount(*first, "the first piece's price", reading, price.currency);
  const Interval pieces = own->find("pieces")->interval;
  if (!check_above_zero(*own, "rate", reading) || !amount) return;
  take(price,
       mean_on_learning_curve(amount->mean(), own->number("rate", 1), static_cast<std::uint64_t>(pieces.low),
                              static_cast<std::uint64_t>(pieces.high)));
}

void read_annuity(const Tree& node, const Values& values, Reading& reading, PriceDescription& price) {
  const Values* own = formula_of(values, "annuity");
  const Tree* payment = node.find("payment");
  if (!own || !payment) return;
  if (const auto amount = read_amount(*payment, "a payment", reading, price.currency))
    take(price, present_value(amount->mean(), own->number("rate", 0),
                              static_cast<std::uint64_t>(own->number("years", 1))));
}

/// `{low, mode, high, source, year}`, `{price: …, source, year}`, or one of the formulas in its place.
void read_long_form(const Tree& node, Place owner, Reading& reading, PriceDescription& price) {
  const Values values = read_mapping(node, price_table(), owner, reading);
  if (values.has("year")) price.year = static_cast<int>(values.number("year", 0));
  if (values.has("source")) price.source = values.text("source").text;
  std::vector<const char*> ways;
  for (const char* way : {"price", "learning", "annuity"})
    if (node.find(way)) ways.push_back(way);
  if (ways.empty()) return read_bounds(node, owner, reading, price);
  for (const char* bound : {"learning", "annuity", "low", "mode", "high"})
    if (const Tree* other = node.find(bound); other && bound != std::string_view(ways.front())) {
      reading.problems.error(
          other->place, "a price is one of price, learning, annuity, and low, mode and high", "leave one");
      return;
    }
  const Tree& way = *node.find(ways.front());
  if (way.kind == Tree::Kind::null) return;
  if (ways.front() == std::string_view("learning")) return read_learning(way, values, reading, price);
  if (ways.front() == std::string_view("annuity")) return read_annuity(way, values, reading, price);
  read_plain(way, reading, price);
}

bool is_distribution(const Tree& node) {
  return node.kind == Tree::Kind::mapping &&
         (node.find("discrete") || node.find("draw") || node.find("from"));
}

/// `$10k`, a distribution, or a mapping; `owner` is the place of the key that it stands under.
PriceDescription read_price(Name item, Place owner, const Tree& value, Reading& reading) {
  PriceDescription price;
  price.item = std::move(item);
  price.place = value.place;
  if (value.kind == Tree::Kind::null)
    reading.problems.error(owner, fmt::format("{} has no price", price.item.text), "write $10k");
  else if (value.kind == Tree::Kind::mapping && !is_distribution(value))
    read_long_form(value, owner, reading, price);
  else
    read_plain(value, reading, price);
  return price;
}

/// Whether two prices of one item are the same figure.
bool agree(const PriceDescription& a, const PriceDescription& b) {
  return a.low == b.low && a.mode == b.mode && a.high == b.high && a.point() == b.point();
}

constexpr std::array<const char*, 5> suffixes = {"sortie", "flight-hour", "hour", "acquisition",
                                                 "emission-hour"};

/// Before and after the first dot of an item's name.
std::pair<std::string, std::string> parts_of(const std::string& item) {
  const std::size_t dot = item.find('.');
  return {item.substr(0, dot), dot == std::string::npos ? "" : item.substr(dot + 1)};
}

bool is_suffix(const std::string& text) {
  return std::any_of(suffixes.begin(), suffixes.end(), [&](const char* suffix) { return text == suffix; });
}

/// Whether this scenario may book the item: WEAPON, THREAT, NAME.hour …, strike.ASSET; see MODEL §8.
bool is_booked(const std::string& item, const Reading& reading) {
  const auto known = [&](const std::string& name, std::initializer_list<const char*> sections) {
    return std::any_of(sections.begin(), sections.end(),
                       [&](const char* section) { return reading.defined.find(section, name).has_value(); });
  };
  const auto [base, rest] = parts_of(item);
  // A price may stay when the command line leaves out what it prices.
  if (known(base, {"left out"}) || known(rest, {"left out"})) return true;
  if (base == "strike" && !rest.empty() && known(rest, {"assets"})) return true;
  if (base == "debris" && known(rest, {"assets", "zones"})) return true;
  const std::string closed = rest.substr(0, rest.find('.'));
  if (base == "closure" && known(closed, {"assets"}) && (rest == closed || rest == closed + ".hour"))
    return true;
  if (rest.empty() && known(base, {"weapons", "threats"})) return true;
  if (is_suffix(rest) && known(base, {"threats", "unit_types", "sensor_types", "units", "sensors"}))
    return true;
  return (rest == "hour" || rest == "acquisition") && known(base, {"costs"});
}

/// Whether any scenario could book an item of this form.
bool is_bookable(const std::string& item) {
  const auto [base, rest] = parts_of(item);
  if (rest.empty() || is_suffix(rest)) return true;
  return base == "strike" || base == "debris" || base == "closure";
}

/// Every item that this scenario may book.
std::vector<std::string> booked_items(const Reading& reading) {
  std::vector<std::string> items;
  for (const char* section : {"weapons", "threats"})
    for (const std::string& name : reading.defined.names(section)) items.push_back(name);
  for (const char* section : {"threats", "unit_types", "sensor_types", "units", "sensors"})
    for (const std::string& name : reading.defined.names(section))
      for (const char* each : suffixes) items.push_back(name + "." + each);
  for (const std::string& name : reading.defined.names("costs"))
    for (const char* each : {"hour", "acquisition"}) items.push_back(name + "." + each);
  for (const std::string& name : reading.defined.names("assets"))
    for (const char* form : {"strike.{}", "closure.{}", "closure.{}.hour", "debris.{}"})
      items.push_back(fmt::format(fmt::runtime(form), name));
  for (const std::string& name : reading.defined.names("zones")) items.push_back("debris." + name);
  return items;
}

constexpr const char* forms_of_items =
    "items are WEAPON, THREAT, THREAT.sortie, TYPE.flight-hour, TYPE.hour, TYPE.acquisition, "
    "UNIT.emission-hour, strike.ASSET, closure.ASSET, closure.ASSET.hour, debris.ZONE";

void check_item(const Name& item, Reading& reading) {
  if (is_booked(item.text, reading)) return;
  const bool brief = reading.problems.all().size() > 500;
  const std::string nearest = brief ? "" : nearest_word(item.text, booked_items(reading));
  reading.problems.error(item.place, fmt::format("nothing in this scenario is booked as {}", item.text),
                         nearest.empty() ? forms_of_items : fmt::format("did you mean {}?", nearest));
}

/// An item of a book that serves many scenarios: it may be another's, but not one misspelt.
void check_foreign_item(const Tree::Entry& row, const std::vector<std::string>& wanted, Reading& reading) {
  if (!is_bookable(row.key)) {
    reading.problems.error(row.key_place, fmt::format("no scenario books {}", row.key), forms_of_items);
    return;
  }
  const auto [base, rest] = parts_of(row.key);
  std::vector<std::string>
      alike;  // One part is right, the other nearly, or cut short: gerbera for gerbera-near-empty.
  for (const std::string& item : wanted) {
    const auto [its_base, its_rest] = parts_of(item);
    const bool near = its_rest == rest ? !nearest_word(base, {its_base}).empty()
                                       : its_base == base && !nearest_word(rest, {its_rest}).empty();
    if (near) alike.push_back(item);
  }
  if (alike.empty()) return;
  const std::string nearest = nearest_word(row.key, alike);
  reading.problems.warning(row.key_place, fmt::format("nothing in this scenario is booked as {}", row.key),
                           fmt::format("did you mean {}?", nearest.empty() ? alike.front() : nearest));
}

}  // namespace

Rates rates_of(const Tree& root, const std::vector<const Tree*>& catalogs, Problems& problems) {
  Rates rates(currency_of(root, problems));
  (void)written_rates(root, problems);  // Reports; extend() does not.
  extend(rates, root, problems);
  for (const Tree* catalog : catalogs) extend(rates, *catalog, problems);
  extend(rates, root, problems);  // The scenario's own rates win.
  return rates;
}

void read_book(const Tree& file, const std::string& section, Items items, Reading& reading, PriceBook& book) {
  const std::vector<const Tree::Entry*> rows = rows_of(file, section, reading);
  if (rows.empty()) return;
  const Rates common = reading.rates;
  if (items == Items::any) {
    (void)currency_of(file, reading.problems);
    (void)written_rates(file, reading.problems);
  }
  if (!extend(reading.rates, file, reading.problems)) {
    const Tree* currency = file.find("currency");
    reading.problems.error(currency ? currency->place : file.place,
                           fmt::format("this book is in {} and has no rate for {}, the report's currency",
                                       currency ? currency->scalar : "USD", common.report()),
                           fmt::format("add rates: {{{}: 1.10}} to it", common.report()));
    reading.rates = common;
    return;
  }
  for (const auto& [currency, rate] : reading.rates.all()) book.rates[currency] = rate;
  const std::optional<int> year = year_of(file, reading.problems);
  for (const Tree::Entry* entry : rows) {
    const Watch watch(reading.problems);
    if (items == Items::of_this_scenario) check_item({entry->key, entry->key_place}, reading);
    PriceDescription price =
        read_price({entry->key, entry->key_place}, entry->key_place, *entry->value, reading);
    if (!price.year) price.year = year;
    if (watch.clean()) book.items[entry->key] = std::move(price);
  }
  reading.rates = common;
}

std::optional<PriceDescription> read_own_price(const Tree& mapping, const std::string& key, Name item,
                                               Reading& reading) {
  const Tree* value = mapping.find(key);
  if (!value || value->kind == Tree::Kind::null)
    return std::nullopt;  // An empty key is reported with the mapping.
  const Watch watch(reading.problems);
  PriceDescription price = read_price(std::move(item), value->place, *value, reading);
  if (price.source.empty()) price.source = fmt::format("the scenario's {}", key);
  if (!watch.clean()) return std::nullopt;
  return price;
}

void take_own_price(const Tree& mapping, const std::string& key, Name item, Reading& reading) {
  if (std::optional<PriceDescription> price = read_own_price(mapping, key, std::move(item), reading))
    reading.own_money.push_back(std::move(*price));
}

void add_own_money(const std::vector<PriceDescription>& money, PriceBook& book, Reading& reading) {
  std::map<std::string, const PriceDescription*> first;
  for (const PriceDescription& price : money) {
    const auto [before, is_new] = first.emplace(price.item.text, &price);
    if (!is_new && !agree(*before->second, price))
      reading.problems.error(price.place,
                             fmt::format("{} costs something else at {} (one item has one price)",
                                         price.item.text, shown(before->second->place, reading.problems)),
                             "leave one, or give one of them a type of its own");
    PriceDescription entry = price;
    if (!entry.year) entry.year = book.year;
    book.items[price.item.text] = std::move(entry);
  }
}

void check_book(const Tree& file, Reading& reading) {
  const Tree* rows = file.find("prices");
  if (!rows || rows->kind != Tree::Kind::mapping || rows->entries.empty()) return;
  std::vector<std::string> wanted = booked_items(reading);  // and not in the book under their right names
  wanted.erase(
      std::remove_if(wanted.begin(), wanted.end(), [&](const auto& item) { return rows->find(item); }),
      wanted.end());
  bool serves = false;
  for (const Tree::Entry& row : rows->entries) {
    if (is_booked(row.key, reading))
      serves = true;
    else
      check_foreign_item(row, wanted, reading);
  }
  if (!serves)
    reading.problems.warning(rows->place, "nothing in this scenario is booked under any item of this book");
}

}  // namespace dronewall
