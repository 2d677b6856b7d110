// Assignment: which element takes a waiting target, and what stands in the way where none can.
#include <algorithm>
#include <limits>
#include <tuple>

#include "replication/state.hpp"

namespace dronewall {

/// Rounds that may be fired at this class: those above the reserve that the doctrine keeps for others.
std::int64_t Replication::State::usable_rounds(const Unit& unit, const ElementState& element,
                                               std::uint32_t mount, ClassId perceived) const {
  const Reserve& reserve = world.doctrines[unit.doctrine].reserve[unit.mounts[mount].weapon];
  const std::int64_t rounds = element.magazines[mount].rounds;
  if (reserve.rounds == 0 || reserve.for_class[perceived]) return rounds;
  return std::max<std::int64_t>(0, rounds - reserve.rounds);
}

void Replication::State::consider_mount(Intruder& intruder, std::uint32_t e, std::uint32_t mount,
                                        const Approach& approach, Choice& best, Obstacles& obstacles) {
  const Unit& unit = world.units[world.elements[e].unit];
  const Weapon& weapon = world.weapons[unit.mounts[mount].weapon];
  const auto& policy = *static_cast<const AssignPolicy*>(world.doctrines[unit.doctrine].assign);
  const Vec2 from = unit.flies ? elements[e].motion.at(now) : elements[e].site.at;
  Candidate candidate;
  candidate.perceived = perceived(intruder, unit.network);
  candidate.distance_m = length(position_of(intruder, now) - from);
  candidate.pk = weapon.pk[candidate.perceived].mean;
  candidate.price = weapon.planning_price;
  // Planned with the mean reaction: what is drawn is not known yet.
  const double launch_at_s = std::max(approach.launch_s, now + weapon.reaction_s.distribution.mean());
  candidate.intercept_s = launch_at_s;
  if (policy.reads_intercepts() && weapon.mode == WeaponMode::flight) {
    const Vec2 launch_from = unit.flies ? place_at(e, approach, intruder, launch_at_s) : from;
    const double rise = unit.flies ? 0 : intruder.altitude_m - elements[e].site.height_m;
    candidate.intercept_s = meet_on_legs(intruder.legs.data(), intruder.legs.data() + intruder.legs.size(),
                                         launch_from, launch_at_s, weapon.speed_m_per_s, rise)
                                .value_or(std::numeric_limits<double>::max());  // Last, not refused.
  }
  const double score = policy.score(candidate);
  if (std::isinf(score) && score > 0) {
    obstacles.refused = true;
    return;
  }
  // Ties go to the nearer one, then by name: opportunities come in the order in which they opened.
  const auto rank = std::make_tuple(score, candidate.distance_m, e, mount);
  bool better = best.element == no_index ||
                rank < std::make_tuple(best.score, best.distance_m, best.element, best.mount);
  // Scores of different doctrines are not of one kind (dollars, metres): between those the nearer one serves.
  if (best.element != no_index && world.units[world.elements[best.element].unit].doctrine != unit.doctrine)
    better = std::make_tuple(candidate.distance_m, e) < std::make_tuple(best.distance_m, best.element);
  if (better) best = {e, mount, score, candidate.distance_m, approach};
}

/// Whether the element has given this target back at this very instant: it would only do so again, for ever.
bool Replication::State::gave_back_now(const Intruder& intruder, std::uint32_t element) const {
  return std::any_of(intruder.shots.begin(), intruder.shots.end(), [&](const ElementShots& shots) {
    return shots.element == element && shots.given_back_s == now;
  });
}

/// Whether a flying element takes a task at all: with `retask: false` one that is aloft takes none but on
/// from its station, and goes on with the target that it has or is on its way to.
bool Replication::State::takes_task(const Intruder& intruder, std::uint32_t e) const {
  const ElementState& element = elements[e];
  const FlightProfile& flight =
      *static_cast<const UnitKind*>(world.units[world.elements[e].unit].kind)->flight();
  if (flight.retask || !element.motion.aloft || element.motion.take_off_s > now ||
      element.task == Task::patrol)
    return true;
  const Channel& channel = channels[world.elements[e].first_channel];
  const auto index = static_cast<IntruderIndex>(&intruder - intruders.data());
  const bool may_go_on = channel.phase == ChannelPhase::idle || channel.phase == ChannelPhase::joining;
  return may_go_on && channel.intruder == index && channel.generation == intruder.generation;
}

void Replication::State::consider(Intruder& intruder, const Opportunity& opportunity, Choice& best,
                                  Obstacles& obstacles) {
  const std::uint32_t e = opportunity.element;
  ElementState& element = elements[e];
  const Unit& unit = world.units[world.elements[e].unit];
  if (!may_be_engaged(intruder, unit) || !in_force(intruder, opportunity, unit)) return;
  if (element.busy >= unit.channels) {
    obstacles.busy = true;
    return;
  }
  if (gave_back_now(intruder, e)) return;
  const ClassId seen_as = perceived(intruder, unit.network);
  if (unit.flies && !takes_task(intruder, e)) {
    obstacles.busy = true;
    return;
  }
  if (!unit.flies) {
    if (usable_rounds(unit, element, opportunity.mount, seen_as) <= 0) {
      obstacles.empty = true;
      return;
    }
    Approach here;
    here.launch_s = now;
    consider_mount(intruder, e, opportunity.mount, here, best, obstacles);
    return;
  }
  TargetFlight flight{intruder.legs.data(), intruder.legs.data() + intruder.legs.size(), intruder.altitude_m};
  if (const std::uint32_t met = verdict_of(intruder, unit).met; met != no_index) {
    collect_met(intruder, unit.network, met);
    flight.met_in = &met_spans;
  }
  for (std::uint32_t m = 0; m < unit.mounts.size(); ++m) {
    const Weapon& weapon = world.weapons[unit.mounts[m].weapon];
    if (!weapon.pk[seen_as].given || intruder.altitude_m < weapon.altitude_low_m ||
        intruder.altitude_m > weapon.altitude_high_m)
      continue;
    if (usable_rounds(unit, element, m, seen_as) <= 0) {
      obstacles.empty = true;
      continue;
    }
    const auto approach = static_cast<const UnitKind*>(unit.kind)->approach(element.motion, element.site.at,
                                                                            weapon, flight, now);
    if (approach)
      consider_mount(intruder, e, m, *approach, best, obstacles);
    else
      obstacles.out_of_reach = true;
  }
}

/// Gives a waiting target to the network's best feasible element; false when none takes it now.
bool Replication::State::assign(IntruderIndex index, std::uint32_t network) {
  Intruder& intruder = intruders[index];
  Choice best;
  Obstacles obstacles;
  for (std::size_t i = intruder.first_open; i < intruder.next_opportunity; ++i) {
    const Opportunity& opportunity = intruder.opportunities[i];
    const std::uint32_t asked = world.units[world.elements[opportunity.element].unit].network;
    if (asked == network && opportunity.span.end >= now) consider(intruder, opportunity, best, obstacles);
  }
  if (best.element != no_index) {
    engage(index, best);
    return true;
  }
  set_obstacle(intruder.fired_by_network[network].reason, obstacles);
  return false;
}

void Replication::State::set_obstacle(LossReason& reason, const Obstacles& obstacles) {
  if (obstacles.busy)
    reason = LossReason::channels_busy;
  else if (obstacles.empty)
    reason = LossReason::magazine_empty;
  else if (obstacles.refused)
    reason = LossReason::held_by_rule;
  else if (obstacles.out_of_reach)
    reason = LossReason::no_unit_in_reach;
}

/// Why a network does not serve a target at once that has just begun to wait, as far as channels and
/// magazines tell.
void Replication::State::note_obstacle(Intruder& intruder, std::uint32_t network) {
  Obstacles obstacles;
  bool open = false;
  for (std::size_t i = intruder.first_open; i < intruder.next_opportunity; ++i) {
    const Opportunity& opportunity = intruder.opportunities[i];
    const Unit& unit = world.units[world.elements[opportunity.element].unit];
    if (unit.network != network || opportunity.span.end < now || !may_be_engaged(intruder, unit) ||
        !in_force(intruder, opportunity, unit))
      continue;
    const ElementState& element = elements[opportunity.element];
    if (element.busy >= unit.channels)
      obstacles.busy = true;
    else if (!has_rounds(element))
      obstacles.empty = true;
    else
      open = true;
  }
  if (!open) set_obstacle(intruder.fired_by_network[network].reason, obstacles);
}

}  // namespace dronewall
