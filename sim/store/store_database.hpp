// What a sweep's store holds open.
#pragma once
#include "dronewall/store/store.hpp"
#include "store/schema.hpp"
#include "store/store_file.hpp"

namespace dronewall {

struct Store::Database final : StoreFile {
  Database(const std::string& path, StoreAccess access) : StoreFile(path, access, sweep_store) {}
};

}  // namespace dronewall
