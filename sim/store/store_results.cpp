// The results of points in a store: layouts, tallies, rows, estimates, failures, times.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "dronewall/store/store.hpp"
#include "store/codec.hpp"
#include "store/store_database.hpp"

namespace dronewall {
namespace {

std::uint64_t checksum_of(std::string_view moments, std::string_view batches, std::string_view counts) {
  return checksum(moments) ^ checksum(batches) * 3 ^ checksum(counts) * 5;
}

/// One column of a point's first tally, decoded.
template <class Decode>
auto part_of_tally(const Store& store, StoredPointId point, Query& query, Decode decode) {
  if (!query.bind(std::int64_t{point}).step())
    throw StoreError(fmt::format("{} holds no tally of point {}", store.path(), point));
  try {
    return decode(query.bytes(0));
  } catch (const BadBytes& bad) {
    throw StoreError(
        fmt::format("{} is damaged: the tally of point {}: {}", store.path(), point, bad.what()));
  }
}

}  // namespace

std::string Store::layout(std::uint64_t hash) const {
  Query query = database_->connection.query("SELECT json FROM layouts WHERE layout = ?");
  return query.bind_bits(hash).step() ? query.text(0) : std::string();
}

bool Store::has_layout(std::uint64_t hash) const {
  Query query = database_->connection.query("SELECT 1 FROM layouts WHERE layout = ?");
  return query.bind_bits(hash).step();
}

void Store::add_layout(std::uint64_t hash, const std::string& json) {
  database_->change()
      .query("INSERT OR REPLACE INTO layouts VALUES (?, ?)")
      .bind_bits(hash)
      .bind(std::string_view(json))
      .run();
}

void Store::each_layout(const std::function<void(std::uint64_t, const std::string&)>& see) const {
  Query row = database_->connection.query("SELECT layout, json FROM layouts ORDER BY layout");
  while (row.step()) see(row.bits(0), row.text(1));
}

std::vector<Store::TallyPlace> Store::tallies(StoredPointId point) const {
  std::vector<TallyPlace> places;
  Query query =
      database_->connection.query("SELECT first, count, layout FROM tallies WHERE point = ? ORDER BY first");
  query.bind(std::int64_t{point});
  while (query.step()) places.push_back({query.bits(0), query.bits(1), query.bits(2)});
  return places;
}

StoredTally Store::tally(StoredPointId point, std::uint64_t first) const {
  Query query = database_->connection.query(
      "SELECT count, moments, batches, counts, checksum FROM tallies WHERE point = ? AND first = ?");
  if (!query.bind(std::int64_t{point}).bind_bits(first).step())
    throw StoreError(fmt::format("{} holds no tally of point {} from replication {}", path(), point, first));
  if (checksum_of(query.bytes(1), query.bytes(2), query.bytes(3)) != query.bits(4))
    throw StoreError(fmt::format("{} is damaged: the tally of point {} from replication {} has changed",
                                 path(), point, first));
  return {first, query.bits(0), decode_moments(query.bytes(1)), decode_batches(query.bytes(2)),
          decode_counts(query.bytes(3))};
}

MomentsState Store::moments(StoredPointId point) const {
  Query query = database_->connection.query("SELECT moments FROM tallies WHERE point = ? AND first = 0");
  return part_of_tally(*this, point, query, decode_moments);
}

std::vector<std::pair<std::uint32_t, Histogram>> Store::first_counts(StoredPointId point,
                                                                     std::uint32_t last) const {
  Query query = database_->connection.query("SELECT counts FROM tallies WHERE point = ? AND first = 0");
  return part_of_tally(*this, point, query,
                       [&](std::string_view bytes) { return decode_first_counts(bytes, last); });
}

Store::EncodedTally Store::encode(const StoredTally& tally) {
  EncodedTally encoded{tally.first,
                       tally.count,
                       encode_moments(tally.moments),
                       encode_batches(tally.batches),
                       encode_counts(tally),
                       0};
  encoded.checksum = checksum_of(encoded.moments, encoded.batches, encoded.counts);
  return encoded;
}

void Store::set_tally(StoredPointId point, std::uint64_t layout, const StoredTally& tally) {
  set_tally(point, layout, encode(tally));
}

void Store::set_tally(StoredPointId point, std::uint64_t layout, const EncodedTally& tally) {
  database_->change()
      .query("INSERT OR REPLACE INTO tallies VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(std::int64_t{point})
      .bind_bits(tally.first)
      .bind_bits(tally.count)
      .bind_bits(layout)
      .bind_blob(tally.moments)
      .bind_blob(tally.batches)
      .bind_blob(tally.counts)
      .bind_bits(tally.checksum)
      .run();
}

void Store::remove_tally(StoredPointId point, std::uint64_t first) {
  database_->change()
      .query("DELETE FROM tallies WHERE point = ? AND first = ?")
      .bind(std::int64_t{point})
      .bind_bits(first)
      .run();
}

void Store::add_rows(StoredPointId point, const StoredRows& rows) {
  const std::string data = encode_rows(rows);
  database_->change()
      .query("INSERT OR REPLACE INTO \"rows\" VALUES (?, ?, ?, ?, ?)")
      .bind(std::int64_t{point})
      .bind_bits(rows.first)
      .bind_bits(rows.count)
      .bind_blob(data)
      .bind_bits(checksum(data))
      .run();
}

void Store::each_rows(StoredPointId point, const std::function<void(const StoredRows&)>& see) const {
  Query query = database_->connection.query(
      "SELECT first, data, checksum FROM \"rows\" WHERE point = ? ORDER BY first");
  query.bind(std::int64_t{point});
  while (query.step()) {
    if (checksum(query.bytes(1)) != query.bits(2))
      throw StoreError(fmt::format("{} is damaged: the rows of point {} from replication {} have changed",
                                   path(), point, query.bits(0)));
    see(decode_rows(query.bytes(1)));
  }
}

std::vector<Store::RowPlace> Store::row_places(StoredPointId point) const {
  std::vector<RowPlace> places;
  Query query = database_->connection.query("SELECT data FROM \"rows\" WHERE point = ? ORDER BY first");
  query.bind(std::int64_t{point});
  while (query.step()) {
    StoredRows head = decode_rows_head(query.bytes(0));
    places.push_back({head.first, head.count, std::move(head.columns)});
  }
  return places;
}

void Store::remove_rows(StoredPointId point, std::uint64_t first, std::uint64_t end) {
  database_->change()
      .query("DELETE FROM \"rows\" WHERE point = ? AND first >= ? AND first < ?")
      .bind(std::int64_t{point})
      .bind_bits(first)
      .bind_bits(end)
      .run();
}

void Store::set_estimates(StoredPointId point, const std::vector<StoredEstimate>& estimates) {
  Connection& connection = database_->change();
  connection.query("DELETE FROM estimates WHERE point = ?").bind(std::int64_t{point}).run();
  std::int64_t place = 0;
  for (const StoredEstimate& one : estimates)
    connection.query("INSERT INTO estimates VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(std::int64_t{point})
        .bind(place++)
        .bind(std::string_view(one.measure))
        .bind(std::string_view(one.unit))
        .bind(one.mean)
        .bind(one.se)
        .bind(one.low)
        .bind(one.high)
        .bind(one.sd)
        .bind(one.least)
        .bind(one.most)
        .bind_bits(one.n)
        .bind(std::string_view(one.method))
        .bind(std::string_view(one.undefined_because))
        .bind(std::int64_t{one.is_ratio ? 1 : 0})
        .bind_bits(one.without_value)
        .run();
}

std::vector<StoredEstimate> Store::estimates(StoredPointId point) const {
  std::vector<StoredEstimate> estimates;
  Query row = database_->connection.query(
      "SELECT measure, unit, mean, se, low, high, sd, least, most, n, method, undefined_because, is_ratio, "
      "without_value FROM estimates WHERE point = ? ORDER BY place");
  row.bind(std::int64_t{point});
  while (row.step())
    estimates.push_back({row.text(0), row.text(1), row.real(2), row.real(3), row.real(4), row.real(5),
                         row.real(6), row.real(7), row.real(8), row.bits(9), row.text(10), row.text(11),
                         row.integer(12) != 0, row.bits(13)});
  return estimates;
}

Store::AboveZero Store::above_zero(std::string_view measure) const {
  Query row = database_->connection.query(
      "SELECT COUNT(*), MAX(e.mean) FROM estimates e JOIN points p ON p.point = e.point "
      "WHERE e.measure = ? AND e.mean > 0 AND p.number IS NOT NULL");
  row.bind(measure);
  if (!row.step() || row.integer(0) == 0) return {};
  return {row.bits(0), row.real(1)};
}

std::vector<std::string> Store::measures() const {
  // Grouping would sort the whole table in memory.
  std::map<std::string, std::int64_t> places;
  Query row = database_->connection.query("SELECT DISTINCT measure, place FROM estimates");
  while (row.step()) {
    const auto [found, is_new] = places.emplace(row.text(0), row.integer(1));
    if (!is_new) found->second = std::min(found->second, row.integer(1));
  }
  std::vector<std::string> names;
  for (const auto& [name, place] : places) names.push_back(name);
  std::stable_sort(names.begin(), names.end(),
                   [&](const std::string& a, const std::string& b) { return places[a] < places[b]; });
  return names;
}

void Store::add_failure(const StoredFailure& failure) {
  database_->change()
      .query("INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?, ?)")
      .bind(std::int64_t{failure.point})
      .bind_bits(failure.first)
      .bind_bits(failure.count)
      .bind(std::int64_t{failure.attempts})
      .bind(std::string_view(failure.reason))
      .bind(std::string_view(failure.line))
      .run();
}

void Store::remove_failures(StoredPointId point) {
  database_->change().query("DELETE FROM failures WHERE point = ?").bind(std::int64_t{point}).run();
}

void Store::each_failure(const std::function<void(const StoredFailure&)>& see) const {
  Query row = database_->connection.query(
      "SELECT point, first, count, attempts, reason, line FROM failures ORDER BY point, first");
  while (row.step())
    see({static_cast<StoredPointId>(row.integer(0)), row.bits(1), row.bits(2),
         static_cast<std::uint32_t>(row.integer(3)), row.text(4), row.text(5)});
}

std::vector<StoredFailure> Store::failures() const {
  std::vector<StoredFailure> failures;
  each_failure([&](const StoredFailure& failure) { failures.push_back(failure); });
  return failures;
}

void Store::add_seconds(StoredPointId point, double seconds) {
  database_->change()
      .query(
          "INSERT INTO times VALUES (?, ?) ON CONFLICT (point) DO UPDATE SET seconds = seconds + "
          "excluded.seconds")
      .bind(std::int64_t{point})
      .bind(seconds)
      .run();
}

double Store::seconds() const {
  Query query = database_->connection.query("SELECT coalesce(sum(seconds), 0) FROM times");
  return query.step() ? query.real(0) : 0;
}

}  // namespace dronewall
