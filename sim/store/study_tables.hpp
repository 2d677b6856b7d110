// The tables that say what a study is; every kind of store has them.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/database.hpp"

namespace dronewall {

[[nodiscard]] std::optional<std::string> read_study_text(Connection& connection, std::string_view key);
void write_study_text(Connection& connection, std::string_view key, std::string_view value);
/// By path.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> read_fields(Connection& connection);
void write_fields(Connection& connection, const std::vector<std::pair<std::string, std::string>>& fields);
[[nodiscard]] std::vector<StoredFactor> read_factors(Connection& connection);
void write_factors(Connection& connection, const std::vector<StoredFactor>& factors);

}  // namespace dronewall
