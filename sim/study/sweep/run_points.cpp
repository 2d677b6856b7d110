#include "dronewall/study/run_points.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <exception>
#include <list>
#include <mutex>
#include <thread>

#include "dronewall/core/contracts.hpp"
#include "dronewall/study/stored_study.hpp"
#include "study/sweep/crash_marks.hpp"
#include "study/sweep/point_run.hpp"
#include "study/sweep/stored_result.hpp"

namespace dronewall {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds between_looks(200);
constexpr std::uint32_t attempts_allowed = 3;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// A point that threads work on.
struct Active {
  explicit Active(PointTask its_task) : task(its_task) {}

  PointTask task;
  std::shared_ptr<PointRun> run;  // null until it is compiled
  Clock::time_point begun = Clock::now(), saved = begun;
  bool is_closed = false;  // finished or set aside: no more ranges are given
  bool is_set_aside = false;
};
using ActivePoint = std::shared_ptr<Active>;

/// A piece of work: compile a point, or run a range of it.
struct Job {
  ActivePoint active;
  std::optional<ReplicationRange> range;
};

/// A thread's runner, made for the point that it last worked on.
struct Worker {
  std::shared_ptr<PointRun> point;
  Runner runner;
};

class Sweep {
 public:
  Sweep(Store& store, const std::vector<PointTask>& tasks, const MakePoint& make, const PointGoal& goal,
        const RunPointsOptions& options)
      : store_(store), tasks_(tasks), make_(make), goal_(goal), options_(options) {}

  RunPointsResult result();

 private:
  void work();
  void act(Worker& worker, const Job& job);
  std::optional<Job> take();
  void compile(Active& active);
  void run(Worker& worker, Active& active, ReplicationRange range);
  [[nodiscard]] bool close_look(Active& active);
  std::optional<RangeResult> try_to_run(Worker& worker, Active& active, ReplicationRange range);
  void set_aside(Active& active, const StoredFailure& failure);
  void finish(Active& active);
  void save(Active& active);
  void save_what_is_left();
  void commit_when_due();
  void wait_and_tell();
  void close(Active& active);
  void book(const PointRun& run, const std::vector<Estimate>& estimates);
  [[nodiscard]] bool has_too_many_failures() const;
  [[nodiscard]] bool is_stopped() const { return options_.stop != nullptr && options_.stop->load(); }
  [[nodiscard]] std::string line_of(const StoredFailure& failure) const;

  Store& store_;
  const std::vector<PointTask>& tasks_;
  const MakePoint& make_;
  const PointGoal& goal_;
  const RunPointsOptions& options_;

  std::mutex mutex_;  // of everything below but the store
  std::condition_variable changed_;
  std::size_t next_task_ = 0;
  std::list<ActivePoint> actives_;
  std::uint32_t busy_ = 0;
  SweepProgress progress_;
  RunPointsResult result_;
  std::exception_ptr failure_;
  bool gives_up_ = false;
  const Clock::time_point begin_ = Clock::now();

