// The grid of event times, and the order of what happens at one instant.
#pragma once
#include <cstdint>

namespace dronewall {

/// Event times are whole microseconds, each held by the double nearest to it: what happens at one instant by
/// two routes of arithmetic then happens at one instant, for times as people write them (0.3 s twelve times
/// is 3.6 s). A sum or difference of two times is put on the grid again before it is compared. |t| < 1e9 s.
[[nodiscard]] inline double on_grid(double t) {
  constexpr double round_there = 0x1.8p52;  // The last bit of what is added to it is worth 1.
  return ((t * 1e6 + round_there) - round_there) / 1e6;
}
/// The distance of two points of the grid, s.
inline constexpr double tick_s = 1e-6;

/// Order of events at equal times (DESIGN §4).
enum Phase : std::uint32_t {
  phase_fate = 0,
  phase_end = 1,
  phase_freed = 2,
  phase_entry = 3,
  phase_decision = 4,
  phase_launch = 5,
  phase_exit = 6
};

}  // namespace dronewall
