// SQLite with exceptions: one connection, and statements that are prepared once.
#pragma once
#include <sqlite3.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "dronewall/store/store.hpp"

namespace dronewall {

/// A prepared statement in use; ready for the next use when it goes. Parameters count from 1, columns from 0.
class Query {
 public:
  Query(sqlite3* connection, sqlite3_stmt* statement, const std::string& path)
      : connection_(connection), statement_(statement), path_(path) {}
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Query& bind(std::int64_t value);
  Query& bind(std::string_view text);
  Query& bind_blob(std::string_view bytes);
  /// NaN is NULL.
  Query& bind(double value);
  Query& bind_null();
  /// Unsigned numbers keep their bits.
  Query& bind_bits(std::uint64_t value) { return bind(static_cast<std::int64_t>(value)); }

  /// True while there is a row.
  bool step();
  /// Runs a statement that gives no rows.
  void run();

  [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  [[nodiscard]] std::uint64_t bits(int column) const { return static_cast<std::uint64_t>(integer(column)); }
  [[nodiscard]] bool is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }
  [[nodiscard]] double real(int column) const;
  /// Valid until the next step.
  [[nodiscard]] std::string_view bytes(int column) const;
  [[nodiscard]] std::string text(int column) const { return std::string(bytes(column)); }

 private:
  void check(int status);
  sqlite3* connection_;
  sqlite3_stmt* statement_;
  const std::string& path_;
  int bound_ = 0;
};

/// A connection.
class Connection {
 public:
  Connection(std::string path, StoreAccess access);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  /// `sql` must be a literal: the statement is kept under it.
  [[nodiscard]] Query query(const char* sql);
  /// Runs statements without parameters, unprepared.
  void execute(const std::string& sql);
  /// The same, and what fails is of no matter.
  void try_execute(const char* sql);

 private:
  std::string path_;
  sqlite3* connection_ = nullptr;
  std::map<const char*, sqlite3_stmt*> statements_;
};

/// What an error of SQLite means to a user, as a StoreError.
[[noreturn]] void throw_store_error(sqlite3* connection, int status, const std::string& path);

}  // namespace dronewall
