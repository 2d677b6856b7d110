// Whether a store is sound in itself: its pages and checksums, and what one table says of another.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dronewall/core/phrases.hpp"
#include "dronewall/store/store.hpp"
#include "store/codec.hpp"
#include "store/store_database.hpp"

namespace dronewall {
namespace {

/// Points of a table that the table of points does not have.
struct Strays {
  const char* table;
  const char* sql;
};
constexpr std::array<Strays, 6> strays = {{
    {"settings", "SELECT DISTINCT point FROM settings WHERE point NOT IN (SELECT point FROM points)"},
    {"tallies", "SELECT DISTINCT point FROM tallies WHERE point NOT IN (SELECT point FROM points)"},
    {"rows", "SELECT DISTINCT point FROM \"rows\" WHERE point NOT IN (SELECT point FROM points)"},
    {"estimates", "SELECT DISTINCT point FROM estimates WHERE point NOT IN (SELECT point FROM points)"},
    {"failures", "SELECT DISTINCT point FROM failures WHERE point NOT IN (SELECT point FROM points)"},
    {"times", "SELECT DISTINCT point FROM times WHERE point NOT IN (SELECT point FROM points)"},
}};

class Verification {
 public:
  Verification(const Store& store, Connection& connection) : store_(store), connection_(connection) {}

  std::vector<std::string> wrong();

 private:
  void pages();
  void tables();
  void settings(const StoredPoint& point);
  void tallies(const StoredPoint& point);
  void rows(StoredPointId point, const std::vector<Store::TallyPlace>& tallies);
  void results(const StoredPoint& point);
  [[nodiscard]] std::int64_t number(const char* sql, StoredPointId point);
  /// What cannot be read is told, and the rest is looked at all the same.
  template <class Read>
  void attempt(const Read& read) {
    try {
      read();
    } catch (const std::exception& error) {
      wrong_.emplace_back(error.what());
    }
  }
  template <class... Parts>
  void tell(fmt::format_string<Parts...> words, Parts&&... parts) {
    wrong_.push_back(fmt::format(words, std::forward<Parts>(parts)...));
  }

  const Store& store_;
  Connection& connection_;
  std::vector<std::string> wrong_;
};

void Verification::pages() {
  Query query = connection_.query("PRAGMA integrity_check");
  while (query.step())
    if (query.bytes(0) != "ok") wrong_.push_back(query.text(0));
}

void Verification::tables() {
  for (const auto& [table, sql] : strays) {
    Query query = connection_.query(sql);
    while (query.step()) tell("{}: point {} is not in the table points", table, query.integer(0));
  }
  Query twice = connection_.query(
      "SELECT number FROM points WHERE number IS NOT NULL GROUP BY number HAVING count(*) > 1");
  while (twice.step()) tell("points: number {} is there twice", twice.integer(0));
  Query last = connection_.query("SELECT coalesce(max(point), -1) + 1 FROM points");
  if (last.step() && last.integer(0) != std::int64_t{store_.point_count()})
    tell("points: {} of {} missing", last.integer(0) - std::int64_t{store_.point_count()}, last.integer(0));
}

std::int64_t Verification::number(const char* sql, StoredPointId point) {
  Query query = connection_.query(sql);
  query.bind(std::int64_t{point});
  return query.step() ? query.integer(0) : 0;
}

void Verification::settings(const StoredPoint& point) {
  const auto there =
      static_cast<std::uint64_t>(number("SELECT count(*) FROM settings WHERE point = ?", point.point));
  Query factors = connection_.query("SELECT count(*) FROM factors");
  if (factors.step() && factors.bits(0) != there)
    tell("point {}: {} there, and {} of the study", point.point, counted(there, "setting"),
         counted(factors.bits(0), "factor"));
}

void Verification::tallies(const StoredPoint& point) {
  std::uint64_t prefix = 0, end = 0;
  const std::vector<Store::TallyPlace> tallies = store_.tallies(point.point);
  for (const Store::TallyPlace& place : tallies) {
    attempt([&] {
      const StoredTally one = store_.tally(point.point, place.first);
      if (one.count != one.moments.count)
        tell("point {}: the tally from replication {} holds {} replications, not {}", point.point,
             place.first, one.moments.count, one.count);
    });
    if (!store_.has_layout(place.layout)) tell("point {}: its layout is missing", point.point);
    if (place.first < end)
      tell("point {}: its tally from replication {} overlaps another", point.point, place.first);
    end = std::max(end, place.first + place.count);
    if (place.first == 0) prefix = place.count;
  }
  if (prefix != point.replications)
    tell("point {}: {} replications are said to be there, and {} are", point.point, point.replications,
         prefix);
  rows(point.point, tallies);
}

void Verification::rows(StoredPointId point, const std::vector<Store::TallyPlace>& tallies) {
  Query query =
      connection_.query("SELECT first, count, data, checksum FROM \"rows\" WHERE point = ? ORDER BY first");
  query.bind(std::int64_t{point});
  std::uint64_t end = 0;
  while (query.step()) {
    const std::uint64_t first = query.bits(0), its_end = first + query.bits(1);
    if (checksum(query.bytes(2)) != query.bits(3)) {
      tell("point {}: the rows from replication {} have changed", point, first);
    } else {
      attempt([&] {
        const StoredRows one = decode_rows(query.bytes(2));
        if (one.first != first || one.first + one.count != its_end)
          tell("point {}: the rows from replication {} are of other replications", point, first);
      });
    }
    if (first < end) tell("point {}: the rows from replication {} are there twice", point, first);
    end = std::max(end, its_end);
    const bool has_tally = std::any_of(tallies.begin(), tallies.end(), [&](const Store::TallyPlace& place) {
      return place.first <= first && its_end <= place.first + place.count;
    });
    if (!has_tally) tell("point {}: the rows from replication {} have no tally", point, first);
  }
}

/// That what its state promises is in the other tables.
void Verification::results(const StoredPoint& point) {
  const std::int64_t estimates = number("SELECT count(*) FROM estimates WHERE point = ?", point.point);
  const std::int64_t places =
      number("SELECT coalesce(max(place), -1) + 1 FROM estimates WHERE point = ?", point.point);
  if (estimates != places)
    tell("point {}: {} of its {} estimates missing", point.point, places - estimates, places);
  if (point.state == PointState::failed) {
    if (number("SELECT count(*) FROM failures WHERE point = ?", point.point) == 0)
      tell("point {}: it failed, and the table failures does not say why", point.point);
  } else if (is_finished(point.state)) {
    if (estimates == 0) tell("point {}: it is {}, and has no estimates", point.point, name_of(point.state));
    if (point.replications == 0)
      tell("point {}: it is {} without a replication", point.point, name_of(point.state));
  }
}

std::vector<std::string> Verification::wrong() {
  attempt([&] { pages(); });
  attempt([&] { tables(); });
  std::vector<StoredPoint> points;
  attempt([&] { store_.each_point([&](const StoredPoint& one) { points.push_back(one); }); });
  for (const StoredPoint& one : points) {
    attempt([&] { settings(one); });
    attempt([&] { tallies(one); });
    attempt([&] { results(one); });
  }
  return std::move(wrong_);
}

}  // namespace

std::vector<std::string> Store::verify() const { return Verification(*this, database_->connection).wrong(); }

}  // namespace dronewall
