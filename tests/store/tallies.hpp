// For tests: tallies of made-up replications.
#pragma once
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "catch.hpp"
#include "dronewall/store/store.hpp"

namespace dronewall::test {

/// A folder that goes when the test ends.
class StoreFolder {
 public:
  StoreFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "dronewall-store-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~StoreFolder() { std::filesystem::remove_all(path_); }
  StoreFolder(const StoreFolder&) = delete;
  StoreFolder& operator=(const StoreFolder&) = delete;
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

/// Four columns: a count, a constant, one that is always 0, and a wide one that may be negative.
inline StoredTally tally_of(std::uint64_t first, std::uint64_t count) {
  Moments moments(4, {0, 1, 3});
  BatchSums batches(4, 8);
  Histogram histogram;
  for (std::uint64_t k = first; k < first + count; ++k) {
    const auto number = static_cast<std::int64_t>(k * 2654435761U % 1000);
    const std::int64_t row[] = {number % 7, 21, 0, (number - 500) * 1'000'000'007};
    moments.add(row);
    batches.add(k, row);
    histogram.add(row[0]);
  }
  return {first, count, moments.state(), batches.state(), {{0, histogram}}};
}

}  // namespace dronewall::test
