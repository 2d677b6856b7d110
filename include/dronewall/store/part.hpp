// A part: what one shard of a sweep gave, in a file of its own.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dronewall/store/store.hpp"
#include "dronewall/store/stored_tally.hpp"

namespace dronewall {

/// What a shard is known by: equal keys promise equal bytes.
struct ShardKey {
  std::uint64_t results_version = 0;
  std::uint64_t fingerprint = 0;  ///< of the host's arithmetic
  std::uint64_t study = 0;        ///< of all that decides a quantity, and of the precision where there is one
  std::uint64_t point = 0;        ///< StoredPoint::hash
  std::uint64_t first = 0, count = 0;  ///< replications; with a precision: 0 and the most there may be

  bool operator==(const ShardKey&) const = default;
};

/// `8c51….part`, the hash of the key.
[[nodiscard]] std::string part_name(const ShardKey& key);

struct Part {
  ShardKey key;
  std::uint64_t layout = 0;
  std::string layout_json;
  std::optional<StoredTally> tally;  ///< absent when the shard failed
  std::vector<StoredRows> rows;
  std::string failure;  ///< why it failed; empty when it did not
  std::uint32_t attempts = 0;
  double seconds = 0;
};

/// Writes a part as a whole or not at all: a temporary file beside it under a name of its own, fsync, rename,
/// fsync of the folder. Throws StoreError.
void write_part(const std::string& path, const Part& part);
/// Throws StoreError when the file is no part, of another format, cut off or changed, and
/// when its rows are not those of its tally.
[[nodiscard]] Part read_part(const std::string& path);

}  // namespace dronewall
