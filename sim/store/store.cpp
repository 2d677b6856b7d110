#include "dronewall/store/store.hpp"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <utility>

#include "dronewall/core/contracts.hpp"
#include "store/codec.hpp"
#include "store/database.hpp"
#include "store/schema.hpp"
#include "store/writer_lock.hpp"

namespace dronewall {
namespace {

constexpr std::array<std::pair<PointState, const char*>, 6> states = {{{PointState::planned, "planned"},
                                                                       {PointState::begun, "begun"},
                                                                       {PointState::done, "done"},
                                                                       {PointState::reached, "reached"},
                                                                       {PointState::capped, "capped"},
                                                                       {PointState::failed, "failed"}}};

PointState state_of(std::string_view name, const std::string& path) {
  for (const auto& [state, its_name] : states)
    if (name == its_name) return state;
  throw StoreError(fmt::format("{} is damaged: {} is no state of a point", path, name));
}

StoredPoint point_of(const Query& row, const std::string& path) {
  StoredPoint point;
  point.point = static_cast<StoredPointId>(row.integer(0));
  if (!row.is_null(1)) point.number = static_cast<std::uint32_t>(row.integer(1));
  point.hash = row.bits(2);
  point.state = state_of(row.bytes(3), path);
  point.replications = row.bits(4);
  if (!row.is_null(5)) point.half_width = row.real(5);
  point.reason = row.text(6);
  return point;
}

std::uint64_t checksum_of(std::string_view moments, std::string_view batches, std::string_view counts) {
  return checksum(moments) ^ checksum(batches) * 3 ^ checksum(counts) * 5;
}

}  // namespace

const char* name_of(PointState state) {
  for (const auto& [each, name] : states)
    if (each == state) return name;
  contract_broken("the state has a name", __FILE__, __LINE__);
}

bool is_finished(PointState state) { return state != PointState::planned && state != PointState::begun; }

struct Store::Database {
  Database(const std::string& path, StoreAccess access)
      : lock(access == StoreAccess::write ? std::optional<WriterLock>(std::in_place, path) : std::nullopt),
        connection(path, access),
        writes(access == StoreAccess::write) {}

  void open();
  void make();
  /// Begins a transaction at the first change since the last commit.
  Connection& change();
  void close();

  std::optional<WriterLock> lock;
  Connection connection;
  bool writes;
  bool in_transaction = false;
};

void Store::Database::make() {
  connection.execute("PRAGMA journal_mode = WAL");
  connection.execute("BEGIN IMMEDIATE");
  connection.execute(store_tables);
  connection.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; COMMIT",
                                 store_application, store_format));
}

void Store::Database::open() {
  const auto pragma = [&](const char* sql) {
    Query query = connection.query(sql);
    return query.step() ? query.integer(0) : 0;
  };
  const bool is_empty = pragma("SELECT count(*) FROM sqlite_master") == 0;
  if (is_empty && writes) make();
  if (pragma("PRAGMA application_id") != store_application)
    throw StoreError(fmt::format("{} is no store of dronewall", connection.path()));
  if (const auto format = pragma("PRAGMA user_version"); format != store_format)
    throw StoreError(fmt::format("{} has format {}, and this program knows format {}", connection.path(),
                                 format, store_format));
  if (!writes) return;
  // Readers go on while a sweep writes; FULL keeps what is committed when the power goes.
  connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  // Shows here, not after hours, that nothing can be written.
  connection.execute("BEGIN IMMEDIATE; COMMIT");
}

Connection& Store::Database::change() {
  expects(writes);
  if (!std::exchange(in_transaction, true)) connection.execute("BEGIN IMMEDIATE");
  return connection;
}

void Store::Database::close() {
  if (!writes) return;
  connection.try_execute("ROLLBACK");
  // One file, that can be copied and read where nothing may be written.
  connection.try_execute("PRAGMA journal_mode = DELETE");
}

