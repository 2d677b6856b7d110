#include "dronewall/pricing/pricing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "dronewall/core/contracts.hpp"
#include "pricing/cost_lines.hpp"
#include "pricing/counted_price.hpp"
#include "pricing/money_measures.hpp"

namespace dronewall {

const char* name_of(View view) {
  switch (view) {
    case View::munitions:
      return "munitions";
    case View::marginal:
      return "marginal";
    case View::full:
      return "full";
    case View::total:
      return "total";
  }
  expects(false);
}

bool holds(View view, Account account) {
  switch (account) {
    case Account::munitions:
      return true;
    case Account::operations:
      return view >= View::marginal;
    case Account::standing:
    case Account::acquisition:
      return view >= View::full;
    case Account::damage:
    case Account::disruption:
      return view == View::total;
    case Account::attack:
      return false;
  }
  expects(false);
}

namespace {

template <typename Wanted>
std::vector<const UsedPrice*> of_other_years(const Pricing& pricing, Wanted wanted) {
  std::vector<const UsedPrice*> found;
  for (const UsedPrice& price : pricing.prices)
    if (price.year && pricing.year && *price.year != *pricing.year && wanted(price)) found.push_back(&price);
  return found;
}

}  // namespace

std::vector<const UsedPrice*> Pricing::moved_prices() const {
  return of_other_years(*this, [](const UsedPrice& price) { return price.deflated_by != 1; });
}

std::vector<const UsedPrice*> Pricing::foreign_prices() const {
  return of_other_years(*this, [](const UsedPrice& price) { return price.deflated_by == 1; });
}

const char* name_of(Scoring scoring) { return scoring == Scoring::expected ? "expected" : "sampled"; }

Place place_of_item(const ScenarioDescription& scenario, const std::string& item) {
  const std::string thing = item.substr(0, item.find('.'));
  for (const char* prefix : {"strike.", "closure.", "debris."})  // Of an asset: NAME may be followed by .hour
    if (item.rfind(prefix, 0) == 0) {
      const std::string rest = item.substr(std::string(prefix).size());
      const auto asset = scenario.assets.find(rest.substr(0, rest.find('.')));
      if (asset != scenario.assets.end()) return asset->second.name.place;
    }
  if (const auto weapon = scenario.weapons.find(thing); weapon != scenario.weapons.end())
    return weapon->second.name.place;
  if (const auto threat = scenario.threats.find(thing); threat != scenario.threats.end())
    return threat->second.name.place;
  for (const auto& [name, unit] : scenario.units)
    if (name == thing || unit.type.text == thing)
      return unit.type.given() ? unit.type.place : unit.name.place;
  if (const auto cost = scenario.costs.find(thing); cost != scenario.costs.end())
    return cost->second.name.place;
  for (const auto& [name, sensor] : scenario.sensors)
    if (name == thing || sensor.type.text == thing)
      return sensor.type.given() ? sensor.type.place : sensor.name.place;
  return {};
}

double deflator_of(const PriceDescription& price, const PriceBook& book) {
  const bool other_year = price.year && book.year && *price.year != *book.year;
  return other_year ? book.deflator.value_or(1) : 1;
}

namespace {

void report_missing(const LedgerLine& line, const PriceBook& book, const PlaceOfItem& place_of,
                    Problems& problems) {
  std::vector<std::string> priced;
  for (const auto& [item, price] : book.items) priced.push_back(item);
  const std::string similar = nearest_word(line.item, priced);
  std::string hint = similar.empty() ? fmt::format("write `prices: {{{}: $10k}}`, or a price book", line.item)
                                     : fmt::format("the prices have `{}`; did you mean that?", similar);
  problems.error(place_of ? place_of(line.item) : Place{},
                 fmt::format("{} has no price (without it {} would be counted as free)", line.item,
                             line.side == Side::attacker ? "the attack" : "the defence"),
                 std::move(hint));
}

UsedPrice used_price(const PriceDescription& price, const CostLine& cost, double factor) {
  UsedPrice used{cost.line->item, cost.point, cost.low, cost.high, price.source};
  used.basis = price.distribution       ? UsedPrice::Basis::mean
               : price.low < price.high ? UsedPrice::Basis::mode
                                        : UsedPrice::Basis::price;
  used.year = price.year;
  used.deflated_by = factor;
  return used;
}

/// Of each count and its expectation the one that is not priced, by column.
std::vector<bool> scored_otherwise(const LedgerLayout& layout, Scoring scoring) {
  std::vector<bool> left_out(layout.columns.size(), false);
  for (std::uint32_t column = 0; column < layout.columns.size(); ++column)
    if (const auto counted = layout.columns[column].expectation_of)
      left_out[scoring == Scoring::expected ? *counted : column] = true;
  return left_out;
}

/// The layout's lines under the book; fills in what was used, what is missing and what is not counted.
CostLines lines_of(const LedgerLayout& layout, const PriceBook& book, const PlaceOfItem& place_of,
                   Problems& problems, Scoring scoring, Pricing& pricing) {
  CostLines lines;
  const std::vector<bool> left_out = scored_otherwise(layout, scoring);
  std::set<std::string> missing;
  std::map<std::string, UsedPrice> used;
  std::set<std::tuple<Account, std::string, Missing>> not_counted;
  for (std::uint32_t column = 0; column < layout.columns.size(); ++column) {
    const Column& booked = layout.columns[column];
    if (!booked.line || left_out[column]) continue;
    if (booked.expectation_of) pricing.scoring = Scoring::expected;
    const LedgerLine& line = *booked.line;
    const auto found = book.items.find(line.item);
    if (found == book.items.end()) {
      if (!line.must_be_priced) {
        if (!booked.of_stopped) not_counted.emplace(line.account, line.item, Missing::price);
      } else if (missing.insert(line.item).second) {
        report_missing(line, book, place_of, problems);
      }
      continue;
    }
    const PriceDescription& price = found->second;
    const double factor = deflator_of(price, book), point = factor * price.point();
    CostLine cost{column, &line, booked.quantum, point, point, point};
    if (!price.distribution) cost.low = factor * price.low, cost.high = factor * price.high;
    (booked.of_stopped ? lines.stopped : lines.costs).push_back(cost);
    used[line.item] = used_price(price, cost, factor);
  }
  for (auto& [item, price] : used) {
    pricing.has_ranges = pricing.has_ranges || price.low < price.high;
    pricing.prices.push_back(std::move(price));
  }
  // Where nothing at all is written off, the view lacks the account as a whole.
  const bool writes_off = std::any_of(lines.costs.begin(), lines.costs.end(), [](const CostLine& cost) {
    return cost.line->account == Account::acquisition;
  });
  for (const LedgerLine& line : layout.without_life)
    if (writes_off && not_counted.count({line.account, line.item, Missing::price}) == 0)
      not_counted.emplace(line.account, line.item, Missing::life);
  for (const auto& [account, item, why] : not_counted) pricing.not_counted.push_back({item, account, why});
  return lines;
}

/// What of a view's accounts is counted: `lacks` those of which nothing is, `partial` those of which only
/// some is.
void note_gaps(View view, const CostLines& lines, Pricing& pricing) {
  for (const Account account : {Account::munitions, Account::operations, Account::standing,
                                Account::acquisition, Account::damage, Account::disruption}) {
    if (!holds(view, account)) continue;
    const bool priced = std::any_of(lines.costs.begin(), lines.costs.end(),
                                    [&](const CostLine& cost) { return cost.line->account == account; });
    const bool left_out = std::any_of(pricing.not_counted.begin(), pricing.not_counted.end(),
                                      [&](const NotCounted& item) { return item.account == account; });
    const bool always_there = account == Account::standing || account == Account::acquisition;
    const auto index = static_cast<std::size_t>(view);
    if (!priced && (left_out || always_there)) pricing.lacks[index].push_back(account);
    if (priced && left_out) pricing.partial[index].push_back(account);
  }
}

}  // namespace

Pricing price(const LedgerLayout& layout, const PriceBook& book, const PlaceOfItem& place_of,
              Problems& problems, Scoring scoring) {
  Pricing pricing;
  pricing.currency = book.currency;
  pricing.year = book.year;
  const CostLines lines = lines_of(layout, book, place_of, problems, scoring, pricing);
  for (const View view : all_views) note_gaps(view, lines, pricing);
  MoneyMeasures measures{layout, lines, pricing};
  measures.add_costs();
  measures.add_ratios();
  measures.add_break_evens();
  return pricing;
}

}  // namespace dronewall
