// What is kept of a range of replications, as plain integers: what a store and a part file hold.
#pragma once
#include <cstdint>
#include <utility>
#include <vector>

#include "dronewall/stats/batch_sums.hpp"
#include "dronewall/stats/histogram.hpp"
#include "dronewall/stats/moments.hpp"

namespace dronewall {

/// The tally of replications `first` … `first + count − 1` of one design point. Every figure is an exact
/// integer, and the pivots are those of replication `first`: the same range gives the same bytes, however it
/// was cut into pieces that were merged in order.
struct StoredTally {
  std::uint64_t first = 0;
  std::uint64_t count = 0;
  MomentsState moments;
  BatchSumsState batches;
  std::vector<std::pair<std::uint32_t, Histogram>> counts;  ///< column and its exact distribution

  bool operator==(const StoredTally&) const = default;
};

/// Rows of a range of replications, kept where a quantile or probability of money is asked for: one integer
/// per kept column and replication, row after row.
struct StoredRows {
  std::uint64_t first = 0;
  std::uint64_t count = 0;
  std::vector<std::uint32_t> columns;  ///< which columns of the layout, ascending
  std::vector<std::int64_t> values;    ///< count × columns.size()

  bool operator==(const StoredRows&) const = default;
};

}  // namespace dronewall
