// Wings: elements that take off together for one track. They fly as the lead does; only the lead fires, until
// it has nothing left and the next one leads.
#include <algorithm>

#include "replication/state.hpp"

namespace dronewall {

/// Those that go with an element that takes off: on the ground, ready, from the same base.
void Replication::State::gather_wing(std::uint32_t lead) {
  const std::uint32_t unit_index = world.elements[lead].unit;
  const Unit& unit = world.units[unit_index];
  const FlightProfile& flight = *static_cast<const UnitKind*>(unit.kind)->flight();
  std::uint32_t more = flight.scramble - 1;
  for (std::uint32_t e = unit.first_element; e < unit.first_element + unit.count && more > 0; ++e) {
    ElementState& wingman = elements[e];
    if (e == lead || wingman.motion.aloft || wingman.busy > 0 || is_lost(e) ||
        length(wingman.site.at - elements[lead].site.at) > 0)
      continue;
    join_wing(e, lead);
    take_off(e, elements[lead].motion.take_off_s);
    --more;
  }
  follow_lead(lead);
}

void Replication::State::join_wing(std::uint32_t e, std::uint32_t lead) {
  const std::uint32_t number = world.elements[e].first_channel;
  elements[e].lead = lead;
  ++elements[e].busy;
  channels[number].element = e;
  channels[number].busy = true;
  channels[number].intruder = no_index;
  channels[number].phase = ChannelPhase::wing;
  queue.cancel(number);
}

void Replication::State::leave_wing(std::uint32_t e) {
  const std::uint32_t number = world.elements[e].first_channel;
  elements[e].lead = no_index;
  --elements[e].busy;
  channels[number].busy = false;
  channels[number].phase = ChannelPhase::idle;
}

/// The wing flies what its lead flies.
void Replication::State::follow_lead(std::uint32_t lead) {
  for_wing(lead, [&](std::uint32_t e) {
    elements[e].task = elements[lead].task;
    elements[e].motion.path.assign(elements[lead].motion.path.begin(), elements[lead].motion.path.end());
  });
}

/// An empty lead hands over to the first of its wing that has rounds. Returns who leads now.
std::uint32_t Replication::State::hand_over(std::uint32_t lead) {
  if (has_rounds(elements[lead]) || elements[lead].busy > 0) return lead;
  std::uint32_t next = no_index;
  for_wing(lead, [&](std::uint32_t e) {
    if (next == no_index && has_rounds(elements[e])) next = e;
  });
  if (next == no_index) return lead;
  leave_wing(next);
  for_wing(lead, [&](std::uint32_t e) { elements[e].lead = next; });
  join_wing(lead, next);
  // A target that it was after may be its own again (retask: false).
  channels[world.elements[next].first_channel].intruder = no_index;
  trace("takes-the-lead", nullptr, next);
  return next;
}

}  // namespace dronewall
