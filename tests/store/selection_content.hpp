// For tests: the stores of selections compared.
#pragma once
#include <string>

#include "dronewall/core/hash.hpp"
#include "store/database.hpp"

namespace dronewall::test {

/// A hash of all that may not differ between equal stores: everything but what the study is called.
inline std::uint64_t content_of_selection(const std::string& path) {
  Connection connection(path, StoreAccess::read);
  std::string content;
  const auto add = [&](const char* sql, int columns) {
    Query query = connection.query(sql);
    while (query.step())
      for (int column = 0; column < columns; ++column) {
        const std::string_view bytes = query.bytes(column);
        content += std::to_string(bytes.size()) + ':';
        content += bytes;
      }
  };
  add("SELECT key, value FROM study WHERE key NOT IN ('file', 'title', 'program_version') ORDER BY key", 2);
  add("SELECT path, value FROM fields ORDER BY path", 2);
  add("SELECT factor, path, role, levels FROM factors ORDER BY factor", 4);
  add("SELECT trial, hash FROM trials ORDER BY trial", 2);
  add("SELECT trial, path, value FROM settings ORDER BY trial, path", 3);
  add("SELECT series, trial, figure, form, texts FROM series ORDER BY series", 5);
  add("SELECT series, first, count, above, below, data, checksum FROM observations ORDER BY series, first",
      7);
  return hash_text(content);
}

}  // namespace dronewall::test
