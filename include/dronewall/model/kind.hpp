// How a kind (of unit, sensor law, policy) enters the compiled world. What a kind *does* is declared in
// replication.
#pragma once
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dronewall/core/problem.hpp"
#include "dronewall/geometry/point.hpp"
#include "dronewall/geometry/region.hpp"
#include "dronewall/random/distribution.hpp"
#include "dronewall/scenario/values.hpp"

namespace dronewall {

/// An index into nothing.
inline constexpr std::uint32_t no_index = std::numeric_limits<std::uint32_t>::max();

/// A class of target (`drone`, `decoy`, …) as a number; World::classes has the names.
using ClassId = std::uint16_t;

/// A random value of the compiled world: its distribution, and how often it is drawn.
struct Drawn {
  Distribution distribution;
  DrawLevel level = DrawLevel::natural;
  Entity entity;  ///< address of draws at a level other than natural

  [[nodiscard]] bool is_constant() const { return distribution.is_constant(); }
  /// Several uses share one value.
  [[nodiscard]] bool is_shared() const { return level != DrawLevel::natural && level != DrawLevel::shot; }
  [[nodiscard]] double constant_value() const { return distribution.value(0.5); }
};

/// What the file says as a distribution to draw from.
[[nodiscard]] Distribution distribution_of(const Quantity& quantity);

/// What a kind keeps of its keys. Constant, shared by all threads.
class CompiledKind {
 public:
  virtual ~CompiledKind() = default;
};

/// What a tanker gives to each sortie of its network.
struct Refuelling {
  double gives_s = 0;       ///< endurance, each time
  std::uint32_t times = 0;  ///< at most, in one sortie
  double time_s = 0;        ///< off task, each time
};
struct AreaKeys;  // areas.hpp

/// What every kind of unit tells the compiler.
class CompiledUnitKind : public CompiledKind {
 public:
  /// Elements leave the ground: flight hours and sorties are booked, and they have a base.
  [[nodiscard]] virtual bool flies() const { return false; }
  /// How many elements it keeps on patrol; 0: none.
  [[nodiscard]] virtual std::uint32_t keeps_aloft() const { return 0; }
  /// Why a patrol of `count` elements from `base` cannot be, endurance longer by `more_endurance_s`; "" when
  /// it can.
  [[nodiscard]] virtual std::string why_no_patrol(std::uint32_t /*count*/, Vec2 /*base*/,
                                                  double /*more_endurance_s*/) const {
    return "";
  }
  /// A tanker: aloft for the whole run.
  [[nodiscard]] virtual std::optional<Refuelling> refuels() const { return std::nullopt; }
  /// An area effector's own keys; nullptr for what engages one target at a time.
  [[nodiscard]] virtual const AreaKeys* area() const { return nullptr; }
};

/// What a builder may ask while a scenario is compiled.
class BuildContext {
 public:
  virtual ~BuildContext() = default;
  [[nodiscard]] virtual Problems& problems() = 0;
  /// The number of a class name, made when new.
  [[nodiscard]] virtual ClassId class_id(const std::string& name) = 0;
  /// A quantity as a compiled distribution; `path`, below what is being built, names it for draws at other
  /// levels.
  [[nodiscard]] virtual Drawn compile(const Quantity& quantity, const std::string& path) = 0;
  /// A point in the scenario's plane.
  [[nodiscard]] virtual Vec2 place(const PointDescription& point) = 0;
  /// A zone of the scenario; nullptr when there is none of that name (the reader has said so).
  [[nodiscard]] virtual const Region* zone(const Name& name) const = 0;
};

/// The kinds that a program knows, by group ("unit", "law", "next", "assign", "fire") and name.
struct KindBuilders {
  using Builder = std::function<std::unique_ptr<CompiledKind>(const KindUse& use, BuildContext& context)>;
  struct Entry {
    std::string group;
    std::string name;
    Builder build;
  };
  std::vector<Entry> entries;

  [[nodiscard]] const Entry* find(const std::string& group, const std::string& name) const {
    for (const Entry& entry : entries)
      if (entry.group == group && entry.name == name) return &entry;
    return nullptr;
  }
};

}  // namespace dronewall
