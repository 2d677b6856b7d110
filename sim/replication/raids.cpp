// Raids and their waves: when an attack occurs, how many fly, and when each is launched.
#include <algorithm>
#include <cmath>

#include "dronewall/core/contracts.hpp"
#include "replication/state.hpp"

namespace dronewall {

namespace {

constexpr double day_s = 86400;

/// Rate at a time of day, and the next time of day at which it changes.
struct RateNow {
  double per_s;
  double until_s;
};

RateNow rate_at(const std::vector<Raid::Rate>& rates, double time_of_day_s) {
  RateNow result{0, day_s};
  for (const Raid::Rate& rate : rates) {
    const bool over_midnight = rate.from_s > rate.to_s;
    const bool inside = over_midnight ? time_of_day_s >= rate.from_s || time_of_day_s < rate.to_s
                                      : time_of_day_s >= rate.from_s && time_of_day_s < rate.to_s;
    if (inside) result.per_s += rate.per_s;
    for (double edge : {rate.from_s, rate.to_s})
      if (edge > time_of_day_s) result.until_s = std::min(result.until_s, edge);
  }
  return result;
}

/// The time at which the cumulated rate since `t` reaches `expectation`; infinity when it never does.
double invert_rates(const std::vector<Raid::Rate>& rates, double start_unix_s, double t, double expectation) {
  double daily = 0;
  for (double clock = 0; clock < day_s;) {
    const RateNow now = rate_at(rates, clock);
    daily += now.per_s * (now.until_s - clock);
    clock = now.until_s;
  }
  if (!(daily > 0)) return EventQueue::never;
  const double whole_days = std::floor(expectation / daily);
  t += whole_days * day_s;
  expectation -= whole_days * daily;
  while (true) {
    const double clock = std::fmod(start_unix_s + t, day_s);
    const RateNow now = rate_at(rates, clock);
    const double stretch = now.until_s - clock;
    if (now.per_s * stretch >= expectation && now.per_s > 0) return t + expectation / now.per_s;
    expectation -= now.per_s * stretch;
    t += stretch;
  }
}

}  // namespace

void Replication::State::start_raids() {
  for (std::uint32_t raid = 0; raid < world.raids.size(); ++raid) {
    draw_given_times(raid);
    if (world.raids[raid].repeats)
      next_occurrence(raid);
    else
      start_raid(raid, 0);
  }
}

/// The given times of a raid's occurrences, each drawn, in order.
void Replication::State::draw_given_times(std::uint32_t raid) {
  const Raid& plan = world.raids[raid];
  std::vector<double>& times = times_of_raid[raid];
  times.clear();
  for (std::uint32_t i = 0; i < plan.at_s.size(); ++i)
    times.push_back(std::max(0.0, value_apart(plan.at_s[i], {plan.entity, i, 0}, Purpose::occurrence)));
  std::sort(times.begin(), times.end());
}

/// Schedules the raid's next occurrence after `now`; occurrence_of_raid counts those scheduled so far.
void Replication::State::next_occurrence(std::uint32_t raid) {
  const Raid& plan = world.raids[raid];
  const std::uint32_t occurrence = occurrence_of_raid[raid];
  const Address address{plan.entity, occurrence, 0};
  double at_s = EventQueue::never;
  if (!plan.at_s.empty()) {
    if (occurrence < plan.at_s.size()) at_s = times_of_raid[raid][occurrence];
  } else if (plan.every_s) {
    const double gap_s = std::max(tick_s, value_apart(*plan.every_s, address, Purpose::occurrence));
    at_s = occurrence == 0 ? 0 : last_occurrence_s[raid] + gap_s;
  } else {
    const double expectation = -draw_log(draws.uniform(address, Purpose::occurrence));
    at_s = invert_rates(plan.rates, world.start_unix_s, last_occurrence_s[raid], expectation);
  }
  last_occurrence_s[raid] = at_s;
  queue.set(first_raid_slot + raid, at_s < world.duration_s ? on_grid(at_s) : EventQueue::never, phase_fate);
}

std::uint32_t Replication::State::enter_raid(std::uint32_t raid, std::uint32_t occurrence) {
  std::uint32_t index;
  if (free_raid_states.empty()) {
    index = static_cast<std::uint32_t>(raid_states.size());
    raid_states.emplace_back();
  } else {
    index = free_raid_states.back();
    free_raid_states.pop_back();
  }
  RaidState& state = raid_states[index];
  state.raid = raid;
  state.occurrence = occurrence;
  state.users = 1;
  state.condition.resize(world.conditions.size());
  for (std::uint32_t c = 0; c < world.conditions.size(); ++c) {
    const Address address{world.raids[raid].entity, occurrence, c};
    state.condition[c] =
        draws.uniform(address, Purpose::condition) < shared_value(world.condition_chance[c], state);
  }
  state.pk.assign(world.weapons.size() * world.classes.size(), std::numeric_limits<double>::quiet_NaN());
  return index;
}

void Replication::State::leave_raid(std::uint32_t raid_state) {
  if (--raid_states[raid_state].users == 0) free_raid_states.push_back(raid_state);
}

void Replication::State::start_raid(std::uint32_t raid, double at_s) {
  const std::uint32_t occurrence = occurrence_of_raid[raid]++;
  const std::uint32_t state = enter_raid(raid, occurrence);
  for (const std::uint32_t attack : world.raids[raid].attacks) start_wave(attack, occurrence, state, at_s);
  leave_raid(state);
}

std::uint32_t Replication::State::new_dynamic() {
  if (!free_dynamics.empty()) {
    const std::uint32_t index = free_dynamics.back();
    free_dynamics.pop_back();
    return index;
  }
  dynamics.emplace_back();
  const auto needed = static_cast<std::uint32_t>(first_dynamic_slot + dynamics.size());
  if (needed > queue.size()) queue.grow(std::max(needed, queue.size() * 2));
  return static_cast<std::uint32_t>(dynamics.size() - 1);
}

void Replication::State::start_wave(std::uint32_t attack_index, std::uint32_t occurrence,
                                    std::uint32_t raid_state, double at_s) {
  const Attack& attack = world.attacks[attack_index];
  const Address address{attack.entity, occurrence, 0};
  const Sharers sharers = sharers_of(raid_states[raid_state]);
  const double count = drawn_value(attack.count, draws, address, Purpose::count, 0, sharers);
  if (count < 0.5) return;

  std::uint32_t index;
  if (free_waves.empty()) {
    index = static_cast<std::uint32_t>(waves.size());
    waves.emplace_back();
  } else {
    index = free_waves.back();
    free_waves.pop_back();
  }
  Wave& wave = waves[index];
  wave.attack = attack_index;
  wave.occurrence = occurrence;
  wave.raid_state = raid_state;
  wave.count = static_cast<std::uint32_t>(std::llround(count));
  wave.next = 0;
  wave.formation = attack.formation ? new_formation(wave.count) : no_index;
  wave.start_s = at_s + drawn_value(attack.launch_at_s, draws, address, Purpose::launch_time, 0, sharers);
  wave.last_s = wave.start_s;
  wave.order.clear();
  if (attack.within_s) {
    const double within =
        std::max(0.0, drawn_value(*attack.within_s, draws, address, Purpose::launch_time, 1, sharers));
    scratch.resize(std::max<std::size_t>(scratch.size(), wave.count));
    draws.uniforms(attack.entity, occurrence, 0, wave.count, Purpose::launch_time, 2, scratch.data());
    for (std::uint32_t i = 0; i < wave.count; ++i)
      wave.order.emplace_back(on_grid(wave.start_s + scratch[i] * within), i);
    std::sort(wave.order.begin(), wave.order.end());
  }
  ++raid_states[raid_state].users;
  const std::uint32_t dynamic = new_dynamic();
  dynamics[dynamic] = {index, no_index};
  if (wave.start_s <= now)
    advance_wave(dynamic);
  else
    queue.set(first_dynamic_slot + dynamic, on_grid(wave.start_s), phase_fate);
}

/// The gaps in front of the wave's next `count` drones, into `scratch`.
void Replication::State::draw_spacing(const Drawn& spacing, const Wave& wave, std::uint32_t count) {
  if (spacing.is_constant() || spacing.is_shared()) {
    std::fill_n(scratch.begin(), count, shared_value(spacing, raid_states[wave.raid_state]));
    return;
  }
  const Entity entity = world.attacks[wave.attack].entity;
  draws.uniforms(entity, wave.occurrence, wave.next, count, Purpose::launch_time, 3, scratch.data());
  spacing.distribution.values(scratch.data(), count);
}

/// Numbers and launch times of the next intruders of a wave; fewer than a chunk only at the wave's end. What
/// would be launched at or after the end of the scenario's time is not launched at all.
std::uint32_t Replication::State::take_numbers(Wave& wave) {
  const Attack& attack = world.attacks[wave.attack];
  const std::uint32_t count = std::min(chunk, wave.count - wave.next);
  numbers.resize(chunk);
  launch_s.resize(chunk);
  if (attack.spacing_s) {
    scratch.resize(std::max<std::size_t>(scratch.size(), chunk));
    draw_spacing(*attack.spacing_s, wave, count);
  }
  std::uint32_t taken = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t place = wave.next + i;
    double at_s = wave.start_s;
    std::uint32_t number = place;
    if (!wave.order.empty()) {
      at_s = wave.order[place].first;
      number = wave.order[place].second;
    } else if (attack.spacing_s) {
      if (place > 0) wave.last_s += std::max(0.0, scratch[i]);
      at_s = wave.last_s;
    }
    if (!(at_s < world.duration_s)) {
      wave.next = wave.count;
      return taken;
    }
    numbers[taken] = number;
    launch_s[taken] = on_grid(std::max(at_s, 0.0));
    ++taken;
  }
  wave.next += count;
  return taken;
}

void Replication::State::advance_wave(std::uint32_t dynamic) {
  const std::uint32_t index = dynamics[dynamic].wave;
  const std::uint32_t count = take_numbers(waves[index]);
  if (count > 0) make_intruders(waves[index], count);
  Wave& wave = waves[index];
  if (wave.next < wave.count) {
    queue.set(first_dynamic_slot + dynamic, std::max(now, launch_s[count - 1]), phase_fate);
    return;
  }
  queue.cancel(first_dynamic_slot + dynamic);
  leave_raid(wave.raid_state);
  free_waves.push_back(index);
  free_dynamics.push_back(dynamic);
}

}  // namespace dronewall
