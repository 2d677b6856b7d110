// Points of a study that have been compiled, and what that says of their values.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "dronewall/study/point_proof.hpp"

namespace dronewall {

/// A factor and one of its texts.
using ValueKey = std::pair<std::size_t, std::string>;
/// What all points hold.
inline const ValueKey any_value = {~std::size_t{0}, ""};

/// Of a value of a list.
struct ValueState {
  std::size_t level = 0;
  std::size_t tried = 0;               ///< points that hold it
  std::vector<std::uint64_t> failing;  ///< of them, in the order in which they were tried
  bool is_sound = false;               ///< a point that holds it compiles
  bool is_out = false;                 ///< all points that hold it have been tried
  std::size_t picked = 0;              ///< points for the next round

  [[nodiscard]] std::uint64_t first() const;  ///< the least of those that fail, of which there must be some
};

/// Why a point fails: its first mistake.
struct FailureReason {
  std::string what;   ///< as the mistake says
  std::string shown;  ///< with the path that it is of, and how many more there are
};

/// Compiles points and remembers what came of them.
class PointTrials {
 public:
  PointTrials(const PointModels& models, const StudyPoints& points, std::uint32_t threads,
              const SeePoint& see);

  /// Until each value has a sound point, or none that has not been tried, or a limit on the points is
  /// reached.
  void find_sound_points();
  /// So many points, spread evenly over all.
  void try_some(std::uint64_t most);

  [[nodiscard]] std::map<ValueKey, ValueState>& values() { return values_; }
  [[nodiscard]] const std::set<std::uint64_t>& tried() const { return tried_; }
  [[nodiscard]] const std::map<std::uint64_t, FailureReason>& failures() const { return failures_; }
  /// The values of a point that are known here.
  [[nodiscard]] std::vector<ValueKey> values_of(std::uint64_t point) const;

 private:
  [[nodiscard]] std::vector<std::uint64_t> pick(std::size_t quota);
  [[nodiscard]] std::vector<ValueState*> states_of(std::uint64_t point);
  void compile(const std::vector<std::uint64_t>& points);
  void note(std::uint64_t point, const std::optional<FailureReason>& reason);

  const PointModels& models_;
  const StudyPoints& points_;
  const std::uint32_t threads_;
  const SeePoint& see_;
  std::map<ValueKey, ValueState> values_;  // with any_value
  std::set<std::uint64_t> tried_;
  std::map<std::uint64_t, FailureReason> failures_;
};

}  // namespace dronewall
