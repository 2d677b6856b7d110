// Requested probabilities and quantiles while a run goes on.
#pragma once
#include <optional>
#include <vector>

#include "dronewall/study/run_point.hpp"
#include "study/run/tally.hpp"

namespace dronewall {

/// The measure of that name; nullptr when there is none.
[[nodiscard]] const MeasureDefinition* find_measure(const std::vector<MeasureDefinition>& measures,
                                                    const std::string& name);

/// One requested measure and what it is computed from: the exact distribution of one count where the measure
/// is one, else a value per replication (8 bytes each). Of a ratio that is the replication's own: its
/// numerator over its denominator, and none where that is 0.
class Wanted {
 public:
  Wanted(const Requested& requested, const MeasureDefinition& measure, const LedgerLayout& layout);

  /// The columns it needs of every replication's row; empty where the distribution of one count will do.
  [[nodiscard]] std::vector<std::uint32_t> columns_by_row() const;
  /// Makes room for replications 0 … count − 1.
  void reserve(std::uint64_t count);
  /// Keeps what this row says. Threads may call it at once for different replications.
  void see(std::uint64_t replication, const std::int64_t* row);
  /// The estimate over replications 0 … count − 1, count >= 1.
  [[nodiscard]] Estimate result(const Tally& tally, std::uint64_t count, double confidence) const;

 private:
  [[nodiscard]] Estimate of_values(std::uint64_t count, double confidence) const;

  const Requested* requested_;
  const MeasureDefinition* measure_;
  LinearForm form_;  // on the columns' integers
  std::optional<LinearForm> below_;
  bool by_value_;
  std::vector<double> values_;  // by replication
};

}  // namespace dronewall
