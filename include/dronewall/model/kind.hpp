// How a kind (of unit, sensor law, policy) enters the compiled world. What a kind *does* is declared in
// replication.
#pragma once
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "dronewall/core/problem.hpp"
#include "dronewall/random/distribution.hpp"
#include "dronewall/scenario/description.hpp"

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
  [[nodiscard]] double constant_value() const { return distribution.value(0.5); }
};

/// What a kind keeps of its keys. Constant, shared by all threads.
class CompiledKind {
 public:
  virtual ~CompiledKind() = default;
};

struct AreaKeys;  // areas.hpp

/// What every kind of unit tells the compiler.
class CompiledUnitKind : public CompiledKind {
 public:
  /// Elements leave the ground: flight hours and sorties are booked, and they have a base.
  [[nodiscard]] virtual bool flies() const { return false; }
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
  /// A quantity as a compiled distribution; `path` names it for draws at other levels.
  [[nodiscard]] virtual Drawn compile(const Quantity& quantity, const std::string& path) = 0;
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
