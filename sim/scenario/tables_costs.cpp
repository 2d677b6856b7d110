// Key tables of money that is spent whether or not anything is fired: who pays, and what belongs to no unit.
#include "scenario/tables.hpp"

namespace dronewall {

const std::vector<Key>& ownership_keys() {
  static const std::vector<Key> keys = {
      {.name = "nation", .shape = Shape::text, .help = "who pays, unless paid_by splits it"},
      {.name = "paid_by",
       .shape = Shape::by_class,
       .dimension = Dimension::fraction,
       .low = 0,
       .high = 1,
       .help = "shares that sum to 1: {NL: 0.6, common: 0.4}"},
      {.name = "account",
       .shape = Shape::choice,
       .help = "operations: it came because of this threat; standing: it would be there anyway",
       .choices = {"operations", "standing"}},
      {.name = "life",
       .dimension = Dimension::time,
       .low = 0,
       .help = "years over which its acquisition is spread; no default"}};
  return keys;
}

const KeyTable& cost_table() {
  static const KeyTable table = [] {
    std::vector<Key> keys = {{.name = "price",
                              .shape = Shape::special,
                              .dimension = Dimension::money,
                              .low = 0,
                              .help = "to buy it once, spread over its life: the item NAME.acquisition"},
                             {.name = "per_hour",
                              .shape = Shape::special,
                              .dimension = Dimension::money,
                              .low = 0,
                              .help = "every hour of the scenario: the item NAME.hour"}};
    keys.insert(keys.end(), ownership_keys().begin(), ownership_keys().end());
    return KeyTable{"cost", "What belongs to no unit: price and life, or per_hour, or both.",
                    with_origin(std::move(keys)), ""};
  }();
  return table;
}

}  // namespace dronewall
