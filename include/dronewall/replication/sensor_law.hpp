// The interface of a detection law: when is a target that enters a sensor's coverage confirmed?
#pragma once
#include <cstdint>

#include "dronewall/geometry/geometry.hpp"
#include "dronewall/model/world.hpp"
#include "dronewall/random/draws.hpp"
#include "dronewall/replication/drawn_value.hpp"

namespace dronewall {

/// One uninterrupted stay of one intruder in one sensor's coverage.
struct Coverage {
  Span span;                       ///< seconds; the exit does not count for scans
  std::uint32_t number = 0;        ///< of the intruder in its attack
  std::uint32_t entry = 0;         ///< 0 for the first stay, 1 for the second, …
  const Leg* first_leg = nullptr;  ///< the intruder's flight
  const Leg* last_leg = nullptr;   ///< one past the last
  double height_difference_m = 0;
  double rcs_m2 = 0;
};

/// What the law is asked about: one sensor, one occurrence of one attack.
struct LawContext {
  const Sensor* sensor = nullptr;
  Vec2 at;             ///< of the antenna
  double phase_s = 0;  ///< time of the sensor's first scan, in [0, period)
  Entity pair;         ///< address of (attack, sensor)
  std::uint32_t occurrence = 0;
  Sharers sharers;  ///< of what the whole raid has in common; no unit
  const Draws* draws = nullptr;
};

/// A detection law. Asked once for all stays of an attack's intruders in one sensor's coverage: arrays in,
/// arrays out.
class SensorLaw : public CompiledKind {
 public:
  /// confirmed_s[i]: when stay i is confirmed (hits of the last n scans, MODEL §3), in [begin, end);
  /// infinity: never.
  virtual void confirm(const LawContext& context, const Coverage* stays, std::uint32_t count,
                       double* confirmed_s) const = 0;
};

/// Scan times phase + k·period: the first k with a scan at or after t.
[[nodiscard]] double first_scan_index(double t, double phase_s, double period_s);

}  // namespace dronewall
