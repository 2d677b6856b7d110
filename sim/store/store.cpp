// A sweep's store is opened, committed and closed.
#include "dronewall/store/store.hpp"

#include <filesystem>

#include "store/store_database.hpp"

namespace dronewall {

Store::Store(const std::string& path, StoreAccess access)
    : database_(std::make_unique<Database>(path, access)) {}

bool Store::is_begun(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return false;
  Connection connection(path, StoreAccess::read);
  Query tables = connection.query("SELECT count(*) FROM sqlite_master");
  return tables.step() && tables.integer(0) > 0;
}

Store::~Store() = default;

Store::Store(Store&&) noexcept = default;

const std::string& Store::path() const { return database_->connection.path(); }

void Store::commit() { database_->commit(); }

}  // namespace dronewall
