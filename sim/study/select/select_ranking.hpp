// Kim and Nelson's procedure and OCBA driven on systems under trial.
#pragma once
#include <vector>

#include "study/select/select_trials.hpp"

namespace dronewall {

/// Who is ranked, by which figure, in which direction.
struct Contest {
  std::vector<std::size_t> systems;  ///< numbers of trials, at least one
  std::size_t figure = 0;
  double sign = 1;          ///< 1: less is better; −1: more is
  std::uint64_t first = 2;  ///< rounds that each has at least
  double indifference = 0;
};

struct ContestResult {
  std::size_t best = 0;  ///< place in `systems`
  bool is_told = true;   ///< false: the cap or a stop came first, and the best looks so only
};

/// Simulates on until the best is told with error `alpha`, or a survivor has `cap` rounds.
[[nodiscard]] ContestResult select_by_kim_nelson(Trials& trials, const Contest& contest, double alpha,
                                                 std::uint64_t cap);

/// Spends so many further rounds where they help most, in ten instalments. Whoever looks best is the best.
[[nodiscard]] ContestResult select_by_ocba(Trials& trials, const Contest& contest, std::uint64_t rounds);

/// Differences of a figure between systems, each pair over the rounds that both have, or `most` of them.
[[nodiscard]] Differences differences_of(const Trials& trials, std::vector<std::size_t> systems,
                                         std::size_t figure, double sign, std::uint64_t most);

}  // namespace dronewall
