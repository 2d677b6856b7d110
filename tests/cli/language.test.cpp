// The page of the language is written by the program, and is what the program would write now.
#include "dronewall/scenario/language.hpp"

#include <fstream>
#include <sstream>

#include "catch.hpp"
#include "dronewall/kinds/kinds.hpp"

using namespace dronewall;

TEST_CASE("docs/language.md is up to date", "[language]") {
  std::ifstream in(std::string(DRONEWALL_SOURCE_DIR) + "/docs/language.md", std::ios::binary);
  std::ostringstream kept;
  kept << in.rdbuf();
  INFO("write it again: dronewall schema --format markdown --output docs/language.md");
  const bool is_up_to_date = kept.str() == language_page(kind_tables());
  CHECK(is_up_to_date);
}

TEST_CASE("the page names every kind and every key of every table", "[language]") {
  const std::string page = language_page(kind_tables());
  for (const KindTables::Entry& entry : kind_tables().entries) {
    INFO(entry.group << " " << entry.name);
    CHECK(page.find("\n### " + entry.name + "\n") != std::string::npos);
    for (const Key& key : entry.table.keys) CHECK(page.find("| `" + key.name + "` |") != std::string::npos);
  }
  for (const char* words :
       {"`knots`", "`pert(low .. mode .. high)`", "### sector", "### confirm", "### turn_round"})
    CHECK(page.find(words) != std::string::npos);
}
