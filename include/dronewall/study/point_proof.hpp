// Proving the points of a study before anything runs: which compile, and which values bring a mistake.
#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "dronewall/study/point_model.hpp"

namespace dronewall {

/// The points that a sweep runs, or that a selection may come to try.
struct StudyPoints {
  std::uint64_t count = 0;  ///< below 2^62
  std::function<std::vector<FactorValue>(std::uint64_t point)> values;
  enum class Of { design, selection } of = Of::design;
};
/// Those of a design. It and the study must outlive them.
[[nodiscard]] StudyPoints points_of(const DesignMatrix& design, const StudyDescription& study);

enum class ProofExtent {
  refusal,  ///< what must be refused: as many points as it takes to find a sound one for each value
  points    ///< and which points fail, though others with their values do not
};

/// How many of the points were compiled, and how many of those failed.
struct Proved {
  std::uint64_t tried = 0, failed = 0, of = 0;
};

/// Is shown each point that compiles, one at a time, in no order.
using SeePoint = std::function<void(const PointModel&)>;

/// Compiles points of a study whose scenario compiles by itself. An error, in the study file, is
///   - a mistake in a value itself: told once for each factor, as it reads when the value alone is changed;
///   - a value all of whose points fail;
///   - that all points fail, though each value would do with others.
/// With ProofExtent::points all points are compiled, of more than 500 so many, spread evenly, and what fails
/// at some of them only is a warning. So it is where 10,000 points, looked for among 200,000, are not enough
/// to find a sound one for a value: that there is none is not shown then.
[[nodiscard]] Proved prove_points(const PointModels& models, const StudyPoints& points, ProofExtent extent,
                                  std::uint32_t threads, const SeePoint& see, Problems& problems);

}  // namespace dronewall
