#include "dronewall/study/model_runner.hpp"

#include "dronewall/core/contracts.hpp"

namespace dronewall {

RunnerFactory model_runners(std::shared_ptr<const Model> model, const ReplicationOptions& options) {
  expects(options.trace == nullptr);
  return [model = std::move(model), options]() -> Runner {
    // std::function wants to be copied; the replication is shared by its copies, which stay on one thread.
    auto replication = std::make_shared<Replication>(*model, options);
    return [model, replication](std::uint32_t number, std::int64_t* row) { replication->run(number, row); };
  };
}

}  // namespace dronewall
