// Changed flights: a living intruder is given other legs from now on, or what sees and engages it is cut. Its
// tracks, opportunities and next events are found anew. Draws are addressed, so what has been seen stays
// seen.
#include <algorithm>

#include "dronewall/core/contracts.hpp"
#include "replication/state.hpp"

namespace dronewall {

/// From now on it flies straight from point to point, at its own speed; `fate` awaits it at the last one (at
/// once, when there is none), unless it fails before. Rounds in the air arrive when they would have.
void Replication::State::fly_on(IntruderIndex index, std::initializer_list<Vec2> way, FateKind fate) {
  Intruder& intruder = intruders[index];
  expects(!intruder.fated && intruder.launch_s <= now);
  Vec2 from = position_of(intruder, now);
  std::vector<Leg>& legs = intruder.legs;
  while (legs.size() > 1 && legs.back().begin >= now) legs.pop_back();
  legs.back().end = std::min(legs.back().end, now);
  double t = now;
  for (const Vec2 to : way) {
    const Vec2 stretch = to - from;
    const double distance = length(stretch);
    if (!(distance > 0)) continue;
    const double end = t + distance / intruder.speed_m_per_s;
    legs.push_back({t, end, from, stretch * (intruder.speed_m_per_s / distance)});
    t = end;
    from = to;
  }
  intruder.route_end_s = intruder.natural_end_s = on_grid(t);
  intruder.natural_fate = fate;
  if (intruder.goal_s > now) intruder.goal_s = EventQueue::never;
  end_by_failure(intruder);
  if (!world.effectors.empty()) soften_flight(intruder);
  enter_zones(intruder);
  renew(index);
  renew_chases(index);
}

/// What follows from an intruder's flight and from what sees it, anew.
void Replication::State::renew(IntruderIndex index) {
  renew_tracks(index);
  renew_files(index);
  renew_opportunities(index);
  if (!elide) {
    Intruder& intruder = intruders[index];
    mark(intruder);
    while (intruder.next_marker < intruder.markers.size() &&
           intruder.markers[intruder.next_marker].time_s < now)
      ++intruder.next_marker;
  }
  schedule(index);
  read_rules_anew(index);
}

/// Networks that see it only now open a file; the reviews of others are planned again.
void Replication::State::renew_files(IntruderIndex index) {
  if (!world.command.is_there()) return;
  open_files(index);
  for (const std::uint32_t number : intruders[index].files)
    if (number != no_index && files[number].intruder == index) replan(files[number]);
}

void Replication::State::read_rules_anew(IntruderIndex index) {
  for (const std::uint32_t number : intruders[index].files) {
    if (number == no_index || files[number].intruder != index) continue;
    read_rules(files[number], phase_entry);
    schedule_file(files[number]);
  }
}

void Replication::State::renew_tracks(IntruderIndex index) {
  Intruder& intruder = intruders[index];
  kept_tracks.clear();
  for (const TrackSpan& track : intruder.tracks)
    if (track.span.begin <= now)
      kept_tracks.push_back({track.network, {track.span.begin, std::min(track.span.end, now)}});
  Wave alone{};
  alone.attack = intruder.attack;
  alone.occurrence = intruder.occurrence;
  alone.raid_state = intruder.raid_state;
  made.assign(1, index);
  if (!world.effectors.empty()) set_end(intruder, intruder.untracked);
  watch(alone);
  intruder.tracks.insert(intruder.tracks.end(), kept_tracks.begin(), kept_tracks.end());
  merge_tracks(intruder);
  if (world.effectors.empty()) return;
  soften_tracked(intruder);
  if (!intruder.jamming.empty()) plan_soft_kill(index);
}

/// Chances that are open now are offered again; waits that go on are one wait.
void Replication::State::renew_opportunities(IntruderIndex index) {
  Intruder& intruder = intruders[index];
  for (const Opportunity& opportunity : intruder.opportunities) {
    if (!opportunity.listed) continue;
    auto& waiting = elements[opportunity.element].waiting;
    waiting.erase(std::remove_if(waiting.begin(), waiting.end(),
                                 [&](const ElementState::Waiting& entry) {
                                   return entry.intruder == index && entry.generation == intruder.generation;
                                 }),
                  waiting.end());
  }
  for (Visit& visit : intruder.visits)
    if (!visit.settled) visit.last_end_s = std::min(visit.last_end_s, now);
  find_opportunities(intruder);
  const auto& all = intruder.opportunities;
  while (intruder.next_opportunity < all.size() && all[intruder.next_opportunity].span.begin <= now)
    ++intruder.next_opportunity;
  newly_available.push_back(index);
}

/// Fighters on their way to an intruder whose flight has changed, and bursts at it, begin anew.
void Replication::State::renew_chases(IntruderIndex index) {
  const Intruder& intruder = intruders[index];
  redirect_attendants(index);
  if (intruder.holds == 0) return;
  for (std::uint32_t number = 0; number < channels.size(); ++number) {
    const Channel& channel = channels[number];
    if (!channel.busy || channel.intruder != index || channel.generation != intruder.generation) continue;
    if (channel.phase == ChannelPhase::reaction && world.units[world.elements[channel.element].unit].flies)
      break_off(number);
    else
      cease_burst(number);
  }
}

/// It leaves on the shortest way out of the defended zones and has turned back when it is out: at once where
/// it is outside already, or where everywhere is defended.
void Replication::State::turn_back(IntruderIndex index) {
  Intruder& intruder = intruders[index];
  if (intruder.fated || intruder.natural_fate == FateKind::turned_back) return;
  trace("turns-back", &intruder, no_index);
  const Vec2 at = position_of(intruder, now);
  const bool is_inside = std::any_of(world.defended.begin(), world.defended.end(),
                                     [&](std::uint32_t zone) { return world.zones[zone].contains(at); });
  const auto border = is_inside ? world.outline.nearest(at) : std::nullopt;
  if (border)
    fly_on(index, {*border}, FateKind::turned_back);
  else
    fly_on(index, {}, FateKind::turned_back);
}

}  // namespace dronewall
