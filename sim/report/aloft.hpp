// Intruders that are still aloft at the end of some points of a sweep.
#pragma once
#include <cstdint>
#include <string>

namespace dronewall {

/// The warning: so many points, up to so many intruders per replication.
[[nodiscard]] std::string aloft_words(std::uint64_t points, double most);

}  // namespace dronewall
