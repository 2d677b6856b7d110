// Arithmetic on linear forms of ledger columns.
#pragma once
#include "dronewall/ledger/ledger.hpp"

namespace dronewall {

/// a + factor × b. Terms come out in order of columns, each column once; a weight that cancels to 0 is
/// dropped.
[[nodiscard]] LinearForm plus(const LinearForm& a, const LinearForm& b, double factor = 1);

/// The linear form behind a name: a measure of the layout that is no ratio, else a column, else the empty
/// form.
[[nodiscard]] LinearForm form_of(const LedgerLayout& layout, const std::string& name);

}  // namespace dronewall
