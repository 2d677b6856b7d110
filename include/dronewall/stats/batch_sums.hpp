// Sums of columns over batches of successive replications: what a bootstrap resamples.
#pragma once
#include <cstdint>
#include <vector>

#include "dronewall/stats/moments.hpp"

namespace dronewall {

/// What BatchSums knows, as plain vectors: for a store. Everything is an exact integer.
struct BatchSumsState {
  std::uint32_t columns = 0;
  std::uint32_t capacity = 0;         ///< batches, a power of two
  std::uint64_t width = 1;            ///< replications in a whole batch
  std::vector<std::uint64_t> counts;  ///< per batch: replications seen
  std::vector<std::int64_t> sums;     ///< batch × columns

  bool operator==(const BatchSumsState&) const = default;
};

/// Sums of all columns per batch of `width()` successive replications, in fixed memory: up to `capacity`
/// replications each is a batch of its own; whenever the batches run out, the width doubles and neighbours
/// join. So a short run keeps every replication and a long one between capacity/2 and capacity batches.
///
/// Sums are exact 64-bit integers addressed by the replication's number: neither threads nor order matter.
/// A batch's sum past 2^63 is a caller's bug and is checked. Nothing is allocated after construction.
class BatchSums {
 public:
  /// `capacity` is a power of two, >= 2.
  explicit BatchSums(std::uint32_t columns, std::uint32_t capacity = 512);
  /// Continues from what a store kept.
  explicit BatchSums(BatchSumsState state);

  /// Adds the row of one replication (numbered from 0; each at most once).
  void add(std::uint64_t replication, const std::int64_t* row);
  /// Adds what another one has seen of other replications: same columns and capacity.
  void merge(const BatchSums& other);
  /// Forgets all rows, keeps the memory; the width is 1 again.
  void clear();

  /// Replications in a whole batch: a power of two.
  [[nodiscard]] std::uint64_t width() const { return width_; }
  /// Batches that have all their replications; others are left out of form_sums().
  [[nodiscard]] std::uint32_t whole_batches() const;
  /// Per whole batch, in order: Σ over its replications of (Σ weight × column + constant).
  [[nodiscard]] std::vector<double> form_sums(Terms terms, double constant = 0) const;

  [[nodiscard]] BatchSumsState state() const { return {columns_, capacity_, width_, counts_, sums_}; }

 private:
  void widen(std::uint64_t width);

  std::uint32_t columns_;
  std::uint32_t capacity_;
  std::uint64_t width_ = 1;
  std::vector<std::uint64_t> counts_;  // per batch: replications seen
  std::vector<std::int64_t> sums_;     // batch × columns
};

}  // namespace dronewall
