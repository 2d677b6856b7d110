#include "dronewall/ledger/events.hpp"

#include "catch.hpp"

using namespace dronewall;

namespace {

enum : std::uint32_t {
  launched,
  false_tracks,
  leakers,
  rounds,
  strikes,
  expected,
  hours,
  other_launched,
  other_leakers
};

LedgerLayout layout() {
  LedgerLayout made;
  made.columns = {{.name = "launched", .counted_by = CountedBy::intruder, .is_arrivals = true},
                  {.name = "false tracks", .is_arrivals = true},
                  {.name = "leakers", .counted_by = CountedBy::intruder},
                  {.name = "rounds"},
                  {.name = "strikes", .counted_by = CountedBy::intruder},
                  {.name = "expected", .quantum = 1e-9, .is_count = false, .expectation_of = strikes},
                  {.name = "hours", .quantum = 1e-3, .is_count = false},
                  {.name = "launched", .counted_by = CountedBy::intruder, .is_arrivals = true, .scenario = 1},
                  {.name = "leakers", .counted_by = CountedBy::intruder, .scenario = 1}};
  made.columns[expected].counted_by = CountedBy::intruder;
  return made;
}

double whole(std::vector<std::pair<std::uint32_t, double>> terms, std::int64_t drones = 10,
             std::int64_t others = 3) {
  return WholeReplication(layout(), {std::move(terms), 0}).size([&](std::uint32_t column) {
    return column == launched ? drones : column == false_tracks ? others : 7;
  });
}

}  // namespace

TEST_CASE("a replication can hold one event for each who came, at the dearest", "[ledger]") {
  CHECK(whole({{leakers, 1}}) == 10);
  CHECK(whole({{rounds, 1}}) == 13);  // at false tracks, too
  CHECK(whole({{leakers, 50e3}, {strikes, 2e6}}) == 10 * 2e6);
  CHECK(whole({{rounds, 400e3}, {strikes, 500e3}}) == 13 * 400e3);  // the dearest of all of either kind
  CHECK(whole({{rounds, 100e3}, {strikes, 500e3}}) == 10 * 500e3);
  CHECK(whole({{expected, 1e-9 * 2e6}}) == Approx(10 * 2e6));  // on integers of 1e-9
  CHECK(whole({{other_leakers, 1}}) == 7);                     // another scenario's columns beside these
  CHECK(whole({{leakers, 2}}, 0, 0) == 2);                     // nobody came: one
}

TEST_CASE("a form sums events where none can be below 0", "[ledger]") {
  LedgerLayout with_difference = layout();
  with_difference.columns[rounds].may_be_negative = true;
  CHECK(may_sum_events(layout(), {{{leakers, 1}, {rounds, 2}}, 0}));
  CHECK(may_sum_events(layout(), {{{expected, 1}}, 0}));
  CHECK_FALSE(may_sum_events(layout(), {{{hours, 1}}, 0}));
  CHECK_FALSE(may_sum_events(layout(), {{{leakers, 1}}, 5}));
  CHECK_FALSE(may_sum_events(layout(), {{{launched, 1}, {leakers, -1}}, 0}));
  CHECK_FALSE(may_sum_events(layout(), {{}, 0}));
  CHECK_FALSE(may_sum_events(with_difference, {{{rounds, 1}}, 0}));
}
