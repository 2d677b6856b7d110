// The interfaces of a doctrine: which waiting target first, which unit serves it, how many rounds. No state.
#pragma once
#include <cstdint>

#include "dronewall/model/world.hpp"

namespace dronewall {

/// A target that waits, as a `next` policy sees it.
struct WaitingTarget {
  ClassId perceived = 0;
  double engageable_since_s = 0;  ///< the moment it became engageable to this network
  double arrival_s = 0;           ///< planned arrival at its goal
  double lot = 0;                 ///< uniform in (0, 1), this target's own
};

/// Which waiting target is served first: the smallest key; ties by engageable_since_s, then by name.
class NextPolicy : public CompiledKind {
 public:
  [[nodiscard]] virtual double key(const WaitingTarget& target) const = 0;
  /// Reads `lot`: it is drawn only then.
  [[nodiscard]] virtual bool draws_lots() const { return false; }
};

/// A weapon of an element that could serve a target now.
struct Candidate {
  ClassId perceived = 0;
  double distance_m = 0;   ///< element to target, now
  double intercept_s = 0;  ///< when the round would meet it, or the dwell begin; see reads_intercepts()
  double pk = 0;           ///< mean, of the perceived class
  double price = 0;        ///< planning price of a round
};

/// Which feasible weapon serves a target: the smallest score; infinity refuses. Ties by distance, then by
/// name.
class AssignPolicy : public CompiledKind {
 public:
  [[nodiscard]] virtual double score(const Candidate& candidate) const = 0;
  /// Depends on planning prices: another price book may change what happens, not only what it costs.
  [[nodiscard]] virtual bool reads_prices() const { return false; }
  /// Reads `intercept_s`: the meeting is computed only then, else it is when the launch is.
  [[nodiscard]] virtual bool reads_intercepts() const { return false; }
};

/// What a `fire` policy may look at.
struct FireContext {
  std::uint32_t salvos_before = 0;  ///< at this target, by this network
  std::int64_t rounds_left = 0;     ///< in the magazine, before this salvo
  double pk = 0;                    ///< mean, of the perceived class
  std::uint32_t targets_now = 1;    ///< targets this weapon of the element is assigned at this same instant,
                                    ///< this one included
  std::uint32_t targets_waiting = 1;   ///< unengaged targets it could serve when the instant began
  std::int64_t rounds_at_instant = 0;  ///< in the magazine when the instant began
};

/// How many rounds are fired before the next look; at least 1.
class FirePolicy : public CompiledKind {
 public:
  [[nodiscard]] virtual std::int64_t rounds(const FireContext& context) const = 0;
  /// Reads what concerns several targets at one instant: it is counted only then.
  [[nodiscard]] virtual bool spreads() const { return false; }
};

}  // namespace dronewall
