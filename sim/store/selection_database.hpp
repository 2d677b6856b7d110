// What a selection's store holds open.
#pragma once
#include "dronewall/store/selection_store.hpp"
#include "store/schema.hpp"
#include "store/store_file.hpp"

namespace dronewall {

struct SelectionStore::Database final : StoreFile {
  Database(const std::string& path, StoreAccess access) : StoreFile(path, access, selection_store) {}
};

}  // namespace dronewall
