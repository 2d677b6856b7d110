// The compiled, constant world of a scenario. Shared by all threads, never written to after compile().
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "dronewall/ledger/ledger.hpp"
#include "dronewall/scenario/description.hpp"

namespace dronewall {

struct World;  // world.hpp: what replications read
struct KindBuilders;

/// A scenario whose names became ids, whose texts became SI numbers and whose routes became legs.
class Model {
 public:
  /// Compiles; reports what does not fit together to `problems` and returns nullptr if there was an error.
  [[nodiscard]] static std::shared_ptr<const Model> compile(const ScenarioDescription& scenario,
                                                            const KindBuilders& kinds, Problems& problems);
  ~Model();
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  [[nodiscard]] const LedgerLayout& layout() const;
  [[nodiscard]] const World& world() const { return *world_; }

 private:
  explicit Model(std::unique_ptr<World> world);
  std::unique_ptr<World> world_;
};

}  // namespace dronewall
