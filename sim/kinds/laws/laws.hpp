// What the laws share: keys, and confirmation of m hits among a sensor's last n scans.
#pragma once
#include <cmath>
#include <limits>

#include "dronewall/core/contracts.hpp"
#include "dronewall/replication/sensor_law.hpp"
#include "kinds/kind.hpp"

namespace dronewall {

inline constexpr double never_seen = std::numeric_limits<double>::infinity();

/// One key of a law.
[[nodiscard]] inline Key law_key(const char* name, Shape shape, Dimension dimension, double low, double high,
                                 const char* help) {
  Key key;
  key.name = name;
  key.shape = shape;
  key.dimension = dimension;
  key.low = low;
  key.high = high;
  key.required = true;
  key.help = help;
  if (shape == Shape::quantity) key.drawn = Occasion::coverage;
  return key;
}

/// A scenario that uses the law, as every kind brings one.
[[nodiscard]] std::string law_example(const char* law);

/// The last hits of one sensor on one target: says when m of the last n scans were hits. 1 <= m <= n <= 1000.
class Confirmation {
 public:
  Confirmation(std::uint32_t hits, std::uint32_t of) : hits_(hits), of_(of) {
    expects(hits >= 1 && hits <= 1000);
  }
  /// A hit at scan `index` (rising): true when it confirms. Keeps the last `hits` hits in a ring.
  bool hit(double index) {
    ring_[count_ % hits_] = index;
    ++count_;
    return count_ >= hits_ && index - ring_[count_ % hits_] < of_;
  }

 private:
  std::uint32_t hits_, of_;
  std::uint32_t count_ = 0;
  double ring_[1000];  // The first `count_` are set; nothing is spent on the rest.
};

}  // namespace dronewall
