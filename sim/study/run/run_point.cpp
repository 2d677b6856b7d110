#include "dronewall/study/run_point.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

#include "dronewall/core/contracts.hpp"
#include "study/run/estimates.hpp"
#include "study/run/tally.hpp"
#include "study/run/wanted.hpp"

namespace dronewall {
namespace {

std::vector<Wanted> plan_wanted(const LedgerLayout& layout, const std::vector<MeasureDefinition>& measures,
                                const RunOptions& options) {
  std::vector<Wanted> all;
  for (const Requested& requested : options.requested)
    if (requested.kind != Requested::Kind::plain)
      all.emplace_back(requested, *find_measure(measures, requested.measure), layout);
  return all;
}

/// Threads, what they keep, and what of it is asked for.
class Run {
 public:
  Run(const LedgerLayout& layout, const std::vector<MeasureDefinition>& measures,
      const RunnerFactory& make_runner, const RunOptions& options)
      : layout_(layout),
        measures_(measures),
        make_runner_(make_runner),
        options_(options),
        plan_(plan_tally(layout, measures)),
        wanted_(plan_wanted(layout, measures, options)),
        total_(plan_),
        workers_(options.threads) {}

  PointResult result();

 private:
  struct Worker {
    Runner run;
    std::optional<Tally> tally;
    std::vector<std::int64_t> row;
  };

  /// Runs replications done_ … to − 1 and gathers all tallies.
  void run_to(std::uint64_t to);
  void work(Worker& worker, std::uint64_t to);
  void run_one(Worker& worker, std::uint32_t replication);
  void wait_and_tell();
  void watch_widths();
  [[nodiscard]] std::uint64_t next_look() const;
  [[nodiscard]] PrecisionVerdict judge() const;
  [[nodiscard]] RunEnd end(const std::optional<PrecisionVerdict>& precision) const;
  void add_requested(PointResult& result) const;
  [[nodiscard]] StoppingRule rule() const;
  [[nodiscard]] bool stopped() const { return options_.stop != nullptr && options_.stop->load(); }
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  }

  const LedgerLayout& layout_;
  const std::vector<MeasureDefinition>& measures_;
  const RunnerFactory& make_runner_;
  const RunOptions& options_;
  const TallyPlan plan_;
  std::vector<Wanted> wanted_;
  Tally total_;
  std::vector<Worker> workers_;
  std::vector<std::int64_t> rows_;
  std::uint64_t done_ = 0;
  RunProgress progress_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();

