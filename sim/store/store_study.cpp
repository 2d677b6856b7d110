// The study and its points in a store.
#include <fmt/format.h>

#include <array>

#include "dronewall/core/contracts.hpp"
#include "dronewall/store/store.hpp"
#include "store/store_database.hpp"
#include "store/study_tables.hpp"

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

}  // namespace

const char* name_of(PointState state) {
  for (const auto& [each, name] : states)
    if (each == state) return name;
  contract_broken("the state has a name", __FILE__, __LINE__);
}

bool is_finished(PointState state) { return state != PointState::planned && state != PointState::begun; }

std::optional<std::string> Store::text(std::string_view key) const {
  return read_study_text(database_->connection, key);
}

void Store::set_text(std::string_view key, std::string_view value) {
  write_study_text(database_->change(), key, value);
}

std::vector<std::pair<std::string, std::string>> Store::fields() const {
  return read_fields(database_->connection);
}

void Store::set_fields(const std::vector<std::pair<std::string, std::string>>& fields) {
  write_fields(database_->change(), fields);
}

std::vector<StoredFactor> Store::factors() const { return read_factors(database_->connection); }

void Store::set_factors(const std::vector<StoredFactor>& factors) {
  write_factors(database_->change(), factors);
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

}  // namespace dronewall
