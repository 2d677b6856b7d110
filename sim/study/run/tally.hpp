// What is kept of replications: sums, cross products, distributions. One tally per thread, merged at a look.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "dronewall/ledger/ledger.hpp"
#include "dronewall/stats/batch_sums.hpp"
#include "dronewall/stats/histogram.hpp"
#include "dronewall/stats/moments.hpp"
#include "dronewall/store/stored_tally.hpp"

namespace dronewall {

/// Holds every row of a layout to its law: fates sum to launches.
class Conservation {
 public:
  explicit Conservation(const LedgerLayout& layout);
  /// Throws ConservationBroken when the row's fates do not sum to its launches.
  void check(std::uint32_t replication, const std::int64_t* row) const;

 private:
  std::vector<std::uint32_t> fates_;
  std::optional<std::uint32_t> launched_;
};

/// Which columns need what, so that memory and time go only where a measure asks.
struct TallyPlan {
  explicit TallyPlan(const LedgerLayout& layout) : conservation(layout) {}

  std::uint32_t columns = 0;
  std::vector<std::uint32_t>
      tracked;  ///< cross products: columns of ratios, of sums, and of what is no count
  std::vector<std::uint32_t> counted;  ///< exact distribution: columns that count
  Conservation conservation;
};
[[nodiscard]] TallyPlan plan_tally(const LedgerLayout& layout,
                                   const std::vector<MeasureDefinition>& measures);

/// Kept of the replications of a thread, or of all. A few hundred kilobytes however many replications.
class Tally {
 public:
  explicit Tally(const TallyPlan& plan);
  /// Continues from what a store kept of a tally with the same plan.
  Tally(const TallyPlan& plan, StoredTally stored);

  /// Throws ConservationBroken when the row's fates do not sum to its launches.
  void add(std::uint32_t replication, const std::int64_t* row);
  void merge(const Tally& other);
  void clear();

  [[nodiscard]] const Moments& moments() const { return moments_; }
  /// Sums over batches of replications: only as long as intervals resample them.
  [[nodiscard]] const BatchSums& batches() const { return batches_; }
  /// nullptr for a column that is no count.
  [[nodiscard]] const Histogram* histogram(std::uint32_t column) const;
  /// The largest value of a count; 0 of no replications.
  [[nodiscard]] std::int64_t largest(std::uint32_t column) const;
  /// Between replications, of a form on the columns' integers; of one count it is read off its distribution.
  [[nodiscard]] double variance(const LinearForm& form) const;
  /// What a store keeps; `first` is the number of the first replication.
  [[nodiscard]] StoredTally state(std::uint64_t first) const;

 private:
  const TallyPlan* plan_;
  Moments moments_;
  BatchSums batches_;
  std::vector<Histogram> histograms_;               // per counted column
  std::vector<std::uint32_t> histogram_of_column_;  // ~0 when there is none
};

}  // namespace dronewall
