// Whether a ring crosses itself: such a zone has no inside.
#pragma once
#include <optional>

#include "scenario/geojson.hpp"

namespace dronewall {

/// Two edges of a ring, by the index of their first points.
struct Crossing {
  std::size_t first = 0;
  std::size_t second = 0;
};

enum class RingState { sound, crosses, too_intricate };

/// Finds two edges that cross or lie on each other; edges that only touch in a point are sound. The edges are
/// swept by x and compared while they overlap: near n log n for outlines of countries. After 50 million
/// comparisons (a fraction of a second) it gives up: too_intricate. Points are taken as plane coordinates.
[[nodiscard]] RingState check_ring(const Ring& ring, Crossing& crossing);

}  // namespace dronewall
