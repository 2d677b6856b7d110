#include "pricing/money_measures.hpp"

#include <fmt/format.h>

#include <set>

#include "pricing/forms.hpp"

namespace dronewall {
namespace {

/// The accounts in a view, in words.
const char* words_of(View view) {
  switch (view) {
    case View::munitions:
      return "rounds fired";
    case View::marginal:
      return "rounds fired and operations";
    case View::full:
      return "rounds, operations, standing and acquisition";
    case View::total:
      return "all that is spent, and damage and disruption suffered";
  }
  return "";
}

}  // namespace

void MoneyMeasures::add(std::string name, std::string meaning, LinearForm form) {
  pricing_.measures.push_back(
      {std::move(name), std::move(meaning), pricing_.currency, std::move(form), std::nullopt, ""});
}

void MoneyMeasures::add_ratio(std::string name, std::string meaning, std::string unit, LinearForm numerator,
                              LinearForm denominator, std::string undefined_because) {
  pricing_.measures.push_back({std::move(name), std::move(meaning), std::move(unit), std::move(numerator),
                               std::move(denominator), std::move(undefined_because)});
}

void MoneyMeasures::add_costs() {
  for (const View view : all_views)
    add(fmt::format("cost.defender.{}", name_of(view)),
        fmt::format("The defender's cost: {}.", words_of(view)), lines_.defender(view));
  add("cost.attacker", "The attacker's cost: everything launched.", lines_.attacker());
  add("cost.investment", "The price of all pieces with a life, undivided.", lines_.investment());

  for (const Account account : {Account::munitions, Account::operations, Account::standing,
                                Account::acquisition, Account::damage, Account::disruption, Account::attack})
    if (LinearForm form = lines_.account(account); !form.terms.empty())
      add(fmt::format("cost.account.{}", name_of(account)),
          fmt::format("Cost of the account {}.", name_of(account)), std::move(form));
  for (const std::string& nation : lines_.nations())
    for (const View view : all_views)
      add(fmt::format("cost.nation.{}.{}", nation, name_of(view)),
          fmt::format("What {} pays: {}.", nation, words_of(view)), lines_.nation(nation, view));
  for (const std::string& unit : lines_.units())
    for (const View view : all_views)
      add(fmt::format("cost.unit.{}.{}", unit, name_of(view)),
          fmt::format("Cost booked on {}: {}.", unit, words_of(view)), lines_.unit(unit, view));
  for (const UsedPrice& price : pricing_.prices)
    add(fmt::format("cost.item.{}", price.item), fmt::format("Cost of {}.", price.item),
        lines_.item(price.item));
}

void MoneyMeasures::add_ratios() {
  const LinearForm stopped_count = plus(form_of(layout_, "kills"), form_of(layout_, "soft-kills"));
  for (const View view : all_views) {
    const std::string name = fmt::format("cost-exchange.{}", name_of(view));
    add_ratio(name,
              fmt::format("The defender's cost ({}) for each unit of the attacker's, everything launched.",
                          words_of(view)),
              "", lines_.defender(view), lines_.attacker(), "nothing that has a price was launched");
    if (pricing_.has_ranges) {
      add_ratio(name + ".least",
                "The ratio with every price of the defender at its low and of the attacker at its high.", "",
                lines_.defender(view, PriceEnd::low), lines_.attacker(PriceEnd::high),
                "nothing that has a price was launched");
      add_ratio(name + ".most",
                "The ratio with every price of the defender at its high and of the attacker at its low.", "",
                lines_.defender(view, PriceEnd::high), lines_.attacker(PriceEnd::low),
                "nothing that has a price was launched");
    }
    add_ratio(
        fmt::format("cost-exchange.per-stopped.{}", name_of(view)),
        fmt::format("The defender's cost ({}) for each unit of price of what was stopped.", words_of(view)),
        "", lines_.defender(view), lines_.stopped_value(), "nothing that has a price was stopped");
    add_ratio(
        fmt::format("cost-per-kill.{}", name_of(view)),
        fmt::format("The defender's cost ({}) for each intruder shot down or soft-killed.", words_of(view)),
        pricing_.currency, lines_.defender(view), stopped_count, "nothing was shot down or soft-killed");
  }
  add_ratio("attacker-cost-per-strike", "The attacker's cost for each intruder that struck.",
            pricing_.currency, lines_.attacker(), form_of(layout_, "fates.struck"), "nothing struck");
}

void MoneyMeasures::add_break_evens() {
  const auto solve = [&](const std::string& item, Side side, View view) {
    const LinearForm own = lines_.item(item);
    const LinearForm defender = lines_.defender(view), attacker = lines_.attacker();
    const bool threat = side == Side::attacker;
    add_ratio(
        fmt::format("break-even.{}.{}", item, name_of(view)),
        fmt::format("The price of {} at which cost-exchange.{} is one; below zero, no price does it.", item,
                    name_of(view)),
        pricing_.currency,
        threat ? plus(defender, plus(attacker, own, -1), -1) : plus(attacker, plus(defender, own, -1), -1),
        lines_.quantity_of(item), fmt::format("no {} was {}", item, threat ? "launched" : "used"));
  };
  std::set<std::string> done;
  for (const CostLine& cost : lines_.costs) {
    const LedgerLine& line = *cost.line;
    if (line.account != Account::munitions && line.account != Account::attack) continue;
    if (!done.insert(line.item).second) continue;
    for (const View view : all_views) solve(line.item, line.side, view);
  }
}

}  // namespace dronewall
