// Linear forms of ledger columns by their names.
#pragma once
#include "dronewall/ledger/ledger.hpp"

namespace dronewall {

/// The linear form behind a name: a measure of the layout that is no ratio, else a column, else the empty
/// form.
[[nodiscard]] LinearForm form_of(const LedgerLayout& layout, const std::string& name);

}  // namespace dronewall
