// The measures of money, from priced lines.
#pragma once
#include <string>

#include "pricing/cost_lines.hpp"

namespace dronewall {

/// Adds the measures of one pricing, in the order in which they are listed.
class MoneyMeasures {
 public:
  MoneyMeasures(const LedgerLayout& layout, const CostLines& lines, Pricing& pricing)
      : layout_(layout), lines_(lines), pricing_(pricing) {}

  void add_costs();
  void add_ratios();
  /// The price of an item at which the cost-exchange ratio of a view is one, all other prices kept:
  ///   a threat T:   p = (E[defender] − E[attacker without T]) / E[number of T]
  ///   a munition W: p = (E[attacker] − E[defender without W]) / E[number of W]
  /// Below zero, no price does it. A ratio of linear forms, so it has an interval like any ratio.
  void add_break_evens();

 private:
  void add(std::string name, std::string meaning, LinearForm form);
  void add_ratio(std::string name, std::string meaning, std::string unit, LinearForm numerator,
                 LinearForm denominator, std::string undefined_because);

  const LedgerLayout& layout_;
  const CostLines& lines_;
  Pricing& pricing_;
};

}  // namespace dronewall
