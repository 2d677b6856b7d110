// What a study asks of its choices, what its attacker may do, and with which prices its results are priced.
#include <fmt/format.h>

#include "scenario/prices.hpp"
#include "scenario/scalars_amounts.hpp"
#include "scenario/sections.hpp"
#include "scenario/study_reading.hpp"

namespace dronewall {
namespace {

/// `<= 10%`: the sense, and the figure as a node of its own.
std::optional<ConstraintDescription> read_constraint(const Tree::Entry& entry, Reading& reading) {
  const Tree& node = *entry.value;
  const std::string_view text = node.kind == Tree::Kind::scalar ? trimmed(node.scalar) : std::string_view();
  const bool at_most = text.starts_with("<="), at_least = text.starts_with(">=");
  if (!at_most && !at_least) {
    const bool is_strict = text.starts_with('<') || text.starts_with('>');
    reading.problems.error(node.kind == Tree::Kind::null ? entry.key_place : node.place,
                           is_strict
                               ? fmt::format("{} is held by {}; limits are <= and >=", entry.key, text[0])
                               : fmt::format("{} is held to nothing", entry.key),
                           "write \"<= 10%\" or \">= 0.9\"");
    return std::nullopt;
  }
  Tree figure;
  figure.kind = Tree::Kind::scalar;
  figure.place = node.place;
  figure.scalar = std::string(trimmed(text.substr(2)));
  const auto bound = read_figure(figure, reading);
  if (!bound) return std::nullopt;
  ConstraintDescription constraint;
  constraint.measure = {entry.key, entry.key_place};
  constraint.sense = at_most ? ConstraintDescription::Sense::at_most : ConstraintDescription::Sense::at_least;
  constraint.bound = *bound;
  constraint.text = fmt::format("{} {}", text.substr(0, 2), figure.scalar);
  return constraint;
}

/// A file that holds one variant's prices in the words of the scenario's own book.
Tree book_of(const Tree& prices, const Tree& root) {
  Tree book;
  book.kind = Tree::Kind::mapping;
  book.place = prices.place;
  for (const char* word : {"currency", "rates", "year"})
    for (const Tree::Entry& entry : root.entries)
      if (entry.key == word) book.entries.push_back({entry.key, entry.key_place, entry.value->clone()});
  book.entries.push_back({"prices", prices.place, prices.clone()});
  return book;
}

}  // namespace

SelectDescription read_select(const Tree& node, const Values& values, Reading& reading) {
  SelectDescription select;
  select.place = node.place;
  const std::string aim = exactly_one(node, {"minimise", "maximise"}, node.place, "select", reading);
  select.aim = aim == "maximise" ? SelectDescription::Aim::maximise : SelectDescription::Aim::minimise;
  if (!aim.empty()) select.objective = values.text(aim);
  const Tree* held = node.find("subject_to");
  if (!held || held->kind == Tree::Kind::null) return select;
  if (held->kind != Tree::Kind::mapping) {
    reading.problems.error(held->place, "subject_to must be a mapping of measures",
                           "write {leak-fraction: \"<= 10%\"}");
    return select;
  }
  for (const Tree::Entry& entry : held->entries)
    if (auto constraint = read_constraint(entry, reading))
      select.subject_to.push_back(std::move(*constraint));
  return select;
}

AttackerDescription read_attacker(const Tree& node, Reading& reading, std::vector<Factor>& factors) {
  AttackerDescription attacker;
  attacker.place = node.place;
  if (const Tree* may = node.find("may")) read_may(*may, reading, factors);
  const Tree* budget = node.find("budget");
  if (!budget || budget->kind == Tree::Kind::null) return attacker;
  const auto money = read_money_in(*budget, reading.rates, reading.problems);
  if (money && !(money->is_constant() && money->mean() > 0))
    reading.problems.error(budget->place, "a budget is one amount above 0", "write budget: $2M");
  else if (money)
    attacker.budget = money->mean();
  return attacker;
}

std::vector<PriceVariant> read_variants(const Tree& node, const Tree& root, Reading& reading) {
  std::vector<PriceVariant> variants;
  if (node.kind != Tree::Kind::mapping) {
    if (node.kind != Tree::Kind::null)
      reading.problems.error(node.place, "prices must be a mapping of books",
                             "write prices: {low: {round: $2k}}");
    return variants;
  }
  for (const Tree::Entry& entry : node.entries) {
    PriceVariant variant{{entry.key, entry.key_place}, {}};
    check_name(variant.name, reading);
    if (entry.value->kind != Tree::Kind::mapping) {
      reading.problems.error(entry.value->place, fmt::format("{} has no items with prices", entry.key),
                             fmt::format("write {}: {{round: $2k}}", entry.key));
      continue;
    }
    variant.book.currency = reading.rates.report();
    read_book(book_of(*entry.value, root), "prices", Items::of_this_scenario, reading, variant.book);
    variants.push_back(std::move(variant));
  }
  return variants;
}

}  // namespace dronewall
