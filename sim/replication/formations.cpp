// Formations: aircraft that fly as one. They share their lead's draws, its track and what is decided on it;
// each has its own fate.
#include <algorithm>

#include "replication/state.hpp"

namespace dronewall {

std::uint32_t Replication::State::new_formation(std::uint32_t count) {
  if (free_formations.empty()) {
    free_formations.push_back(static_cast<std::uint32_t>(formations.size()));
    formations.emplace_back();
  }
  const std::uint32_t number = free_formations.back();
  free_formations.pop_back();
  formations[number].members.clear();
  formations[number].to_come = count;
  return number;
}

/// The intruder's flight is over. The rest of its formation flies on under the same eyes.
void Replication::State::leave_formation(IntruderIndex index) {
  Intruder& intruder = intruders[index];
  std::uint32_t next = no_index;
  if (intruder.formation != no_index) {
    Formation& formation = formations[intruder.formation];
    formation.members.erase(std::find(formation.members.begin(), formation.members.end(), index));
    if (!formation.members.empty()) next = formation.members.front();
    if (formation.members.empty() && formation.to_come == 0) free_formations.push_back(intruder.formation);
  }
  for (std::uint32_t number = 0; number < attendances.size(); ++number) {
    Attendance& attendance = attendances[number];
    if (attendance.task == Task::none || attendance.intruder != index) continue;
    if (next == no_index) {
      end_attendance(number, "gone");
      continue;
    }
    attendance.intruder = next;
    for_attendants(number, [&](std::uint32_t c) {
      channels[c].intruder = next;
      channels[c].generation = intruders[next].generation;
    });
  }
}

/// The file that a network keeps of the intruder's formation; no_index: none yet.
std::uint32_t Replication::State::file_of_formation(const Intruder& intruder, std::uint32_t network) const {
  if (intruder.formation == no_index) return no_index;
  for (const IntruderIndex member : formations[intruder.formation].members)
    if (!intruders[member].files.empty() && intruders[member].files[network] != no_index)
      return intruders[member].files[network];
  return no_index;
}

/// Who stands for the track when this intruder is gone: the first of its formation that shares the file.
IntruderIndex Replication::State::heir_of(const TrackFile& file, const Intruder& intruder) const {
  if (intruder.formation == no_index) return no_index;
  for (const IntruderIndex member : formations[intruder.formation].members)
    if (!intruders[member].files.empty() && file_of(intruders[member], file.network) == &file) return member;
  return no_index;
}

/// The rest of a track's reviews, after a change of what it follows.
void Replication::State::replan(TrackFile& file) {
  find_grounds(file);
  plan_reviews(file);
  file.reviews.erase(std::remove_if(file.reviews.begin(), file.reviews.end(),
                                    [&](const Review& review) {
                                      return review.what == Review::What::born && file.open &&
                                             review.time_s <= now;
                                    }),
                     file.reviews.end());
  schedule_file(file);
}

/// The intruder that stands for its formation.
IntruderIndex Replication::State::lead_of(IntruderIndex index) const {
  const std::uint32_t formation = intruders[index].formation;
  return formation == no_index ? index : formations[formation].members.front();
}

}  // namespace dronewall
