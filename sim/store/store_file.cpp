#include "store/store_file.hpp"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <utility>

#include "dronewall/core/contracts.hpp"
#include "store/schema.hpp"

namespace dronewall {
namespace {

const std::string& readable(const std::string& path, StoreAccess access, const StoreKind& kind) {
  std::error_code error;
  if (access == StoreAccess::read && !std::filesystem::exists(path, error))
    throw StoreError(fmt::format("{} is not there (`dronewall {}` makes a store)", path, kind.maker));
  return path;
}

}  // namespace

StoreFile::StoreFile(const std::string& path, StoreAccess access, const StoreKind& of)
    : lock(access == StoreAccess::write ? std::optional<WriterLock>(std::in_place, path) : std::nullopt),
      connection(readable(path, access, of), access),
      kind(of),
      writes(access == StoreAccess::write) {
  open();
}

void StoreFile::make() {
  connection.execute("PRAGMA journal_mode = WAL");
  connection.execute("BEGIN IMMEDIATE");
  connection.execute(kind.tables);
  connection.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; COMMIT",
                                 kind.application, kind.format));
}

void StoreFile::refuse_other_kinds(std::int64_t application) const {
  if (application == kind.application) return;
  for (const StoreKind* other : {&sweep_store, &selection_store})
    if (application == other->application)
      throw StoreError(fmt::format("{} is the store of {} (`dronewall {}`), not of {}", connection.path(),
                                   other->of, other->maker, kind.of));
  throw StoreError(fmt::format("{} is no store of dronewall", connection.path()));
}

void StoreFile::open() {
  const auto pragma = [&](const char* sql) {
    Query query = connection.query(sql);
    return query.step() ? query.integer(0) : 0;
  };
  const bool is_empty = pragma("SELECT count(*) FROM sqlite_master") == 0;
  if (is_empty && writes) make();
  refuse_other_kinds(pragma("PRAGMA application_id"));
  if (const auto format = pragma("PRAGMA user_version"); format != kind.format)
    throw StoreError(fmt::format("{} has format {}, and this program knows format {}", connection.path(),
                                 format, kind.format));
  if (!writes) return;
  // Readers go on while it is written; FULL keeps what is committed when the power goes.
  connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  // Shows here, not after hours, that nothing can be written.
  connection.execute("BEGIN IMMEDIATE; COMMIT");
}

Connection& StoreFile::change() {
  expects(writes);
  if (!std::exchange(in_transaction, true)) connection.execute("BEGIN IMMEDIATE");
  return connection;
}

void StoreFile::commit() {
  if (!std::exchange(in_transaction, false)) return;
  try {
    connection.execute("COMMIT");
  } catch (...) {
    connection.try_execute("ROLLBACK");
    throw;
  }
}

StoreFile::~StoreFile() {
  if (!writes) return;
  connection.try_execute("ROLLBACK");
  // One file, that can be copied and read where nothing may be written.
  connection.try_execute("PRAGMA journal_mode = DELETE");
}

}  // namespace dronewall
