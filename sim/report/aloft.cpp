#include "report/aloft.hpp"

#include <fmt/format.h>

#include "dronewall/core/phrases.hpp"
#include "report/figures.hpp"

namespace dronewall {

std::string aloft_words(std::uint64_t points, double most) {
  return fmt::format(
      "at {} intruders are still aloft at the end, up to {} per replication: ratios are shown with their "
      "bounds, from each of them at its best to each at its worst (a longer `time.settle` lets them finish)",
      counted(points, "point"), figure(most, Measure{}));
}

}  // namespace dronewall
