// How mixes, answers and verdicts are called, in every format.
#pragma once
#include <string>

#include "dronewall/report/select_report.hpp"

namespace dronewall {

/// `4 / 1`: the levels of a point, in the order of the axes; `#3` for the third level where its text is long.
[[nodiscard]] std::string levels_of(const LatticePoint& point, const std::vector<ChoiceAxis>& axes);
/// `units.gun.count = 4, units.missile.count = 1`.
[[nodiscard]] std::string settings_of(const LatticePoint& point, const std::vector<ChoiceAxis>& axes);
/// `front`, `near`, `dominated`.
[[nodiscard]] const char* name_of(ParetoStanding standing);
/// `satisfies`, `breaks leak-fraction`, `not told: P(leakers <= 3)`.
[[nodiscard]] std::string state_of(const MixResult& mix, const std::vector<Constraint>& constraints);

/// The same without the constraints: `satisfies`, `breaks`, `not told`.
[[nodiscard]] std::string standing_of(const MixResult& mix, const std::vector<Constraint>& constraints);

}  // namespace dronewall
