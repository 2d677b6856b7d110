// What a raid has drawn, and the groups of it that are yet to be launched.
#pragma once
#include <cstdint>
#include <utility>
#include <vector>

namespace dronewall {

/// A group whose drones are launched over time: the next ones are made when their turn comes.
struct Wave {
  std::uint32_t attack, occurrence, raid_state, count, next;
  std::uint32_t formation;                              ///< no_index: each flies alone
  double start_s;                                       ///< launch of the first, before spacing
  double last_s;                                        ///< launch of the last one made (spacing)
  std::vector<std::pair<double, std::uint32_t>> order;  ///< `within`: launch time, number; sorted
};

/// What is drawn once per raid occurrence.
struct RaidState {
  std::uint32_t raid = 0, occurrence = 0;
  std::uint32_t users = 0;
  std::vector<char> condition;
  std::vector<double> pk;  ///< by weapon and class; NaN: not drawn yet
};

}  // namespace dronewall
