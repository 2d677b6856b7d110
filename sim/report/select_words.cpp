#include "report/select_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/figures.hpp"

namespace dronewall {
namespace {

constexpr std::size_t longest_level = 20;

std::string names_with(const MixResult& mix, const std::vector<Constraint>& constraints,
                       LimitVerdict verdict) {
  std::string names;
  for (std::size_t c = 0; c < mix.constraints.size(); ++c)
    if (mix.constraints[c].verdict == verdict)
      names += (names.empty() ? "" : ", ") + constraints[c].left.name +
               (mix.constraints[c].hangs_on_aloft ? " (aloft)" : "");
  return names;
}

std::size_t count_of(const SelectResult& result, MixState state) {
  return static_cast<std::size_t>(std::count_if(result.mixes.begin(), result.mixes.end(),
                                                [&](const MixResult& mix) { return mix.state == state; }));
}

}  // namespace

std::string levels_of(const LatticePoint& point, const std::vector<ChoiceAxis>& axes) {
  std::string text;
  for (std::size_t i = 0; i < point.size(); ++i) {
    const std::string& level = axes[i].levels[point[i]];
    text += i > 0 ? " / " : "";
    // A route is no word for a table: its place in the list is.
    text += width_of(level) <= longest_level ? level : fmt::format("#{}", point[i] + 1);
  }
  return text;
}

std::string settings_of(const LatticePoint& point, const std::vector<ChoiceAxis>& axes) {
  std::string text;
  for (std::size_t i = 0; i < point.size(); ++i)
    text += fmt::format("{}{} = {}", i > 0 ? ", " : "", axes[i].path, axes[i].levels[point[i]]);
  return text;
}

const char* name_of(ParetoStanding standing) {
  switch (standing) {
    case ParetoStanding::front:
      return "front";
    case ParetoStanding::near:
      return "near";
    case ParetoStanding::dominated:
      break;
  }
  return "dominated";
}

std::string state_of(const MixResult& mix, const std::vector<Constraint>& constraints) {
  if (mix.state == MixState::met) return constraints.empty() ? "" : "satisfies";
  if (mix.state == MixState::broken) return "breaks " + names_with(mix, constraints, LimitVerdict::broken);
  if (mix.state == MixState::open) return "not told: " + names_with(mix, constraints, LimitVerdict::open);
  return name_of(mix.state);
}

std::string standing_of(const MixResult& mix, const std::vector<Constraint>& constraints) {
  if (mix.state == MixState::broken) return "breaks";
  if (mix.state == MixState::open) return "not told";
  return state_of(mix, constraints);
}

namespace {

bool hangs_on_aloft(const MixResult& mix) {
  return std::any_of(mix.constraints.begin(), mix.constraints.end(),
                     [](const HeldFigure& held) { return held.hangs_on_aloft; });
}

/// Of mixes that are not told: what would tell them.
std::string what_would_tell(const SelectResult& result, std::size_t open) {
  const auto hang = static_cast<std::size_t>(
      std::count_if(result.mixes.begin(), result.mixes.end(),
                    [](const MixResult& mix) { return mix.state == MixState::open && hangs_on_aloft(mix); }));
  if (hang == 0) return "more replications may tell: --cap";
  const std::string aloft = "intruders still aloft decide, and a longer `time.settle` tells";
  return hang == open ? aloft : fmt::format("of {} {}", grouped(hang), aloft);
}

}  // namespace

std::vector<std::string> warnings_of(const SelectReport& report) {
  const SelectResult& result = report.result;
  std::vector<std::string> warnings;
  if (result.was_stopped) {
    warnings.push_back("stopped early: nothing is selected");
    return warnings;
  }
  const std::size_t open = count_of(result, MixState::open), failed = count_of(result, MixState::failed);
  if (!result.winner)
    warnings.push_back(
        open > 0 ? fmt::format("no mix is shown to satisfy, and {} not told from their limits ({})",
                               open == 1 ? "1 is" : grouped(open) + " are", what_would_tell(result, open))
                 : "every mix is shown to break a constraint");
  if (open > 0 && result.winner)
    warnings.push_back(
        fmt::format("{} of {} could not be told from their limits and might be better than the choice ({})",
                    grouped(open), counted_mixes(result.mixes.size()), what_would_tell(result, open)));
  if (failed > 0) {
    const auto first = std::find_if(result.mixes.begin(), result.mixes.end(),
                                    [](const MixResult& mix) { return mix.state == MixState::failed; });
    warnings.push_back(fmt::format("{} cannot be compiled and {} left out; the first is {}: {}",
                                   counted_mixes(failed), failed == 1 ? "is" : "are",
                                   settings_of(first->mix, result.choices), first->failure));
  }
  const auto aloft = std::count_if(result.mixes.begin(), result.mixes.end(),
                                   [](const MixResult& mix) { return mix.unresolved > 0; });
  if (aloft > 0)
    warnings.push_back(fmt::format(
        "in {} of {} intruders are still aloft at the end: what depends on them is shown with its bounds, "
        "from each of them stopped to each at its worst, and a limit counts as kept or broken only where it "
        "is so at both (a longer `time.settle` lets them finish)",
        grouped(static_cast<std::uint64_t>(aloft)), counted_mixes(result.mixes.size())));
  if (result.winner && !result.promised && result.ranking == Ranking::kim_nelson)
    warnings.push_back("the cap came before the best was told: nothing is promised (--cap raises it)");
  if (result.winner && !result.fresh.constraints.empty())
    for (std::size_t c = 0; c < result.fresh.constraints.size(); ++c)
      if (result.fresh.constraints[c].verdict == LimitVerdict::broken)
        warnings.push_back(
            fmt::format("on fresh replications the choice breaks {}", report.constraints[c].text));
  if (result.winner && !result.mixes[*result.winner].is_like_best)
    warnings.push_back(
        "on fresh replications another mix is better than the choice: take one of those that cannot be "
        "told from the best");
  return warnings;
}

}  // namespace dronewall
