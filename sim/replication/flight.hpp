// What a flying element is up to, beside what its channel holds. Every task but a patrol holds the element's
// one channel from assignment to its end, flies a course (State::fly) and ends with State::after_task, which
// sends the element back to its station or home.
#pragma once
#include <cstdint>

namespace dronewall {

enum class Task : std::uint8_t {
  none,    ///< on the ground, or on its way home
  engage,  ///< after an intruder, to shoot at it
  look,    ///< after an intruder, to identify it visually
  escort,  ///< with an intruder, without shooting
  patrol   ///< on its station or on its way there; its channel is free
};

/// The patrol that an element flies in its present sortie.
struct PatrolSortie {
  bool on_station = false;
  double leaves_s = -1;           ///< it leaves the station for home; < 0: the sortie is no patrol
  double planned_landing_s = 0;   ///< flown until then, it would have been flown without any intruder
  std::uint32_t refuellings = 0;  ///< still to come
  double refuel_every_s = 0;      ///< on station, from one to the next
  double refuel_s = 0;            ///< when the next one begins
  double refuel_time_s = 0;       ///< off task, each time
};

/// One of the elements that a unit keeps on patrol: a place on the station with its series of reliefs.
struct PatrolPlace {
  std::uint32_t unit = 0;
  bool waits = false;  ///< nobody was ready: the next that is takes off at once
};

/// Who is on a unit's station.
struct Station {
  std::uint32_t aloft = 0;
  double since_s = 0;  ///< booked until then
};

}  // namespace dronewall
