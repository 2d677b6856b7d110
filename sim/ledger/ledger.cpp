#include "dronewall/ledger/ledger.hpp"

#include <algorithm>

#include "dronewall/core/contracts.hpp"

namespace dronewall {

const char* name_of(Account account) {
  switch (account) {
    case Account::munitions:
      return "munitions";
    case Account::operations:
      return "operations";
    case Account::standing:
      return "standing";
    case Account::acquisition:
      return "acquisition";
    case Account::damage:
      return "damage";
    case Account::disruption:
      return "disruption";
    case Account::attack:
      return "attack";
  }
  expects(false);
}

std::optional<std::uint32_t> LedgerLayout::column(const std::string& name) const {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == name; });
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - columns.begin());
}

}  // namespace dronewall
