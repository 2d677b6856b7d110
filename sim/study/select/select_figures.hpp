// Figures that a selection reads off every replication.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "dronewall/ledger/events.hpp"
#include "dronewall/study/select.hpp"

namespace dronewall {

/// One figure on the columns of a part. A mean: its value and 1; a ratio: numerator and denominator; a
/// probability: 1 or 0, and 1 (or 0 where a replication's own ratio has no value).
class FigureReader {
 public:
  /// The measure must be one of the part's; throws CannotSelect otherwise.
  FigureReader(const TrialFigure& figure, const SystemPart& part);

  struct Value {
    double above = 0;
    double below = 1;
    double whole = 0;  ///< the most that `above` could be, as FigureSum has it
  };
  [[nodiscard]] Value read(const std::int64_t* row) const;
  /// Of all that it reads a row by, but for what a probability is compared with: names of columns, weights.
  [[nodiscard]] std::uint64_t form() const { return form_; }

 private:
  /// A form of which a share is added for the rounds that intruders still aloft will cost.
  struct Form {
    LinearForm all, munitions;
  };
  [[nodiscard]] static Form ended(const LedgerLayout& layout, const LinearForm& form, Aloft aloft);
  [[nodiscard]] static double value_of(const Form& form, double more_rounds, const std::int64_t* row);
  [[nodiscard]] double whole(double below, const std::int64_t* row) const;
  /// Rounds that those aloft will cost, as a share of what the replication has spent.
  [[nodiscard]] double more_rounds(const std::int64_t* row) const;

  Requested requested_;
  Form above_;
  std::optional<Form> below_;
  bool is_share_ = false;
  std::optional<WholeReplication> whole_;  // of a sum of events
  std::vector<std::uint32_t> aloft_;       // columns; empty unless they are taken at their worst
  std::optional<std::uint32_t> launched_;  // column
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

/// What is known of a figure from rounds of `round` replications each.
struct FigureSample {
  const Observations& observations;  ///< means over a round
  double whole = 0;                  ///< the most that one replication could hold, as FigureSum has it
  std::uint64_t round = 1;
};
/// t or delta over rounds; Clopper–Pearson for probabilities; where of a share or of a sum of events none was
/// seen, or of a share all, the bounds of what seldom happens (rare_interval.hpp).
[[nodiscard]] Estimate estimate_of(const FigureKind& kind, const FigureSample& sample, double confidence);

}  // namespace dronewall
