// A linear metamodel: the response over a design as a plane, with how wrong that is.
#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "dronewall/stats/sensitivity/responses.hpp"

namespace dronewall {

/// What one factor adds on the way from the low to the high end of its range, the others kept.
struct MetamodelEffect {
  double slope = 0;
  double low = 0, high = 0;  ///< t interval, with the luck that all points share
  double share = 0;          ///< of the plane's variance over the design: slope² × variance of the factor
  bool told_from_0 = false;
};

/// y = centre + Σ slope_k (u_k − 1/2) by least squares, u on [0, 1].
class LinearMetamodel {
 public:
  /// Points with a missing (NaN) response are left out. `why_not()` says where it cannot be fitted.
  LinearMetamodel(const UnitPoints& points, const Responses& responses, double confidence);
  ~LinearMetamodel();
  LinearMetamodel(LinearMetamodel&&) noexcept;
  LinearMetamodel& operator=(LinearMetamodel&&) noexcept;

  /// Why there is no plane (too few points, factors that move together), or "".
  [[nodiscard]] const std::string& why_not() const { return why_not_; }
  [[nodiscard]] std::size_t points() const { return points_; }
  [[nodiscard]] double centre() const { return centre_; }
  [[nodiscard]] const std::vector<MetamodelEffect>& effects() const { return effects_; }
  /// The error at a point that was left out of the fit, root mean square over all points: e / (1 − h).
  [[nodiscard]] double cross_validated_error() const { return cv_error_; }
  /// What of that error is the replications' noise, root mean square; the rest is what bends. Noise that the
  /// points share moves the plane as a whole and leaves no error at a point: it is not in here.
  [[nodiscard]] double noise_error() const { return noise_error_; }
  /// Degrees of freedom behind the errors: those of the residuals, or of shared noise where that has fewer.
  [[nodiscard]] double degrees() const { return degrees_; }
  /// 1 − cross-validated error² / variance: 1 is perfect, 0 and less no better than the mean.
  [[nodiscard]] double cross_validated_r2() const { return cv_r2_; }

  [[nodiscard]] double predict(std::span<const double> unit_values) const;
  /// The plane's standard error there: with weights w such that the plane is Σ w y, left-out errors e and
  /// noise covariance N of the points,
  ///     max(0, Σ w² (e² − n)) + w'N w,    n = [(I − H) N (I − H)]_ii / (1 − h_i)².
  /// The first part is HC3 less what noise leaves in the errors: a response that bends is not taken for a
  /// plane's even scatter. The second is all that noise does to the sum, also what all points share, which
  /// leaves no error at any of them. Source of HC3: MacKinnon and White, J. Econometrics 29 (1985) 305.
  [[nodiscard]] double standard_error(std::span<const double> unit_values) const;
  /// What the response itself may lie off the plane: cross-validated error with the noise taken off.
  [[nodiscard]] double model_error() const;

 private:
  struct Fit;
  std::unique_ptr<Fit> fit_;
  std::string why_not_;
  std::size_t points_ = 0;
  double centre_ = 0, cv_error_ = 0, noise_error_ = 0, cv_r2_ = 0, degrees_ = 1;
  std::vector<MetamodelEffect> effects_;
};

}  // namespace dronewall
