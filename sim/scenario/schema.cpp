// The JSON Schema (draft 2020-12) of scenario files, for editors: the same tables that the reader walks. It
// checks keys, shapes, choices and kinds; units, ranges of texts and references are the reader's.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "dronewall/scenario/read.hpp"
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

using Json = nlohmann::ordered_json;

/// Rows of catalogs, and what a row may lie under, ask for no key: another mapping may bring it.
bool may_be_partial(const KeyTable& table) { return find_key(table, "type") != nullptr; }

Json text_type() { return {{"type", Json::array({"string", "number"})}}; }

Json number_of(const Key& key) {
  const bool bare = key.dimension == Dimension::none || key.dimension == Dimension::count ||
                    key.dimension == Dimension::fraction;
  if (!bare) return {{"type", "string"}};  // 12 km
  Json number{{"type", key.dimension == Dimension::count ? "integer" : "number"}};
  if (std::isfinite(key.low)) number["minimum"] = key.low;
  if (std::isfinite(key.high)) number["maximum"] = key.high;
  if (key.dimension != Dimension::fraction) return number;
  return {{"anyOf", Json::array({number, {{"type", "string"}}})}};  // 70%
}

Json quantity_of(const Key& key) {
  Json discrete{{"type", "object"}};
  Json draw{{"type", "object"}};
  discrete["properties"]["discrete"]["type"] = "object";
  discrete["required"] = Json::array({"discrete"});
  draw["properties"]["draw"]["enum"] = Json::array({"shot", "unit", "raid", "replication"});
  draw["properties"]["from"] = Json::object();
  draw["required"] = Json::array({"draw", "from"});
  return {{"anyOf", Json::array({number_of(key), {{"type", "string"}}, discrete, draw})}};
}

class SchemaWriter {
 public:
  explicit SchemaWriter(const KindTables& kinds) : kinds_(kinds) {}

