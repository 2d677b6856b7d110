// Debris: what falls down where a target was killed or a round missed it may do damage there.
#include "replication/state.hpp"

namespace dronewall {

/// Something falls down at t where the intruder is or would be: `shot` of the element at it, or its wreck.
void Replication::State::fall(const Intruder& intruder, std::uint32_t e, double t, std::uint32_t shot) {
  if (world.debris.empty() || !counts(t)) return;
  const Vec2 at = position_of(intruder, t);
  const Address own = address_of(intruder, e);
  for (const DebrisArea& area : world.debris) {
    if (!area.region.contains(at)) continue;
    const Address address{pair_of(own.entity, area.entity), own.occurrence, own.number};
    const double chance = shared_value(area.chance, raid_states[intruder.raid_state]);
    if (draws.uniform(address, Purpose::debris, shot) < chance) book(area.column, 1);
  }
}

}  // namespace dronewall
