// Accounts: what each intruder's end adds to the integers of this replication.
#include <algorithm>
#include <cmath>

#include "dronewall/core/contracts.hpp"
#include "replication/state.hpp"

namespace dronewall {

namespace {

constexpr double never = EventQueue::never;

/// To the nearest integer, halves away from 0; without the library call that llround is.
std::int64_t rounded(double x) { return static_cast<std::int64_t>(x + (x < 0 ? -0.5 : 0.5)); }
std::int64_t microseconds(double seconds) { return rounded(seconds * 1e6); }
std::int64_t millimetres(double metres) { return rounded(metres * 1e3); }

bool is_stopped(FateKind fate) {
  return fate == FateKind::shot_down || fate == FateKind::soft_killed || fate == FateKind::turned_back;
}

}  // namespace

void Replication::State::count_launch(const Intruder& intruder) {
  const CommonColumns& c = world.columns;
  if (intruder.origin != Origin::attack) {
    if (intruder.counted) book(intruder.origin == Origin::traffic ? c.traffic : c.false_tracks, 1);
    return;
  }
  ++aloft;
  if (!intruder.counted) return;
  const ThreatType& threat = world.threats[intruder.threat];
  book(c.launched, 1);
  if (threat.hostile) book(c.launched_hostile, 1);
  if (threat.decoy)
    book(c.launched_decoys, 1);
  else if (threat.hostile)
    book(c.launched_real, 1);
  const CommonColumns::PerAttack& attack = c.attacks[intruder.attack];
  if (threat.reusable)
    book(attack.sorties[intruder.mix_place], 1);
  else
    book(attack.pieces[intruder.mix_place], 1);
}

void Replication::State::book_busy(std::uint32_t unit, double from_s, double to_s) {
  const double from = std::clamp(from_s, world.count_from_s, world.duration_s);
  const double to = std::clamp(to_s, world.count_from_s, world.duration_s);
  if (to > from) book(world.units[unit].columns.busy_us, microseconds(to - from));
}

/// An intruder's history is over: book it and give its place to the next.
void Replication::State::finish(IntruderIndex index) {
  Intruder& intruder = intruders[index];
  settle(intruder);
  drop_files(intruder);
  leave_raid(intruder.raid_state);
  const Slot slot = slot_of_intruder[index];
  queue.cancel(slot);
  dynamics[slot - first_dynamic_slot].intruder = no_index;
  free_dynamics.push_back(slot - first_dynamic_slot);
  intruder.in_use = false;
  ++intruder.generation;
  free_intruders.push_back(index);
}

void Replication::State::settle(Intruder& intruder) {
  if (!world.effectors.empty()) note_emission(intruder);
  if (!world.airports.empty()) note_closures(intruder);
  if (!intruder.counted) return;
  if (intruder.origin != Origin::attack) {
    if (intruder.origin == Origin::traffic && intruder.fate == FateKind::shot_down)
      book(world.columns.traffic_shot, 1);
    if (intruder.wrongly_engaged && intruder.fate == FateKind::shot_down)
      book(world.command.columns.wrong_kills, 1);
    return settle_visits(intruder);
  }
  const CommonColumns& c = world.columns;
  const ThreatType& threat = world.threats[intruder.threat];
  const Attack& attack = world.attacks[intruder.attack];
  const CommonColumns::PerAttack& columns = c.attacks[intruder.attack];
  const bool stopped = is_stopped(intruder.fate);
  book(c.fates + static_cast<std::uint32_t>(intruder.fate), 1);
  if (intruder.fate == FateKind::still_aloft) {
    book(c.unresolved, 1);
    book(columns.unresolved[intruder.mix_place], 1);
  }
  if (intruder.escorted) book(c.escorted, 1);
  if (intruder.fate == FateKind::shot_down) {
    book(c.kills, 1);
    book(intruder.killer_column, 1);
    if (intruder.wrongly_engaged) book(world.command.columns.wrong_kills, 1);
  } else if (intruder.fate == FateKind::soft_killed) {
    book(c.soft_kills, 1);
    book(intruder.killer_column, 1);
  }
  if (stopped) book(columns.stopped[intruder.mix_place], 1);
  const bool airframe_lost = intruder.fate == FateKind::shot_down || intruder.fate == FateKind::soft_killed ||
                             intruder.fate == FateKind::failed_by_itself || intruder.fate == FateKind::struck;
  if (threat.reusable && airframe_lost) book(columns.pieces[intruder.mix_place], 1);
  if (intruder.fate == FateKind::struck && attack.asset != no_index)
    book(threat.harmless ? world.assets[attack.asset].harmless_column
                         : world.assets[attack.asset].strikes_column,
         1);
  if (intruder.fate == FateKind::struck && attack.defence != no_index)
    book(world.struck[attack.defence].strikes_column, 1);
  if (attack.asset != no_index && !threat.harmless && world.assets[attack.asset].expected_column != no_index)
    book(world.assets[attack.asset].expected_column, rounded(1e9 * expected_strike(intruder)));

  bool did_what_it_came_for = false;
  switch (attack.goal) {
    case GoalKind::strike:
      did_what_it_came_for = intruder.fate == FateKind::struck;
      break;
    case GoalKind::overfly:
      did_what_it_came_for = intruder.entered_s <= intruder.fate_s;
      break;
    case GoalKind::loiter:
      did_what_it_came_for = intruder.goal_s <= intruder.fate_s;
      break;
  }
  const bool leaks =
      threat.hostile && !stopped && intruder.fate != FateKind::still_aloft && did_what_it_came_for;
  if (leaks) {
    book(c.leakers, 1);
    book(threat.decoy ? c.leakers_decoys : c.leakers_real, 1);
    book(c.lost + static_cast<std::uint32_t>(reason_of(intruder)), 1);
  }
  const Progress progress = progress_of(intruder);
  settle_stages(intruder, progress);
  settle_times(intruder, progress);
  settle_visits(intruder);
}

/// How far down the kill chain it came. Without command a track is classified and authorised when it is
/// detected.
void Replication::State::settle_stages(const Intruder& intruder, const Progress& progress) {
  const CommonColumns& c = world.columns;
  const auto reach = [&](Stage stage, bool reached) {
    if (reached) book(c.stage + static_cast<std::uint32_t>(stage), 1);
  };
  reach(Stage::launched, true);
  reach(Stage::detected, intruder.detected_s <= intruder.fate_s);
  reach(Stage::classified, progress.classified_s <= intruder.fate_s);
  reach(Stage::authorised, progress.authorised_s <= intruder.fate_s);
  reach(Stage::assigned, intruder.ever_assigned);
  reach(Stage::engaged, intruder.ever_engaged);
  reach(Stage::killed, intruder.fate == FateKind::shot_down);
}

void Replication::State::settle_times(const Intruder& intruder, const Progress& progress) {
  const CommonColumns& c = world.columns;
  const bool entered = intruder.entered_s <= intruder.fate_s;
  if (entered) {
    double inside_s = 0;
    for (const Span& span : intruder.inside)
      if (span.begin < intruder.fate_s) inside_s += std::min(span.end, intruder.fate_s) - span.begin;
    book(c.inside_us, microseconds(inside_s));
    book(c.inside_n, 1);
  }
  if (intruder.detected_s <= intruder.fate_s) {
    if (entered) {
      book(c.detection_us, microseconds(intruder.detected_s - intruder.entered_s));
      book(c.detection_n, 1);
      if (progress.decided_s <= intruder.fate_s) {
        book(c.decision_us, microseconds(progress.decided_s - intruder.entered_s));
        book(c.decision_n, 1);
      }
    }
    book(c.detection_mm, millimetres(length(position_of(intruder, intruder.detected_s) - intruder.goal)));
    book(c.detection_mm_n, 1);
  }
  if (intruder.intercept_s == never) return;
  if (entered) {
    book(c.intercept_us, microseconds(intruder.intercept_s - intruder.entered_s));
    book(c.intercept_n, 1);
  }
  book(c.intercept_mm, millimetres(length(position_of(intruder, intruder.intercept_s) - intruder.goal)));
  book(c.intercept_mm_n, 1);
}

/// Waits that no assignment ended: reneged when the last window closed before anything else ended the target.
void Replication::State::settle_visits(Intruder& intruder) {
  for (const Visit& visit : intruder.visits) {
    if (visit.settled) continue;
    const double over_s = std::min(visit.last_end_s, intruder.natural_end_s);
    if (over_s > intruder.fate_s || over_s > now) continue;
    const NetworkShots& last = intruder.fired_by_network[world.units[visit.unit].network];
    if (last.hold_begin_s <= over_s && over_s <= last.hold_end_s) continue;  // Another unit had it then.
    const Unit::Columns& c = world.units[visit.unit].columns;
    const std::int64_t wait_us = microseconds(over_s - visit.since_s);
    book(c.wait_us, wait_us);
    book(c.visits, 1);
    book(c.waited, 1);
    book(c.reneged, 1);
    book(c.wait_by_class[intruder.true_class].first, wait_us);
    book(c.wait_by_class[intruder.true_class].second, 1);
  }
}

/// The network that could have launched at the intruder longest; of several, the one that came furthest down
/// the kill chain. no_index: none ever could.
std::uint32_t Replication::State::last_chance(const Intruder& intruder) const {
  std::uint32_t last = no_index;
  double last_s = -1;
  for (std::size_t i = 0; i < intruder.next_opportunity; ++i) {
    const Opportunity& opportunity = intruder.opportunities[i];
    const std::uint32_t network = world.units[world.elements[opportunity.element].unit].network;
    if (world.command.is_there() && intruder.fired_by_network[network].engageable_since_s == never) continue;
    const double end_s = std::min(opportunity.span.end, intruder.natural_end_s);
    const bool further = last != no_index &&
                         intruder.fired_by_network[network].reason > intruder.fired_by_network[last].reason;
    if (end_s < last_s || (end_s == last_s && !further)) continue;
    last = network;
    last_s = end_s;
  }
  return last;
}

/// The first cause in time that ended the leaker's last chance (MODEL §9).
LossReason Replication::State::reason_of(Intruder& intruder) {
  if (!(intruder.detected_s <= intruder.fate_s)) return LossReason::never_seen;
  if (world.command.is_there()) {
    if (const auto reason = reason_under_command(intruder)) return *reason;
  } else if (!world.threats[intruder.threat].engageable) {
    return LossReason::held_by_rule;
  }
  const std::uint32_t network = last_chance(intruder);
  const LossReason reason =
      network == no_index ? LossReason::seen_too_late : intruder.fired_by_network[network].reason;
  if (reason == LossReason::seen_too_late)
    return window_before_track(intruder, network) ? LossReason::seen_too_late : LossReason::no_unit_in_reach;
  if (reason != LossReason::channels_busy) return reason;
  // It waited for a channel; if every magazine it could have been served from ran dry meanwhile, that was the
  // end.
  for (const Opportunity& opportunity : intruder.opportunities)
    if (world.units[world.elements[opportunity.element].unit].network == network &&
        has_rounds(elements[opportunity.element]) && !is_lost(opportunity.element))
      return LossReason::channels_busy;
  return LossReason::magazine_empty;
}

}  // namespace dronewall
