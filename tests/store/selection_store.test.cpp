#include "dronewall/store/selection_store.hpp"

#include <cmath>
#include <limits>

#include "catch.hpp"
#include "common/folder.hpp"
#include "store/codec.hpp"
#include "store/database.hpp"

namespace dronewall {
namespace {

using test::Folder;

constexpr std::uint64_t high_hash = 0xfedcba9876543210;

/// Whole sums, which are kept as integers, and others, which are kept to the bit.
StoredSums sums_from(std::uint64_t first) {
  return {
      first, 63, {1e15, 0, -7}, {0.1 + 0.2, -0.0, std::numeric_limits<double>::denorm_min()}, {0, 12, 1.5}};
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

template <class Kind>
std::string refusal(const std::string& path, StoreAccess access) {
  try {
    const Kind store(path, access);
  } catch (const StoreError& error) {
    return error.what();
  }
  return "";
}

TEST_CASE("a selection's store gives back what was put in, and replaces what begins alike", "[store]") {
  const Folder folder;
  {
    SelectionStore store(folder.file("a.db"), StoreAccess::write);
    store.set_text("seed", "7");
    store.set_fields({{"units.b.channels", "2"}});
    store.set_factors({{"units.a.count", "choice", "[1, 2]"}});
    CHECK(store.add_trial(high_hash, {{"units.a.count", "1"}}) == 0);
    CHECK(store.add_trial(1, {{"units.a.count", "2"}}) == 1);
    CHECK(store.add_series(1, {0, "leakers", high_hash, 5}) == 0);
    CHECK(store.add_series(0, {0, "leakers", 9, 5}) == 1);
    store.set_sums(0, sums_from(1'000));
    store.set_sums(0, {0, 63, {1}, {1}});
    store.set_sums(0, sums_from(0));
    store.set_sums(1, sums_from(0));
    store.set_texts(0, 6);
    store.commit();
    store.remove_sums(0, 0);
  }
  CHECK(folder.files() == 1);  // What was not committed is gone, and with it all that stands beside a store.

  const SelectionStore store(folder.file("a.db"), StoreAccess::read);
  CHECK(store.text("seed") == "7");
  CHECK(store.fields().size() == 1);
  CHECK(store.factors().front().levels == "[1, 2]");
  CHECK(store.find_trial(high_hash) == 0);
  CHECK_FALSE(store.find_trial(2));
  REQUIRE(store.series(1).size() == 1);
  CHECK(store.series(1)[0].form == high_hash);
  CHECK(store.series(1)[0].texts == 6);
  REQUIRE(store.places(0).size() == 2);
  CHECK(store.places(0)[1].first == 1'000);
  for (const std::uint64_t first : {0U, 1'000U}) {
    const std::optional<StoredSums> back = store.sums(0, first);
    REQUIRE(back);
    CHECK(*back == sums_from(first));
    CHECK(std::signbit(back->below[1]));
  }
  CHECK_FALSE(store.sums(0, 63));
  CHECK(store.size().trials == 2);
  CHECK(store.size().replications == 3 * 63);
  CHECK(store.verify().empty());
}

TEST_CASE("the store of a sweep and that of a selection are never taken for each other", "[store]") {
  const Folder folder;
  { const Store sweep(folder.file("sweep.db"), StoreAccess::write); }
  { const SelectionStore selection(folder.file("select.db"), StoreAccess::write); }
  for (const StoreAccess access : {StoreAccess::read, StoreAccess::write}) {
    CHECK(holds(refusal<SelectionStore>(folder.file("sweep.db"), access),
                "is the store of a sweep (`dronewall sweep STUDY`), not of a selection"));
    CHECK(holds(refusal<Store>(folder.file("select.db"), access),
                "is the store of a selection (`dronewall select STUDY --store FILE`), not of a sweep"));
  }
  CHECK(SelectionStore::is_one(folder.file("select.db")));
  CHECK_FALSE(SelectionStore::is_one(folder.file("sweep.db")));
  CHECK_FALSE(SelectionStore::is_one(folder.file("absent.db")));
}

TEST_CASE("every damage to a selection's store is told", "[store]") {
  const Folder folder;
  const std::string path = folder.file("a.db");
  {
    SelectionStore store(path, StoreAccess::write);
    store.add_series(store.add_trial(1, {{"a", "1"}}), {0, "leakers", 2, 3});
    store.set_sums(0, sums_from(0));
    store.set_sums(0, sums_from(63));
    store.commit();
  }
  const auto [sql, line] = GENERATE(table<std::string, std::string>({
      {"UPDATE observations SET data = zeroblob(9) WHERE first = 63",
       "series 0: its rounds from replication 63 have changed"},
      {"UPDATE observations SET count = 42 WHERE first = 63",
       "series 0: its rounds from replication 63 have changed"},
      {"UPDATE observations SET above = above + 1 WHERE first = 0",
       "series 0: its rounds from replication 0 do not add up to `above` and `below`"},
      {"UPDATE observations SET first = 62 WHERE first = 63",
       "series 0: its rounds from replication 62 are there twice"},
      {"DELETE FROM series", "observations: series 0 is not in the table series"},
      {"DELETE FROM trials", "series 0: its trial is not in the table trials"},
      {"DELETE FROM trials", "settings: trial 0 is not in the table trials"},
  }));
  CAPTURE(sql);
  Connection(path, StoreAccess::write).execute(sql);
  std::string all;
  for (const std::string& wrong : SelectionStore(path, StoreAccess::read).verify()) all += wrong + "\n";
  CHECK(holds(all, line));
}

TEST_CASE("sums that are cut off are refused", "[store]") {
  const std::string bytes = encode_sums(sums_from(5));
  CHECK(decode_sums(bytes) == sums_from(5));
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_THROWS_AS(decode_sums(std::string_view(bytes).substr(0, size)), BadBytes);
}

}  // namespace
}  // namespace dronewall
