// The mixes of a selection, a row each.
#pragma once
#include <string>

#include "dronewall/report/select_report.hpp"

namespace dronewall {

/// All mixes, the choice first, then those that satisfy, the better first; the limits with their figures; and
/// the front of cost against leakage.
void add_mixes(std::string& out, const SelectReport& report);

}  // namespace dronewall
