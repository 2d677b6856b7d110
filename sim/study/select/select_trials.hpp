// Systems under trial: rounds of replications on common luck, over threads.
#pragma once
#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "study/select/select_figures.hpp"

namespace dronewall {

/// Replications in a round over so many uncertain points.
[[nodiscard]] std::uint64_t round_over(std::size_t uncertain_points);

/// A mix against an answer.
struct TrialKey {
  LatticePoint mix, answer;
};

/// Keeps the observations of systems. A round is `per_point` replications at every uncertain point, the same
/// numbers for every system, each number at one uncertain point only; an observation is a round's mean. So
/// the observations of one system are independent, and those of two share their luck.
class Trials {
 public:
  /// Replication numbers begin at `first_replication`.
  Trials(const SelectSpace& space, const SelectPlan& plan, std::vector<TrialFigure> figures,
         std::uint64_t first_replication);

  /// How far a call of run() is.
  struct Progress {
    std::uint64_t systems = 0;  ///< of which it has run all that it will
    std::uint64_t run = 0;      ///< replications since these trials began, without remembered ones
    std::uint64_t of_run = 0;   ///< so many by the end of the call
  };
  /// Called about five times a second while run() goes on, by the thread that called it.
  void watch(std::function<void(const Progress&)> watch) { watch_ = std::move(watch); }

  /// A new system without observations; its number.
  std::size_t add(TrialKey key);
  /// Gives each of these systems at least `rounds` observations, unless told to stop. Systems that cannot be
  /// compiled fail and are left out from then on.
  void run(const std::vector<std::size_t>& systems, std::uint64_t rounds);

  [[nodiscard]] std::uint64_t round() const { return per_point_ * space_.uncertain_points; }
  [[nodiscard]] const Observations& of(std::size_t system, std::size_t figure) const {
    return systems_[system].figures[figure];
  }
  /// The most that one replication of its first `rounds` rounds could hold of the figure, as FigureSum has
  /// it.
  [[nodiscard]] double whole(std::size_t system, std::size_t figure,
                             std::uint64_t rounds = ~std::uint64_t{0}) const;
  [[nodiscard]] std::uint64_t rounds(std::size_t system) const { return systems_[system].rounds; }
  [[nodiscard]] const std::string& failure(std::size_t system) const { return systems_[system].failure; }
  [[nodiscard]] const FigureKind& kind(std::size_t figure) const { return kinds_[figure]; }
  /// Of all its rounds, or of the first `most`.
  [[nodiscard]] Estimate estimate(std::size_t system, std::size_t figure, double confidence,
                                  std::uint64_t most = ~std::uint64_t{0}) const;
  [[nodiscard]] std::uint64_t replications() const { return replications_; }
  /// Of these, taken from the plan's memory.
  [[nodiscard]] std::uint64_t remembered() const { return remembered_; }
  [[nodiscard]] bool was_stopped() const;

 private:
  struct System {
    TrialKey key;
    std::vector<SystemPart> parts;     // by uncertain point; empty unless kept
    std::vector<std::uint64_t> forms;  // by figure, for the plan's memory; empty until compiled
    std::vector<Observations> figures;
    std::vector<std::vector<double>> wholes;  // by figure and round
    std::uint64_t rounds = 0;
    std::string failure;
  };
  /// Some rounds of one system.
  struct Task {
    std::size_t system = 0;
    std::uint64_t from = 0, to = 0;
    std::vector<FigureSum> sums;  // by round and figure
    enum class State { wanted, run, remembered } state = State::wanted;
  };

  void run_wave(const std::vector<std::size_t>& systems, std::uint64_t rounds);
  void make_room(const std::vector<std::size_t>& systems);
  void find_kinds(const std::vector<std::size_t>& systems);
  void compile(const std::vector<std::size_t>& systems);
  void compile(System& system);
  void find_forms(System& system);
  /// Those of which the plan's memory tells nothing before they are compiled.
  [[nodiscard]] std::vector<std::size_t> unknown(const std::vector<std::size_t>& systems) const;
  [[nodiscard]] Trial trial(const System& system) const {
    return {system.key.mix, system.key.answer, figures_, round(), system.forms};
  }
  [[nodiscard]] std::uint64_t replication_of(std::uint64_t round_number) const {
    return first_replication_ + round_number * round();
  }
  [[nodiscard]] std::vector<Task> tasks_of(const std::vector<std::size_t>& systems,
                                           std::uint64_t rounds) const;
  void add_wanted(std::size_t system, std::uint64_t from, std::uint64_t to, std::vector<Task>& tasks) const;
  void prepare(const std::vector<Task>& tasks);
  void expect(const std::vector<std::size_t>& systems, std::uint64_t rounds, const std::vector<Task>& tasks);
  void perform(Task& task);
  void take(const Task& task);
  /// Calls `act` for 0 … count − 1 on the plan's threads; rethrows what one throws.
  void on_threads(std::size_t count, const std::function<void(std::size_t)>& act) const;

  const SelectSpace& space_;
  const SelectPlan& plan_;
  std::vector<TrialFigure> figures_;
  std::vector<FigureKind> kinds_;
  std::uint64_t first_replication_;
  std::uint64_t per_point_;
  std::vector<System> systems_;
  std::uint64_t replications_ = 0, remembered_ = 0;

  // For whoever watches; threads only count.
  void show() const;
  void show_if_due() const;
  std::function<void(const Progress&)> watch_;
  mutable std::chrono::steady_clock::time_point next_show_ = std::chrono::steady_clock::now();
  std::atomic<std::uint64_t> run_{0}, ended_{0};
  std::vector<std::atomic<std::uint32_t>> left_;  // tasks, by system
  std::uint64_t of_run_ = 0;
};

}  // namespace dronewall
