// One element of a unit while a replication runs: its channels, its magazines, where it is.
#pragma once
#include <cstdint>
#include <vector>

#include "dronewall/kernel/event_queue.hpp"
#include "dronewall/replication/unit_kind.hpp"
#include "replication/attendance.hpp"
#include "replication/flight.hpp"
#include "replication/intruder.hpp"

namespace dronewall {

enum class ChannelPhase : std::uint8_t {
  idle,
  reaction,
  given_back,
  underway,
  look,
  cycle,
  homing,
  turning,
  wing,
  to_station,
  on_station,
  until_refuelling,
  refuelling,
  joining,
  attending
};

struct Channel {
  std::uint32_t element;
  ChannelPhase phase = ChannelPhase::idle;
  bool busy = false;  ///< held by an engagement
  IntruderIndex intruder = no_index;
  std::uint32_t generation = 0;
  std::uint32_t mount = 0;
  std::int64_t rounds = 0;
  std::uint32_t shot = 0;        ///< number of the first round among the element's at this intruder
  std::uint32_t engagement = 0;  ///< number among the element's at this intruder
  double assigned_s = 0, launch_s = 0, arrival_s = 0, look_s = 0, free_s = 0, reaction_s = 0;
  bool will_kill = false;               ///< fire: the burst ends with the kill
  double spent_s = 0;                   ///< fire: when its rounds are gone
  std::uint32_t attendance = no_index;  ///< the look or escort that holds it; else an engagement does
};

struct Magazine {
  std::int64_t rounds = 0;  ///< to be assigned
  std::int64_t filled = 0;  ///< ever put in, and fired: empty when they are equal
  std::int64_t fired = 0;
  double empty_since_s = EventQueue::never;
  double last_fired_s = 0;
  Slot reload_slot = no_index;
  std::vector<double> reload_at_s;  ///< when places become full again, sorted

  /// The instant of its last assignment, for fire policies that spread rounds over several targets.
  struct Instant {
    double at_s = -1;
    std::int64_t rounds = 0;
    std::uint32_t targets = 0, waiting = 0;
  } instant;
};

struct ElementState {
  Site site;
  ElementMotion motion;
  Task task = Task::none;
  PatrolSortie patrol;
  std::uint32_t lead = no_index;  ///< the element with which it flies as a wingman
  bool take_off_untold = false;   ///< traces only: it is told when it happens
  std::uint32_t busy = 0;         ///< channels
  std::uint32_t sorties = 0;
  std::vector<Magazine> magazines;
  struct Waiting {
    IntruderIndex intruder;
    std::uint32_t generation;
    std::uint32_t opportunity;
  };
  std::vector<Waiting> waiting;
  bool active = false;  ///< may take a target in the dispatch at hand
};

}  // namespace dronewall
