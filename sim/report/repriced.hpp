// A re-priced figure as the estimate that the other reports know.
#pragma once
#include <string>

#include "dronewall/study/reprice.hpp"

namespace dronewall {

[[nodiscard]] Estimate estimate_of(std::string name, const std::string& unit, const RepricedValue& value,
                                   std::uint64_t replications);

}  // namespace dronewall
