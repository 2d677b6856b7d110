// What the keys of a pursuer become.
#pragma once
#include <memory>

#include "dronewall/replication/unit_kind.hpp"

namespace dronewall {

[[nodiscard]] std::unique_ptr<UnitKind> make_pursuer(FlightProfile profile);

}  // namespace dronewall
