#include "study/select/select_trials.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include "dronewall/core/contracts.hpp"
#include "dronewall/core/hash.hpp"
#include "study/run/tally.hpp"

namespace dronewall {
namespace {

/// An observation is a mean of so many replications at least, so that it is nearer to normal than one of
/// them.
constexpr std::uint64_t fewest_in_round = 20;
/// Compiled models are kept from one call to the next up to so many: a few megabytes each at the most.
constexpr std::size_t most_kept = 256;
/// Replications of a task: a runner is made for it anew.
constexpr std::uint64_t task_size = 2'000;
constexpr std::chrono::milliseconds between_shows{200};

}  // namespace

std::uint64_t round_over(std::size_t uncertain_points) {
  return (fewest_in_round + uncertain_points - 1) / uncertain_points * uncertain_points;
}

Trials::Trials(const SelectSpace& space, const SelectPlan& plan, std::vector<TrialFigure> figures,
               std::uint64_t first_replication)
    : space_(space),
      plan_(plan),
      figures_(std::move(figures)),
      first_replication_(first_replication),
      per_point_(round_over(space.uncertain_points) / space.uncertain_points) {}

std::size_t Trials::add(TrialKey key) {
  System& system = systems_.emplace_back();
  system.key = std::move(key);
  system.figures.resize(figures_.size());
  system.wholes.resize(figures_.size());
  return systems_.size() - 1;
}

bool Trials::was_stopped() const { return plan_.stop != nullptr && plan_.stop->load(); }

void Trials::run(const std::vector<std::size_t>& systems, std::uint64_t rounds) {
  std::vector<std::size_t> short_ones;
  for (const std::size_t system : systems)
    if (systems_[system].rounds < rounds && systems_[system].failure.empty()) short_ones.push_back(system);
  ended_ = 0, of_run_ = run_;
  for (const std::size_t system : short_ones) of_run_ += (rounds - systems_[system].rounds) * round();
  const std::size_t in_wave = std::max<std::size_t>(1, most_kept / space_.uncertain_points);
  for (std::size_t begin = 0; begin < short_ones.size() && !was_stopped(); begin += in_wave) {
    const std::size_t end = std::min(begin + in_wave, short_ones.size());
    run_wave({short_ones.begin() + static_cast<std::ptrdiff_t>(begin),
              short_ones.begin() + static_cast<std::ptrdiff_t>(end)},
             rounds);
  }
}

void Trials::run_wave(const std::vector<std::size_t>& systems, std::uint64_t rounds) {
  make_room(systems);
  find_kinds(systems);
  compile(unknown(systems));
  std::vector<Task> tasks = tasks_of(systems, rounds);
  prepare(tasks);
  expect(systems, rounds, tasks);
  on_threads(tasks.size(), [&](std::size_t i) { perform(tasks[i]); });
  // A system's rounds stay without a gap: what comes after a task that a stop left out is not taken.
  for (const Task& task : tasks)
    if (task.state != Task::State::wanted && systems_[task.system].rounds == task.from) take(task);
}

void Trials::make_room(const std::vector<std::size_t>& systems) {
  std::size_t kept = 0;
  for (const System& system : systems_) kept += system.parts.size();
  if (kept + systems.size() * space_.uncertain_points <= most_kept) return;
  for (std::size_t i = 0; i < systems_.size(); ++i)
    if (std::find(systems.begin(), systems.end(), i) == systems.end()) systems_[i].parts.clear();
}

/// From the first that compiles.
void Trials::find_kinds(const std::vector<std::size_t>& systems) {
  for (auto i = systems.begin(); i != systems.end() && kinds_.empty(); ++i) {
    compile(systems_[*i]);
    if (!systems_[*i].failure.empty()) continue;
    for (const Requested& figure : figures_) kinds_.push_back(kind_of(figure, systems_[*i].parts.front()));
  }
}

std::vector<std::size_t> Trials::unknown(const std::vector<std::size_t>& systems) const {
  if (plan_.memory == nullptr) return systems;
  std::vector<std::size_t> unknown;
  for (const std::size_t i : systems)
    if (!plan_.memory->knows(trial(systems_[i]))) unknown.push_back(i);
  return unknown;
}

void Trials::compile(const std::vector<std::size_t>& systems) {
  on_threads(systems.size(), [&](std::size_t i) { compile(systems_[systems[i]]); });
}

void Trials::compile(System& system) {
  if (!system.parts.empty() || !system.failure.empty()) return;
  for (std::size_t u = 0; u < space_.uncertain_points; ++u) {
    std::string why;
    std::optional<SystemPart> part = space_.make(system.key.mix, system.key.answer, u, why);
    if (!part) {
      system.failure = why.empty() ? "it cannot be compiled" : why;
      system.parts.clear();
      return;
    }
    system.parts.push_back(std::move(*part));
  }
  if (plan_.memory != nullptr) find_forms(system);
}

void Trials::find_forms(System& system) {
  system.forms.assign(figures_.size(), 0);
  for (std::size_t f = 0; f < figures_.size(); ++f)
    for (const SystemPart& part : system.parts)
      system.forms[f] = mix64(system.forms[f] ^ FigureReader(figures_[f], part).form());
}

void Trials::add_wanted(std::size_t system, std::uint64_t from, std::uint64_t to,
                        std::vector<Task>& tasks) const {
  const std::uint64_t step = std::max<std::uint64_t>(1, task_size / round());
  for (; from < to; from += step) tasks.push_back({system, from, std::min(from + step, to), {}});
}

std::vector<Trials::Task> Trials::tasks_of(const std::vector<std::size_t>& systems,
                                           std::uint64_t rounds) const {
  std::vector<Task> tasks;
  for (const std::size_t i : systems) {
    const System& system = systems_[i];
    if (!system.failure.empty()) continue;
    std::uint64_t from = system.rounds;
    std::vector<ObservedRounds> seen;
    if (plan_.memory != nullptr)
      seen = plan_.memory->take(trial(system), replication_of(from), replication_of(rounds));
    for (ObservedRounds& some : seen) {
      const std::uint64_t at = (some.first - first_replication_) / round();
      add_wanted(i, from, at, tasks);
      from = at + some.sums.size() / figures_.size();
      tasks.push_back({i, at, from, std::move(some.sums), Task::State::remembered});
    }
    add_wanted(i, from, rounds, tasks);
  }
  return tasks;
}

/// Compiles what has something to run and was not compiled to be told.
void Trials::prepare(const std::vector<Task>& tasks) {
  std::vector<std::size_t> systems;
  for (const Task& task : tasks)
    if (task.state == Task::State::wanted && (systems.empty() || systems.back() != task.system))
      systems.push_back(task.system);
  compile(systems);
  if (plan_.memory == nullptr || was_stopped()) return;
  for (const std::size_t i : systems)
    if (systems_[i].failure.empty()) plan_.memory->prepare(trial(systems_[i]));
}

/// Counts what will be run of a wave, now that it is known which systems fail and what is remembered.
void Trials::expect(const std::vector<std::size_t>& systems, std::uint64_t rounds,
                    const std::vector<Task>& tasks) {
  left_ = std::vector<std::atomic<std::uint32_t>>(systems_.size());
  for (const std::size_t i : systems) of_run_ -= (rounds - systems_[i].rounds) * round();
  for (const Task& task : tasks) {
    if (task.state != Task::State::wanted || !systems_[task.system].failure.empty()) continue;
    of_run_ += (task.to - task.from) * round();
    ++left_[task.system];
  }
  for (const std::size_t i : systems) ended_ += left_[i] == 0;
}

void Trials::perform(Task& task) {
  const System& system = systems_[task.system];
  if (task.state != Task::State::wanted || !system.failure.empty() || was_stopped()) return;
  task.sums.assign((task.to - task.from) * figures_.size(), {0, 0});
  std::vector<std::int64_t> row;
  for (std::size_t u = 0; u < system.parts.size(); ++u) {
    const SystemPart& part = system.parts[u];
    const Conservation conservation(*part.layout);
    std::vector<FigureReader> readers;
    for (const TrialFigure& figure : figures_) readers.emplace_back(figure, part);
    const Runner run = part.make_runner();
    row.resize(part.layout->columns.size());
    for (std::uint64_t r = task.from; r < task.to; ++r) {
      for (std::uint64_t k = 0; k < per_point_; ++k) {
        const std::uint64_t replication = replication_of(r) + u * per_point_ + k;
        run(static_cast<std::uint32_t>(replication), row.data());
        conservation.check(static_cast<std::uint32_t>(replication), row.data());
        for (std::size_t f = 0; f < readers.size(); ++f) {
          const FigureReader::Value value = readers[f].read(row.data());
          FigureSum& sum = task.sums[(r - task.from) * readers.size() + f];
          sum.above += value.above, sum.below += value.below;
          sum.whole = std::max(sum.whole, value.whole);
        }
      }
      run_.fetch_add(per_point_, std::memory_order_relaxed);
    }
  }
  task.state = Task::State::run;
  if (--left_[task.system] == 0) ++ended_;
  if (plan_.memory != nullptr) plan_.memory->keep(trial(system), replication_of(task.from), task.sums);
}

void Trials::take(const Task& task) {
  System& system = systems_[task.system];
  const auto size = static_cast<double>(round());
  for (std::uint64_t r = 0; r < task.to - task.from; ++r)
    for (std::size_t f = 0; f < figures_.size(); ++f) {
      const FigureSum& sum = task.sums[r * figures_.size() + f];
      system.figures[f].numerators.push_back(sum.above / size);
      if (kinds_[f].is_ratio) system.figures[f].denominators.push_back(sum.below / size);
      system.wholes[f].push_back(sum.whole);
    }
  system.rounds = task.to;
  replications_ += (task.to - task.from) * round();
  if (task.state == Task::State::remembered) remembered_ += (task.to - task.from) * round();
}

double Trials::whole(std::size_t system, std::size_t figure, std::uint64_t rounds) const {
  const std::vector<double>& wholes = systems_[system].wholes[figure];
  const auto end =
      wholes.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(rounds, wholes.size()));
  return end == wholes.begin() ? 0 : *std::max_element(wholes.begin(), end);
}

