// `dronewall store verify` on stores that were damaged one way each.
#include <algorithm>

#include "catch.hpp"
#include "cli/outside.hpp"
#include "store/database.hpp"

namespace dronewall {
namespace {

using test::Ended;
using test::Folder;
using test::holds;
using test::run;

/// Four points with rows, finished.
class Sound {
 public:
  Sound() {
    test::write(folder_.file("s.yaml"), "study: x\nscenario: " + test::minimal +
                                            "\nchoices:\n  units.battery.channels: [1, 3]\nuncertain:\n"
                                            "  attacks.raid.count: [6, 10]\nreplications: 1500\n"
                                            "measure: [leakers, P(leakers <= 1), P(leak-fraction <= 0.1)]\n");
    REQUIRE(run("sweep " + folder_.file("s.yaml")).status == 0);
  }
  /// What is said of a copy in which this was done.
  [[nodiscard]] Ended damaged(const std::string& sql) const {
    const std::string copy = folder_.file("copy.db");
    test::fs::copy_file(folder_.file("s.db"), copy, test::fs::copy_options::overwrite_existing);
    if (!sql.empty()) Connection(copy, StoreAccess::write).execute(sql);
    return run("store verify " + copy);
  }

 private:
  Folder folder_;
};

TEST_CASE("every damage to a store is told in a line", "[cli][store]") {
  const Sound sound;
  const Ended whole = sound.damaged("");
  CHECK(whole.status == 0);
  // leakers, two probabilities, leak-fraction, unresolved of four points; the ratios and costs need prices.
  CHECK(holds(whole.out, ": 4 points, 20 estimates recomputed to the bit, nothing wrong\n"));

  const auto [sql, line] = GENERATE(table<std::string, std::string>({
      {"UPDATE settings SET value = '9' WHERE point = 1 AND factor = 0",
       "point 1: its settings are not those that its hash is of"},
      {"UPDATE points SET hash = hash + 1 WHERE point = 1",
       "point 1: its settings are not those that its hash is of"},
      {"DELETE FROM settings WHERE point = 1 AND factor = 0",
       "point 1: 1 setting there, and 2 factors of the study"},
      {"DELETE FROM tallies WHERE point = 2", "point 2: 1500 replications are said to be there, and 0 are"},
      {"UPDATE tallies SET count = 1400 WHERE point = 2",
       "point 2: the tally from replication 0 holds 1500 replications, not 1400"},
      {"UPDATE tallies SET moments = zeroblob(10) WHERE point = 2",
       "the tally of point 2 from replication 0 has changed"},
      {"DELETE FROM layouts", "point 0: its layout is missing"},
      {"UPDATE layouts SET json = replace(json, '\"quantum\":1.0', '\"quantum\":9.0')",
       "is not the one that its number is the hash of"},
      {"UPDATE layouts SET json = replace(json, '\"munitions\"', '\"operations\"')",
       "is not the one that its number is the hash of"},
      {"UPDATE layouts SET json = replace(json, '\"attack\"', '\"attach\"')", "cannot be read"},
      {"UPDATE estimates SET mean = mean * (1 + 1e-15) WHERE point = 3 AND measure = 'leakers'",
       "point 3: `mean` is "},
      {"UPDATE estimates SET low = low - 1e-9 WHERE point = 3 AND measure = 'P(leakers <= 1)'",
       "point 3: `low` is "},
      {"UPDATE estimates SET n = n - 1 WHERE point = 3 AND measure = 'P(leak-fraction <= 0.1)'",
       "point 3: `n` is 1499 in the table, and 1500 by its tally of P(leak-fraction <= 0.1)"},
      {"DELETE FROM estimates WHERE point = 3", "point 3: it is done, and has no estimates"},
      {"DELETE FROM estimates WHERE point = 3 AND measure = 'leakers'",
       "point 3: the estimate of leakers is missing"},
      {"DELETE FROM estimates WHERE point = 3 AND measure = 'cost-exchange.full'",
       "point 3: 1 of its 13 estimates missing"},
      {"DELETE FROM points WHERE point = 2", "tallies: point 2 is not in the table points"},
      {"DELETE FROM points WHERE point = 2", "points: 1 of 4 missing"},
      {"UPDATE points SET state = 'asleep' WHERE point = 2", "asleep is no state of a point"},
      {"UPDATE points SET number = 0 WHERE number = 1", "points: number 0 is there twice"},
      {"UPDATE points SET state = 'failed' WHERE point = 2",
       "point 2: it failed, and the table failures does not say why"},
      {"UPDATE \"rows\" SET data = zeroblob(9) WHERE point = 1 AND first = 1000",
       "point 1: the rows from replication 1000 have changed"},
      {"INSERT INTO \"rows\" SELECT point, 400, count, data, checksum FROM \"rows\" WHERE point = 1 AND "
       "first = 0",
       "point 1: the rows from replication 400 are there twice"},
      {"UPDATE \"rows\" SET first = 9000 WHERE point = 1 AND first = 1000",
       "point 1: the rows from replication 9000 have no tally"},
      {"DELETE FROM study WHERE key = 'seed'", "study: `seed` is missing"},
  }));
  CAPTURE(sql);
  const Ended damaged = sound.damaged(sql);
  CAPTURE(damaged.err);
  CHECK(damaged.status == 1);
  CHECK(damaged.out.empty());
  CHECK(holds(damaged.err, "dronewall: "));
  CHECK(holds(damaged.err, line));
}

TEST_CASE("a store that is cut off is told once, without the advice to verify it", "[cli][store]") {
  const Folder folder;
  const std::string store = folder.file("s.db");
  test::write(folder.file("s.yaml"), "study: x\nscenario: " + test::minimal +
                                         "\nchoices:\n  units.battery.channels: [1, 3]\nreplications: 100\n");
  REQUIRE(run("sweep " + folder.file("s.yaml")).status == 0);
  test::fs::resize_file(store, 8'000);
  const Ended told = run("store verify " + store);
  CHECK(told.status == 1);
  CHECK(holds(told.err, "is damaged"));
  CHECK_FALSE(holds(told.err, "says what is"));
  CHECK(told.err.find("is damaged") == told.err.rfind("is damaged"));
  const Ended repriced = run("reprice " + store);
  CHECK(repriced.status == 1);
  CHECK(holds(repriced.err, "dronewall: " + store + " is damaged"));
  CHECK(holds(repriced.err, "`dronewall store verify` says what is"));
}

TEST_CASE("a store of another arithmetic says that estimates were not recomputed", "[cli][store]") {
  const Ended other =
      Sound().damaged("UPDATE study SET value = '0123456789abcdef' WHERE key = 'fingerprint'");
  CHECK(other.status == 0);
  CHECK(holds(other.out, "estimates not recomputed (the store was made with another arithmetic"));
}

}  // namespace
}  // namespace dronewall
