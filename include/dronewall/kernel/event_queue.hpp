// The pending set: a tournament (winner) tree with one fixed slot per thing that can have a next event.
#pragma once
#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <vector>

#include "dronewall/core/contracts.hpp"

namespace dronewall {

/// A slot's number, < EventQueue::max_slots. Slots are numbered by kind and then name, so ties never depend
/// on insertion.
using Slot = std::uint32_t;

/// The next events of all slots, ordered by (time, phase, slot). set() schedules, moves and cancels alike, in
/// O(log slots) without a branch that depends on the times.
///
/// Four entries meet in each node. The three that an event does not come from are compared among themselves
/// while the climb from below is still under way, so the climb itself waits for one comparison in two levels
/// of a binary tree. Memory: 12 bytes an entry, at most 2.4 entries a slot; nothing is allocated below the
/// highest number of slots seen.
class EventQueue {
 public:
  static constexpr double never = std::numeric_limits<double>::infinity();
  static constexpr std::uint32_t phases = 16;
  static constexpr std::uint32_t max_slots = 1u << 28;

  /// Makes room for `slots` slots, all idle, in O(slots). Keeps its memory when it shrinks.
  void reset(std::uint32_t slots);
  /// Grows to at least `slots`; what is scheduled stays. O(slots) when the tree gets another level, which
  /// happens once each time their number grows fourfold; O(slots added) otherwise.
  void grow(std::uint32_t slots);

  /// The slot's next event is at `time_s` (>= 0; never: none; −0.0 is 0) in phase `phase` (0 first, <
  /// phases). Whatever the slot had scheduled before is forgotten. A negative time, NaN or an unknown slot is
  /// a caller's bug.
  void set(Slot slot, double time_s, std::uint32_t phase = 0) {
    expects(slot < slots_ && phase < phases && time_s >= 0);  // Written this way round, NaN is refused too.
    Entry winner = entry(std::bit_cast<std::uint64_t>(time_s + 0.0), phase << slot_bits | slot);
    std::uint32_t node = first_leaf_ + slot;
    put(node, winner);
    while (node != 0) {
      const std::uint32_t place =
          node - 1;  // counts children from 0, so siblings differ in the last two bits
      const Entry siblings =
          std::min(std::min(at((place ^ 1) + 1), at((place ^ 2) + 1)), at((place ^ 3) + 1));
      winner = std::min(winner, siblings);
      node = place / 4;
      put(node, winner);
    }
  }
  void cancel(Slot slot) { set(slot, never); }

  /// The earliest event's time; `never` when nothing is scheduled.
  [[nodiscard]] double next_time() const { return std::bit_cast<double>(time_[0]); }
  /// The earliest event's slot. Asked only while something is scheduled.
  [[nodiscard]] Slot next_slot() const { return order_[0] & (max_slots - 1); }
  /// The earliest event's phase. Asked only while something is scheduled.
  [[nodiscard]] std::uint32_t next_phase() const { return order_[0] >> slot_bits; }
  /// When the slot's own event is due; `never` when it has none.
  [[nodiscard]] double time_of(Slot slot) const {
    expects(slot < slots_);
    return std::bit_cast<double>(time_[first_leaf_ + slot]);
  }
  [[nodiscard]] std::uint32_t size() const { return slots_; }

 private:
  /// Time above, phase and slot below: one number that orders events. The bits of a double >= 0 rise with its
  /// value, and the minimum of two such numbers is one subtraction and two conditional moves (g++ 12 makes a
  /// branch, mispredicted every other time, of the same comparison on a struct).
  __extension__ using Entry = unsigned __int128;
  static constexpr int slot_bits = 28;
  static constexpr std::uint64_t never_bits = std::bit_cast<std::uint64_t>(never);
  static constexpr std::uint32_t nobody = ~0u;

  static Entry entry(std::uint64_t time, std::uint32_t order) {
    return static_cast<Entry>(time) << 64 | order;
  }
  [[nodiscard]] Entry at(std::uint32_t node) const { return entry(time_[node], order_[node]); }
  void put(std::uint32_t node, Entry winner) {
    time_[node] = static_cast<std::uint64_t>(winner >> 64);
    order_[node] = static_cast<std::uint32_t>(winner);
  }
  void lay_out(std::uint32_t slots);

  // Node 0 is the root, node n's children are 4n+1 … 4n+4; the slots' own entries are the lowest level.
  std::vector<std::uint64_t> time_{never_bits};  // per node: bits of its winner's time
  std::vector<std::uint32_t> order_{nobody};     // per node: its winner's phase and slot, packed
  std::uint32_t first_leaf_ = 0;
  std::uint32_t slots_ = 0;
};

}  // namespace dronewall
