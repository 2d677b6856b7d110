// Key tables of the top level, and the words that later versions will simulate.
#include "scenario/tables.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "dronewall/scenario/read.hpp"

namespace dronewall {
namespace {

/// What a file may say of itself.
std::vector<Key> with_preface(std::vector<Key> keys) {
  keys.push_back({.name = "summary", .shape = Shape::text, .help = "a sentence or two"});
  return with_origin(std::move(keys));
}

/// What a scenario may define itself or take from a catalog.
std::vector<Key> with_rows(std::vector<Key> keys) {
  const std::vector<Key> rows = {
      {.name = "zones", .shape = Shape::map_of, .help = "areas by name", .table = &zone_table()},
      {.name = "networks",
       .shape = Shape::map_of,
       .help = "shared pictures by name",
       .table = &network_table()},
      {.name = "threats",
       .shape = Shape::map_of,
       .help = "types of intruders by name",
       .table = &threat_table()},
      {.name = "weapons", .shape = Shape::map_of, .help = "weapons by name", .table = &weapon_table()},
      {.name = "platforms",
       .shape = Shape::map_of,
       .help = "rows for units that fly",
       .table = &unit_table()},
      {.name = "unit_types", .shape = Shape::map_of, .help = "rows for units", .table = &unit_table()},
      {.name = "sensor_types", .shape = Shape::map_of, .help = "rows for sensors", .table = &sensor_table()},
      {.name = "asset_types", .shape = Shape::map_of, .help = "rows for assets", .table = &asset_table()},
      {.name = "currency",
       .shape = Shape::text,
       .fallback = "USD",
       .help = "of this file's book; a scenario's is the report's"},
      {.name = "year",
       .dimension = Dimension::count,
       .low = 1900,
       .high = 2100,
       .help = "price level of this file's book"},
      {.name = "rates",
       .shape = Shape::by_class,
       .low = 0,
       .help = "what one unit of another currency is worth in this file's: {EUR: 1.10}"},
      {.name = "deflator", .low = 0, .help = "factor from the prices' own years to the book's"},
      {.name = "prices",
       .shape = Shape::map_of,
       .help = "by item: WEAPON, THREAT, THREAT.sortie, PLATFORM.flight-hour, TYPE.hour, TYPE.acquisition, …",
       .table = &price_table()}};
  keys.insert(keys.end(), rows.begin(), rows.end());
  return keys;
}

}  // namespace

const KeyTable& scenario_table() {
  static const KeyTable table{
      "scenario", "A scenario file.",
      with_preface(with_rows(
          {{.name = "scenario", .shape = Shape::text, .required = true, .help = "the title"},
           {.name = "time",
            .shape = Shape::mapping,
            .required = true,
            .help = "when",
            .table = &time_table()},
           {.name = "use", .shape = Shape::names, .help = "catalogs whose rows lie under the scenario's own"},
           {.name = "centre",
            .shape = Shape::point,
            .help = "centre of the projection; default: the defended zones', else the first route's"},
           {.name = "defended",
            .shape = Shape::names,
            .help = "zones that are defended; default: everywhere",
            .refers_to = "zones"},
           {.name = "assets",
            .shape = Shape::map_of,
            .help = "what can be struck, by name",
            .table = &asset_table()},
           {.name = "attacks",
            .shape = Shape::map_of,
            .help = "what comes, by name",
            .table = &attack_table()},
           {.name = "false_tracks",
            .shape = Shape::map_of,
            .help = "tracks of nothing, by name",
            .table = &false_track_table()},
           {.name = "traffic",
            .shape = Shape::map_of,
            .help = "civil aircraft on their routes, by name",
            .table = &traffic_table()},
           {.name = "conditions",
            .shape = Shape::by_class,
            .dimension = Dimension::fraction,
            .low = 0,
            .high = 1,
            .help = "chances drawn per raid: {clear: 0.7}",
            .drawn = Occasion::raid},
           {.name = "sensors",
            .shape = Shape::map_of,
            .help = "what sees, by name",
            .table = &sensor_table()},
           {.name = "units", .shape = Shape::map_of, .help = "what engages, by name", .table = &unit_table()},
           {.name = "command",
            .shape = Shape::map_of,
            .help = "who says what may be done with which track, by name; absent: every track but civil and "
                    "aircraft is engaged",
            .table = &command_table()},
           {.name = "doctrine",
            .shape = Shape::special,
            .help = "of all units without their own",
            .table = &doctrine_table()},
           {.name = "costs",
            .shape = Shape::map_of,
            .help = "what belongs to no unit and costs money, by name",
            .table = &cost_table()},
           {.name = "reported",
            .shape = Shape::list_of,
            .help = "what was reported of the real event, to hold the run against",
            .table = &reported_table()},
           {.name = "planning_prices",
            .shape = Shape::map_of,
            .help = "what a doctrine reads instead of the price book",
            .table = &price_table()}}))};
  return table;
}

const KeyTable& catalog_table() {
  static const KeyTable table{
      "catalog", "A catalog or price book: rows that scenarios use.",
      with_preface(with_rows({{.name = "catalog", .shape = Shape::text, .help = "the title"}}))};
  return table;
}

const KeyTable& learning_table() {
  static const KeyTable table{"learning",
                              "Piece n costs first × n^log2(rate): each doubling multiplies it by the rate.",
                              {{.name = "first",
                                .shape = Shape::special,
                                .dimension = Dimension::money,
                                .low = 0,
                                .required = true,
                                .help = "price of the first piece"},
                               {.name = "rate",
                                .dimension = Dimension::fraction,
                                .low = 0,
                                .high = 1,
                                .required = true,
                                .help = "price of piece 2n as a share of that of piece n, such as 85%"},
                               {.name = "pieces",
                                .shape = Shape::interval,
                                .dimension = Dimension::count,
                                .low = 1,
                                .high = 1e6,
                                .required = true,
                                .help = "first and last of those bought: the price is their mean"}}};
  return table;
}

const KeyTable& annuity_table() {
  static const KeyTable table{
      "annuity",
      "Payments at the end of each year, worth payment × (1 − (1 + rate)^−years) / rate.",
      {{.name = "payment",
        .shape = Shape::special,
        .dimension = Dimension::money,
        .low = 0,
        .required = true,
        .help = "each year's"},
       {.name = "rate",
        .dimension = Dimension::fraction,
        .low = 0,
        .high = 1,
        .required = true,
        .help = "by which a year's delay discounts"},
       {.name = "years",
        .dimension = Dimension::count,
        .low = 1,
        .high = 1000,
        .required = true,
        .help = "how many"}}};
  return table;
}

const KeyTable& price_table() {
  static const KeyTable table{
      "price", "A price with its origin: price, or low, mode and high, or learning, or annuity.",
      with_origin({{.name = "price",
                    .shape = Shape::special,
                    .dimension = Dimension::money,
                    .low = 0,
                    .help = "$10k or a distribution"},
                   {.name = "low",
                    .shape = Shape::special,
                    .dimension = Dimension::money,
                    .low = 0,
                    .help = "lower bound of what nobody knows"},
                   {.name = "mode",
                    .shape = Shape::special,
                    .dimension = Dimension::money,
                    .low = 0,
                    .help = "the point that is used"},
                   {.name = "high",
                    .shape = Shape::special,
                    .dimension = Dimension::money,
                    .low = 0,
                    .help = "upper bound"},
                   {.name = "learning",
                    .shape = Shape::mapping,
                    .help = "the mean price of pieces on a learning curve",
                    .table = &learning_table()},
                   {.name = "annuity",
                    .shape = Shape::mapping,
                    .help = "the present value of yearly payments",
                    .table = &annuity_table()},
                   {.name = "year",
                    .dimension = Dimension::count,
                    .low = 1900,
                    .high = 2100,
                    .help = "the price's own year"}})};
  return table;
}

const KeyTable& reported_table() {
  static const KeyTable table{
      "report",
      "A figure that was reported of the real event.",
      {{.name = "measure", .shape = Shape::text, .required = true, .help = "the measure that it is"},
       {.name = "low", .shape = Shape::special, .help = "the least that was reported: 3, 70%, 45 min, $400k"},
       {.name = "high", .shape = Shape::special, .help = "the most that was reported"},
       {.name = "source", .shape = Shape::text, .required = true, .help = "who says so"},
       {.name = "use",
        .shape = Shape::choice,
        .fallback = "predicted",
        .help = "calibration: something was set from it; predicted: nothing was",
        .choices = {"predicted", "calibration"}}}};
  return table;
}

std::vector<Key> with_origin(std::vector<Key> keys) {
  keys.push_back(
      {.name = "data", .shape = Shape::text, .help = "the row of a data table that it was taken from"});
  keys.push_back({.name = "source", .shape = Shape::text, .help = "who says so"});
  keys.push_back({.name = "sources",
                  .shape = Shape::special,
                  .help = "who say so: texts, or mappings such as {title, date, url}"});
  keys.push_back({.name = "notes",
                  .shape = Shape::special,
                  .help = "what else the reader must know: a text or a list of texts"});
  keys.push_back({.name = "url", .shape = Shape::text, .help = "where it can be read"});
  return keys;
}

const Key* find_key(const KeyTable& table, const std::string& name) {
  const auto found =
      std::find_if(table.keys.begin(), table.keys.end(), [&](const Key& key) { return key.name == name; });
  return found == table.keys.end() ? nullptr : &*found;
}

KeyTable merged_table(const KeyTable& base, const std::string& name,
                      const std::vector<const KeyTable*>& more) {
  KeyTable merged = base;
  merged.name = name;
  for (const KeyTable* table : more)
    for (const Key& key : table->keys)
      if (key.name != "value" && !find_key(merged, key.name)) merged.keys.push_back(key);
  return merged;
}

bool is_unsimulated(const std::string& table, const std::string& key) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 2> words = {{
      {"scenario", "production"},
      {"mount", "supply"},
  }};
  return std::any_of(words.begin(), words.end(),
                     [&](const auto& word) { return word.first == table && word.second == key; });
}

std::vector<const KeyTable*> scenario_tables() {
  return {
      &scenario_table(), &catalog_table(),      &time_table(),        &point_table(),   &zone_table(),
      &circle_table(),   &debris_table(),       &asset_table(),       &closes_table(),  &network_table(),
      &threat_table(),   &attack_table(),       &false_track_table(), &traffic_table(), &launch_table(),
      &goal_table(),     &repeat_table(),       &sensor_table(),      &sees_table(),    &weapon_table(),
      &assess_table(),   &unit_table(),         &mount_table(),       &outages_table(), &doctrine_table(),
      &reserve_table(),  &price_table(),        &learning_table(),    &annuity_table(), &cost_table(),
      &reported_table(), &command_table(),      &identify_table(),    &rule_table(),    &down_table(),
      &study_table(),    &replications_table(), &morris_table(),      &select_table(),  &attacker_table()};
}

}  // namespace dronewall
