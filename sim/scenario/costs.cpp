// What belongs to no unit and costs money all the same.
#include <fmt/format.h>

#include "scenario/prices.hpp"
#include "scenario/sections.hpp"
#include "scenario/tables.hpp"

namespace dronewall {

CostDescription read_cost(const Name& name, const Tree& node, Reading& reading) {
  const Values values = read_mapping(node, cost_table(), name.place, reading);
  CostDescription cost;
  cost.name = name;
  if (node.kind != Tree::Kind::mapping) return cost;
  cost.ownership = ownership_of(values, reading);
  cost.is_bought = node.find("price") != nullptr;
  cost.by_hour = node.find("per_hour") != nullptr;
  take_own_price(node, "price", {name.text + ".acquisition", name.place}, reading);
  take_own_price(node, "per_hour", {name.text + ".hour", name.place}, reading);
  const bool misspelt = is_misspelt(node, "price") || is_misspelt(node, "per_hour");
  if (!cost.is_bought && !cost.by_hour && !misspelt)
    reading.problems.error(name.place,
                           fmt::format("{} costs nothing (it needs price or per_hour)", name.text),
                           "write {price: $15M, life: 20 y} or {per_hour: $900}");
  if (cost.is_bought && !node.find("life") && !is_misspelt(node, "life"))
    reading.problems.error(name.place, "life is missing (a price is spread over it)", "add life: 20 y");
  if (!cost.is_bought && node.find("life"))
    reading.problems.error(values.place_of("life"), "life spreads a price, and there is none",
                           "add price: $15M, or leave life out");
  return cost;
}

}  // namespace dronewall
