#include "store/database.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <limits>

namespace dronewall {

void throw_store_error(sqlite3* connection, int status, const std::string& path) {
  const int system = connection != nullptr ? sqlite3_system_errno(connection) : 0;
  const char* kept = "what was finished before is kept";
  switch (status & 0xff) {
    case SQLITE_FULL:
      throw StoreError(fmt::format("{}: the disk is full; {}: free some space and run the same command again",
                                   path, kept));
    case SQLITE_READONLY:
      throw StoreError(fmt::format("{} cannot be written: it is read-only", path));
    case SQLITE_CANTOPEN:
      if (std::error_code error; std::filesystem::exists(path + "-wal", error))
        throw StoreError(
            fmt::format("{0} cannot be opened: a process that was killed left {0}-wal, which is read only "
                        "where its folder may be written (copy both to such a folder)",
                        path));
      throw StoreError(fmt::format("{} cannot be opened: {}", path,
                                   system != 0 ? std::strerror(system) : "the folder refuses it"));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw StoreError(
          fmt::format("{} is held by another program (close what has it open, then try again)", path));
    case SQLITE_NOTADB:
      throw StoreError(fmt::format("{} is no store of dronewall (not an SQLite file)", path));
    case SQLITE_CORRUPT:
      throw StoreError(fmt::format("{} is damaged: {} (`dronewall store verify` says what is)", path,
                                   connection != nullptr ? sqlite3_errmsg(connection) : ""));
    case SQLITE_IOERR:
      throw StoreError(fmt::format("{}: {}; {}: mend that and run the same command again", path,
                                   system != 0 ? std::strerror(system) : "input or output failed", kept));
    default:
      throw StoreError(
          fmt::format("{}: {}", path, connection != nullptr ? sqlite3_errmsg(connection) : "SQLite failed"));
  }
}

Query::~Query() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

void Query::check(int status) {
  if (status != SQLITE_OK) throw_store_error(connection_, status, path_);
}

Query& Query::bind(std::int64_t value) {
  check(sqlite3_bind_int64(statement_, ++bound_, value));
  return *this;
}

Query& Query::bind(double value) {
  check(std::isnan(value) ? sqlite3_bind_null(statement_, ++bound_)
                          : sqlite3_bind_double(statement_, ++bound_, value));
  return *this;
}

Query& Query::bind_null() {
  check(sqlite3_bind_null(statement_, ++bound_));
  return *this;
}

// The caller's bytes live until the statement has run.
Query& Query::bind(std::string_view text) {
  check(sqlite3_bind_text64(statement_, ++bound_, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

Query& Query::bind_blob(std::string_view bytes) {
  check(sqlite3_bind_blob64(statement_, ++bound_, bytes.data(), bytes.size(), SQLITE_STATIC));
  return *this;
}

bool Query::step() {
  const int status = sqlite3_step(statement_);
  if (status == SQLITE_ROW) return true;
  if (status != SQLITE_DONE) throw_store_error(connection_, status, path_);
  return false;
}

void Query::run() {
  while (step()) continue;
}

double Query::real(int column) const {
  return is_null(column) ? std::numeric_limits<double>::quiet_NaN()
                         : sqlite3_column_double(statement_, column);
}

std::string_view Query::bytes(int column) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Connection::Connection(std::string path, StoreAccess access) : path_(std::move(path)) {
  const int flags =
      access == StoreAccess::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const int status = sqlite3_open_v2(path_.c_str(), &connection_, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  if (status == SQLITE_OK) {
    sqlite3_extended_result_codes(connection_, 1);
    sqlite3_busy_timeout(connection_, 5'000);
    return;
  }
  try {
    throw_store_error(connection_, status, path_);
  } catch (...) {
    sqlite3_close(connection_);
    throw;
  }
}

Connection::~Connection() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(connection_);
}

Query Connection::query(const char* sql) {
  sqlite3_stmt*& statement = statements_[sql];
  if (statement == nullptr) {
    const int status =
        sqlite3_prepare_v3(connection_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (status != SQLITE_OK) throw_store_error(connection_, status, path_);
  }
  return {connection_, statement, path_};
}

void Connection::execute(const std::string& sql) {
  const int status = sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr);
  if (status != SQLITE_OK) throw_store_error(connection_, status, path_);
}

void Connection::try_execute(const char* sql) { sqlite3_exec(connection_, sql, nullptr, nullptr, nullptr); }

}  // namespace dronewall
