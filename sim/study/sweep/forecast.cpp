// What a sweep will take: a pilot of a few replications at points spread over the design.
#include <algorithm>
#include <chrono>
#include <cmath>

#include "dronewall/study/stored_sweep.hpp"
#include "study/sweep/point_run.hpp"
#include "study/sweep/stored_result.hpp"

namespace dronewall {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t pilot_points = 5;
constexpr std::uint64_t pilot_replications = 100;
constexpr double most_seconds_of_a_pilot = 0.5;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Sums over the pilot's points.
struct Pilot {
  double points = 0, replications = 0, overhead_s = 0, replication_s = 0, bytes = 0, wanted = 0;
};

/// How many replications the precision will ask for, if the half-width shrinks as 1 / √n.
double wanted_replications(const PointRun& run, const PointGoal& goal, std::uint64_t at_most) {
  if (!goal.precision) return static_cast<double>(at_most);
  for (const Estimate& one : run.estimates()) {
    if (one.name != goal.precision->measure || !one.half_width()) continue;
    const double scale =
        goal.precision->goal.scale == PrecisionScale::relative ? std::abs(one.mean.value_or(0)) : 1;
    const double ratio = *one.half_width() / (scale * goal.precision->goal.half_width);
    const double wanted = static_cast<double>(one.n) * ratio * ratio;
    return std::clamp(wanted, static_cast<double>(goal.at_least), static_cast<double>(at_most));
  }
  return static_cast<double>(at_most);
}

/// Of a point with so many replications. Its batches grow in number up to 256.
double bytes_of(const PointRun& run, const std::vector<Estimate>& estimates, double wanted) {
  const Store::EncodedTally tally = Store::encode(*run.stored());
  constexpr double most_batches = 256, row_of_the_table = 100;
  const double done = static_cast<double>(tally.count);
  double bytes = static_cast<double>(tally.moments.size() + tally.counts.size());
  bytes += static_cast<double>(tally.batches.size()) * std::min(wanted, most_batches) /
           std::min(done, most_batches);
  for (const Estimate& one : estimates)
    bytes += row_of_the_table + static_cast<double>(one.name.size() + one.undefined_because.size());
  return bytes;
}

void fly(const SweptStudy& study, std::uint32_t number, Pilot& pilot) {
  const Clock::time_point begin = Clock::now();
  PointGoal goal = study.goal();
  if (goal.precision)
    goal.requested.push_back({.name = goal.precision->measure, .measure = goal.precision->measure});
  goal.precision.reset();
  const std::uint64_t count = std::min(study.at_most(), pilot_replications);
  PointRun run(0, study.make(number), goal, count);
  const Runner runner = run.runnable().make_runner();
  run.begin();
  double overhead = seconds_since(begin);
  const Clock::time_point running = Clock::now();
  std::uint64_t done = 0;
  while (done < count && seconds_since(running) < most_seconds_of_a_pilot) {
    const std::uint64_t step = std::min<std::uint64_t>(10, count - done);
    static_cast<void>(run.add(run.run(runner, {done, step}, nullptr)));
    done += step;
  }
  pilot.replication_s += seconds_since(running);
  const Clock::time_point ending = Clock::now();
  const std::vector<Estimate> estimates = run.estimates();
  overhead += seconds_since(ending);
  pilot.overhead_s += overhead;
  pilot.points += 1;
  pilot.replications += static_cast<double>(done);
  const double wanted = wanted_replications(run, study.goal(), study.at_most());
  pilot.wanted += wanted;
  pilot.bytes += bytes_of(run, estimates, wanted);
  // A value of a row takes about a byte.
  for (const StoredRows& rows : run.take_rows())
    pilot.bytes += static_cast<double>(rows.values.size()) * wanted / static_cast<double>(done);
}

}  // namespace

SweepForecast forecast(const SweptStudy& study, const SweepPlan& plan, std::uint32_t threads) {
  SweepForecast told;
  told.points = plan.points;
  told.finished = plan.finished - plan.reopened;
  told.reopened = plan.reopened;
  told.failed = plan.failed;
  told.repeated = plan.repeated;
  if (plan.tasks.empty()) return told;
  Pilot pilot;
  const std::size_t tasks = plan.tasks.size(), flown = std::min(pilot_points, tasks);
  for (std::size_t i = 0; i < flown; ++i) {
    const std::size_t at = flown == 1 ? 0 : i * (tasks - 1) / (flown - 1);
    try {
      fly(study, plan.numbers[plan.tasks[at].point], pilot);
    } catch (const PointFailed&) {
      pilot.points += 1;  // It takes no replication.
    }
  }
  const double wanted = pilot.wanted / pilot.points;
  double growing = 0;  // tasks that are not only estimated
  for (const PointTask& task : plan.tasks) {
    const double left = std::max(0.0, wanted - static_cast<double>(task.kept));
    told.replications += left;
    if (left > 0) ++growing;
  }
  told.pilot_points = flown;
  told.pilot_replications = static_cast<std::uint64_t>(pilot.replications);
  const double replication_s = pilot.replications > 0 ? pilot.replication_s / pilot.replications : 0;
  told.seconds =
      (static_cast<double>(tasks) * pilot.overhead_s / pilot.points + told.replications * replication_s) /
      threads;
  constexpr double empty_store = 100e3;
  told.bytes = empty_store + growing * pilot.bytes / pilot.points;
  return told;
}

}  // namespace dronewall
