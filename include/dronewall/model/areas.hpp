// Areas of the compiled world: where effectors act, where airports hear of tracks, where debris does damage.
#pragma once
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "dronewall/geometry/region.hpp"
#include "dronewall/model/kind.hpp"

namespace dronewall {

/// When an area effector emits: always, or at the tracks that its network's verdict gives it.
enum class Emission : std::uint8_t { always, on_track };
/// How it ends what it acts on: with a chance when the target comes under it, or at a rate while it is.
enum class AreaLaw : std::uint8_t { at_entry, hazard };

/// An area effector as its keys say it.
struct AreaKeys {
  double radius_m = 0;  ///< over ground, > 0
  Emission emission = Emission::always;
  AreaLaw law = AreaLaw::at_entry;
  std::vector<std::pair<Name, Quantity>> by_navigation;  ///< chance, or rate per s; `any` stands for the rest
  bool collateral = false;                               ///< its emission hours are disruption
};

/// A unit that acts on every susceptible target inside its radius.
struct AreaEffector {
  std::uint32_t unit = 0;
  double radius_m = 0;
  Emission emission = Emission::always;
  AreaLaw law = AreaLaw::at_entry;
  std::vector<std::optional<Drawn>> effect;  ///< by threat; nullopt: it does not mind
  std::uint32_t soft_kills_column = 0, emission_us_column = 0;
};

/// An asset that closes while a track that is not taken for civil is near.
struct ClosingAirport {
  Vec2 at;
  double within_m = 0;
  double reopens_after_s = 0;
  std::uint32_t network = 0;  ///< no_index: of any
  std::uint32_t count_column = 0, time_us_column = 0;
};

/// An area in which what falls down may do damage.
struct DebrisArea {
  Region region;
  Entity entity;
  Drawn chance;
  std::uint32_t column = 0;
};

}  // namespace dronewall
