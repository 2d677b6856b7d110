// What a simulation said at the points of a design, and how uncertain it left that.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dronewall {

/// Points of a design, row by row: each factor's value mapped to [0, 1], its range's low end to its high end.
struct UnitPoints {
  std::size_t factors = 0;
  std::vector<double> cells;

  [[nodiscard]] std::size_t size() const { return factors == 0 ? 0 : cells.size() / factors; }
  [[nodiscard]] double at(std::size_t point, std::size_t factor) const {
    return cells[point * factors + factor];
  }
  [[nodiscard]] std::span<const double> row(std::size_t point) const {
    return {cells.data() + point * factors, factors};
  }
};

/// A mean per point with the noise of its replications.
///
/// Points that run on common random numbers share part of their noise: what moves all of them alike looks
/// like no effect, so taking each point's variance off would take off too much. Where each point brings the
/// values of the same batches of replications (batch b holds the same replications at every point), their
/// correlation over batches says how much is shared; without batches the noise counts as independent.
class Responses {
 public:
  /// A point whose noise is its own. `variance` is that of the mean, >= 0.
  void add(double mean, double variance);
  /// A point with the values of its batches, of which only the correlation with other points' is read:
  /// as many for every point, at least 2. `replications` is how many the mean is of.
  void add(double mean, double variance, std::uint64_t replications, std::span<const double> batches);

  [[nodiscard]] std::size_t size() const { return means_.size(); }
  [[nodiscard]] std::size_t batches() const { return batches_; }
  [[nodiscard]] double mean(std::size_t point) const { return means_[point]; }
  /// The means' covariance through noise; of a point with itself its variance.
  [[nodiscard]] double noise(std::size_t first, std::size_t second) const;
  /// The variance of a difference of two means through noise, >= 0.
  [[nodiscard]] double noise_of_difference(std::size_t first, std::size_t second) const;
  /// The variance of Σ weight × mean through noise, >= 0; a weight per point.
  [[nodiscard]] double noise_of_sum(std::span<const double> weights) const;
  /// Degrees of freedom behind the noise: batches − 1, or a great many where the variance is taken as known.
  [[nodiscard]] double degrees() const;
  /// Those of noise_of_sum(): a variance that a few batches make, since what differs between the points came
  /// about in few replications, is known less well than its batches are many. With a_b what batch b adds to
  /// the sum, v = Σ a_b² and B batches, 2 v² / (Σ a_b⁴ − v² / B), at most B − 1: Satterthwaite's degrees, the
  /// variance of v estimated from its own terms.
  [[nodiscard]] double degrees_of_sum(std::span<const double> weights) const;
  /// The same of any a_b, one per batch.
  [[nodiscard]] double degrees_along(std::span<const double> along) const;
  /// Noise as it might have come out: per point, from one standard normal per batch (or point, where there
  /// are no batches).
  [[nodiscard]] std::vector<double> noise_from(std::span<const double> normals) const;
  /// How many normals noise_from() takes.
  [[nodiscard]] std::size_t normals() const { return batches_ > 0 ? batches_ : means_.size(); }

  /// The chosen points, in that order.
  [[nodiscard]] Responses of(std::span<const std::size_t> points) const;

 private:
  std::size_t batches_ = 0;
  std::vector<double> means_, sds_;  // of the mean
  std::vector<double> root_n_;       // square root of the replications
  std::vector<double> directions_;   // points × batches: deviations of batches, length 1
};

}  // namespace dronewall
