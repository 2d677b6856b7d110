// In place of sim/replication/hook.hpp: an engine that has no trace at all, to see what the question costs.
#pragma once
#include "dronewall/replication/replication.hpp"

namespace dronewall {

[[nodiscard]] constexpr bool is_traced(const ReplicationOptions&) { return false; }

}  // namespace dronewall
