// Means, variances and covariances of integer columns over replications: exact, so no order can change them.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace dronewall {

__extension__ typedef __int128 Int128;

/// One term of a linear form: column index and its weight (price × quantum, say).
using Term = std::pair<std::uint32_t, double>;
using Terms = std::span<const Term>;

/// What Moments knows, as plain vectors: for a store. Everything is an exact integer.
struct MomentsState {
  std::uint32_t columns = 0;           ///< length of a row
  std::uint64_t count = 0;             ///< rows added
  std::vector<std::uint32_t> tracked;  ///< columns with cross products, ascending
  std::vector<std::int64_t> pivot;     ///< per tracked column: the shift, a value near its data
  std::vector<Int128> sums;            ///< per column: Σ x, not shifted
  /// Lower triangle over tracked columns, cell a(a+1)/2 + b for b <= a: Σ (x_a − pivot_a)(x_b − pivot_b).
  std::vector<Int128> cross;

  bool operator==(const MomentsState&) const = default;
};

/// Sums and cross products of rows of 64-bit integers, one row a replication.
///
/// All sums are exact integers of 128 bits. So adding and merging are associative and commutative: any number
/// of threads, chunks and shards, merged in any order, give the same bits. (Merge in index order all the
/// same: the pivot of a state is that of the first row.) Only the last step, from sums to a mean or a
/// variance, rounds.
///
/// Each value must lie in ±2^51 (2.2e15: 71 years in µs); outside is a caller's bug, as is a cross product
/// past 2^127 (2^25 rows that all lie 2^51 from the pivot). Both are checked. Nothing is allocated after
/// construction.
class Moments {
 public:
  /// Cross products of every pair of columns.
  explicit Moments(std::uint32_t columns);
  /// Cross products among `tracked` columns only (ascending, no repeats); sums of all. Asking for the
  /// variance of a column that is not tracked is a caller's bug.
  Moments(std::uint32_t columns, std::vector<std::uint32_t> tracked);
  /// Continues from what a store kept.
  explicit Moments(MomentsState state);

  /// Adds one row of `columns()` values. Rows wait in a buffer of 64; readers see them at once.
  void add(const std::int64_t* row) { add_rows(row, 1); }
  /// Adds `count` rows that lie one after another.
  void add_rows(const std::int64_t* rows, std::size_t count);
  /// Adds what another one has seen: same columns, same tracked columns, any pivot.
  void merge(const Moments& other);
  /// Takes in the rows that wait. Changes no result; reading many (co)variances is faster after it.
  void settle();
  /// Forgets all rows, keeps the memory.
  void clear();

  [[nodiscard]] std::uint32_t columns() const { return state_.columns; }
  [[nodiscard]] std::uint64_t count() const { return state_.count + pending_; }
  [[nodiscard]] bool is_tracked(std::uint32_t column) const;

  /// Σ x, exact.
  [[nodiscard]] Int128 sum(std::uint32_t column) const;
  /// Σ x / n; NaN for n = 0.
  [[nodiscard]] double mean(std::uint32_t column) const;
  /// Unbiased, Σ (x − mean)² / (n − 1), in the column's squared units; NaN for n < 2, 0 for a constant
  /// column.
  [[nodiscard]] double variance(std::uint32_t column) const { return covariance(column, column); }
  /// Unbiased, Σ (x − mean x)(y − mean y) / (n − 1); NaN for n < 2.
  [[nodiscard]] double covariance(std::uint32_t first, std::uint32_t second) const;

  /// Of the linear form Σ weight × column + constant. A column may stand in several terms.
  [[nodiscard]] double form_mean(Terms terms, double constant = 0) const;
  /// Never below 0, though rounding could take it there where terms cancel.
  [[nodiscard]] double form_variance(Terms terms) const;
  [[nodiscard]] double form_covariance(Terms first, Terms second) const;

  /// The exact sums, waiting rows included.
  [[nodiscard]] MomentsState state() const;

 private:
  /// One 22-bit digit of a tracked column in the block at hand: x − pivot = Σ digit × 2^(22 power).
  struct Digit {
    std::uint32_t tracked = 0;
    std::uint32_t power = 0;
  };

  void allocate();
  void add_block(const std::int64_t* rows, std::size_t count);
  void add_block_sums(const std::int64_t* rows, std::size_t count);
  void find_digits(const std::int64_t* rows, std::size_t count);
  void pack_digits(const std::int64_t* rows, std::size_t count);
  void add_block_products(std::size_t count);
  void book_products(std::size_t digit);
  [[nodiscard]] std::uint32_t tracked_index(std::uint32_t column) const;
  [[nodiscard]] Int128 shifted_sum(std::uint32_t tracked) const;
  [[nodiscard]] Int128 cross_sum(std::uint32_t first, std::uint32_t second) const;

  MomentsState state_;
  std::vector<std::uint32_t> index_of_column_;  // into tracked; ~0 when not tracked
  std::vector<std::int64_t> buffer_;            // rows that wait
  std::size_t pending_ = 0;                     // how many
  std::vector<std::int64_t> block_sums_;        // per column
  std::vector<std::uint64_t> spread_;           // per tracked column: all bits of |x − pivot| in this block
  std::vector<Digit> digits_;                   // of this block: only columns that left the pivot
  std::vector<double> packed_;                  // rows of digits
  std::vector<double> products_;                // one digit's products with those before it
};

}  // namespace dronewall
