// The one question that every place with something to tell asks first.
#pragma once
#include "dronewall/replication/replication.hpp"

namespace dronewall {

/// Somebody listens. Inline, so that a run without a trace pays one branch that is always predicted.
[[nodiscard]] inline bool is_traced(const ReplicationOptions& options) { return options.trace != nullptr; }

}  // namespace dronewall