Store::Store(const std::string& path, StoreAccess access) {
  std::error_code error;
  if (access == StoreAccess::read && !std::filesystem::exists(path, error))
    throw StoreError(fmt::format("{} is not there (`dronewall sweep STUDY` makes a store)", path));
  database_ = std::make_unique<Database>(path, access);
  database_->open();
}

bool Store::is_begun(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return false;
  Connection connection(path, StoreAccess::read);
  Query tables = connection.query("SELECT count(*) FROM sqlite_master");
  return tables.step() && tables.integer(0) > 0;
}

Store::~Store() {
  if (database_) database_->close();
}

Store::Store(Store&&) noexcept = default;

const std::string& Store::path() const { return database_->connection.path(); }

void Store::commit() {
  if (!std::exchange(database_->in_transaction, false)) return;
  try {
    database_->connection.execute("COMMIT");
  } catch (...) {
    database_->connection.try_execute("ROLLBACK");
    throw;
  }
}

// ---- What the study is

std::optional<std::string> Store::text(std::string_view key) const {
  Query query = database_->connection.query("SELECT value FROM study WHERE key = ?");
  if (!query.bind(key).step()) return std::nullopt;
  return query.text(0);
}

void Store::set_text(std::string_view key, std::string_view value) {
  database_->change().query("INSERT OR REPLACE INTO study VALUES (?, ?)").bind(key).bind(value).run();
}

std::vector<std::pair<std::string, std::string>> Store::fields() const {
  std::vector<std::pair<std::string, std::string>> fields;
  Query query = database_->connection.query("SELECT path, value FROM fields ORDER BY path");
  while (query.step()) fields.emplace_back(query.text(0), query.text(1));
  return fields;
}

void Store::set_fields(const std::vector<std::pair<std::string, std::string>>& fields) {
  Connection& connection = database_->change();
  connection.query("DELETE FROM fields").run();
  for (const auto& [path, value] : fields)
    connection.query("INSERT OR REPLACE INTO fields VALUES (?, ?)").bind(path).bind(value).run();
}

std::vector<StoredFactor> Store::factors() const {
  std::vector<StoredFactor> factors;
  Query query = database_->connection.query("SELECT path, role, levels FROM factors ORDER BY factor");
  while (query.step()) factors.push_back({query.text(0), query.text(1), query.text(2)});
  return factors;
}

void Store::set_factors(const std::vector<StoredFactor>& factors) {
  Connection& connection = database_->change();
  connection.query("DELETE FROM factors").run();
  std::int64_t number = 0;
  for (const StoredFactor& factor : factors)
    connection.query("INSERT INTO factors VALUES (?, ?, ?, ?)")
        .bind(number++)
        .bind(factor.path)
        .bind(factor.role)
        .bind(factor.levels)
        .run();
}

// ---- Points

std::uint32_t Store::point_count() const {
  Query query = database_->connection.query("SELECT count(*) FROM points");
  return query.step() ? static_cast<std::uint32_t>(query.integer(0)) : 0;
}

void Store::each_point(const std::function<void(const StoredPoint&)>& see) const {
  Query query = database_->connection.query(
      "SELECT point, number, hash, state, replications, half_width, reason FROM points ORDER BY point");
  while (query.step()) see(point_of(query, path()));
}

void Store::each_point_by_number(const std::function<void(const StoredPoint&)>& see) const {
  Query query = database_->connection.query(
      "SELECT point, number, hash, state, replications, half_width, reason FROM points "
      "WHERE number IS NOT NULL ORDER BY number");
  while (query.step()) see(point_of(query, path()));
}

void Store::add_point(const StoredPoint& point, const std::vector<std::string>& settings) {
  Connection& connection = database_->change();
  {
    Query query = connection.query("INSERT INTO points VALUES (?, ?, ?, ?, ?, ?, ?)");
    query.bind(std::int64_t{point.point});
    point.number ? query.bind(std::int64_t{*point.number}) : query.bind_null();
    query.bind_bits(point.hash).bind(std::string_view(name_of(point.state))).bind_bits(point.replications);
    point.half_width ? query.bind(*point.half_width) : query.bind_null();
    query.bind(std::string_view(point.reason)).run();
  }
  std::int64_t factor = 0;
  for (const std::string& value : settings)
    connection.query("INSERT INTO settings VALUES (?, ?, ?)")
        .bind(std::int64_t{point.point})
        .bind(factor++)
        .bind(std::string_view(value))
        .run();
}

