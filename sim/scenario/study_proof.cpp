// Proving before anything runs that each path of a study exists and each of its values fits.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "scenario/loaded.hpp"
#include "scenario/study_reading.hpp"

namespace dronewall {
namespace {

constexpr std::size_t most_proved = 500;  // levels of one factor: of more, the others fail at their points

/// Of one value of a factor: the change, and the place in the study that it stands at.
struct Trial {
  std::string text;
  Place place;
};

class Prover {
 public:
  Prover(const ScenarioTexts& texts, const KindTables& kinds, const Problems& base, Problems& problems)
      : texts_(texts), kinds_(kinds), base_(base), problems_(problems) {}

  void prove(Factor& factor) {
    factor.usual = texts_.text_at(factor.path);
    const std::vector<Trial> trials = trials_of(factor);
    bool clean = true;
    for (std::size_t i = 0; clean && i < trials.size();
         i += std::max<std::size_t>(1, trials.size() / most_proved))
      clean = try_value(factor, trials[i]);
    if (clean && factor.range) factor.range->whole = is_whole(factor);
  }

 private:
  static std::vector<Trial> trials_of(const Factor& factor) {
    std::vector<Trial> trials;
    if (factor.range)
      return {{factor.range->text(0), factor.level_places[0]},
              {factor.range->text(1), factor.level_places[1]}};
    for (std::size_t i = 0; i < factor.levels.size(); ++i)
      trials.push_back({factor.levels[i], factor.level_places[i]});
    return trials;
  }

  /// What reading with one value changed finds beyond what is wrong anyway.
  std::vector<Problem> mistakes(const Factor& factor, const std::string& text, Sources& sources) const {
    Problems found(sources);
    (void)texts_.read({{factor.path, text}}, kinds_, found);
    std::vector<Problem> news;
    for (const Problem& problem : found.all())
      if (problem.severity == Severity::error && !was_there(problem)) news.push_back(problem);
    return news;
  }

  [[nodiscard]] bool was_there(const Problem& problem) const {
    return std::any_of(base_.all().begin(), base_.all().end(), [&](const Problem& known) {
      return known.place == problem.place && known.what == problem.what;
    });
  }

  /// False when the path itself is wrong, which no other value mends.
  bool try_value(const Factor& factor, const Trial& trial) {
    Sources sources(&problems_.sources());
    for (const Problem& problem : mistakes(factor, trial.text, sources)) {
      if (!told_.emplace(factor.path, problem.what).second) continue;  // Another value does not mend it.
      const bool of_change = problem.place.source >= 0 && sources.is_change(problem.place.source);
      if (of_change && problem.place.line == 0) {
        problems_.error(factor.place, fmt::format("{} cannot be set: {}", factor.path, problem.what),
                        problem.hint);
        return false;
      }
      problems_.error(
          of_change ? shifted(trial.place, problem.place) : trial.place,
          of_change ? problem.what : fmt::format("with {} = {}: {}", factor.path, trial.text, problem.what),
          problem.hint);
    }
    return true;
  }

  /// The place of a part of a value: of one that was rewritten on one line, as near as can be told.
  static Place shifted(Place value, Place part) {
    if (part.line == 1 && part.column > 1) value.column += part.column - 1;
    return value;
  }

  /// Whether the key takes whole numbers only: its ends are whole, and a value between two does not read.
  [[nodiscard]] bool is_whole(const Factor& factor) const {
    const FactorRange& range = *factor.range;
    if (std::floor(range.low) != range.low || std::floor(range.high) != range.high) return false;
    Sources sources(&problems_.sources());
    const std::string between = fmt::format("{}{}{}", range.before, range.low + 0.5, range.behind);
    return !mistakes(factor, between, sources).empty();
  }

  const ScenarioTexts& texts_;
  const KindTables& kinds_;
  const Problems& base_;
  Problems& problems_;
  std::set<std::pair<std::string, std::string>> told_;  // of paths
};

}  // namespace

void prove_factors(const ScenarioTexts& texts, const KindTables& kinds, const Problems& base,
                   Problems& problems, std::vector<Factor>& factors) {
  Prover prover(texts, kinds, base, problems);
  for (Factor& factor : factors) prover.prove(factor);
}

}  // namespace dronewall
