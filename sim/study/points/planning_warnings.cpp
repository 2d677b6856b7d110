// Warnings where the accounting prices would have a doctrine choose otherwise than its planning prices do.
#include "dronewall/study/planning_warnings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "dronewall/study/price_readers.hpp"
#include "study/points/even_order.hpp"
#include "study/run/in_parallel.hpp"

namespace dronewall {
namespace {

constexpr std::uint64_t most_points = 1'000;  // that are looked at
constexpr std::size_t most_models = 64;       // that are compiled: of points in which choices may differ
constexpr std::size_t most_changes = 5;       // that are told

std::string words_of(const std::vector<std::string>& changes) {
  std::string text;
  for (std::size_t i = 0; i < std::min(changes.size(), most_changes); ++i)
    text += (i == 0 ? "" : "; ") + changes[i];
  return changes.size() > most_changes ? fmt::format("{} and {} more", text, changes.size() - most_changes)
                                       : text;
}

/// Points no two of which have the same values of what choices depend on.
std::vector<std::uint64_t> different_points(const StudyDescription& study, const StudyPoints& points) {
  std::vector<std::uint64_t> found;
  std::set<std::vector<std::string>> seen;
  EvenOrder order(points.count);
  for (std::uint64_t k = 0; k < std::min(points.count, most_points) && found.size() < most_models; ++k) {
    const std::uint64_t point = order.next();
    std::vector<std::string> key;
    for (FactorValue& value : points.values(point))
      if (is_of_choice(study.factors[value.factor].path)) key.push_back(std::move(value.text));
    if (seen.insert(std::move(key)).second) found.push_back(point);
  }
  std::sort(found.begin(), found.end());
  return found;
}

/// By book, then point: what would change.
using Changes = std::vector<std::vector<std::string>>;

Changes changes_at(const PointModels& models, const std::vector<FactorValue>& values) {
  Changes changes(models.study().prices.size());
  std::string unheard;  // What cannot be compiled is told elsewhere.
  const std::optional<PointModel> point = models.compile(values, unheard);
  if (!point || point->scenario.plans_itself || !reads_prices(*point->model)) return changes;
  for (std::size_t b = 0; b < changes.size(); ++b)
    changes[b] =
        changed_choices(*point->model, laid_over(point->scenario.prices, models.study().prices[b].book));
  return changes;
}

}  // namespace

std::string planning_warning(const Model& model, const ScenarioDescription& scenario) {
  if (scenario.plans_itself || !reads_prices(model)) return "";
  const std::vector<std::string> changes = changed_choices(model, scenario.prices);
  if (changes.empty()) return "";
  return fmt::format(
      "doctrines plan with the scenario's own prices; by those that it is priced with they would choose "
      "otherwise: "
      "{} (write the new prices in the scenario's prices: if they are to plan with them, the old ones as "
      "planning_prices: if not)",
      words_of(changes));
}

std::vector<Problem> planning_warnings(const PointModels& models, const StudyPoints& points,
                                       std::uint32_t threads) {
  const StudyDescription& study = models.study();
  std::vector<Problem> warnings;
  if (study.prices.empty() || points.count == 0 || !models.reads_prices()) return warnings;
  const std::vector<std::uint64_t> chosen = different_points(study, points);
  std::vector<Changes> at(chosen.size());
  in_parallel(chosen.size(), threads,
              [&] { return [&](std::size_t i) { at[i] = changes_at(models, points.values(chosen[i])); }; });
  for (std::size_t b = 0; b < study.prices.size(); ++b) {
    std::set<std::string> changes;
    for (const Changes& of_point : at) changes.insert(of_point[b].begin(), of_point[b].end());
    if (changes.empty()) continue;
    const Name& name = study.prices[b].name;
    warnings.push_back(
        {Severity::warning, name.place,
         fmt::format(
             "doctrines plan with the scenario's own prices; by those of {} they would choose otherwise: {}",
             name.text, words_of({changes.begin(), changes.end()})),
         "reprice leaves it out; sweep with these prices in the scenario, or write the old ones there as "
         "planning_prices:"});
  }
  return warnings;
}

}  // namespace dronewall
