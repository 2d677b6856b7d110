// Quantile functions that cost microseconds, tabulated once: polynomials between the nodes of Chebyshev.
#pragma once
#include <functional>
#include <optional>
#include <vector>

namespace dronewall {

/// A smooth positive function of a tail probability p in (0, 1/2], as polynomials on halves of octaves: 2^-8
/// to 1.5 × 2^-8, to 2^-7, and so on. The nearest singularities (p = 0 and p = 1) lie so far off each piece
/// that a polynomial through 14 Chebyshev nodes has a relative error near 1e-14.
class TailTable {
 public:
  /// Builds the table from exact values; empty when some piece does not settle to `accuracy`.
  static std::optional<TailTable> of(const std::function<double(double)>& exact);

  static constexpr double least = 0x1p-8;  ///< the first p of the table; below it ask the exact function
  static constexpr double accuracy = 1e-13;

  /// The value at p in [least, 1/2].
  [[nodiscard]] double value(double p) const;

 private:
  static constexpr int terms = 14;
  struct Piece {
    double centre = 0, per_half_width = 0;
    double coefficient[terms] = {};  ///< of powers of the place in the piece, from −1 to 1
  };
  std::vector<Piece> pieces_;
};

}  // namespace dronewall
