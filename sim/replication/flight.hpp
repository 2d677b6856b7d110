// What a flying element is up to. Every task holds the element's one channel from assignment to its end,
// flies a course (State::fly) and ends with State::after_task, which sends the element to its next place or
// home.
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

}  // namespace dronewall
