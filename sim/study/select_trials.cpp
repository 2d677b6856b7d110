#include "study/select_trials.hpp"

#include <algorithm>
#include <exception>
#include <mutex>
#include <thread>

#include "dronewall/core/contracts.hpp"
#include "study/tally.hpp"

namespace dronewall {
namespace {

/// An observation is a mean of so many replications at least, so that it is nearer to normal than one of
/// them.
constexpr std::uint64_t fewest_in_round = 20;
/// Compiled models are kept from one call to the next up to so many: a few megabytes each at the most.
constexpr std::size_t most_kept = 256;
/// Replications of a task: a runner is made for it anew.
constexpr std::uint64_t task_size = 2'000;

}  // namespace

Trials::Trials(const SelectSpace& space, const SelectPlan& plan, std::vector<Requested> figures,
               std::uint64_t first_replication)
    : space_(space),
      plan_(plan),
      figures_(std::move(figures)),
      first_replication_(first_replication),
      per_point_((fewest_in_round + space.uncertain_points - 1) / space.uncertain_points) {}

std::size_t Trials::add(TrialKey key) {
  System& system = systems_.emplace_back();
  system.key = std::move(key);
  system.figures.resize(figures_.size());
  return systems_.size() - 1;
}

bool Trials::was_stopped() const { return plan_.stop != nullptr && plan_.stop->load(); }

void Trials::run(const std::vector<std::size_t>& systems, std::uint64_t rounds) {
  std::vector<std::size_t> short_ones;
  for (const std::size_t system : systems)
    if (systems_[system].rounds < rounds && systems_[system].failure.empty()) short_ones.push_back(system);
  const std::size_t in_wave = std::max<std::size_t>(1, most_kept / space_.uncertain_points);
  for (std::size_t begin = 0; begin < short_ones.size() && !was_stopped(); begin += in_wave) {
    const std::size_t end = std::min(begin + in_wave, short_ones.size());
    run_wave({short_ones.begin() + static_cast<std::ptrdiff_t>(begin),
              short_ones.begin() + static_cast<std::ptrdiff_t>(end)},
             rounds);
  }
}

void Trials::run_wave(const std::vector<std::size_t>& systems, std::uint64_t rounds) {
  std::size_t kept = 0;
  for (const System& system : systems_) kept += system.parts.size();
  if (kept + systems.size() * space_.uncertain_points > most_kept)
    for (std::size_t i = 0; i < systems_.size(); ++i)
      if (std::find(systems.begin(), systems.end(), i) == systems.end()) systems_[i].parts.clear();
  compile(systems);
  std::vector<Task> tasks = tasks_of(systems, rounds);
  on_threads(tasks.size(), [&](std::size_t i) { perform(tasks[i]); });
  // A system's rounds stay without a gap: what comes after a task that a stop left out is not taken.
  for (const Task& task : tasks)
    if (task.done && systems_[task.system].rounds == task.from) take(task);
}

void Trials::compile(const std::vector<std::size_t>& systems) {
  if (!systems.empty() && kinds_.empty()) {
    for (const std::size_t i : systems) {
      compile(systems_[i]);
      if (!systems_[i].failure.empty()) continue;
      find_kinds(systems_[i].parts.front());
      break;
    }
  }
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
}

void Trials::find_kinds(const SystemPart& part) {
  for (const Requested& figure : figures_) kinds_.push_back(kind_of(figure, part));
}

std::vector<Trials::Task> Trials::tasks_of(const std::vector<std::size_t>& systems,
                                           std::uint64_t rounds) const {
  std::vector<Task> tasks;
  const std::uint64_t step = std::max<std::uint64_t>(1, task_size / round());
  for (const std::size_t i : systems) {
    if (!systems_[i].failure.empty()) continue;
    for (std::uint64_t from = systems_[i].rounds; from < rounds; from += step)
      tasks.push_back({i, from, std::min(from + step, rounds), {}, false});
  }
  return tasks;
}

void Trials::perform(Task& task) const {
  if (was_stopped()) return;
  task.sums.assign((task.to - task.from) * figures_.size(), {0, 0});
  const System& system = systems_[task.system];
  std::vector<std::int64_t> row;
  for (std::size_t u = 0; u < system.parts.size(); ++u) {
    const SystemPart& part = system.parts[u];
    const Conservation conservation(*part.layout);
    std::vector<FigureReader> readers;
    for (const Requested& figure : figures_) readers.emplace_back(figure, part);
    const Runner run = part.make_runner();
    row.resize(part.layout->columns.size());
    for (std::uint64_t r = task.from; r < task.to; ++r) {
      for (std::uint64_t k = 0; k < per_point_; ++k) {
        const std::uint64_t replication = first_replication_ + r * round() + u * per_point_ + k;
        run(static_cast<std::uint32_t>(replication), row.data());
        conservation.check(static_cast<std::uint32_t>(replication), row.data());
        for (std::size_t f = 0; f < readers.size(); ++f) {
          const FigureReader::Value value = readers[f].read(row.data());
          FigureReader::Value& sum = task.sums[(r - task.from) * readers.size() + f];
          sum.above += value.above, sum.below += value.below;
        }
      }
    }
  }
  task.done = true;
}

void Trials::take(const Task& task) {
  System& system = systems_[task.system];
  const auto size = static_cast<double>(round());
  for (std::uint64_t r = 0; r < task.to - task.from; ++r)
    for (std::size_t f = 0; f < figures_.size(); ++f) {
      const FigureReader::Value& sum = task.sums[r * figures_.size() + f];
      system.figures[f].numerators.push_back(sum.above / size);
      if (kinds_[f].is_ratio) system.figures[f].denominators.push_back(sum.below / size);
    }
  system.rounds = task.to;
  replications_ += (task.to - task.from) * round();
}

Estimate Trials::estimate(std::size_t system, std::size_t figure, double confidence,
                          std::uint64_t most) const {
  Observations seen = of(system, figure);
  if (most < seen.count()) {
    seen.numerators.resize(most);
    if (!seen.denominators.empty()) seen.denominators.resize(most);
  }
  return estimate_of(kinds_[figure], seen, round(), confidence);
}

void Trials::on_threads(std::size_t count, const std::function<void(std::size_t)>& act) const {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto work = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) act(i);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
      next = count;
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::uint32_t t = 0; t < std::min<std::size_t>(plan_.threads, count); ++t)
      threads.emplace_back(work);
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace dronewall
