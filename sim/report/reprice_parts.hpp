// Parts of the table of re-pricing.
#pragma once
#include <string>

#include "dronewall/report/reprice_report.hpp"

namespace dronewall {

/// A book's name as a table has room for it.
[[nodiscard]] std::string short_name(const std::string& book);

/// The break-even prices of every item over all points, or at the one.
void add_break_even(std::string& out, const RepriceReport& report);
/// What uncertain prices do to the ratio and the cost of the point with the middle ratio.
void add_uncertainty(std::string& out, const RepriceReport& report);

}  // namespace dronewall
