// Figures that a selection reads off every replication.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "dronewall/study/select.hpp"

namespace dronewall {

/// One figure on the columns of a part. A mean: its value and 1; a ratio: numerator and denominator; a
/// probability: 1 or 0, and 1 (or 0 where a replication's own ratio has no value).
class FigureReader {
 public:
  /// The measure must be one of the part's; throws CannotSelect otherwise.
  FigureReader(const Requested& requested, const SystemPart& part);

  struct Value {
    double above = 0;
    double below = 1;
  };
  [[nodiscard]] Value read(const std::int64_t* row) const;
  /// Of all that it reads a row by, but for what a probability is compared with: names of columns, weights.
  [[nodiscard]] std::uint64_t form() const { return form_; }

 private:
  Requested requested_;
  LinearForm above_;
  std::optional<LinearForm> below_;
  std::uint64_t form_;
};

/// What a figure is, from the first part that has it.
struct FigureKind {
  std::string name;
  std::string unit;
  bool is_ratio = false;  ///< needs denominators
  bool is_probability = false;
  bool is_share = false;  ///< a ratio whose numerator lies between 0 and its denominator
};
[[nodiscard]] FigureKind kind_of(const Requested& requested, const SystemPart& part);

/// The estimate of a figure from rounds of `round` replications each: t or delta over rounds, Clopper–Pearson
/// for probabilities.
[[nodiscard]] Estimate estimate_of(const FigureKind& kind, const Observations& observations,
                                   std::uint64_t round, double confidence);

}  // namespace dronewall
