// When re-pricing is not exact: a doctrine that read prices would have chosen otherwise.
#pragma once
#include <string>
#include <vector>

#include "dronewall/model/model.hpp"

namespace dronewall {

/// What doctrines of the model would choose otherwise if `book` were what they plan with: one sentence for
/// each doctrine and pair of weapons whose order changes against some class, or that it would no longer fire,
/// or now fire. Empty: whatever happened would have happened under these prices, too.
[[nodiscard]] std::vector<std::string> changed_choices(const Model& model, const PriceBook& book);

}  // namespace dronewall
