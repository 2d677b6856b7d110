// Expected strikes: beside the sampled 0 or 1 of a strike that has a price, its expectation at the last
// chance node (DESIGN §5), so that the money of rare losses varies less. Fates, counts and traces know
// nothing of it.
//
// The node is the first of these moments, each known when it comes and none of which looks ahead:
//   the last salvo is fired: by what is known then, nobody can fire at the intruder after its look. The score
//   is
//     the product of (1 − pk) over its rounds, times what reliability leaves from there on;
//   the last chance passes without one being under way: the score is what reliability leaves;
//   the intruder is killed, or fails: the score is 0.
// So its mean is the chance of a strike, whatever a defence does before. Failure is not foreseen: who will
// fail is scored by the opportunities that it would have had. Where it is not known what it would have met (a
// command decides about it, units are struck) only those that do not fail are scored; where it may turn back,
// or a jammer may end it after the last shot, none: their strikes count as they happen.
#include <algorithm>
#include <cmath>

#include "dronewall/core/contracts.hpp"
#include "dronewall/random/elementary.hpp"
#include "replication/state.hpp"

namespace dronewall {

namespace {

/// The share of the way that is flown at t.
double flown_share(const Intruder& intruder, double t) {
  double all = 0, flown = 0;
  for (const Leg& leg : intruder.legs) {
    const double speed = length(leg.velocity);
    all += speed * (leg.end - leg.begin);
    flown += speed * std::clamp(t - leg.begin, 0.0, leg.end - leg.begin);
  }
  return all > 0 ? flown / all : 1;
}

/// P(completes the route | has not failed by t): failure strikes with chance 1 − r, uniform along the route,
/// so r / (1 − (1 − r) x) at the share x of it.
double left_to_reliability(const Intruder& intruder, double t) {
  const double r = intruder.score.reliability;
  if (!(r > 0)) return 0;
  return r < 1 ? r / (1 - (1 - r) * flown_share(intruder, t)) : 1;
}

bool will_fail(const Intruder& intruder) { return intruder.natural_end_s < intruder.route_end_s; }

const std::vector<Opportunity>& chances_of(const Intruder& intruder) {
  return will_fail(intruder) ? intruder.score.unfailed : intruder.opportunities;
}

}  // namespace

void Replication::State::prepare_score(Intruder& intruder, const Attack& attack, double completes,
                                       double falls_s) const {
  StrikeScore& score = intruder.score;
  const bool has_price = attack.asset != no_index && world.assets[attack.asset].expected_column != no_index;
  score.is_wanted = has_price && !attack.turns_back && world.effectors.empty() &&
                    intruder.route_end_s <= stop_s && on_grid(std::min(falls_s, 1e9)) >= intruder.route_end_s;
  score.is_known = false;
  score.reliability = completes;
  if (!foreseeable_) {
    score.is_wanted = score.is_wanted && !will_fail(intruder);
    score.reliability = 1;
  }
  score.busy_until_s = -1;
}

/// The opportunities of those that will fail, as if they did not.
void Replication::State::foresee(const Wave& wave) {
  if (!scores_ || !foreseeable_) return;
  doomed.clear();
  for (const IntruderIndex index : made)
    if (intruders[index].score.is_wanted && will_fail(intruders[index])) doomed.push_back(index);
  if (doomed.empty()) return;
  doomed.swap(made);
  fails_at_s.clear();
  for (const IntruderIndex index : made) {
    fails_at_s.push_back(intruders[index].natural_end_s);
    intruders[index].natural_end_s = intruders[index].route_end_s;
  }
  watch(wave);
  for (std::size_t i = 0; i < made.size(); ++i) {
    Intruder& intruder = intruders[made[i]];
    merge_tracks(intruder);
    find_opportunities(intruder);
    intruder.score.unfailed.assign(intruder.opportunities.begin(), intruder.opportunities.end());
    intruder.natural_end_s = fails_at_s[i];
  }
  doomed.swap(made);
}

/// When the last launch of an opportunity may be. A fighter's own outages keep it from being asked, not from
/// firing when it is on its way.
double Replication::State::chance_end_s(const Intruder& intruder, const Opportunity& chance) const {
  const Unit& unit = world.units[world.elements[chance.element].unit];
  return unit.flies && unit.outages ? intruder.route_end_s : chance.span.end;
}

/// When what is fired at t can no longer kill, if it does not; as it is when the target does not fail.
double Replication::State::unkilled_end_s(const Channel& channel, const Intruder& intruder, double t) const {
  const Unit& unit = world.units[world.elements[channel.element].unit];
  if (world.weapons[unit.mounts[channel.mount].weapon].mode != WeaponMode::fire) return channel.arrival_s;
  if (unit.flies || !foreseeable_) return std::min(exposed_until(channel, intruder, t), channel.spent_s);
  for (const Opportunity& chance : chances_of(intruder))
    if (chance.element == channel.element && chance.mount == channel.mount && chance.span.begin <= t &&
        t <= chance.span.end)
      return std::min({chance.span.end, channel.spent_s, intruder.route_end_s});
  return t;
}

/// No reaction of the element to the intruder is longer, nor any burst's first tick: the inverse of the
/// distribution at the greatest uniform, with a hundredth to spare where that is rounded.
double Replication::State::longest_reaction_s(const Opportunity& chance) const {
  if (chance.mount == any_mount) return tick_s;
  return longest_reactions_s[world.units[world.elements[chance.element].unit].mounts[chance.mount].weapon];
}

/// How long the element's next engagement of the intruder will take to launch: a draw that has its address
/// and has nothing to do with what the rounds do, so it may be known beforehand. A fighter may be on its way.
double Replication::State::next_reaction_s(const Intruder& intruder, const Opportunity& chance) const {
  if (chance.mount == any_mount) return 0;
  std::uint32_t engagement = 0;
  for (const ElementShots& shots : intruder.shots)
    if (shots.element == chance.element) engagement = shots.engagements;
  const Unit& unit = world.units[world.elements[chance.element].unit];
  const Drawn& reaction_s = world.weapons[unit.mounts[chance.mount].weapon].reaction_s;
  return std::max(0.0, time_of(reaction_s, intruder, chance.element, Purpose::reaction, engagement));
}

/// Whether by what is known at t, when the salvo is fired, nobody can fire again: this network not after the
/// look, others not at all. Magazines are not asked: they may be filled again.
bool Replication::State::is_last_salvo(const Channel& channel, const Intruder& intruder, double t,
                                       double look_s) const {
  const std::uint32_t network = world.units[world.elements[channel.element].unit].network;
  if ((intruder.engaged & ~bit_of_network[network]) != 0) return false;
  const std::vector<Opportunity>& chances = chances_of(intruder);
  // The latest chance is the likeliest to be left, so it is asked first.
  return std::none_of(chances.rbegin(), chances.rend(), [&](const Opportunity& chance) {
    const Unit& unit = world.units[world.elements[chance.element].unit];
    if (unit.mounts.empty()) return false;
    const double end_s = chance_end_s(intruder, chance);
    if (unit.network != network) return end_s >= t;
    if (intruder.fired_by_network[network].rounds >= world.doctrines[unit.doctrine].at_most) return false;
    if (end_s + tick_s < look_s) return false;  // However quick the next reaction.
    // Most chances last longer than any reaction: no need to draw the one at hand.
    if (end_s > look_s + longest_reaction_s(chance)) return true;
    const double could_s = look_s + next_reaction_s(intruder, chance);
    // A burst needs time, a round may leave at the window's very end.
    const bool is_burst =
        chance.mount != any_mount && world.weapons[unit.mounts[chance.mount].weapon].mode == WeaponMode::fire;
    return is_burst ? end_s > could_s + tick_s / 2 : end_s + tick_s >= could_s;
  });
}

/// The chance that none of the salvo's rounds (or the burst, until `end_s`) kills, given arrival.
double Replication::State::survival(const Channel& channel, const Intruder& intruder, double t,
                                    double end_s) {
  const Unit& unit = world.units[world.elements[channel.element].unit];
  const Weapon& weapon = world.weapons[unit.mounts[channel.mount].weapon];
  if (weapon.mode == WeaponMode::fire)
    return draw_exp(-weapon.kill_rate_per_s * pk_of(channel, intruder, channel.shot) *
                    std::max(0.0, end_s - t));
  if (end_s > intruder.route_end_s) return 1;  // It has struck by then.
  double alive = 1;
  for (std::int64_t i = 0; i < channel.rounds; ++i)
    alive *= 1 - pk_of(channel, intruder, channel.shot + static_cast<std::uint32_t>(i));
  return alive;
}

/// A salvo is fired at t at an intruder whose strike is scored.
void Replication::State::score_salvo(const Channel& channel, Intruder& intruder, double t) {
  StrikeScore& score = intruder.score;
  if (intruder.fated) return;  // A ghost.
  expects(!score.is_known);    // Else that salvo was not the last.
  const Unit& unit = world.units[world.elements[channel.element].unit];
  const WeaponMode mode = world.weapons[unit.mounts[channel.mount].weapon].mode;
  const double end_s = unkilled_end_s(channel, intruder, t);
  const double look_s =
      std::max(on_grid(end_s + look_of(channel, intruder)), on_grid(channel.assigned_s + tick_s));
  // How long a fighter can keep firing depends on where the track ends, which failure may cut; a command that
  // thinks again and a strike at the unit may stop any burst, the latter a dwell too.
  const bool may_be_cut =
      mode != WeaponMode::flight && (!foreseeable_ || (unit.flies && mode == WeaponMode::fire));
  if (may_be_cut || !is_last_salvo(channel, intruder, t, look_s)) {
    score.busy_until_s = std::max(score.busy_until_s, end_s);
    return;
  }
  score.is_known = true;
  score.chance = survival(channel, intruder, t, end_s) * left_to_reliability(intruder, t);
}

double Replication::State::expected_strike(const Intruder& intruder) const {
  const StrikeScore& score = intruder.score;
  if (!score.is_wanted) return intruder.fate == FateKind::struck ? 1 : 0;
  if (score.is_known) return score.chance;
  if (intruder.fate != FateKind::struck && intruder.fate != FateKind::failed_by_itself) return 0;
  double last_s = std::max(score.busy_until_s, intruder.launch_s);
  for (const Opportunity& chance : chances_of(intruder))
    last_s = std::max(last_s, chance_end_s(intruder, chance));
  if (will_fail(intruder) && intruder.natural_end_s <= last_s) return 0;
  return left_to_reliability(intruder, last_s);
}

}  // namespace dronewall