  std::string write() {
    Json root{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "dronewall scenario"}};
    root.update(object_of(scenario_table(), true));
    (void)reference(morris_table());
    (void)reference(study_table());
    root["$defs"] = definitions_;
    return root.dump(2) + "\n";
  }
  std::string write_study() {
    (void)reference(study_table());
    (void)reference(morris_table());
    Json root{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "dronewall study"}};
    root["$ref"] = "#/$defs/" + study_table().name;
    root["$defs"] = definitions_;
    return root.dump(2) + "\n";
  }

 private:
  Json object_of(const KeyTable& table, bool whole) {
    Json object{{"type", "object"}, {"description", table.help}, {"additionalProperties", false}};
    object["properties"] = Json::object();
    Json required = Json::array();
    for (const Key& key : table.keys) {
      object["properties"][key.name] = described(key);
      if (key.required && whole && !may_be_partial(table)) required.push_back(key.name);
    }
    if (!required.empty()) object["required"] = required;
    if (&table == &unit_table()) add_kinds_of_units(object);
    if (&table == &doctrine_table()) add_kinds_of_doctrine(object);
    return object;
  }

  /// A table is written once, under $defs, and referred to.
  Json reference(const KeyTable& table) {
    if (!definitions_.contains(table.name)) {
      definitions_[table.name] = Json::object();  // Held while it is being written.
      definitions_[table.name] = object_of(table, true);
    }
    return {{"$ref", "#/$defs/" + table.name}};
  }

  Json described(const Key& key) {
    Json schema = schema_of(key);
    schema["description"] =
        key.fallback.empty() ? key.help : fmt::format("{} (default {})", key.help, key.fallback);
    return schema;
  }

  Json list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }
  Json map_to(Json values) { return {{"type", "object"}, {"additionalProperties", std::move(values)}}; }

  Json schema_of(const Key& key) {
    switch (key.shape) {
      case Shape::number:
        return number_of(key);
      case Shape::quantity:
        return quantity_of(key);
      case Shape::text:
      case Shape::hours:
      case Shape::name:
        return text_type();
      case Shape::choice:
        return {{"enum", key.choices}};
      case Shape::names:
        return {{"anyOf", Json::array({text_type(), list_of(text_type())})}};
      case Shape::flag:
        return {{"type", "boolean"}};
      case Shape::interval: {
        Json interval = list_of(number_of(key));
        interval["minItems"] = 2;
        interval["maxItems"] = 2;
        return interval;
      }
      case Shape::point:
        return reference(point_table());
      case Shape::points:
        return list_of(reference(point_table()));
      case Shape::quantities:
        return list_of(quantity_of(key));
      case Shape::by_class:
        return map_to(quantity_of(key));
      case Shape::mapping:
        return reference(*key.table);
      case Shape::map_of:
        return map_to(key.table == &price_table() ? price() : nullable(reference(*key.table)));
      case Shape::list_of:
        return list_of(reference(*key.table));
      case Shape::special:
        return special(key);
    }
    return Json::object();
  }

  Json nullable(Json schema) { return {{"anyOf", Json::array({std::move(schema), {{"type", "null"}}})}}; }

  Json price() {
    const Key amount{.name = "amount", .shape = Shape::quantity, .dimension = Dimension::money};
    return {{"anyOf", Json::array({quantity_of(amount), reference(price_table())})}};
  }

  Json special(const Key& key) {
    constexpr std::string_view prefix = "kinds.";
    if (key.refers_to.compare(0, prefix.size(), prefix) == 0)
      return kind_of(key.refers_to.substr(prefix.size()));
    if (key.table && key.table->name == "goal")
      return {{"anyOf", Json::array({{{"const", "overfly"}}, reference(*key.table)})}};
    if (key.table == &replications_table())
      return {{"anyOf", Json::array({{{"type", "integer"}, {"minimum", 1}}, reference(*key.table)})}};
    if (key.table) return reference(*key.table);
    return Json::object();
  }

  /// `name`, `name(…)`, `{name: value}`, `{name: {keys}}`; of a unit the name alone.
  Json kind_of(const std::string& group) {
    Json bare = Json::array();
    Json written = Json::object();
    std::string called;
    for (const KindTables::Entry& entry : kinds_.entries) {
      if (entry.group != group) continue;
      bare.push_back(entry.name);
      if (group == "unit") continue;
      const Key* value = find_key(entry.table, "value");
      Json forms = Json::array({own_keys(entry.table)});
      if (value) forms.push_back(schema_of(*value));
      written[entry.name] = {{"anyOf", forms}};
      if (value || !entry.positional.empty()) called += (called.empty() ? "" : "|") + entry.name;
    }
    if (group == "unit") return {{"enum", bare}};
    Json mapping{{"type", "object"}, {"properties", written}, {"additionalProperties", false}};
    mapping["minProperties"] = 1;
    mapping["maxProperties"] = 1;
    Json forms = Json::array({{{"enum", bare}}, mapping});
    if (!called.empty())
      forms.push_back({{"type", "string"}, {"pattern", fmt::format("^({})\\(.*\\)$", called)}});
    return {{"anyOf", forms}};
  }

  Json own_keys(const KeyTable& table) {
    Json object{{"type", "object"}, {"properties", Json::object()}, {"additionalProperties", false}};
    for (const Key& key : table.keys)
      if (key.name != "value") object["properties"][key.name] = described(key);
    return object;
  }

  void add_property(Json& object, const Key& key) {
    Json& properties = object["properties"];
    if (!properties.contains(key.name)) {
      properties[key.name] = described(key);
      return;
    }
    if (Json other = described(key); properties[key.name] != other)  // Two kinds write it in two ways.
      properties[key.name] = {{"anyOf", Json::array({properties[key.name], std::move(other)})}};
  }

  /// A unit has the keys that all share and those of its kind: with another kind, they are refused.
  void add_kinds_of_units(Json& object) {
    Json common = Json::array();
    for (const Key& key : unit_table().keys) common.push_back(key.name);
    Json rules = Json::array();
    for (const KindTables::Entry& entry : kinds_.entries) {
      if (entry.group != "unit") continue;
      Json allowed = common;
      for (const Key& key : entry.table.keys) {
        if (!find_key(unit_table(), key.name)) add_property(object, key);
        allowed.push_back(key.name);
      }
      Json rule;
      rule["if"] = {{"properties", {{"kind", {{"const", entry.name}}}}}, {"required", Json::array({"kind"})}};
      rule["then"] = {{"propertyNames", {{"enum", allowed}}}};
      rules.push_back(rule);
    }
    object["allOf"] = rules;
  }

  void add_kinds_of_doctrine(Json& object) {
    for (const KindTables::Entry& entry : kinds_.entries)
      if (entry.group == "next" || entry.group == "assign" || entry.group == "fire")
        for (const Key& key : entry.table.keys)
          if (key.name != "value") add_property(object, key);
  }

  const KindTables& kinds_;
  Json definitions_ = Json::object();
};

}  // namespace

std::string scenario_schema(const KindTables& kinds) { return SchemaWriter(kinds).write(); }

std::string study_schema(const KindTables& kinds) { return SchemaWriter(kinds).write_study(); }

}  // namespace dronewall
