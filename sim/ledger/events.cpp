#include "dronewall/ledger/events.hpp"

namespace dronewall {
namespace {

/// The columns that count who can be counted in `column`.
std::vector<std::uint32_t> arrivals_of(const LedgerLayout& layout, const Column& column) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t c = 0; c < layout.columns.size(); ++c) {
    const Column& one = layout.columns[c];
    const bool can_be = column.counted_by == CountedBy::track || one.counted_by == CountedBy::intruder;
    if (one.is_arrivals && one.scenario == column.scenario && can_be) found.push_back(c);
  }
  return found;
}

}  // namespace

bool may_sum_events(const LedgerLayout& layout, const LinearForm& form) {
  return form.constant == 0 && !form.terms.empty() &&
         std::all_of(form.terms.begin(), form.terms.end(), [&](const auto& term) {
           const Column& column = layout.columns[term.first];
           return term.second > 0 && !column.may_be_negative && (column.is_count || column.expectation_of);
         });
}

WholeReplication::WholeReplication(const LedgerLayout& layout, const LinearForm& form) {
  for (const auto& [at, weight] : form.terms) {
    const Column& column = layout.columns[at];
    const double one = column.expectation_of ? weight / column.quantum : weight;
    std::vector<std::uint32_t> arrivals = arrivals_of(layout, column);
    const auto same = std::find_if(kinds_.begin(), kinds_.end(),
                                   [&](const Kind& kind) { return kind.arrivals == arrivals; });
    if (same == kinds_.end())
      kinds_.push_back({std::move(arrivals), one});
    else
      same->dearest = std::max(same->dearest, one);
  }
}

}  // namespace dronewall
