// The readers of a study's sections: a node in, a part of the description out; mistakes go to the reading.
#pragma once
#include "dronewall/scenario/study.hpp"
#include "scenario/reading.hpp"

namespace dronewall {

/// Factors of one section, in the order of the file: each path with a list of values, a range, or `listed`
/// where the design's CSV file has its values.
void read_factors(const Tree& node, Factor::Role role, Reading& reading, std::vector<Factor>& factors);
/// `may:` of an attacker: such a mapping, or a list of such mappings.
void read_may(const Tree& node, Reading& reading, std::vector<Factor>& factors);
/// Reports paths that stand twice, or of which one lies in another, and prices.
void check_paths(const std::vector<Factor>& factors, Reading& reading);

/// The design; a `list` also fills in the levels of its factors.
[[nodiscard]] DesignDescription read_design(const Tree& node, FileSource& files, Reading& reading,
                                            std::vector<Factor>& factors);

/// `1000`, or `{precision: 1%, of: …, at_least: …, at_most: …}`.
[[nodiscard]] ReplicationPlan read_replications(const Tree& node, Reading& reading);
void read_on_error(const Tree& node, Reading& reading, StudyDescription& study);
/// Needs the scenario's rates.
[[nodiscard]] SelectDescription read_select(const Tree& node, const Values& values, Reading& reading);
[[nodiscard]] AttackerDescription read_attacker(const Tree& node, Reading& reading,
                                                std::vector<Factor>& factors);
/// Books by name, each of items of this scenario; `root` says currency, rates and year.
[[nodiscard]] std::vector<PriceVariant> read_variants(const Tree& node, const Tree& root, Reading& reading);

/// Proves in the scenario that each path exists and no level or end of a range is wrong by itself; fills in
/// what stands there now, and which ranges take whole numbers only.
void prove_factors(const ScenarioTexts& texts, const KindTables& kinds, Problems& problems,
                   std::vector<Factor>& factors);

}  // namespace dronewall
