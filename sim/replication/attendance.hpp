// Pursuers that are with an intruder without shooting at it: to identify it visually, or to escort it.
#pragma once
#include <cstdint>
#include <vector>

#include "dronewall/kernel/event_queue.hpp"
#include "dronewall/model/kind.hpp"
#include "replication/flight.hpp"

namespace dronewall {

/// What an authority wants done with a track: one pursuer is sent to it (with its wing), and another when
/// that one leaves. A formation is one track; `intruder` is then the first that still flies.
struct Attendance {
  std::uint32_t intruder = no_index;
  std::uint32_t authority = no_index;
  Task task = Task::none;  ///< look or escort; none: not in use
  double since_s = 0;
  double outrun_s = -1;  ///< when the intruder last got away from one that was with it
  Slot slot = no_index;  ///< its next event: when somebody may come into reach
};

/// Aircraft that fly as one.
struct Formation {
  std::vector<std::uint32_t> members;  ///< those that fly still, by number
  std::uint32_t to_come = 0;           ///< not made yet
};

}  // namespace dronewall