  const CrashMarks marks_{store_.path()};
  std::mutex store_mutex_;
  Clock::time_point committed_{};  // Never: what is finished first is kept at once.
};

// ---- What threads do

/// A range of a point that is begun, else the next point: so few points are open at once. Waits while others
/// may yet open a range.
std::optional<Job> Sweep::take() {
  const std::size_t most_open = std::size_t{2} * options_.threads;
  std::unique_lock lock(mutex_);
  for (;; changed_.wait(lock)) {
    if (gives_up_ || failure_ || is_stopped()) return std::nullopt;
    for (const ActivePoint& active : actives_)
      if (active->run && !active->is_closed)
        if (const auto range = active->run->next()) return Job{active, range};
    if (next_task_ < tasks_.size() && actives_.size() < most_open) {
      actives_.push_back(std::make_shared<Active>(tasks_[next_task_++]));
      return Job{actives_.back(), std::nullopt};
    }
    if (actives_.empty()) return std::nullopt;
  }
}

void Sweep::work() {
  const SignalStack signals;
  Worker worker;
  try {
    while (const std::optional<Job> job = take()) {
      act(worker, *job);
      changed_.notify_all();
    }
  } catch (...) {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::current_exception();
  }
  const std::lock_guard lock(mutex_);
  --busy_;
  changed_.notify_all();
}

void Sweep::act(Worker& worker, const Job& job) {
  const ReplicationRange range = job.range.value_or(ReplicationRange{});
  const ShardPlace place{job.active->task.point, range.first};
  if (const auto seen = marks_.seen().find(place);
      seen != marks_.seen().end() && seen->second >= attempts_allowed)
    return set_aside(*job.active, {place.first, range.first, range.count, seen->second,
                                   "it has ended the program each time that it was run", ""});
  CrashMarks::running(place.first, place.second);
  try {
    job.range ? run(worker, *job.active, range) : compile(*job.active);
  } catch (const StoreError&) {
    throw;
  } catch (const std::exception& error) {  // of compiling or estimating: it concerns this point alone
    set_aside(*job.active, {place.first, range.first, range.count, 1, error.what(), ""});
  }
  CrashMarks::running_nothing();
}

void Sweep::compile(Active& active) {
  const auto begin = [&] {
    return std::make_shared<PointRun>(active.task.point, make_(active.task.point), goal_,
                                      active.task.at_most);
  };
  std::shared_ptr<PointRun> run = begin();
  bool restored = false;
  {
    const std::lock_guard lock(store_mutex_);
    restored = run->restore(store_);
    if (!restored) forget_results(store_, active.task.point);
  }
  if (!restored) run = begin();
  run->begin();
  const bool is_finished = run->is_finished();
  {
    const std::lock_guard lock(mutex_);
    active.run = std::move(run);
    active.is_closed = is_finished;
  }
  if (is_finished) finish(active);
}

/// A range that fails is tried anew, on a runner that has seen nothing.
std::optional<RangeResult> Sweep::try_to_run(Worker& worker, Active& active, ReplicationRange range) {
  for (std::uint32_t attempt = 1;; ++attempt) {
    try {
      if (worker.point != active.run) worker = {active.run, active.run->runnable().make_runner()};
      return active.run->run(worker.runner, range, options_.stop);
    } catch (const std::exception& error) {
      worker = {};
      if (attempt < attempts_allowed) continue;
      set_aside(active, {active.task.point, range.first, range.count, attempt, error.what(), ""});
      return std::nullopt;
    }
  }
}

void Sweep::run(Worker& worker, Active& active, ReplicationRange range) {
  std::optional<RangeResult> result = try_to_run(worker, active, range);
  if (!result) return;
  bool is_look = false, is_due = false;
  {
    const std::lock_guard lock(mutex_);
    if (active.is_closed) return;
    is_due = Clock::now() - active.saved > options_.between_commits;
    progress_.replications += result->tally.moments().count();
    is_look = active.run->add(std::move(*result));
  }
  if (is_look && close_look(active)) return finish(active);
  if (is_due) save(active);
}

/// No range is open while a look is complete, so its tally changes no more. True when the point is finished.
bool Sweep::close_look(Active& active) {
  const std::optional<PrecisionVerdict> verdict = active.run->verdict();
  const std::lock_guard lock(mutex_);
  active.run->judge(verdict);
  active.is_closed = active.run->is_finished();
  return active.is_closed;
}

// ---- What the store is told

std::string Sweep::line_of(const StoredFailure& failure) const {
  return options_.line_of ? options_.line_of(failure.point, failure.first, failure.count) : "";
}

/// Those of earlier processes count, so that an interruption changes nothing.
bool Sweep::has_too_many_failures() const {
  const std::uint64_t failed = options_.failed_before + result_.failed;
  return failed > 0 && (options_.on_error == OnError::fail_fast ||
                        (options_.on_error == OnError::stop_after && failed >= options_.stop_after));
}

void Sweep::set_aside(Active& active, const StoredFailure& failure) {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(active.is_set_aside, true)) return;
    active.is_closed = true;
    ++progress_.failed;
    ++result_.failed;
    gives_up_ = has_too_many_failures();
  }
  StoredFailure told = failure;
  told.line = line_of(failure);
  {
    const std::lock_guard lock(store_mutex_);
    StoredPoint point;
    point.point = failure.point;
    if (!store_.tallies(point.point).empty() && store_.tallies(point.point).front().first == 0)
      point.replications = store_.tallies(point.point).front().count;
    point.state = PointState::failed;
    point.reason = failure.reason;
    store_.set_state(point);
    store_.add_failure(told);
    commit_when_due();
  }
  close(active);
}

