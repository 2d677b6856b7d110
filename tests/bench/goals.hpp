// Goals beside figures: ratios of two programs' times, measured in turns so that a busy machine slows both.
#pragma once
#include <functional>
#include <string>
#include <vector>

namespace bench {

/// One row of the table. A figure above `must` fails; `higher_is_better` turns that round. NaN: not measured.
struct Goal {
  std::string measure;
  double figure, must, reach;
  bool higher_is_better = false;
  std::string note{};  ///< how it was measured, where that is not plain
};

/// The middle one of `values`, which are at least one.
[[nodiscard]] double median(std::vector<double> values);

/// What a piece of work took; any clock, both sides of a ratio the same.
using Timed = std::function<double()>;
/// The median over `pairs` turns of ours ÷ theirs; who goes first alternates. Both run once before.
[[nodiscard]] double ratio_of(const Timed& ours, const Timed& theirs, int pairs = 7);
/// The same of processor times. Each call should take some tens of milliseconds.
[[nodiscard]] double ratio_of_times(const std::function<void()>& ours, const std::function<void()>& theirs,
                                    int pairs = 7);
/// Processor time, so that a program that waits for its turn is not charged for it.
[[nodiscard]] double processor_seconds(const std::function<void()>& work);

/// Prints "measure | figure | must | reach | verdict"; returns the number of goals missed.
int print_goals(const std::vector<Goal>& goals);
/// The same table with its notes, in Markdown, in place of what stands between the two marks in a file.
void write_goals(const std::vector<Goal>& goals, const std::string& file);

/// One function a file, in the order of the table.
void measure_pending_set(std::vector<Goal>& goals);
void measure_queue_model(std::vector<Goal>& goals);
void measure_ad20(std::vector<Goal>& goals);
void measure_raid(std::vector<Goal>& goals);
void measure_variants(std::vector<Goal>& goals);
void measure_program(std::vector<Goal>& goals);
void measure_repricing(std::vector<Goal>& goals);

}  // namespace bench
