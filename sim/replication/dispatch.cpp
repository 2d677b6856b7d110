// Dispatch: who takes which waiting target. Runs after all fates, freed channels and entries of an instant.
#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

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

/// Rounds that may be fired at this class: those above the reserve that the doctrine keeps for others.
std::int64_t Replication::State::usable_rounds(const Unit& unit, const ElementState& element,
                                               std::uint32_t mount, ClassId perceived) const {
  const Reserve& reserve = world.doctrines[unit.doctrine].reserve[unit.mounts[mount].weapon];
  const std::int64_t rounds = element.magazines[mount].rounds;
  if (reserve.rounds == 0 || reserve.for_class[perceived]) return rounds;
  return std::max<std::int64_t>(0, rounds - reserve.rounds);
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

/// A weapon's first assignment of an instant: how many rounds it has for how many targets that it could
/// serve, each counted once however many chances at it are open.
void Replication::State::begin_instant(std::uint32_t e, std::uint32_t mount, std::int64_t usable) {
  const Unit& unit = world.units[world.elements[e].unit];
  Magazine::Instant& instant = elements[e].magazines[mount].instant;
  instant = {now, usable, 0, 0};
  ++round_of_counts;
  for (const ElementState::Waiting& waiting : elements[e].waiting) {
    Intruder& other = intruders[waiting.intruder];
    if (!other.in_use || other.generation != waiting.generation || other.counted_in == round_of_counts)
      continue;
    const Opportunity& opportunity = other.opportunities[waiting.opportunity];
    if (opportunity.span.end < now || !may_be_engaged(other, unit) || !in_force(other, opportunity, unit))
      continue;
    if (opportunity.mount != mount && opportunity.mount != any_mount) continue;
    other.counted_in = round_of_counts;
    ++instant.waiting;
  }
}

/// Rounds of the next salvo, as the unit's fire policy has it and magazine and `at_most` allow.
std::int64_t Replication::State::salvo_size(Intruder& intruder, std::uint32_t e, std::uint32_t mount) {
  ElementState& element = elements[e];
  const Unit& unit = world.units[world.elements[e].unit];
  const Weapon& weapon = world.weapons[unit.mounts[mount].weapon];
  const Doctrine& doctrine = world.doctrines[unit.doctrine];
  const ClassId seen_as = perceived(intruder, unit.network);
  const std::int64_t usable = usable_rounds(unit, element, mount, seen_as);
  if (weapon.mode == WeaponMode::fire) return 1;  // The burst takes what it needs when it begins.
  const auto& policy = *static_cast<const FirePolicy*>(doctrine.fire);
  FireContext context;
  context.salvos_before = intruder.fired_by_network[unit.network].salvos;
  context.rounds_left = usable;
  context.pk = weapon.pk[seen_as].mean;
  if (policy.spreads()) {
    Magazine::Instant& instant = element.magazines[mount].instant;
    if (instant.at_s != now) begin_instant(e, mount, usable);
    context.targets_now = ++instant.targets;
    context.targets_waiting = instant.waiting;
    context.rounds_at_instant = instant.rounds;
  }
  const std::int64_t allowed =
      doctrine.at_most == no_index
          ? usable
          : std::int64_t{doctrine.at_most} - intruder.fired_by_network[unit.network].rounds;
  return std::max<std::int64_t>(1, std::min({policy.rounds(context), usable, allowed}));
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
