// The JSON Schema: whole, closed, and of the same words as the tables.
#include <functional>
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "memory_files.hpp"

using namespace dronewall;
using Json = nlohmann::json;

namespace {

Json schema() { return Json::parse(scenario_schema(test::kinds())); }

void each_node(const Json& node, const std::function<void(const Json&)>& visit) {
  visit(node);
  if (node.is_structured())
    for (const Json& child : node) each_node(child, visit);
}

}  // namespace

TEST_CASE("every reference of the schema leads somewhere", "[scenario][schema]") {
  const Json root = schema();
  int references = 0;
  each_node(root, [&](const Json& node) {
    if (!node.is_object() || !node.contains("$ref") || !node["$ref"].is_string()) return;
    const std::string target = node["$ref"].get<std::string>();
    INFO(target);
    REQUIRE(target.rfind("#/", 0) == 0);
    CHECK(root.contains(Json::json_pointer(target.substr(1))));
    ++references;
  });
  CHECK(references > 20);
}

TEST_CASE("the schema knows the sections, and asks for title and time", "[scenario][schema]") {
  const Json root = schema();
  CHECK(root["$schema"] == "https://json-schema.org/draft/2020-12/schema");
  CHECK(root["additionalProperties"] == false);
  CHECK(root["required"] == Json::array({"scenario", "time"}));
  for (const char* section :
       {"zones", "threats", "attacks", "networks", "conditions", "sensors", "weapons", "platforms",
        "unit_types", "assets", "units", "doctrine", "prices", "planning_prices", "use"})
    CHECK(root["properties"].contains(section));
  for (const char* section : {"command", "false_tracks", "traffic"})
    CHECK(root["properties"].contains(section));
}

TEST_CASE("every key of every table stands in the schema with its help", "[scenario][schema]") {
  const Json root = schema();
  for (const KeyTable* table : scenario_tables()) {
    if (table->name == "scenario" || table->name == "catalog") continue;
    INFO(table->name);
    REQUIRE(root["$defs"].contains(table->name));
    for (const Key& key : table->keys) {
      INFO(key.name);
      REQUIRE(root["$defs"][table->name]["properties"].contains(key.name));
      CHECK_FALSE(
          root["$defs"][table->name]["properties"][key.name]["description"].get<std::string>().empty());
    }
  }
}

TEST_CASE("kinds bring their keys and their ways of writing", "[scenario][schema]") {
  const Json root = schema();
  const Json& unit = root["$defs"]["unit"];
  CHECK(unit["properties"]["kind"]["enum"] == Json::array({"battery", "pursuer", "area"}));
  CHECK(unit["properties"].contains("readiness"));
  const auto allows = [&](const std::string& kind, const std::string& key) {
    for (const Json& rule : unit["allOf"])
      if (rule["if"]["properties"]["kind"]["const"] == kind) {
        const Json& names = rule["then"]["propertyNames"]["enum"];
        return std::find(names.begin(), names.end(), key) != names.end();
      }
    return false;
  };
  CHECK(allows("pursuer", "readiness"));
  CHECK_FALSE(allows("battery", "readiness"));
  CHECK(allows("battery", "channels"));

  const Json& fire = root["$defs"]["doctrine"]["properties"]["fire"]["anyOf"];
  CHECK(fire[2]["pattern"] == "^(salvo|shoot-shoot-look)\\(.*\\)$");
  CHECK(fire[1]["properties"]["salvo"]["anyOf"][0]["properties"].contains("n"));
  CHECK(root["$defs"]["doctrine"]["properties"].contains("worth"));
}

TEST_CASE("the schema of studies has a study's keys", "[scenario][schema]") {
  const Json root = Json::parse(study_schema(test::kinds()));
  REQUIRE(root["$ref"] == "#/$defs/study");
  const Json& study = root["$defs"]["study"];
  for (const char* key : {"choices", "uncertain", "prices", "select", "attacker"})
    CHECK(study["properties"].contains(key));
  CHECK(study["additionalProperties"] == false);
}
