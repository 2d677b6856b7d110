#include "store/study_tables.hpp"

namespace dronewall {

std::optional<std::string> read_study_text(Connection& connection, std::string_view key) {
  Query query = connection.query("SELECT value FROM study WHERE key = ?");
  if (!query.bind(key).step()) return std::nullopt;
  return query.text(0);
}

void write_study_text(Connection& connection, std::string_view key, std::string_view value) {
  connection.query("INSERT OR REPLACE INTO study VALUES (?, ?)").bind(key).bind(value).run();
}

std::vector<std::pair<std::string, std::string>> read_fields(Connection& connection) {
  std::vector<std::pair<std::string, std::string>> fields;
  Query query = connection.query("SELECT path, value FROM fields ORDER BY path");
  while (query.step()) fields.emplace_back(query.text(0), query.text(1));
  return fields;
}

void write_fields(Connection& connection, const std::vector<std::pair<std::string, std::string>>& fields) {
  connection.query("DELETE FROM fields").run();
  for (const auto& [path, value] : fields)
    connection.query("INSERT OR REPLACE INTO fields VALUES (?, ?)").bind(path).bind(value).run();
}

std::vector<StoredFactor> read_factors(Connection& connection) {
  std::vector<StoredFactor> factors;
  Query query = connection.query("SELECT path, role, levels FROM factors ORDER BY factor");
  while (query.step()) factors.push_back({query.text(0), query.text(1), query.text(2)});
  return factors;
}

void write_factors(Connection& connection, const std::vector<StoredFactor>& factors) {
  connection.query("DELETE FROM factors").run();
  std::int64_t number = 0;
  for (const StoredFactor& factor : factors)
    connection.query("INSERT INTO factors VALUES (?, ?, ?, ?)")
        .bind(number++)
        .bind(factor.path)
        .bind(factor.role)
        .bind(factor.levels)
        .run();
}

}  // namespace dronewall
