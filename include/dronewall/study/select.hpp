// Which mix is best, of those shown to satisfy: requirements, then ranking and selection, then fresh luck.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "dronewall/stats/lattice_search.hpp"
#include "dronewall/stats/requirement.hpp"
#include "dronewall/stats/selection.hpp"
#include "dronewall/study/estimate.hpp"
#include "dronewall/study/requested.hpp"
#include "dronewall/study/run_point.hpp"
#include "dronewall/study/trial_memory.hpp"

namespace dronewall {

/// One thing that is decided, and what may be chosen for it.
struct ChoiceAxis {
  std::string path;
  std::vector<std::string> levels;  ///< YAML texts, at least one
};

/// One mix against one answer of the attacker at one uncertain point: what it books and how it runs.
struct SystemPart {
  std::shared_ptr<const LedgerLayout> layout;
  std::vector<MeasureDefinition> measures;
  RunnerFactory make_runner;
};
/// Makes a part; nullopt and `why` when it cannot be read or compiled. Called by several threads at once.
using MakePart = std::function<std::optional<SystemPart>(const LatticePoint& mix, const LatticePoint& answer,
                                                         std::size_t uncertain, std::string& why)>;

/// What there is to choose from, and against what.
struct SelectSpace {
  std::vector<ChoiceAxis> choices;   ///< at least one
  std::vector<ChoiceAxis> answers;   ///< what the attacker may change; empty: he does not answer
  std::size_t uncertain_points = 1;  ///< >= 1, of equal weight: a figure is the mean over them
  MakePart make;
};

/// `leak-fraction <= 10%`, `P(leakers <= 3) >= 0.9`, `q95(cost.defender.full) <= $5M`.
struct Constraint {
  std::string text;
  Requested left;
  Limit side = Limit::at_most;
  double bound = 0;
};

enum class Ranking {
  kim_nelson,  ///< until the best is told, with a promised probability
  ocba         ///< as well as a budget of replications allows, with an estimated one
};
/// `kn`, `ocba`.
[[nodiscard]] const char* name_of(Ranking ranking);

/// How far a selection is.
struct SelectProgress {
  std::string stage;                      ///< `first stage`, `ranking of 2 mixes that satisfy`
  std::uint64_t mixes = 0, of_mixes = 0;  ///< that the stage is through with, of so many; 0: not counted so
  std::uint64_t replications = 0;         ///< of all stages, without remembered ones
  std::uint64_t in_stage = 0;             ///< of this one
  std::uint64_t of_stage = 0;             ///< that it will run in all; 0: only its end will tell
  double seconds = 0;                     ///< since it began
};

struct SelectPlan {
  enum class Aim { minimise, maximise } aim = Aim::minimise;
  Requested objective;  ///< plain or a probability
  std::vector<Constraint> constraints;
  std::optional<double> attacker_budget;  ///< money that an answer may cost in the mean; set with answers
  double confidence = 0.95;
  std::optional<double> indifference;  ///< the smallest difference that matters; absent: of the best mean …
  double relative_indifference = 0.01;  ///< … this share
  std::uint64_t first = 1'000;          ///< replications of each mix in the first stage, at least
  std::uint64_t cap = 200'000;          ///< replications of one mix against one answer, at most
  std::uint64_t fresh = 10'000;         ///< replications of the winner, at least
  std::optional<std::uint64_t> budget;  ///< replications of all, first and fresh ones included: then OCBA
  std::uint64_t enumerate_up_to = 500;  ///< mixes; a larger space is searched
  std::uint64_t search_points = 300;    ///< mixes that a search may look at
  std::uint64_t seed = 1;               ///< of the search's starts
  std::uint32_t threads = 1;
  const std::atomic<bool>* stop = nullptr;
  TrialMemory* memory = nullptr;  ///< nullptr: all is run
  /// Told when a stage begins and about five times a second while it goes on, by the thread that called
  /// select().
  std::function<void(const SelectProgress&)> progress;
};

enum class MixState {
  met,     ///< shown to satisfy every constraint
  broken,  ///< shown to break one
  open,    ///< told neither within the cap
  dearer,  ///< not told, but shown to be worse than a mix that satisfies: it cannot be the best
  failed   ///< it cannot be read or compiled
};
/// `satisfies`, `breaks a constraint`, `not told`, `worse than one that satisfies`, `failed`.
[[nodiscard]] const char* name_of(MixState state);

/// What is known of a figure that is held to a limit.
struct HeldFigure {
  Estimate estimate;
  LimitVerdict verdict = LimitVerdict::open;
  /// Open because intruders are still aloft at the end, whose fate decides: no further replication tells.
  bool hangs_on_aloft = false;
  std::optional<LatticePoint> answer;  ///< the attacker's that is worst for this limit
};

/// One mix. Against an attacker who answers: its figures are those of his best answer, its constraints those
/// of the answer that is worst for each.
struct MixResult {
  LatticePoint mix;
  MixState state = MixState::open;
  std::string failure;
  std::uint64_t replications = 0;       ///< of its best answer
  std::optional<LatticePoint> answer;   ///< the attacker's best
  std::optional<Estimate> attack_cost;  ///< of that answer
  std::size_t admissible = 0;           ///< answers within the attacker's budget
  Estimate objective;
  Estimate leakage;
  /// In the first stage, which all mixes go through alike; each against the answer that is worst for it.
  Estimate front_cost, front_leakage;
  std::optional<LatticePoint> leakage_answer;  ///< the one that is worst for leakage
  double unresolved = 0;                       ///< intruders still aloft at the end, per replication
  std::vector<HeldFigure> constraints;
  bool is_like_best = false;  ///< it cannot be told from the best
  ParetoStanding pareto = ParetoStanding::dominated;
};

/// What a search among a space that is too large looked at.
struct SearchReport {
  double points = 0;  ///< of the space
  std::uint64_t visited = 0;
  bool is_local_optimum = false;                         ///< as it looked while searching
  std::uint64_t neighbours = 0, neighbours_visited = 0;  ///< of the winner
};

struct SelectResult {
  std::vector<ChoiceAxis> choices, answers;
  std::size_t uncertain_points = 1;
  std::vector<MixResult> mixes;  ///< in order of their levels, or as a search looked at them
  std::optional<std::size_t> winner;
  Ranking ranking = Ranking::kim_nelson;
  double indifference = 0;
  bool is_zone_of_largest = false;  ///< a share of the largest mean of all, for that of the best is 0
  std::optional<double>
      promised;  ///< the probability of correct selection that KN promises, of all its parts
  double estimated =
      0;            ///< Bonferroni bound of the posterior probability that nothing is better by more than δ
  MixResult fresh;  ///< the winner on luck that chose nothing
  std::optional<SearchReport> search;
  std::uint64_t replications = 0;  ///< of all mixes, fresh ones included
  std::uint64_t remembered = 0;    ///< of them taken from the plan's memory
  std::uint64_t round = 1;         ///< replications in an observation
  bool was_stopped = false;
  double seconds = 0;
};

/// A mistake that only running shows, in words for the user: no answer is within the budget, no mix can be
/// read.
class CannotSelect : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A budget, or a cap, that does not pay for what must be run; says the least.
class TooFewReplications : public CannotSelect {
 public:
  using CannotSelect::CannotSelect;
};

/// `1 mix`, `1,200 mixes`.
[[nodiscard]] std::string counted_mixes(std::uint64_t number);

/// Why the plan asks for what cannot be selected by, or "".
[[nodiscard]] std::string why_not_selectable(const SelectPlan& plan);

/// Selects; the same space and plan give the same bytes on any number of threads. Throws CannotSelect,
/// ConservationBroken, and what a runner throws.
[[nodiscard]] SelectResult select(const SelectSpace& space, const SelectPlan& plan);

}  // namespace dronewall
