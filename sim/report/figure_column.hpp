// Estimates above one another.
#pragma once
#include <string>
#include <vector>

#include "dronewall/study/estimate.hpp"

namespace dronewall {

/// As figure() says each, but with as many decimals for all that share a letter, so that what is sorted looks
/// it: `$2.80M ± 0.10M` below `$2.79M ± 0.08M`.
[[nodiscard]] std::vector<std::string> figures_in_column(const std::vector<Estimate>& estimates);

}  // namespace dronewall