  std::atomic<std::uint64_t> next_{0};      // the counter that threads take replications from
  std::atomic<std::uint64_t> finished_{0};  // for progress only
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  std::condition_variable all_idle_;
  std::uint32_t busy_ = 0;
  std::exception_ptr failure_;
};

void Run::run_one(Worker& worker, std::uint32_t replication) {
  std::int64_t* row =
      options_.keep_rows ? &rows_[std::size_t{replication} * plan_.columns] : worker.row.data();
  worker.run(replication, row);
  worker.tally->add(replication, row);
  for (Wanted& wanted : wanted_) wanted.see(replication, row);
}

void Run::work(Worker& worker, std::uint64_t to) {
  // Small enough that a stopped run ends soon and threads end together; what is begun is finished, so the
  // replications that are kept are always all below one number.
  constexpr std::uint64_t chunk = 8;
  try {
    if (!worker.run) {
      worker.run = make_runner_();
      worker.tally.emplace(plan_);
      worker.row.resize(plan_.columns);
    }
    while (!stopped() && !failed_) {
      const std::uint64_t first = next_.fetch_add(chunk);
      const std::uint64_t last = std::min(first + chunk, to);
      for (std::uint64_t k = first; k < last; ++k) run_one(worker, static_cast<std::uint32_t>(k));
      if (first >= last) break;
      finished_ += last - first;
    }
  } catch (...) {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::current_exception();
    failed_ = true;
  }
  const std::lock_guard lock(mutex_);
  if (--busy_ == 0) all_idle_.notify_all();
}

void Run::wait_and_tell() {
  std::unique_lock lock(mutex_);
  while (!all_idle_.wait_for(lock, std::chrono::milliseconds(200), [&] { return busy_ == 0; })) {
    if (!options_.progress) continue;
    lock.unlock();
    progress_.done = finished_;
    progress_.seconds = seconds();
    options_.progress(progress_);
    lock.lock();
  }
}

void Run::run_to(std::uint64_t to) {
  for (Wanted& wanted : wanted_) wanted.reserve(to);
  if (options_.keep_rows) rows_.resize(to * plan_.columns);
  next_ = done_;
  busy_ = options_.threads;
  {
    std::vector<std::jthread> threads;
    for (Worker& worker : workers_) threads.emplace_back([this, &worker, to] { work(worker, to); });
    wait_and_tell();
  }
  if (failure_) std::rethrow_exception(failure_);
  total_.clear();
  for (const Worker& worker : workers_)
    if (worker.tally) total_.merge(*worker.tally);
  done_ = total_.moments().count();
}

StoppingRule Run::rule() const {
  StoppingRule rule;
  if (options_.precision) rule.goal = options_.precision->goal;
  rule.cap = options_.replications;
  rule.minimum_events = 30;
  return rule;
}

std::uint64_t Run::next_look() const {
  if (!options_.precision && !options_.progress) return options_.replications;
  return rule().next_look(done_);
}

PrecisionVerdict Run::judge() const {
  const MeasureDefinition* measure = find_measure(measures_, options_.precision->measure);
  expects(measure != nullptr);
  return judge_measure(layout_, *measure, total_, rule(), options_.confidence);
}

void Run::watch_widths() {
  progress_.worst_half_width.reset();
  for (const char* name : {"leak-fraction", "cost-exchange.munitions", "cost-exchange.full"}) {
    const MeasureDefinition* measure = find_measure(measures_, name);
    if (measure == nullptr) continue;
    const Estimate watched = estimate(layout_, *measure, total_, options_.confidence);
    if (!watched.half_width() || !watched.mean || *watched.mean == 0) continue;
    const double share = *watched.half_width() / std::abs(*watched.mean);
    if (progress_.worst_half_width && share <= *progress_.worst_half_width) continue;
    progress_.worst_half_width = share;
    progress_.worst_measure = name;
  }
}

RunEnd Run::end(const std::optional<PrecisionVerdict>& precision) const {
  if (precision && precision->state == PrecisionState::reached) return RunEnd::precision_reached;
  if (done_ < options_.replications) return RunEnd::stopped;
  return options_.precision ? RunEnd::precision_missed : RunEnd::done;
}

void Run::add_requested(PointResult& result) const {
  auto wanted = wanted_.begin();
  for (const Requested& requested : options_.requested) {
    if (requested.kind == Requested::Kind::plain)
      result.requested.push_back(*result.find(requested.measure));
    else
      result.requested.push_back((wanted++)->result(total_, done_, options_.confidence));
  }
}

PointResult Run::result() {
  PointResult result;
  progress_.total = options_.replications;
  while (done_ < options_.replications && !stopped()) {
    run_to(next_look());
    if (options_.progress) watch_widths();
    if (!options_.precision || stopped()) continue;
    result.precision = judge();
    if (result.precision->state == PrecisionState::reached) break;
  }
  result.replications = done_;
  result.end = end(result.precision);
  result.seconds = seconds();
  if (done_ == 0) return result;  // stopped before anything was finished: nothing to estimate

  result.estimates = estimate_all(layout_, measures_, total_, options_.confidence);
  if (const Estimate* unresolved = result.find("unresolved"))
    result.unresolved = unresolved->mean.value_or(0);
  for (std::uint32_t column = 0; column < layout_.columns.size(); ++column)
    result.means.push_back(total_.moments().mean(column));
  add_requested(result);
  if (options_.keep_rows) rows_.resize(done_ * plan_.columns);
  result.rows = std::move(rows_);
  return result;
}

}  // namespace

const Estimate* PointResult::find(const std::string& name) const {
  for (const Estimate& estimate : estimates)
    if (estimate.name == name) return &estimate;
  for (const Estimate& estimate : requested)
    if (estimate.name == name) return &estimate;
  return nullptr;
}

PointResult run_point(const LedgerLayout& layout, const std::vector<MeasureDefinition>& measures,
                      const RunnerFactory& make_runner, const RunOptions& options) {
  expects(options.replications >= 1 && options.replications <= std::uint64_t{1} << 32);
  expects(options.threads >= 1);
  return Run(layout, measures, make_runner, options).result();
}

}  // namespace dronewall
