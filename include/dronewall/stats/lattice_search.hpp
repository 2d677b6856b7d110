// A search among whole numbers for spaces too large to be enumerated.
#pragma once
#include <cstdint>
#include <functional>
#include <vector>

namespace dronewall {

/// A level of each factor, 0 … levels − 1.
using LatticePoint = std::vector<std::uint32_t>;

/// How a point looks so far: less violation of the requirements is better, then less value.
struct Appearance {
  double violation = 0;  ///< 0: no requirement looks broken
  double value = 0;
};
[[nodiscard]] bool looks_better(const Appearance& one, const Appearance& other);

struct LatticeSearchPlan {
  std::vector<std::uint32_t> levels;  ///< of each factor, >= 1
  std::uint64_t most_points = 500;    ///< a bound on what is looked at; a whole neighbourhood is finished
  std::uint32_t starts = 3;           ///< the middle, the two corners, then drawn ones
  std::uint64_t seed = 1;             ///< of the drawn starts
};

struct LatticeSearchResult {
  std::vector<LatticePoint> visited;  ///< each once, in the order in which they were looked at
  std::size_t best = 0;               ///< among the visited, as it looks
  /// All neighbours of the best were looked at and none looks better: a local optimum, as it looks.
  bool is_local_optimum = false;
  double points = 0;  ///< of the whole space
};

/// How each of some points looks; called with points that were not looked at before.
using LookAt = std::function<std::vector<Appearance>(const std::vector<LatticePoint>& points)>;

/// Steepest descent from several starts. The neighbours of a point are one factor up or down by the step, one
/// up and another down (what is saved on the one pays for the other), and one traded for two or three of
/// another. The step begins at a quarter of the longest factor and is halved whenever nothing around looks
/// better; it ends at 1. What it proves: nothing of points that it did not visit. Same plan and same answers:
/// same path.
[[nodiscard]] LatticeSearchResult search_lattice(const LatticeSearchPlan& plan, const LookAt& look_at);

/// The neighbours of a point at a step, in a fixed order, the point itself not among them.
[[nodiscard]] std::vector<LatticePoint> neighbours_of(const LatticePoint& point,
                                                      const std::vector<std::uint32_t>& levels,
                                                      std::uint32_t step);

}  // namespace dronewall
