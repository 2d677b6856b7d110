// For tests: tallies of made-up replications.
#pragma once

#include <string>

#include "catch.hpp"
#include "common/folder.hpp"
#include "dronewall/store/store.hpp"

namespace dronewall::test {

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
