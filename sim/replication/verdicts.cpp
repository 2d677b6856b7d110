// Verdicts: the rules of engagement read against a track, first match first, and what follows from a change.
#include <algorithm>

#include "replication/state.hpp"

namespace dronewall {

namespace {

/// What a verdict sends pursuers to a track for, beside shooting.
Task task_of(VerdictKind verdict) {
  if (verdict == VerdictKind::look) return Task::look;
  return verdict == VerdictKind::escort ? Task::escort : Task::none;
}

}  // namespace

/// Whether the track is on a ground now. What leaves at this instant is on it until everything else has
/// happened.
bool Replication::State::is_on(const TrackFile& file, std::uint32_t ground, Phase phase) const {
  return std::any_of(file.on.begin(), file.on.end(), [&](const GroundSpan& on) {
    return on.ground == ground && on.span.begin <= now &&
           (phase == phase_exit ? now < on.span.end : now <= on.span.end);
  });
}

/// The first of the authority's rules that matches the track; no_index when none does.
std::uint32_t Replication::State::first_match(const TrackFile& file, const Authority& authority,
                                              bool classified, Phase phase) const {
  const ClassId seen_as = perceived_by_file(intruders[file.intruder], file.network);
  for (const std::uint32_t index : authority.rules) {
    const Rule& rule = world.command.rule(authority, index);
    if (rule.after != RuleAfter::detected && !classified) continue;
    if (!rule.classes.empty() && !(seen_as < rule.classes.size() && rule.classes[seen_as])) continue;
    if (rule.decided != no_index && !is_on(file, rule.decided, phase)) continue;
    return index;
  }
  return no_index;
}

/// What a decision by this rule says; before a visual identification that it asks for, a look.
Verdict Replication::State::verdict_by(const TrackFile& file, const Authority& authority,
                                       std::uint32_t index) const {
  const Rule& rule = world.command.rule(authority, index);
  if (rule.after == RuleAfter::visual && !file.visual) return {VerdictKind::look, index, no_index};
  switch (rule.action) {
    case RuleAction::watch:
      break;
    case RuleAction::escort:
      return {VerdictKind::escort, index, no_index};
    case RuleAction::engage:
      return {VerdictKind::engage, index, rule.met};
  }
  return {VerdictKind::watch, index, no_index};
}

/// Reads the list of every authority of the network; asks for the decisions that come of it.
void Replication::State::read_rules(TrackFile& file, Phase phase) {
  if (!file.open) return;
  const auto& authorities = world.command.authorities_of[file.network];
  for (std::size_t place = 0; place < authorities.size(); ++place) {
    const Authority& authority = world.command.authorities[authorities[place]];
    if (!file.classified) {
      const std::uint32_t then = first_match(file, authority, true, phase);
      if (then != no_index && world.command.rule(authority, then).action == RuleAction::engage)
        file.rulings[place].awaited = true;
    }
    apply_match(file, place, first_match(file, authority, file.classified, phase));
  }
  ask_and_withdraw(file);
}

/// A verdict holds until the next one is given; to watch, or to do nothing, needs no decision.
void Replication::State::apply_match(TrackFile& file, std::size_t place, std::uint32_t index) {
  const std::uint32_t number = world.command.authorities_of[file.network][place];
  const Authority& authority = world.command.authorities[number];
  Ruling& ruling = file.rulings[place];
  const Verdict then = index == no_index ? Verdict{} : verdict_by(file, authority, index);
  const bool decided_before = index != no_index && ruling.given.rule == index;
  if (decided_before || then.kind <= VerdictKind::watch) {
    if (ruling.given.rule != index && index != no_index)
      trace_command("rule-matched", file, authority.command, index);
    ruling.asked = no_index;
    return set_verdict(file, place, then);
  }
  if (ruling.asked == index) return;
  trace_command("rule-matched", file, authority.command, index);
  ruling.asked = index;
  ruling.awaited |= world.command.rule(authority, index).action == RuleAction::engage;
}

void Replication::State::set_verdict(TrackFile& file, std::size_t place, const Verdict& verdict) {
  Ruling& ruling = file.rulings[place];
  if (ruling.given == verdict) return;
  const Verdict before = ruling.given;
  ruling.given = verdict;
  if (verdict.kind == VerdictKind::engage) ruling.engage_s = std::min(ruling.engage_s, now);
  if (verdict.kind >= VerdictKind::escort) ruling.decided_s = std::min(ruling.decided_s, now);
  verdict_changed(file, world.command.authorities_of[file.network][place], before, verdict);
}

/// The one place that everybody whose task depends on a verdict hears of its change from.
void Replication::State::verdict_changed(TrackFile& file, std::uint32_t authority, const Verdict& before,
                                         const Verdict& after) {
  if (before.kind == VerdictKind::engage && after.kind != VerdictKind::engage) {
    trace_command("called-off", file, world.command.authorities[authority].command, before.rule);
    for_formation(file.intruder, [&](IntruderIndex index) { call_off(index, authority); });
  }
  const bool engages = after.kind == VerdictKind::engage;
  if (!world.effectors.empty() && engages != (before.kind == VerdictKind::engage))
    for_formation(file.intruder, [&](IntruderIndex index) { emit_by_verdict(index, authority, engages); });
  const Task task = task_of(after.kind);
  if (task != Task::none || task_of(before.kind) != Task::none) attend(file.intruder, authority, task);
  if (after.kind == VerdictKind::engage)
    for_formation(file.intruder, [&](IntruderIndex index) { newly_available.push_back(index); });
}

/// An engage verdict has ended: waits for the authority's units are over, fighters on their way turn, bursts
/// cease. What flies or dwells already is completed; a reaction that runs ends without a launch.
void Replication::State::call_off(IntruderIndex index, std::uint32_t authority) {
  Intruder& intruder = intruders[index];
  for (Visit& visit : intruder.visits)
    if (world.units[visit.unit].authority == authority) visit.last_end_s = std::min(visit.last_end_s, now);
  if (intruder.holds == 0) return;
  for (std::uint32_t number = 0; number < channels.size(); ++number) {
    const Channel& channel = channels[number];
    if (!channel.busy || channel.intruder != index || channel.generation != intruder.generation) continue;
    if (world.units[world.elements[channel.element].unit].authority == authority) stop_engagement(number);
  }
}

/// What a unit may do with an intruder. Without a command it engages whatever it sees, but `civil` and
/// `aircraft`.
Verdict Replication::State::verdict_of(const Intruder& intruder, const Unit& unit) const {
  if (unit.authority == no_index)
    return {world.threats[intruder.threat].engageable ? VerdictKind::engage : VerdictKind::none, no_index,
            no_index};
  const TrackFile* file = file_of(intruder, unit.network);
  if (file == nullptr) return {};
  const auto& authorities = world.command.authorities_of[unit.network];
  const auto place = std::find(authorities.begin(), authorities.end(), unit.authority) - authorities.begin();
  return file->rulings[static_cast<std::size_t>(place)].given;
}

}  // namespace dronewall
