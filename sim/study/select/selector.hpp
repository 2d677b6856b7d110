// How a selection goes: its stages in order, and what they know.
#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "dronewall/study/select.hpp"
#include "study/select/select_mixes.hpp"

namespace dronewall {

/// Fewer observations than this make variances too uncertain: for KN to be economical, and for a t bound.
inline constexpr std::uint64_t fewest_rounds = 20;

class Selector {
 public:
  Selector(const SelectSpace& space, const SelectPlan& plan);
  /// Throws CannotSelect.
  SelectResult result();

 private:
  // The stages, in their order.
  void plan_budget();
  void add_mixes(const std::vector<LatticePoint>& points);
  void enumerate();
  void search();
  void settle_indifference();
  void answer_all();
  void judge_all();
  void rank();
  void run_fresh();
  void draw_front();

  void look(Mix& mix, double alpha);
  void drop_dearer(double alpha);
  [[nodiscard]] std::vector<std::size_t> open_systems() const;
  [[nodiscard]] bool may_go_on(const std::vector<std::size_t>& systems, std::uint64_t rounds) const;
  /// Replications that the budget leaves before the fresh ones.
  [[nodiscard]] std::uint64_t budget_left() const;
  [[nodiscard]] std::uint64_t fresh_rounds(std::size_t systems) const;
  [[nodiscard]] std::vector<std::size_t> like_best_at_first() const;
  void judge_fresh(const Trials& fresh, Mix& winner);
  [[nodiscard]] Appearance appearance_of(const Mix& mix) const;
  void choose_answer(Mix& mix) const;
  [[nodiscard]] double value_of(const Mix& mix) const;
  [[nodiscard]] std::vector<std::size_t> mixes_that(const std::function<bool(const Mix&)>& test) const;
  [[nodiscard]] std::vector<std::size_t> systems_of(const std::vector<std::size_t>& mixes) const;
  [[nodiscard]] Contest contest(const std::vector<std::size_t>& systems, double sign) const;
  [[nodiscard]] double count() const;
  [[nodiscard]] std::size_t figure_of(std::size_t constraint) const {
    return figures_.first_constraint + constraint;
  }
  /// Whether the first call of a stage to run replications says how many they are.
  enum class StageLength { known, open };
  void begin_stage(const std::string& words, StageLength length, std::uint64_t of_mixes = 0);
  /// To be called while trials run: the stage is through with `mixes` more than before.
  void show(const Trials::Progress& progress, std::uint64_t run_before) const;

  void describe(const Trials& trials, const Mix& mix, MixResult& described) const;
  [[nodiscard]] const Mix::Answer& worst_answer(const Mix& mix, std::size_t figure) const;
  void finish();

  const SelectSpace& space_;
  const SelectPlan& plan_;
  const std::vector<LatticePoint> answers_;
  const ErrorShares shares_;
  const double sign_;
  FigurePlan figures_;
  std::optional<Trials> trials_;
  std::uint64_t first_rounds_ = 0, cap_rounds_ = 0;
  std::uint64_t most_searched_ = 0;  // mixes
  std::uint64_t fresh_reserve_ = 0;  // replications of the budget that are kept for fresh luck
  std::vector<Mix> mixes_;
  double indifference_ = 0;  // of each of the contests
  SelectResult result_;
  struct Stage {
    SelectProgress progress;
    StageLength length = StageLength::open;
    std::chrono::steady_clock::time_point begin;
  } stage_;
  std::uint64_t run_ = 0;  // replications until this stage, without remembered ones
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace dronewall
