// A study is written into its store, and what is left of it run.
#include "dronewall/study/stored_sweep.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "dronewall/core/phrases.hpp"
#include "study/sweep/crash_marks.hpp"
#include "study/sweep/known_points.hpp"
#include "study/sweep/sweep_changes.hpp"

namespace dronewall {
namespace {

void begin_again(Store& store, const Known& point) {
  if (!is_finished(point.state)) return;
  StoredPoint again;
  again.point = point.point;
  again.state = PointState::begun;
  again.replications = point.replications;
  store.set_state(again);
  if (point.state == PointState::failed) store.remove_failures(point.point);
}

}  // namespace

void enter_study(Store& store, const SweptStudy& study, const SweepPlan& plan) {
  for (const auto& [key, value] : study.texts()) store.set_text(key, value);
  store.set_text(estimates_text, estimates_key(study));
  store.set_fields(study.fields());
  store.set_factors(study.factors());
  std::vector<Known> known = known_points(store);
  for (const Known& one : known) {
    if (one.number == plan.numbers[one.point]) continue;
    const std::uint32_t number = plan.numbers[one.point];
    store.set_number(one.point, number == SweepPlan::none ? std::nullopt : std::optional(number));
  }
  auto next = static_cast<StoredPointId>(known.size());
  for (const std::uint32_t number : plan.new_points) {
    StoredPoint point;
    point.point = next++;
    point.number = number;
    point.hash = study.design().hash(number, study.study());
    store.add_point(point, study.settings(number));
  }
  // Finished points that are to be looked at again must not seem finished if this process is killed, or if
  // the design comes to hold them again.
  for (const PointTask& task : plan.tasks)
    if (task.point < known.size()) begin_again(store, known[task.point]);
  if (plan.goal_changed || plan.estimates_changed)
    for (const Known& one : known)
      if (plan.numbers[one.point] == SweepPlan::none && one.state != PointState::failed)
        begin_again(store, one);
  store.commit();
}

std::string shard_line(const SweptStudy& study, std::uint32_t number, std::uint64_t first,
                       std::uint64_t count) {
  std::string line =
      fmt::format("dronewall shard {} --seed {}", in_shell(study.study().file), study.study().seed);
  if (!study.data.empty()) line += " --data " + in_shell(study.data);
  // Where a point ends depends on its intervals.
  if (study.goal().precision) line += fmt::format(" --confidence {}", study.study().confidence);
  line += fmt::format(" --point {}", number);
  if (count > 0) line += fmt::format(" --first {} --count {}", first, count);
  return line;
}

void tidy_store(const std::string& path) {
  const auto is_there = [&](const char* ending) {
    std::error_code error;
    return std::filesystem::exists(path + ending, error);
  };
  if (!is_there("-wal") && !is_there("-shm") && !is_there("-lock") && !is_there("-crashes")) return;
  try {
    const Store whole(path, StoreAccess::write);  // What it closes is one file.
    const CrashMarks of_nothing(path);            // They go with it.
  } catch (const StoreError&) {                   // It can be read all the same.
  }
}

RunPointsResult run_sweep(Store& store, const SweptStudy& study, const SweepPlan& plan,
                          RunPointsOptions options) {
  if (!options.line_of)
    options.line_of = [&](StoredPointId point, std::uint64_t first, std::uint64_t count) {
      return shard_line(study, plan.numbers[point], first, count);
    };
  options.on_error = study.study().on_error;
  options.stop_after = study.study().stop_after;
  options.failed_before = plan.failed;
  const MakePoint make = [&](StoredPointId point) { return study.make(plan.numbers[point]); };
  return run_points(store, plan.tasks, make, study.goal(), options);
}

}  // namespace dronewall
