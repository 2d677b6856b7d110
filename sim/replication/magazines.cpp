// Magazines: rounds taken at assignment, given back when no launch comes of it, booked when fired; places
// refilled.
#include <algorithm>
#include <cmath>

#include "replication/state.hpp"

namespace dronewall {

void Replication::State::take_rounds(std::uint32_t element, std::uint32_t mount, std::int64_t rounds) {
  Magazine& magazine = elements[element].magazines[mount];
  if (magazine.rounds >= unlimited_rounds / 2) return;
  magazine.rounds -= rounds;
}

void Replication::State::put_back_rounds(std::uint32_t element, std::uint32_t mount, std::int64_t rounds) {
  Magazine& magazine = elements[element].magazines[mount];
  if (rounds == 0 || magazine.rounds >= unlimited_rounds / 2) return;
  magazine.rounds += rounds;
}

/// An engagement's rounds are gone at t; places that reload begin to. Engagements that are settled when they
/// are assigned book before t comes, in another order: so nothing here may depend on the order of the calls.
void Replication::State::book_rounds(const Channel& channel, const Intruder& intruder, double t) {
  const std::uint32_t element = channel.element, mount = channel.mount;
  const std::int64_t rounds = channel.rounds;
  const Mount& mounted = world.units[world.elements[element].unit].mounts[mount];
  if (counts(t)) book(mounted.rounds_column, rounds);
  if (mounted.rounds == unlimited_rounds) return;
  Magazine& magazine = elements[element].magazines[mount];
  magazine.fired += rounds;
  magazine.last_fired_s = std::max(magazine.last_fired_s, t);
  if (magazine.fired >= magazine.filled) magazine.empty_since_s = magazine.last_fired_s;
  if (magazine.reload_slot == no_index) return;
  const Weapon& weapon = world.weapons[mounted.weapon];
  const std::uint32_t first = weapon.mode == WeaponMode::fire ? channel.shot << 12 : channel.shot;
  for (std::int64_t i = 0; i < rounds; ++i) {
    const double reload_s = time_of(*weapon.reload_s, intruder, element, Purpose::turn_round,
                                    first + static_cast<std::uint32_t>(i));
    const double full_s = on_grid(t + std::max(0.0, reload_s));
    magazine.reload_at_s.insert(
        std::upper_bound(magazine.reload_at_s.begin(), magazine.reload_at_s.end(), full_s), full_s);
  }
  schedule_reload(element, mount);
}

void Replication::State::schedule_reload(std::uint32_t element, std::uint32_t mount) {
  const Magazine& magazine = elements[element].magazines[mount];
  queue.set(magazine.reload_slot,
            magazine.reload_at_s.empty() ? EventQueue::never : magazine.reload_at_s.front(), phase_freed);
}

void Replication::State::book_empty(std::uint32_t element, std::uint32_t mount, double until_s) {
  const Mount& mounted = world.units[world.elements[element].unit].mounts[mount];
  Magazine& magazine = elements[element].magazines[mount];
  if (mounted.empty_us_column == no_index || magazine.empty_since_s == EventQueue::never) return;
  const double from = std::clamp(magazine.empty_since_s, world.count_from_s, world.duration_s);
  const double to = std::clamp(until_s, world.count_from_s, world.duration_s);
  if (to > from) book(mounted.empty_us_column, std::llround((to - from) * 1e6));
  magazine.empty_since_s = EventQueue::never;
}

/// A place of the magazine is full again.
void Replication::State::reload(std::uint32_t element, std::uint32_t mount) {
  Magazine& magazine = elements[element].magazines[mount];
  while (!magazine.reload_at_s.empty() && magazine.reload_at_s.front() <= now) {
    magazine.reload_at_s.erase(magazine.reload_at_s.begin());
    ++magazine.rounds;
    ++magazine.filled;
  }
  book_empty(element, mount, now);
  schedule_reload(element, mount);
  changed_elements.push_back(element);
}

/// A landed element gets its load again while it is turned round.
void Replication::State::rearm(std::uint32_t element) {
  const Unit& unit = world.units[world.elements[element].unit];
  for (std::uint32_t m = 0; m < unit.mounts.size(); ++m) {
    Magazine& magazine = elements[element].magazines[m];
    book_empty(element, m, now);
    magazine.rounds = magazine.filled = unit.mounts[m].rounds;
    magazine.fired = 0;
  }
}

}  // namespace dronewall
