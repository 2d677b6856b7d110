// Rows of several variants as one row: what pairs them.
#pragma once
#include <limits>
#include <vector>

#include "dronewall/study/compare.hpp"
#include "study/run/tally.hpp"

namespace dronewall {

/// The columns of all variants one after another, then, per further variant, each column that it shares with
/// the first as a difference: its integer minus the first's. What two variants do alike is then a column of
/// zeros, which costs nothing and leaves no rounding.
class JoinedRows {
 public:
  explicit JoinedRows(const std::vector<Variant>& variants);

  [[nodiscard]] const LedgerLayout& layout() const { return layout_; }
  /// The place of a variant's first column in the row.
  [[nodiscard]] std::uint32_t begin(std::size_t variant) const { return begin_[variant]; }
  [[nodiscard]] RunnerFactory make_runner() const;

  /// A form of a variant on its own columns.
  [[nodiscard]] LinearForm own(std::size_t variant, const LinearForm& form) const;
  /// The same value written as the first's columns plus differences.
  [[nodiscard]] LinearForm on_first(std::size_t variant, const LinearForm& form) const;

 private:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  /// A column of another variant, what it shares with the first, and where the difference stands.
  struct Shared {
    std::uint32_t first = none;
    std::uint32_t difference = none;
  };
  void add_own(const LedgerLayout& layout);
  void add_differences(const LedgerLayout& first, const LedgerLayout& other, std::size_t variant);

  const std::vector<Variant>& variants_;
  LedgerLayout layout_;
  std::vector<std::uint32_t> begin_;         // of a variant's columns in the row
  std::vector<std::vector<Shared>> shared_;  // by variant and its column; none for the first
  std::vector<Conservation> conservation_;   // by variant
};

}  // namespace dronewall
