// Forms that sum events: what happens a whole number of times, each time to one of those who came.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "dronewall/ledger/ledger.hpp"

namespace dronewall {

/// Whether the columns of a form count events or what is to be expected of them, none of them below 0.
[[nodiscard]] bool may_sum_events(const LedgerLayout& layout, const LinearForm& form);

/// The most that one replication can hold of a sum of events: of those who are counted everyone once, at the
/// dearest. Replications are all that is known to be independent, for their draws may be shared by a raid, or
/// by all raids of a replication; so where no event was seen, one is taken to be as large as that. Where
/// several events may fall to one of those who came (rounds), it is assumed that it comes to one each.
class WholeReplication {
 public:
  /// The weights of the form apply to the columns' integers.
  WholeReplication(const LedgerLayout& layout, const LinearForm& form);

  /// `value(c)` is the integer of each column c that counts arrivals: in one replication, or the largest over
  /// several. One event at least: where nobody came, nothing says how many would.
  template <class Value>
  [[nodiscard]] double size(Value value) const {
    double size = 0;
    for (const Kind& kind : kinds_) {
      double all = 0;
      for (const std::uint32_t column : kind.arrivals) all += static_cast<double>(value(column));
      size = std::max(size, kind.dearest * std::max(all, 1.0));
    }
    return size;
  }

 private:
  struct Kind {
    std::vector<std::uint32_t> arrivals;  // columns that count who can be counted
    double dearest = 0;
  };
  std::vector<Kind> kinds_;
};

}  // namespace dronewall