Estimate Trials::estimate(std::size_t system, std::size_t figure, double confidence,
                          std::uint64_t most) const {
  Observations seen = of(system, figure);
  if (most < seen.count()) {
    seen.numerators.resize(most);
    if (!seen.denominators.empty()) seen.denominators.resize(most);
  }
  return estimate_of(kinds_[figure], {seen, whole(system, figure, most), round()}, confidence);
}

void Trials::show() const { watch_({ended_, run_, of_run_}); }

void Trials::show_if_due() const {
  const auto now = std::chrono::steady_clock::now();
  if (!watch_ || now < next_show_) return;
  next_show_ = now + between_shows;
  show();
}

void Trials::on_threads(std::size_t count, const std::function<void(std::size_t)>& act) const {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::condition_variable ended;
  std::size_t at_work = std::min<std::size_t>(plan_.threads, count);
  std::exception_ptr failure;
  const auto work = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) act(i);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
      next = count;
    }
    const std::lock_guard lock(mutex);
    --at_work;
    ended.notify_one();
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t t = std::min<std::size_t>(plan_.threads, count); t > 0; --t) threads.emplace_back(work);
    std::unique_lock lock(mutex);
    while (watch_ && !ended.wait_until(lock, next_show_, [&] { return at_work == 0; })) {
      lock.unlock();
      show_if_due();
      lock.lock();
    }
  }
  show_if_due();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace dronewall
