// The pending set: a tournament (winner) tree with one fixed slot per thing that can have a next event.
#pragma once
#include <cstdint>
#include <limits>
#include <vector>

namespace dronewall {

/// A slot's number. Slots are numbered by kind and then name, so ties never depend on insertion.
using Slot = std::uint32_t;

/// The next events of all slots, ordered by (time, phase, slot). set() schedules, moves and cancels alike.
/// Memory: 16 bytes a slot and one winner per inner node; no allocation after reserve().
class EventQueue {
 public:
  static constexpr double never = std::numeric_limits<double>::infinity();

  /// Makes room for `slots` slots, all idle. Keeps its memory when it shrinks.
  void reset(std::uint32_t slots);
  /// Grows to at least `slots`; what is scheduled stays.
  void grow(std::uint32_t slots);

  /// The slot's next event is at `time_s` (never: none) in phase `phase` (0 first, < 16).
  void set(Slot slot, double time_s, std::uint32_t phase = 0);
  void cancel(Slot slot) { set(slot, never); }

  /// The earliest event; time is `never` when nothing is scheduled.
  [[nodiscard]] double next_time() const;
  [[nodiscard]] Slot next_slot() const;
  [[nodiscard]] double time_of(Slot slot) const;
  [[nodiscard]] std::uint32_t size() const;

 private:
  std::vector<double> time_;          // per leaf
  std::vector<std::uint32_t> order_;  // per leaf: phase and slot packed
  std::vector<Slot> winner_;          // per inner node, 1 is the root
  std::uint32_t leaves_ = 0;
  std::uint32_t slots_ = 0;
};

}  // namespace dronewall
