// Dispatch: who takes which waiting target. Runs after all fates, freed channels and entries of an instant.
#include <algorithm>
#include <cmath>

#include "replication/state.hpp"

namespace dronewall {

/// Whether the verdict on the intruder allows this opportunity: its rounds meet it where the rule wants them
/// to, and may be fired at what it is taken for.
bool Replication::State::is_in_force_by_verdict(const Intruder& intruder, const Opportunity& opportunity,
                                                const Unit& unit) const {
  const Verdict verdict = verdict_of(intruder, unit);
  const Weapon& weapon = world.weapons[unit.mounts[opportunity.mount].weapon];
  return verdict.kind == VerdictKind::engage && opportunity.met == verdict.met &&
         weapon.pk[perceived(intruder, unit.network)].given;
}

bool Replication::State::has_rounds(const ElementState& element) const {
  return std::any_of(element.magazines.begin(), element.magazines.end(),
                     [](const Magazine& magazine) { return magazine.rounds > 0; });
}

void Replication::State::activate(std::uint32_t element) {
  ElementState& state = elements[element];
  if (state.active || state.busy >= world.units[world.elements[element].unit].channels || !has_rounds(state))
    return;
  if (state.waiting.empty()) return;
  state.active = true;
  active_elements.push_back(element);
}

/// Opens or continues the intruder's wait for a unit.
void Replication::State::meet_unit(Intruder& intruder, std::uint32_t unit, double end_s) {
  for (Visit& visit : intruder.visits)
    if (visit.unit == unit) {
      visit.last_end_s = std::max(visit.last_end_s, end_s);
      return;
    }
  intruder.visits.push_back({unit, now, end_s, false});
}

/// Puts an available target into the waiting lists of every element that could launch at it now.
void Replication::State::list(IntruderIndex index) {
  Intruder& intruder = intruders[index];
  if (!intruder.in_use) return;
  std::vector<Opportunity>& all = intruder.opportunities;
  while (intruder.first_open < intruder.next_opportunity && all[intruder.first_open].span.end < now)
    ++intruder.first_open;
  for (std::size_t i = intruder.first_open; i < intruder.next_opportunity; ++i) {
    Opportunity& opportunity = all[i];
    if (opportunity.span.end < now) continue;
    const std::uint32_t unit_index = world.elements[opportunity.element].unit;
    const Unit& unit = world.units[unit_index];
    if (!may_be_engaged(intruder, unit) || !in_force(intruder, opportunity, unit)) continue;
    double& since_s = intruder.fired_by_network[unit.network].engageable_since_s;
    since_s = std::min(since_s, now);
    if (!intruder.fated) meet_unit(intruder, unit_index, opportunity.span.end);
    if (!opportunity.listed) {
      opportunity.listed = true;
      elements[opportunity.element].waiting.push_back(
          {index, intruder.generation, static_cast<std::uint32_t>(i)});
    }
    activate(opportunity.element);
  }
}

double Replication::State::urgency(const NextPolicy& policy, const Intruder& intruder,
                                   std::uint32_t network) const {
  WaitingTarget target;
  target.perceived = perceived(intruder, network);
  target.engageable_since_s = intruder.fired_by_network[network].engageable_since_s;
  target.arrival_s = intruder.goal_s;
  if (policy.draws_lots()) {
    // Networks that are not linked draw lots of their own: equal lots would be a silent agreement.
    const Entity entity = pair_of(world.attacks[intruder.attack].entity, entity_of_network[network]);
    target.lot = draws.uniform({entity, intruder.occurrence, intruder.number}, Purpose::order,
                               intruder.fired_by_network[network].salvos);
  }
  return policy.key(target);
}

bool Replication::State::goes_before(const NextPolicy& policy, std::uint32_t network, IntruderIndex a,
                                     IntruderIndex b) const {
  const Intruder& first = intruders[a];
  const Intruder& second = intruders[b];
  const double key_a = urgency(policy, first, network), key_b = urgency(policy, second, network);
  if (key_a != key_b) return key_a < key_b;
  const double since_a = first.fired_by_network[network].engageable_since_s;
  const double since_b = second.fired_by_network[network].engageable_since_s;
  if (since_a != since_b) return since_a < since_b;
  if (first.attack != second.attack) return first.attack < second.attack;
  if (first.occurrence != second.occurrence) return first.occurrence < second.occurrence;
  return first.number < second.number;
}

/// The target that active elements of this doctrine and network take next; no_index when none waits. Entries
/// that are over are dropped on the way.
IntruderIndex Replication::State::pick(std::uint32_t doctrine, std::uint32_t network) {
  const auto& policy = *static_cast<const NextPolicy*>(world.doctrines[doctrine].next);
  IntruderIndex best = no_index;
  for (const std::uint32_t e : active_elements) {
    ElementState& element = elements[e];
    const Unit& unit = world.units[world.elements[e].unit];
    if (unit.doctrine != doctrine || unit.network != network || element.busy >= unit.channels ||
        !has_rounds(element))
      continue;
    for (std::size_t i = 0; i < element.waiting.size();) {
      const ElementState::Waiting& waiting = element.waiting[i];
      Intruder& intruder = intruders[waiting.intruder];
      const bool same = intruder.in_use && intruder.generation == waiting.generation;
      if (!same || intruder.opportunities[waiting.opportunity].span.end < now ||
          !may_be_engaged(intruder, unit) ||
          !in_force(intruder, intruder.opportunities[waiting.opportunity], unit)) {
        if (same) intruder.opportunities[waiting.opportunity].listed = false;
        element.waiting[i] = element.waiting.back();
        element.waiting.pop_back();
        continue;
      }
      if (intruder.tried != round_of_tries && best != waiting.intruder &&
          (best == no_index || goes_before(policy, network, waiting.intruder, best)))
        best = waiting.intruder;
      ++i;
    }
  }
  return best;
}

void Replication::State::dispatch() {
  // Freed elements first: a target that waits already is then seen by the elements that new ones open.
  for (const std::uint32_t e : changed_elements) activate(e);
  for (const IntruderIndex index : newly_available) list(index);
  for (const auto& [index, element] : hand_overs) engage_after_look(index, element);
  hand_overs.clear();
  if (!active_elements.empty()) {
    std::sort(active_elements.begin(), active_elements.end());
    for (std::uint32_t network = 0; network < world.networks.size(); ++network)
      if (bit_of_network[network] != 0) dispatch(network);
    for (const std::uint32_t e : active_elements) elements[e].active = false;
    active_elements.clear();
  }
  // Those that nobody took, because every channel was or has just been: the reason is known all the same.
  for (const IntruderIndex index : newly_available)
    for (std::uint32_t network = 0; network < world.networks.size(); ++network)
      if (bit_of_network[network] != 0 && intruders[index].in_use) note_obstacle(intruders[index], network);
  newly_available.clear();
  if (!attendances.empty() && somebody_may_attend()) serve_attendances();
  // A wing that is stood down changes too: it is asked in the next round.
  const std::size_t asked = changed_elements.size();
  for (std::size_t i = 0; i < asked; ++i) after_task(changed_elements[i]);
  changed_elements.erase(changed_elements.begin(),
                         changed_elements.begin() + static_cast<std::ptrdiff_t>(asked));
}

/// Each network chooses among its own: it knows nothing of the choices of others.
void Replication::State::dispatch(std::uint32_t network) {
  ++round_of_tries;
  for (std::uint32_t doctrine = 0; doctrine < world.doctrines.size(); ++doctrine)
    for (IntruderIndex index = pick(doctrine, network); index != no_index; index = pick(doctrine, network))
      if (!assign(index, network)) intruders[index].tried = round_of_tries;
}

/// The intruder is assigned to the unit: its wait for it is over.
void Replication::State::settle_visit(Intruder& intruder, std::uint32_t unit_index) {
  for (Visit& visit : intruder.visits) {
    if (visit.unit != unit_index || visit.settled) continue;
    visit.settled = true;
    if (!intruder.counted) return;
    const Unit::Columns& c = world.units[unit_index].columns;
    const auto wait_us = static_cast<std::int64_t>(std::llround((now - visit.since_s) * 1e6));
    book(c.wait_us, wait_us);
    book(c.visits, 1);
    book(c.waited, wait_us > 0 ? 1 : 0);
    book(c.wait_by_class[intruder.true_class].first, wait_us);
    book(c.wait_by_class[intruder.true_class].second, 1);
  }
}

}  // namespace dronewall
