// Whether the store of a study holds what it says: the settings of its points, and estimates that its tallies
// give.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "dronewall/study/stored_study.hpp"

namespace dronewall {

struct StudyVerdict {
  std::vector<std::string> wrong;  ///< one sentence each, in order of points
  std::uint64_t recomputed = 0;    ///< estimates that were computed again
  std::string not_recomputed;      ///< why none was; empty when some could be
};

/// Beside what Store::verify() finds: keys that every study has, settings that do not give their point's
/// hash, measures without an estimate, and estimates of finished points that differ in a bit from what their
/// tallies (and rows) give. Estimates of money are left out: they need prices, which a store does not hold;
/// and so are all where the store is of another arithmetic or results version. What cannot be read is left to
/// Store::verify().
[[nodiscard]] StudyVerdict verify_study(const std::string& path, std::uint32_t threads);

}  // namespace dronewall
