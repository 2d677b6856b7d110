// For tests: a scenario's text, compiled, priced and run once: every measure of money of that replication.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "dronewall/pricing/pricing.hpp"
#include "replication/runs.hpp"

namespace dronewall::test {

/// What one replication of a scenario costs.
struct Priced {
  std::shared_ptr<const Model> model;
  Pricing pricing;
  std::map<std::string, double> money;  ///< by measure; ratios divided, those without a denominator left out
};

inline double value_of(const LinearForm& form, const LedgerLayout& layout,
                       const std::vector<std::int64_t>& row) {
  double sum = form.constant;
  for (const auto& [column, weight] : form.terms)
    sum += weight * static_cast<double>(row[column]) * layout.columns[column].quantum;
  return sum;
}

/// Replication `number` of the text, priced with its own book.
inline Priced priced(const std::string& text, std::uint32_t number = 0) {
  Sources sources;
  Problems problems(sources);
  OneText files(text);
  const ScenarioDescription scenario = read_scenario("test.yaml", files, kind_tables(), {}, problems);
  Priced result;
  result.model = Model::compile(scenario, all_kinds(), problems);
  INFO(problems.text());
  REQUIRE(result.model != nullptr);
  const LedgerLayout& layout = result.model->layout();
  result.pricing = price(layout, scenario.prices, nullptr, problems);
  INFO(problems.text());
  REQUIRE_FALSE(problems.has_errors());
  std::vector<std::int64_t> row(layout.columns.size());
  Replication(*result.model, {}).run(number, row.data());
  for (const MeasureDefinition& measure : result.pricing.measures) {
    const double below = measure.denominator ? value_of(*measure.denominator, layout, row) : 1.0;
    if (below != 0) result.money[measure.name] = value_of(measure.numerator, layout, row) / below;
  }
  return result;
}

}  // namespace dronewall::test
