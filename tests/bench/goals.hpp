// Goals beside figures: ratios of two programs' times, measured in turns so that a busy machine slows both.
#pragma once
#include <functional>
#include <string>
#include <vector>

namespace bench {

/// One row of the table. A figure above `must` fails; `higher_is_better` turns that round.
struct Goal {
  std::string measure;
  double figure, must, reach;
  bool higher_is_better = false;
};

/// The median over `pairs` turns of processor time(ours) ÷ (theirs); who goes first alternates. Each call
/// should take some tens of milliseconds.
[[nodiscard]] double ratio_of_times(const std::function<void()>& ours, const std::function<void()>& theirs,
                                    int pairs = 7);

/// Prints "measure | figure | must | reach | verdict"; returns the number of goals missed.
int print_goals(const std::vector<Goal>& goals);

/// One function a file, in the order of the table.
void measure_pending_set(std::vector<Goal>& goals);
void measure_queue_model(std::vector<Goal>& goals);
/// The references of AD20 against each other: kills, shots and leaks per replication, and microseconds.
/// Prints its own table; the engine's goals are ratios to these.
void print_references();

}  // namespace bench
