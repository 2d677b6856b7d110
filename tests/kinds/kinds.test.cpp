// Every kind: it can be built, explains itself, and the example that it brings runs and uses it.
#include <set>

#include "replication/runs.hpp"

using namespace dronewall;

TEST_CASE("every kind has a builder and words for its keys", "[kinds]") {
  REQUIRE(kind_tables().entries.size() == all_kinds().entries.size());
  std::set<std::string> names;
  for (const KindTables::Entry& entry : kind_tables().entries) {
    INFO(entry.group << " " << entry.name);
    CHECK(all_kinds().find(entry.group, entry.name) != nullptr);
    CHECK(names.insert(entry.group + " " + entry.name).second);
    CHECK_FALSE(entry.table.help.empty());
    for (const Key& key : entry.table.keys) CHECK_FALSE(key.help.empty());
  }
}

TEST_CASE("every kind's example runs", "[kinds]") {
  for (const KindTables::Entry& entry : kind_tables().entries) {
    INFO(entry.group << " " << entry.name);
    std::string text = entry.table.example;
    if (text.empty()) {
      // A policy without a scenario of its own is tried in the battery's.
      REQUIRE((entry.group == "next" || entry.group == "assign" || entry.group == "fire"));
      text = kind_tables().find("unit", "battery")->table.example;
      std::string use = entry.name;
      if (entry.name == "class") use = "{class: [drone]}";
      if (entry.name == "worth-it") use = "{worth-it: {worth: {drone: $2M}}}";
      if (entry.name == "salvo" || entry.name == "sls-optimal") use += "(2)";
      if (entry.name == "shoot-shoot-look") use += "(2 .. 1)";
      text += "doctrine: {" + entry.group + ": " + use + "}\n";
    } else {
      CHECK(text.find(entry.name) != std::string::npos);
    }
    test::Runs runs(text);
    std::int64_t launched = 0, detected = 0, kills = 0;
    for (std::uint32_t k = 0; k < 20; ++k) {
      runs.run(k);
      launched += runs["intruders.launched"];
      detected += runs["stage.detected"];
      kills += runs["kills"];
      REQUIRE(runs.sum("fates.") == runs["intruders.launched"]);
    }
    CHECK(launched > 0);
    CHECK(detected > 0);
    if (entry.group != "law") CHECK(kills > 0);
  }
}
