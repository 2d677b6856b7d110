#include "dronewall/store/store.hpp"

#include <fstream>
#include <limits>

#include "store/codec.hpp"
#include "store/tallies.hpp"

namespace dronewall {
namespace {

using test::Folder;
using test::tally_of;

constexpr std::uint64_t high_hash = 0xfedcba9876543210;

StoredPoint point_at(StoredPointId point) {
  StoredPoint made;
  made.point = point;
  made.number = point;
  made.hash = high_hash + point;
  return made;
}

std::string refusal(const std::string& path, StoreAccess access) {
  try {
    const Store store(path, access);
  } catch (const StoreError& error) {
    return error.what();
  }
  return "";
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_CASE("a store gives back what was put in", "[store]") {
  const Folder folder;
  const StoredTally tally = tally_of(0, 1'000);
  const StoredRows rows{0, 3, {1, 4}, {7, -1, 7, 0, 8, 1'000'000'000'000}};
  const double none = std::numeric_limits<double>::quiet_NaN();
  {
    Store store(folder.file("a.db"), StoreAccess::write);
    store.set_text("seed", "7");
    store.set_fields({{"units.b.channels", "2"}, {"units.a.channels", "1"}});
    store.set_factors({{"units.a.count", "choice", "[1, 2]"}});
    store.add_point(point_at(0), {"1"});
    store.add_point(point_at(1), {"2"});
    store.set_number(1, std::nullopt);
    store.add_layout(high_hash, "{}");
    store.set_tally(0, high_hash, tally);
    store.add_rows(0, rows);
    store.set_estimates(
        0, {{"leakers", "", 0.1 + 0.2, 1, 2, 3, 4, none, none, 1'000, "t", "", false, 0},
            {"b", "USD", none, none, none, none, none, none, none, 1'000, "", "no cost", true, 2}});
    StoredPoint done = point_at(0);
    done.state = PointState::capped;
    done.replications = 1'000;
    done.half_width = 0.02;
    done.reason = "half-width 2%";
    store.set_state(done);
    store.add_failure({1, 2'000, 1'000, 3, "why", "dronewall shard x"});
    store.add_seconds(0, 1.5);
    store.add_seconds(0, 1.5);
    store.commit();
  }
  CHECK_FALSE(std::filesystem::exists(folder.file("a.db-lock")));
  CHECK_FALSE(std::filesystem::exists(folder.file("a.db-wal")));

  const Store store(folder.file("a.db"), StoreAccess::read);
  CHECK(store.text("seed") == "7");
  CHECK_FALSE(store.text("sead"));
  CHECK(store.fields() == std::vector<std::pair<std::string, std::string>>{{"units.a.channels", "1"},
                                                                           {"units.b.channels", "2"}});
  CHECK(store.factors() == std::vector<StoredFactor>{{"units.a.count", "choice", "[1, 2]"}});
  CHECK(store.settings(1) == std::vector<std::string>{"2"});
  CHECK(store.point_count() == 2);
  std::vector<StoredPoint> points;
  store.each_point_by_number([&](const StoredPoint& point) { points.push_back(point); });
  REQUIRE(points.size() == 1);
  CHECK(points[0].hash == high_hash);
  CHECK(points[0].state == PointState::capped);
  CHECK(points[0].half_width == 0.02);
  CHECK(store.tally(0, 0) == tally);
  CHECK(store.moments(0) == tally.moments);
  REQUIRE(store.tallies(0).size() == 1);
  CHECK(store.tallies(0)[0].layout == high_hash);
  std::vector<StoredRows> kept;
  store.each_rows(0, [&](const StoredRows& one) { kept.push_back(one); });
  CHECK(kept == std::vector<StoredRows>{rows});
  const std::vector<StoredEstimate> estimates = store.estimates(0);
  REQUIRE(estimates.size() == 2);
  CHECK(estimates[0].mean == 0.1 + 0.2);
  CHECK(std::isnan(estimates[1].mean));
  CHECK(estimates[1].undefined_because == "no cost");
  CHECK(store.failures().front().first == 2'000);
  CHECK(store.seconds() == 3);
  CHECK(store.verify().empty());
}

TEST_CASE("what was not committed is gone", "[store]") {
  const Folder folder;
  {
    Store store(folder.file("a.db"), StoreAccess::write);
    store.set_text("kept", "1");
    store.commit();
    store.set_text("lost", "1");
  }
  const Store store(folder.file("a.db"), StoreAccess::read);
  CHECK(store.text("kept"));
  CHECK_FALSE(store.text("lost"));
}

TEST_CASE("a store has one writer and any number of readers", "[store]") {
  const Folder folder;
  Store writer(folder.file("a.db"), StoreAccess::write);
  writer.set_text("seed", "7");
  writer.commit();
  CHECK(holds(refusal(folder.file("a.db"), StoreAccess::write), "is being written by process "));
  const Store reader(folder.file("a.db"), StoreAccess::read);
  CHECK(reader.text("seed") == "7");
}

TEST_CASE("what is no store is refused", "[store]") {
  const Folder folder;
  std::ofstream(folder.file("text")) << "units: {}\n" << std::string(2'000, '#');
  CHECK(holds(refusal(folder.file("text"), StoreAccess::read), "is no store of dronewall"));
  CHECK(holds(refusal(folder.file("text"), StoreAccess::write), "is no store of dronewall"));
  CHECK(holds(refusal(folder.file("absent.db"), StoreAccess::read), "is not there"));
  CHECK(holds(refusal(folder.file("no/folder.db"), StoreAccess::write), "cannot be written"));
}

TEST_CASE("a changed blob is found", "[store]") {
  const Folder folder;
  {
    Store store(folder.file("a.db"), StoreAccess::write);
    store.add_point(point_at(0), {});
    Store::EncodedTally encoded = Store::encode(tally_of(0, 100));
    encoded.batches.back() = static_cast<char>(encoded.batches.back() ^ 1);
    store.set_tally(0, 5, encoded);
    store.commit();
  }
  const Store store(folder.file("a.db"), StoreAccess::read);
  CHECK_THROWS_AS(store.tally(0, 0), StoreError);
  const std::vector<std::string> wrong = store.verify();
  REQUIRE(wrong.size() == 3);
  CHECK(holds(wrong[0], "has changed"));
  CHECK(holds(wrong[1], "layout is missing"));
  CHECK(holds(wrong[2], "0 replications are said to be there, and 100 are"));
}

TEST_CASE("codes give back what they were made of, and refuse what is cut off", "[store]") {
  MomentsState moments = tally_of(1'000, 1'000).moments;
  moments.cross[1] = (Int128{1} << 126) + 12'345;
  moments.cross[2] = -moments.cross[1];
  const std::string bytes = encode_moments(moments);
  CHECK(decode_moments(bytes) == moments);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_THROWS_AS(decode_moments(std::string_view(bytes).substr(0, size)), BadBytes);
  const BatchSumsState batches = tally_of(0, 100).batches;
  CHECK(decode_batches(encode_batches(batches)) == batches);
  CHECK(encode_batches(BatchSums(500, 256).state()).size() < 20);
}

}  // namespace
}  // namespace dronewall
