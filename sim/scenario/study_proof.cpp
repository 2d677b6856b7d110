// Proving before anything runs that each path of a study exists and each of its values fits there. What fits
// there and not with others is for the points to show (study/point_proof).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "scenario/loaded.hpp"
#include "scenario/study_reading.hpp"

namespace dronewall {
namespace {

constexpr std::size_t most_proved = 500;  // values of one factor: of more, the others fail at their points

/// The place of a part of a value: of one that was rewritten on one line, as near as can be told.
Place shifted(Place value, Place part) {
  if (part.line == 1 && part.column > 1) value.column += part.column - 1;
  return value;
}

class Prover {
 public:
  Prover(const ScenarioTexts& texts, const KindTables& kinds, Problems& problems)
      : texts_(texts), kinds_(kinds), problems_(problems) {}

  void prove(Factor& factor) {
    factor.usual = texts_.text_at(factor.path);
    bool clean = true;
    for (const auto& [value, text] : values_to_prove(factor)) clean = clean && try_value(factor, value, text);
    if (clean && factor.range) factor.range->whole = is_whole(factor);
    if (clean && !factor.range) factor.whole_levels = takes_whole_levels(factor);
  }

 private:
  /// What reading with one value changed finds in it.
  std::vector<Problem> mistakes(const Factor& factor, const std::string& text, Sources& sources) const {
    Problems found(sources);
    (void)texts_.read({{factor.path, text}}, kinds_, found);
    std::vector<Problem> of_value;
    for (const Problem& problem : found.all())
      if (problem.severity == Severity::error && problem.place.source >= 0 &&
          sources.is_change(problem.place.source))
        of_value.push_back(problem);
    return of_value;
  }

  bool try_value(const Factor& factor, std::size_t value, const std::string& text) {
    Sources sources(&problems_.sources());
    for (const Problem& problem : mistakes(factor, text, sources)) {
      if (!told_.emplace(factor.path, problem.what).second) continue;  // Another value does not mend it.
      if (!report_at_value(factor, value, problem, sources, problems_)) return false;
    }
    return true;
  }

  /// Whether the key takes whole numbers only: its ends are whole, and a value between two does not read.
  [[nodiscard]] bool is_whole(const Factor& factor) const {
    const FactorRange& range = *factor.range;
    if (std::floor(range.low) != range.low || std::floor(range.high) != range.high) return false;
    return !reads(factor, fmt::format("{}{}{}", range.before, range.low + 0.5, range.behind));
  }
  [[nodiscard]] bool takes_whole_levels(const Factor& factor) const {
    for (const std::string& level : factor.levels)
      if (level.empty() || level.find_first_not_of("0123456789") != std::string::npos) return false;
    return !factor.levels.empty() && !reads(factor, factor.levels.front() + ".5");
  }
  [[nodiscard]] bool reads(const Factor& factor, const std::string& text) const {
    Sources sources(&problems_.sources());
    return mistakes(factor, text, sources).empty();
  }

  const ScenarioTexts& texts_;
  const KindTables& kinds_;
  Problems& problems_;
  std::set<std::pair<std::string, std::string>> told_;  // of paths
};

}  // namespace

bool report_at_value(const Factor& factor, std::size_t value, const Problem& problem, const Sources& sources,
                     Problems& problems) {
  const bool of_change = problem.place.source >= 0 && sources.is_change(problem.place.source);
  if (of_change && problem.place.line == 0) {
    problems.error(factor.place, fmt::format("{} cannot be set: {}", factor.path, problem.what),
                   problem.hint);
    return false;
  }
  const Place place = factor.level_places.at(value);
  if (of_change) {
    problems.error(shifted(place, problem.place), problem.what, problem.hint);
    return true;
  }
  const std::string text =
      factor.range ? factor.range->text(static_cast<double>(value)) : factor.levels.at(value);
  problems.error(place, fmt::format("with {} = {}: {}", factor.path, text, problem.what), problem.hint);
  return true;
}

std::vector<std::pair<std::size_t, std::string>> values_to_prove(const Factor& factor) {
  if (factor.range) return {{0, factor.range->text(0)}, {1, factor.range->text(1)}};
  std::vector<std::pair<std::size_t, std::string>> values;
  const std::size_t step = factor.levels.size() / most_proved + 1;
  for (std::size_t i = 0; i < factor.levels.size(); i += step) values.emplace_back(i, factor.levels[i]);
  return values;
}

void prove_factors(const ScenarioTexts& texts, const KindTables& kinds, Problems& problems,
                   std::vector<Factor>& factors) {
  Prover prover(texts, kinds, problems);
  for (Factor& factor : factors) prover.prove(factor);
}

}  // namespace dronewall
