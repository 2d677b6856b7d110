// The interface of a kind of unit: where and when could it launch? The engagement machine is the
// replication's own.
#pragma once
#include <optional>
#include <vector>

#include "dronewall/geometry/geometry.hpp"
#include "dronewall/model/world.hpp"

namespace dronewall {

/// A target's flight as everybody predicts it: failure is not foreseen.
struct TargetFlight {
  const Leg* first = nullptr;
  const Leg* last = nullptr;  ///< one past the last
  double altitude_m = 0;
  /// When the rules let a round meet it, or a dwell begin: sorted, apart; nullptr: at any time.
  const std::vector<Span>* met_in = nullptr;
};

/// Where an element is. A fixed one stands on a leg without velocity.
struct ElementMotion {
  std::vector<Leg> path;  ///< contiguous; before and after them the element stays at their ends
  bool aloft = false;
  double take_off_s = 0;   ///< of the present sortie
  double ready_s = 0;      ///< on the ground: when it may be tasked again
  double readiness_s = 0;  ///< drawn for the next take-off
  double endurance_s = 0;  ///< take-off to landing, at most, with what tankers give
  double look_s = 0;       ///< mean of its doctrine's look, for weapons without their own
  double height_m = 0;

  [[nodiscard]] Vec2 at(double t) const;
};

/// Where an element starts from and how long it may be away: elements that have these alike come into reach
/// of a target alike.
struct HomeBase {
  Vec2 at;
  double endurance_s = 0;  ///< as in its motion
  double look_s = 0;       ///< as in its motion

  bool operator==(const HomeBase&) const = default;
};

/// How an element would come to launch at a target.
struct Approach {
  double launch_s = 0;  ///< first moment at which the geometry allows a launch
  Leg leg;              ///< its motion until it has closed in (fixed: none); then it flies with its target
  double take_off_s = 0;
  bool held = false;  ///< it may come no closer (stays_in): where the leg ends it waits
};

/// How one that has closed in where `path` ends flies on: with its target, at the distance that it has then,
/// until the target's route ends, outruns it (a leg faster than `speed_m_per_s`) or leaves `zone` (may be
/// null). Appends legs.
void follow(const TargetFlight& target, double speed_m_per_s, const Region* zone, std::vector<Leg>& path);

/// Where an element is at t that flies this approach and then follows its target.
[[nodiscard]] Vec2 place_on_course(const Approach& approach, const TargetFlight& target, double speed_m_per_s,
                                   const Region* zone, double t);

/// A patrol that a unit keeps up: some of its elements aloft at a point, during hours of the day.
struct PatrolPlan {
  std::uint32_t keep = 1;  ///< elements on station
  Drawn sortie_s;          ///< take-off to landing, the way out and home included
  Vec2 at;
  double from_s = 0;       ///< s after midnight at which it begins to be on station
  double lasts_s = 86400;  ///< until it leaves; 86,400: day and night
};

/// What a flying element needs to know of itself.
struct FlightProfile {
  double speed_m_per_s = 0;
  double endurance_s = 0;  ///< take-off to landing
  Drawn readiness_s;
  Drawn turn_round_s;
  std::uint32_t bays = no_index;  ///< turned round at once
  std::uint32_t scramble = 1;     ///< elements that take off together for one track
  bool retask = true;             ///< aloft it takes the next task, else it goes home after one
  std::optional<PatrolPlan> patrol;
  std::optional<Region> stays_in;  ///< where it may fly once it is there; the ways out and home are free

  [[nodiscard]] const Region* zone() const { return stays_in ? &*stays_in : nullptr; }
};

/// A kind of unit, compiled: answers in closed form, keeps no state.
class UnitKind : public CompiledUnitKind {
 public:
  /// Fixed kinds: appends, in order, when a launch at the target would meet it inside the envelope (for dwell
  /// and fire: when the target is inside). Not asked of kinds that fly.
  virtual void windows(const Site& site, const Weapon& weapon, const TargetFlight& target,
                       std::vector<Span>& out) const = 0;
  /// Flying kinds: the collision course from the present motion, leaving not before `now_s`; nullopt when it
  /// cannot get there, or could not land before its endurance is used up.
  [[nodiscard]] virtual std::optional<Approach> approach(const ElementMotion& motion, Vec2 base,
                                                         const Weapon& weapon, const TargetFlight& target,
                                                         double now_s) const = 0;
  /// Flying kinds: appends, in order, when an order to leave the base would lead to a meeting that leaves
  /// time to come home. What is out of reach now may come into it: then somebody must ask again.
  virtual void orders(const HomeBase&, const Weapon&, const TargetFlight&, std::vector<Span>&) const {}
  /// nullptr for fixed kinds.
  [[nodiscard]] virtual const FlightProfile* flight() const = 0;
};

}  // namespace dronewall
