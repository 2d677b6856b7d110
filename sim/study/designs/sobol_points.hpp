// Scrambled Sobol points.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "study/designs/kinds.hpp"

namespace dronewall {

/// The most factors that direction numbers are kept for.
[[nodiscard]] std::size_t most_sobol_dimensions();

/// One dimension of the Sobol sequence: 32 binary digits, by the direction numbers of Joe and Kuo.
class SobolDimension {
 public:
  /// `dimension` from 0; the first is the van der Corput sequence.
  explicit SobolDimension(std::size_t dimension);
  /// Point `number` as a fraction of 2³², unscrambled, in the plain (not Gray) order: 0, 1/2, 1/4 or 3/4, …
  [[nodiscard]] std::uint32_t digits(std::uint32_t number) const;

 private:
  std::array<std::uint32_t, 32> directions_{};
};

/// Owen's nested scrambling: each binary digit is flipped or not by a draw that depends on all digits before
/// it. Elementary intervals keep their numbers of points, and each point is uniform. Source: Owen, "Randomly
/// permuted (t,m,s)-nets and (t,s)-sequences", 1995.
[[nodiscard]] std::uint32_t owen_scrambled(std::uint32_t digits, std::size_t dimension,
                                           const DesignDraws& draws);

/// A scrambled sequence in so many dimensions; the first point, number 0, belongs to it.
class SobolPoints {
 public:
  SobolPoints(std::size_t dimensions, DesignDraws draws);
  /// In (0, 1), by dimension.
  [[nodiscard]] std::vector<double> point(std::uint32_t number) const;

 private:
  std::vector<SobolDimension> dimensions_;
  DesignDraws draws_;
};

/// Why n points are not enough of a net: 200 is no power of two; "" when they are.
[[nodiscard]] std::string why_no_net(std::uint64_t points, std::size_t dimensions);

}  // namespace dronewall
