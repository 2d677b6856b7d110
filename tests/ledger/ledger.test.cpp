#include "dronewall/ledger/ledger.hpp"

#include "catch.hpp"

using namespace dronewall;

TEST_CASE("a column is found by its name, and only by its whole name", "[ledger]") {
  LedgerLayout layout;
  layout.columns = {{.name = "leakers"}, {.name = "rounds.missile"}, {.name = "rounds.missile@battery"}};
  CHECK(layout.column("leakers") == 0U);
  CHECK(layout.column("rounds.missile") == 1U);
  CHECK(layout.column("rounds.missile@battery") == 2U);
  CHECK_FALSE(layout.column("rounds"));
  CHECK_FALSE(layout.column(""));
}

TEST_CASE("accounts carry the names that measures use", "[ledger]") {
  CHECK(std::string(name_of(Account::munitions)) == "munitions");
  CHECK(std::string(name_of(Account::disruption)) == "disruption");
  CHECK(std::string(name_of(Account::attack)) == "attack");
}
