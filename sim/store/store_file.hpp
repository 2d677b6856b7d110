// A store's file held open: its lock, its connection, and the transaction that it is in.
#pragma once
#include <optional>
#include <string>

#include "store/database.hpp"
#include "store/writer_lock.hpp"

namespace dronewall {

/// What a store is of. Each kind is marked, so that none is taken for another.
struct StoreKind {
  int application;     ///< `PRAGMA application_id`
  int format;          ///< `PRAGMA user_version`; raised when a table changes
  const char* tables;  ///< SQL that makes them
  const char* of;      ///< `a sweep`
  const char* maker;   ///< the command that makes one
};

/// A store of one kind, opened. Throws StoreError where the file is none of that kind.
struct StoreFile {
  StoreFile(const std::string& path, StoreAccess access, const StoreKind& of);
  ~StoreFile();
  StoreFile(const StoreFile&) = delete;
  StoreFile& operator=(const StoreFile&) = delete;

  /// Begins a transaction at the first change since the last commit.
  Connection& change();
  void commit();

  std::optional<WriterLock> lock;
  Connection connection;
  const StoreKind& kind;
  bool writes;
  bool in_transaction = false;

 private:
  void open();
  void make();
  void refuse_other_kinds(std::int64_t application) const;
};

}  // namespace dronewall
