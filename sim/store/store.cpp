// A store is opened, made, committed and closed.
#include "dronewall/store/store.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "dronewall/core/contracts.hpp"
#include "store/schema.hpp"
#include "store/store_database.hpp"

namespace dronewall {

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

}  // namespace dronewall