void Store::set_number(StoredPointId point, std::optional<std::uint32_t> number) {
  Query query = database_->change().query("UPDATE points SET number = ? WHERE point = ?");
  number ? query.bind(std::int64_t{*number}) : query.bind_null();
  query.bind(std::int64_t{point}).run();
}

void Store::set_state(const StoredPoint& point) {
  Query query = database_->change().query(
      "UPDATE points SET state = ?, replications = ?, half_width = ?, reason = ? WHERE point = ?");
  query.bind(std::string_view(name_of(point.state))).bind_bits(point.replications);
  point.half_width ? query.bind(*point.half_width) : query.bind_null();
  query.bind(std::string_view(point.reason)).bind(std::int64_t{point.point}).run();
}

std::vector<std::string> Store::settings(StoredPointId point) const {
  std::vector<std::string> settings;
  Query query = database_->connection.query("SELECT value FROM settings WHERE point = ? ORDER BY factor");
  query.bind(std::int64_t{point});
  while (query.step()) settings.push_back(query.text(0));
  return settings;
}

// ---- Results of points

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
  if (!query.bind(std::int64_t{point}).step())
    throw StoreError(fmt::format("{} holds no tally of point {}", path(), point));
  try {
    return decode_moments(query.bytes(0));
  } catch (const BadBytes& bad) {
    throw StoreError(fmt::format("{} is damaged: the tally of point {}: {}", path(), point, bad.what()));
  }
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

std::vector<std::string> Store::measures() const {
  std::vector<std::string> names;
  Query row = database_->connection.query(
      "SELECT measure FROM estimates GROUP BY measure ORDER BY min(place), measure");
  while (row.step()) names.push_back(row.text(0));
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

std::vector<StoredFailure> Store::failures() const {
  std::vector<StoredFailure> failures;
  Query row = database_->connection.query(
      "SELECT point, first, count, attempts, reason, line FROM failures ORDER BY point, first");
  while (row.step())
    failures.push_back({static_cast<StoredPointId>(row.integer(0)), row.bits(1), row.bits(2),
                        static_cast<std::uint32_t>(row.integer(3)), row.text(4), row.text(5)});
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

// ---- Soundness

std::vector<std::string> Store::verify() const {
  std::vector<std::string> wrong;
  {
    Query query = database_->connection.query("PRAGMA integrity_check");
    while (query.step())
      if (query.bytes(0) != "ok") wrong.push_back(query.text(0));
  }
  const auto attempt = [&](const auto& read) {
    try {
      read();
    } catch (const std::exception& error) {
      wrong.emplace_back(error.what());
    }
  };
  std::vector<StoredPoint> points;
  attempt([&] { each_point([&](const StoredPoint& point) { points.push_back(point); }); });
  for (const StoredPoint& point : points) {
    std::uint64_t prefix = 0;
    for (const TallyPlace& place : tallies(point.point)) {
      attempt([&] {
        const StoredTally one = tally(point.point, place.first);
        if (one.count != one.moments.count)
          wrong.push_back(fmt::format("point {}: the tally from replication {} holds {} replications, not {}",
                                      point.point, place.first, one.moments.count, one.count));
      });
      if (!has_layout(place.layout))
        wrong.push_back(fmt::format("point {}: its layout is missing", point.point));
      if (place.first == 0) prefix = place.count;
    }
    if (prefix != point.replications)
      wrong.push_back(fmt::format("point {}: {} replications are said to be there, and {} are", point.point,
                                  point.replications, prefix));
    attempt([&] { each_rows(point.point, [](const StoredRows&) {}); });
  }
  return wrong;
}

}  // namespace dronewall
