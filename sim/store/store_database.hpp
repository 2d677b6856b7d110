// What a store holds open: its lock, its connection, and the transaction that it is in.
#pragma once
#include <optional>

#include "store/database.hpp"
#include "store/writer_lock.hpp"

namespace dronewall {

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

}  // namespace dronewall
