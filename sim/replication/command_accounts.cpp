// What commands add to the accounts: how far each intruder came through identification and decision, why it
// leaked, and who was engaged by mistake.
#include <algorithm>

#include "replication/state.hpp"

namespace dronewall {

namespace {

constexpr double never = EventQueue::never;

}  // namespace

/// An engagement of what the rules would never have meant: civil, or an aircraft taken for something else.
/// Each intruder counts once.
void Replication::State::note_wrong(Intruder& intruder, std::uint32_t network) {
  if (!world.command.is_there() || intruder.wrongly_engaged || intruder.origin == Origin::false_track) return;
  const ThreatType& threat = world.threats[intruder.threat];
  const bool is_civil = !threat.hostile;
  const bool is_aircraft = threat.hostile && !threat.engageable;
  if (!is_civil && !(is_aircraft && perceived(intruder, network) != intruder.true_class)) return;
  intruder.wrongly_engaged = true;
  if (!intruder.counted) return;
  const CommandWorld::Columns& c = world.command.columns;
  book(c.wrong, 1);
  book(is_civil ? c.wrong_civil : c.wrong_aircraft, 1);
}

/// When it was first classified, when the first engage verdict was given, and when the first to engage or
/// escort: by any network. Where a network has no command, all three are its detection.
Replication::State::Progress Replication::State::progress_of(const Intruder& intruder) const {
  Progress progress;
  if (!world.command.is_there()) {
    progress.classified_s = intruder.detected_s;
    if (world.threats[intruder.threat].engageable)
      progress.authorised_s = progress.decided_s = intruder.detected_s;
    return progress;
  }
  const auto earlier = [](double& first, double other) { first = std::min(first, other); };
  for (const TrackSpan& track : intruder.tracks) {
    const TrackFile* file = file_of(intruder, track.network);
    if (file == nullptr) {
      earlier(progress.classified_s, track.span.begin);
      if (!world.threats[intruder.threat].engageable) continue;
      earlier(progress.authorised_s, track.span.begin);
      earlier(progress.decided_s, track.span.begin);
      continue;
    }
    earlier(progress.classified_s, file->first_classified_s);
    for (const Ruling& ruling : file->rulings) {
      earlier(progress.authorised_s, ruling.engage_s);
      earlier(progress.decided_s, ruling.decided_s);
      earlier(progress.classified_s, ruling.decided_s);  // It was decided on before anybody knew its class.
    }
  }
  return progress;
}

/// Why a leaker leaked that was never in anybody's queue for a launch (MODEL §9); nothing when it was.
std::optional<LossReason> Replication::State::reason_under_command(Intruder& intruder) {
  for (const NetworkShots& shots : intruder.fired_by_network)
    if (shots.engageable_since_s != never) return std::nullopt;
  bool awaited = false, authorised = false;
  for (const std::uint32_t number : intruder.files) {
    if (number == no_index) continue;
    for (const Ruling& ruling : files[number].rulings) {
      awaited |= ruling.awaited;
      authorised |= ruling.engage_s != never;
    }
  }
  if (!awaited && !authorised) return LossReason::held_by_rule;
  if (intruder.next_opportunity == 0)
    return window_before_track(intruder, no_index) ? LossReason::seen_too_late : LossReason::no_unit_in_reach;
  return awaited ? LossReason::awaiting_decision : LossReason::held_by_rule;
}

}  // namespace dronewall
