// Runners of a compiled model.
#pragma once
#include <memory>

#include "dronewall/replication/replication.hpp"
#include "dronewall/study/run_point.hpp"

namespace dronewall {

/// Runners that share the model and own a replication each. `options.trace` must be null: threads share no
/// sink.
[[nodiscard]] RunnerFactory model_runners(std::shared_ptr<const Model> model,
                                          const ReplicationOptions& options);

}  // namespace dronewall
