// What a selection has seen before, so that a killed one loses nothing.
#pragma once
#include <cstdint>
#include <vector>

#include "dronewall/stats/lattice_search.hpp"
#include "dronewall/study/requested.hpp"

namespace dronewall {

/// Sums of one figure over a round of replications: of its numerator, and of its denominator (of a mean: 1
/// each); and the most that one of these replications could hold of the numerator, where that is known of a
/// share or of a sum of events (WholeReplication), else 0.
struct FigureSum {
  double above = 0, below = 0, whole = 0;

  bool operator==(const FigureSum&) const = default;
};

/// How a figure counts the intruders that are still aloft at the end of a replication (see bounds.cpp).
enum class Aloft {
  left_out,  ///< neither as stopped nor as having done harm
  stopped,   ///< at best: each is stopped at once
  worst      ///< each does what it came for, and has cost as many rounds as the others of its replication
};

/// A figure that a selection reads off every replication.
struct TrialFigure : Requested {
  Aloft aloft = Aloft::left_out;
};

/// A mix against an answer, and what is read off it.
struct Trial {
  const LatticePoint& mix;
  const LatticePoint& answer;
  const std::vector<TrialFigure>& figures;
  std::uint64_t round;  ///< replications
  /// By figure, a hash of what it is read off at every uncertain point: columns and their prices. Empty while
  /// the trial is not compiled.
  const std::vector<std::uint64_t>& forms;
};

/// Some successive rounds of a trial.
struct ObservedRounds {
  std::uint64_t first = 0;      ///< replication
  std::vector<FigureSum> sums;  ///< by round and figure
};

/// Observations are functions of the trial and the numbers of replications alone, so whether they are run or
/// remembered changes no result.
class TrialMemory {
 public:
  TrialMemory() = default;
  virtual ~TrialMemory() = default;
  TrialMemory(const TrialMemory&) = delete;
  TrialMemory& operator=(const TrialMemory&) = delete;

  /// Whether it can tell what it holds of the trial's figures without their forms.
  [[nodiscard]] virtual bool knows(const Trial& trial) = 0;
  /// The rounds among replications `first` … `end − 1` of which it holds every figure: ascending, each once.
  [[nodiscard]] virtual std::vector<ObservedRounds> take(const Trial& trial, std::uint64_t first,
                                                         std::uint64_t end) = 0;
  /// Comes before replications of a trial are run, which costs time: what cannot be kept is refused now.
  virtual void prepare(const Trial& trial) = 0;
  /// Keeps the rounds that begin with replication `first`; several threads may call it at once.
  virtual void keep(const Trial& trial, std::uint64_t first, const std::vector<FigureSum>& sums) = 0;
};

}  // namespace dronewall
