// Whether what a store keeps of a point is what the point needs to be gone on with.
#pragma once
#include <cstdint>
#include <vector>

#include "dronewall/store/store.hpp"
#include "study/sweep/known_points.hpp"

namespace dronewall {

/// Whether the rows of a point are those of its tallies, each replication once, with these columns at least.
[[nodiscard]] bool are_rows_of(const std::vector<Store::TallyPlace>& tallies,
                               const std::vector<Store::RowPlace>& rows,
                               const std::vector<std::uint32_t>& columns);

/// Marks finished points that have not every row of every column.
void find_missing_rows(const Store& store, std::vector<Known>& points);

}  // namespace dronewall
