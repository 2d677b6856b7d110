#include "dronewall/replication/drawn_value.hpp"

namespace dronewall {

double shared_value(const Drawn& drawn, const Draws& draws, const Sharers& sharers) {
  if (drawn.is_constant()) return drawn.constant_value();
  Address address{drawn.entity, 0, 0};
  if (drawn.level == DrawLevel::unit) address.entity = pair_of(address.entity, sharers.unit);
  if (drawn.level != DrawLevel::replication)
    address = {pair_of(address.entity, sharers.raid), sharers.occurrence, 0};
  return drawn.distribution.value(draws.uniform(address, Purpose::level));
}

}  // namespace dronewall
