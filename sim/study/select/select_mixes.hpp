// The mixes of a selection: what is known of each, and of the attacker's answers to it.
#pragma once
#include <optional>
#include <vector>

#include "study/select/select_ranking.hpp"

namespace dronewall {

/// Where the figures of a selection stand in its trials.
struct FigurePlan {
  std::vector<TrialFigure> figures;  ///< the objective first
  static constexpr std::size_t objective = 0;
  std::optional<std::size_t> cost, leakage;  ///< for the front; absent where a part has no such measure
  std::optional<std::size_t> attack;         ///< cost.attacker
  std::optional<std::size_t> unresolved;
  std::size_t first_constraint = 0;
  /// By figure, where the same stands with all intruders aloft stopped, and with all at their worst; absent
  /// of figures that do not depend on them.
  struct Endings {
    std::size_t stopped, worst;
  };
  std::vector<std::optional<Endings>> endings;

  /// Of a figure of which intruders are seen to be aloft; nullptr else.
  [[nodiscard]] const Endings* endings_of(const Trials& trials, std::size_t system, std::size_t figure) const;
};
/// Throws CannotSelect where the part lacks what is asked for.
[[nodiscard]] FigurePlan plan_figures(const SelectPlan& plan, const SystemPart& part);

/// How the allowed error is shared out among the statements of a selection, which hold together with the
/// wanted confidence: Bonferroni adds the shares up again.
struct ErrorShares {
  double requirements;  ///< some verdict on a constraint is wrong
  double pruning;       ///< the best is dropped for a mix that satisfies
  double answers;       ///< some best answer of the attacker is not
  double ranking;  ///< the winner is worse than another that satisfies, by more than the indifference zone
  double set;      ///< the best of those that satisfy is not in the set that cannot be told from it
  double fresh;    ///< a verdict on the winner's constraints from fresh luck is wrong
};
[[nodiscard]] ErrorShares shares_of(double confidence, bool is_answered);

/// What is known of one limit.
struct HeldVerdict {
  LimitVerdict verdict = LimitVerdict::open;
  bool hangs_on_aloft = false;  ///< open, and no replication will change it
};

/// One mix under trial.
struct Mix {
  LatticePoint at;
  struct Answer {
    LatticePoint at;
    std::size_t system = 0;  ///< its number in the trials
    bool is_admissible = true;
    std::vector<HeldVerdict> verdicts;  ///< by constraint
  };
  std::vector<Answer> answers;  ///< one when the attacker does not answer
  std::size_t best_answer = 0;
  MixState state = MixState::open;
  bool is_dropped = false;      ///< shown to be worse than a mix that satisfies
  bool hangs_on_aloft = false;  ///< not told, and no replication will tell

  [[nodiscard]] std::size_t system() const { return answers[best_answer].system; }
  /// Systems of the admissible answers.
  [[nodiscard]] std::vector<std::size_t> systems() const;
};

/// The verdict of a sample on one constraint.
[[nodiscard]] LimitVerdict judge(const Trials& trials, std::size_t system, std::size_t figure,
                                 const Constraint& constraint, double alpha);
/// With intruders still aloft: the verdict that stands whatever becomes of them, if there is one.
[[nodiscard]] HeldVerdict judge(const Trials& trials, std::size_t system, const FigurePlan& figures,
                                std::size_t figure, const Constraint& constraint, double alpha);
/// The estimate of a figure from the first `most` rounds, with its bounds where intruders are still aloft.
[[nodiscard]] Estimate bounded_estimate(const Trials& trials, std::size_t system, const FigurePlan& figures,
                                        std::size_t figure, double confidence,
                                        std::uint64_t most = ~std::uint64_t{0});
/// How far the mean lies beyond the limit, in the figure's unit; below 0 it keeps it.
[[nodiscard]] double excess_of(const Trials& trials, std::size_t system, std::size_t figure,
                               const Constraint& constraint);

/// All points of the axes, the last axis fastest; one empty point without axes.
[[nodiscard]] std::vector<LatticePoint> all_points(const std::vector<ChoiceAxis>& axes);

}  // namespace dronewall
