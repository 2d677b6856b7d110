// One intruder while it is aloft: its flight, who holds a track of it, what has been fired at it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "dronewall/geometry/geometry.hpp"
#include "dronewall/kernel/event_queue.hpp"
#include "dronewall/model/world.hpp"
#include "dronewall/replication/replication.hpp"

namespace dronewall {

using IntruderIndex = std::uint32_t;

/// What one element of an area effector has done to one intruder by a command's verdicts.
struct Jamming {
  std::uint32_t effector, element;
  double since_s = EventQueue::never;  ///< the verdict that holds was given then; never: none holds
  double under_s = 0;                  ///< time under it by verdicts that are over
  std::uint32_t entries = 0;           ///< how often it came under it by these
};

/// How a flight ends if no verdict lets an effector end it.
struct PlannedEnd {
  double end_s;
  FateKind fate;
  std::uint32_t soft_killer, column;
};

/// When a network holds a track of an intruder.
struct TrackSpan {
  std::uint32_t network;
  Span span;
};

/// A span in which an element could launch at an intruder; for a flying one, in which its network holds the
/// track.
struct Opportunity {
  Span span;
  std::uint32_t element;
  std::uint32_t mount;           ///< any_mount for flying elements
  bool listed;                   ///< stands in the element's waiting list
  std::uint32_t met = no_index;  ///< ground in which the launch meets the target; no_index: anywhere
};
inline constexpr std::uint32_t any_mount = no_index;

/// What the expectation of a strike at its last chance needs (score.cpp).
struct StrikeScore {
  bool is_wanted = false;             ///< the strike has a price and may come to pass
  bool is_known = false;              ///< the last salvo is fired
  double chance = 0;                  ///< known: that it strikes all the same
  double reliability = 1;             ///< chance to complete the route undefended
  double busy_until_s = -1;           ///< when what has been fired before can kill no more
  std::vector<Opportunity> unfailed;  ///< of one that will fail: its opportunities if it did not
};

/// What one element has done to one intruder: numbers its draws.
struct ElementShots {
  std::uint32_t element;
  std::uint32_t engagements;
  std::uint32_t rounds;
  double given_back_s;  ///< when it last gave the intruder back as soon as it was assigned; -1: never
};

/// What one intruder is to a network that shoots, and what the network has done to it.
struct NetworkShots {
  std::uint32_t rounds = 0, salvos = 0;
  double engageable_since_s = EventQueue::never;
  LossReason reason = LossReason::no_unit_in_reach;  ///< what stood in the way last
  double hold_begin_s = EventQueue::never;           ///< its last engagement: assigned,
  double hold_end_s = EventQueue::never;             ///< released
};

/// One intruder's wait for one unit.
struct Visit {
  std::uint32_t unit;
  double since_s;
  double last_end_s;
  bool settled;
};

struct Intruder {
  std::uint32_t attack, occurrence, number, raid_state, threat, mix_place;
  std::uint32_t generation = 0;
  ClassId true_class;
  ClassId apparent;  ///< what it is taken for without identification
  Origin origin = Origin::attack;
  std::uint32_t soft_killer =
      no_index;  ///< the element that ends its flight, when the natural fate is soft-killed
  double launch_s, goal_s, route_end_s, natural_end_s;
  double speed_m_per_s;
  double fails_s;                ///< of its own accord, if nothing ends it before
  std::uint32_t aim = no_index;  ///< the element or sensor that it is to strike
  FateKind natural_fate;
  double altitude_m, rcs_m2;
  Vec2 goal;
  std::vector<Leg> legs;
  std::vector<Span> inside;  ///< defended zones, over the whole planned flight
  std::vector<TrackSpan> tracks;
  std::vector<Opportunity> opportunities;
  std::size_t next_opportunity;
  std::size_t first_open;  ///< opportunities before it are over
  double entered_s;        ///< infinity: never
  double detected_s;       ///< infinity: never

  std::uint32_t formation;  ///< no_index: it flies alone
  bool escorted;            ///< an escort has joined it
  bool counted;             ///< launched after time.count_from
  bool fated;
  FateKind fate;
  double fate_s;
  std::uint32_t killer_column;
  std::uint64_t engaged = 0;        ///< networks that engage it now
  std::uint64_t believed_dead = 0;  ///< networks that will not engage it again
  std::uint32_t holds = 0;          ///< channels busy with it
  std::uint64_t ghost = 0;          ///< dead, but these networks take it for alive
  bool ever_assigned, ever_engaged;
  double intercept_s;  ///< first intercept; infinity: none
  std::vector<NetworkShots> fired_by_network;
  std::vector<ElementShots> shots;
  std::vector<Visit> visits;
  StrikeScore score;
  bool in_use = false;
  std::uint64_t tried = 0;           ///< round of tries in which nobody could take it
  std::uint64_t counted_in = 0;      ///< count of waiting targets that has it already
  PlannedEnd unsoftened, untracked;  ///< … without any effector; without those that emit on track
  PlannedEnd planned;
  std::vector<Jamming> jamming;      ///< by elements that emit on a command's verdict
  std::vector<std::uint32_t> files;  ///< by network: its TrackFile, or no_index; empty without any command
  bool wrongly_engaged = false;      ///< civil, or an aircraft taken for something else

  // Only when nothing is elided: what else happens, for the eyes of a trace.
  struct Marker {
    double time_s;
    std::uint8_t what;
    std::uint32_t who;
  };
  std::vector<Marker> markers;
  std::size_t next_marker;
};

}  // namespace dronewall
