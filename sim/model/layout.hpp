// What the files that lay out columns share: quanta, forms, accounts.
#pragma once
#include "dronewall/ledger/ledger.hpp"
#include "dronewall/scenario/description.hpp"

namespace dronewall {

inline constexpr double microsecond_s = 1e-6;
inline constexpr double millisecond_h = 1.0 / 3'600'000;

inline constexpr double billionth = 1e-9;  ///< of an expected event

/// The form that is one column.
[[nodiscard]] inline LinearForm one(std::uint32_t column) { return {{{column, 1.0}}, 0}; }

/// The form that is a number.
[[nodiscard]] inline LinearForm constant(double value) { return {{}, value}; }

/// The account of a unit's or sensor's hours and sorties: what its `account:` says, else `by_kind`.
[[nodiscard]] inline Account account_of(const OwnershipDescription& ownership, Account by_kind) {
  if (!ownership.operations) return by_kind;
  return *ownership.operations ? Account::operations : Account::standing;
}

}  // namespace dronewall