void Sweep::finish(Active& active) {
  const PointRun& run = *active.run;
  const std::vector<Estimate> estimates = run.estimates();
  const Store::EncodedTally encoded = Store::encode(*run.stored());
  {
    const std::lock_guard lock(store_mutex_);
    store_finished(store_, *active.run, encoded, estimates);
    store_.add_seconds(active.task.point, seconds_since(active.begun));
    commit_when_due();
  }
  const std::lock_guard lock(mutex_);
  book(run, estimates);
  actives_.remove_if([&](const ActivePoint& one) { return one.get() == &active; });
}

void Sweep::book(const PointRun& run, const std::vector<Estimate>& estimates) {
  ++progress_.points;
  ++result_.finished;
  if (run.state().state == PointState::reached) ++result_.reached;
  if (run.state().state == PointState::capped) ++result_.capped;
  const std::optional<double> width = run.watched_width(estimates);
  if (!width || (progress_.worst_half_width && *width <= *progress_.worst_half_width)) return;
  progress_.worst_half_width = width;
  progress_.worst_measure = goal_.precision ? goal_.precision->measure : "leak-fraction";
}

void Sweep::close(Active& active) {
  const std::lock_guard lock(mutex_);
  actives_.remove_if([&](const ActivePoint& one) { return one.get() == &active; });
}

/// The store's mutex is held from the copy to its end in the store: a point that is closed meanwhile is told
/// after this, and what is told of it last is what it came to.
void Sweep::save(Active& active) {
  const std::lock_guard store_lock(store_mutex_);
  std::optional<StoredTally> tally;
  std::vector<StoredRows> rows;
  std::vector<std::uint64_t> absorbed;
  StoredPoint state;
  {
    const std::lock_guard lock(mutex_);
    if (active.is_closed || !active.run) return;
    active.saved = Clock::now();
    tally = active.run->stored();
    rows = active.run->take_rows();
    absorbed = active.run->take_absorbed();
    state = active.run->state();
  }
  if (!tally) return;
  store_tally(store_, *active.run, Store::encode(*tally), rows, absorbed);
  store_.set_state(state);
  commit_when_due();
}

/// The store's mutex is held.
void Sweep::commit_when_due() {
  if (Clock::now() - committed_ < options_.between_commits) return;
  store_.commit();
  committed_ = Clock::now();
}

void Sweep::save_what_is_left() {
  const std::list<ActivePoint> left = actives_;
  for (const ActivePoint& active : left) save(*active);
  store_.commit();
}

// ---- The caller's thread

void Sweep::wait_and_tell() {
  std::unique_lock lock(mutex_);
  while (busy_ > 0) {
    changed_.wait_for(lock, between_looks, [&] { return busy_ == 0; });
    if (is_stopped()) changed_.notify_all();
    progress_.seconds = seconds_since(begin_);
    const SweepProgress now = progress_;
    lock.unlock();
    if (options_.progress) options_.progress(now);
    try {
      const std::lock_guard store_lock(store_mutex_);
      commit_when_due();
    } catch (...) {
      lock.lock();
      if (!failure_) failure_ = std::current_exception();
      changed_.notify_all();
      continue;
    }
    lock.lock();
  }
}

RunPointsResult Sweep::result() {
  progress_.of_points = tasks_.size();
  progress_.before = options_.finished_before;
  progress_.may_end_early = goal_.precision.has_value();
  for (const PointTask& task : tasks_) progress_.at_most += task.at_most - std::min(task.kept, task.at_most);
  gives_up_ = has_too_many_failures();
  busy_ = options_.threads;
  {
    std::vector<std::jthread> threads;
    for (std::uint32_t i = 0; i < options_.threads; ++i) threads.emplace_back([this] { work(); });
    wait_and_tell();
  }
  if (failure_) std::rethrow_exception(failure_);
  save_what_is_left();
  result_.replications = progress_.replications;
  result_.stopped = is_stopped() && result_.finished + result_.failed < tasks_.size();
  result_.gave_up = gives_up_ && result_.finished + result_.failed < tasks_.size();
  return result_;
}

}  // namespace

RunPointsResult run_points(Store& store, const std::vector<PointTask>& tasks, const MakePoint& make,
                           const PointGoal& goal, const RunPointsOptions& options) {
  expects(options.threads >= 1);
  return Sweep(store, tasks, make, goal, options).result();
}

}  // namespace dronewall
