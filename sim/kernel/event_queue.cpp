// The parts of the pending set that are not on the hot path: laying the tree out, and growing it.
#include "dronewall/kernel/event_queue.hpp"

namespace dronewall {

/// Sizes the tree for `slots` leaves on its lowest level; new nodes are idle. Complete groups of four keep
/// set() from asking whether a sibling exists.
void EventQueue::lay_out(std::uint32_t slots) {
  expects(slots <= max_slots);
  std::uint32_t width = 1;
  first_leaf_ = 0;
  for (; width < slots; width *= 4) first_leaf_ += width;
  slots_ = slots;
  const std::uint32_t leaves = std::max(slots + 3, 4u) / 4 * 4;
  time_.resize(first_leaf_ + leaves, never_bits);
  order_.resize(first_leaf_ + leaves, nobody);
}

void EventQueue::reset(std::uint32_t slots) {
  lay_out(slots);
  std::fill(time_.begin(), time_.end(), never_bits);
  std::fill(order_.begin(), order_.end(), nobody);
}

void EventQueue::grow(std::uint32_t slots) {
  if (slots <= slots_) return;
  const std::uint32_t old_first = first_leaf_;
  const std::uint32_t old_slots = slots_;
  lay_out(slots);
  if (first_leaf_ == old_first) return;

  // A deeper tree: its lowest level lies behind everything the old one held, so nothing is overwritten before
  // it was read. The levels above start idle and are filled by scheduling again.
  for (Slot slot = 0; slot < old_slots; ++slot) put(first_leaf_ + slot, at(old_first + slot));
  std::fill(time_.begin(), time_.begin() + first_leaf_, never_bits);
  std::fill(order_.begin(), order_.begin() + first_leaf_, nobody);
  for (Slot slot = 0; slot < old_slots; ++slot) {
    const std::uint32_t phase = order_[first_leaf_ + slot] >> slot_bits;
    if (time_of(slot) < never) set(slot, time_of(slot), phase);
  }
}

}  // namespace dronewall
