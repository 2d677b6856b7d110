// The exact distribution of an integer measure over replications.
#pragma once
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace dronewall {

/// How often each value of an integer measure was seen. Values of 0 … 1,023 are counted in a table (which
/// grows with the largest value seen), others in a map. Exact, so neither threads nor order matter.
class Histogram {
 public:
  /// Adds a value `times` times.
  void add(std::int64_t value, std::uint64_t times = 1);
  void merge(const Histogram& other);
  /// Forgets all values.
  void clear();

  [[nodiscard]] std::uint64_t count() const { return count_; }
  /// Value and times, ascending, each value that was seen once: for a store or a chart.
  [[nodiscard]] std::vector<std::pair<std::int64_t, std::uint64_t>> cells() const;

  /// How many were <= value.
  [[nodiscard]] std::uint64_t count_at_most(std::int64_t value) const;
  /// The value of rank r among all, r = 1 … count(); another rank is a caller's bug.
  [[nodiscard]] std::int64_t order_statistic(std::uint64_t rank) const;
  /// Smallest value x with P(X <= x) >= p: the order statistic of rank max(1, ⌈p n⌉). p in [0, 1]; it needs
  /// a value. (Hyndman and Fan's definition 1, "Sample quantiles in statistical packages", 1996.)
  [[nodiscard]] std::int64_t quantile(double p) const;
  /// Mean; NaN when empty.
  [[nodiscard]] double mean() const;
  /// Unbiased variance; NaN for fewer than two values.
  [[nodiscard]] double variance() const;

  bool operator==(const Histogram& other) const { return cells() == other.cells(); }

 private:
  std::uint64_t count_ = 0;
  std::vector<std::uint64_t> small_;             // times of value = index
  std::map<std::int64_t, std::uint64_t> other_;  // times of the rest
};

/// Rank of the quantile p among n sorted values: max(1, ⌈p n⌉), with p n within 1e-9 of a whole number
/// counted as that number (0.95 × 20 is 19). p in [0, 1], n >= 1.
[[nodiscard]] std::uint64_t quantile_rank(double p, std::uint64_t n);

}  // namespace dronewall
