// One way to every random value of a scenario: at the level that its author says.
#pragma once
#include "dronewall/model/kind.hpp"
#include "dronewall/random/draws.hpp"

namespace dronewall {

/// Who shares a value that is not drawn at each use: the raid's address and occurrence, and the unit's. The
/// reader lets no level through for which a key has no sharers.
struct Sharers {
  Entity raid;
  std::uint32_t occurrence = 0;
  Entity unit;
};

/// A value at a level that several uses share: unit (within a raid), raid or replication.
[[nodiscard]] double shared_value(const Drawn& drawn, const Draws& draws, const Sharers& sharers);

/// The value of a random quantity: drawn at `own` where the author says nothing or `draw: shot`, else shared.
[[nodiscard]] inline double drawn_value(const Drawn& drawn, const Draws& draws, const Address& own,
                                        Purpose purpose, std::uint32_t index, const Sharers& sharers) {
  if (drawn.is_constant()) return drawn.constant_value();
  if (drawn.is_shared()) return shared_value(drawn, draws, sharers);
  return drawn.distribution.value(draws.uniform(own, purpose, index));
}

}  // namespace dronewall
