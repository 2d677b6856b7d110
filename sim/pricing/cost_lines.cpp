#include "pricing/cost_lines.hpp"

#include <set>

#include "pricing/forms.hpp"

namespace dronewall {
namespace {

constexpr const char* unnamed = "unnamed";

/// Sums share(line) × price over lines. Columns are distinct, so the terms need no merging.
template <typename Share>
LinearForm sum_over(const std::vector<CostLine>& lines, PriceEnd end, Share share) {
  LinearForm form;
  for (const CostLine& cost : lines)
    if (const double weight = share(cost) * cost.price(end); weight != 0)
      form.terms.emplace_back(cost.column, weight);
  return form;
}

bool in_view(const CostLine& cost, View view) {
  return cost.line->side == Side::defender && holds(view, cost.line->account);
}

}  // namespace

double share_of(const LedgerLine& line, const std::string& nation) {
  if (line.paid_by.empty()) return (line.nation.empty() ? unnamed : line.nation) == nation ? 1.0 : 0.0;
  double share = 0;
  for (const auto& [payer, part] : line.paid_by)
    if (payer == nation) share += part;
  return share;
}

LinearForm CostLines::defender(View view, PriceEnd end) const {
  return sum_over(costs, end, [&](const CostLine& cost) { return in_view(cost, view) ? 1.0 : 0.0; });
}

LinearForm CostLines::attacker(PriceEnd end) const {
  return sum_over(costs, end,
                  [](const CostLine& cost) { return cost.line->side == Side::attacker ? 1.0 : 0.0; });
}

LinearForm CostLines::stopped_value(PriceEnd end) const {
  return sum_over(stopped, end, [](const CostLine&) { return 1.0; });
}

LinearForm CostLines::account(Account account) const {
  return sum_over(costs, PriceEnd::point,
                  [&](const CostLine& cost) { return cost.line->account == account ? 1.0 : 0.0; });
}

LinearForm CostLines::item(const std::string& item) const {
  return sum_over(costs, PriceEnd::point,
                  [&](const CostLine& cost) { return cost.line->item == item ? 1.0 : 0.0; });
}

LinearForm CostLines::unit(const std::string& unit, View view) const {
  return sum_over(costs, PriceEnd::point, [&](const CostLine& cost) {
    return in_view(cost, view) && cost.line->unit == unit ? 1.0 : 0.0;
  });
}

LinearForm CostLines::nation(const std::string& nation, View view) const {
  return sum_over(costs, PriceEnd::point, [&](const CostLine& cost) {
    return in_view(cost, view) ? share_of(*cost.line, nation) : 0.0;
  });
}

LinearForm CostLines::investment() const {
  // Pieces are the column's integer: the quantum duration / life, which the weight of a form is applied to,
  // goes out.
  return sum_over(costs, PriceEnd::point, [](const CostLine& cost) {
    return cost.line->account == Account::acquisition ? 1.0 / cost.quantum : 0.0;
  });
}

LinearForm CostLines::quantity_of(const std::string& item) const {
  LinearForm form;
  for (const CostLine& cost : costs)
    if (cost.line->item == item) form.terms.emplace_back(cost.column, 1.0);
  return form;
}

std::vector<std::string> CostLines::units() const {
  std::set<std::string> names;
  for (const CostLine& cost : costs)
    if (cost.line->side == Side::defender && !cost.line->unit.empty()) names.insert(cost.line->unit);
  return {names.begin(), names.end()};
}

std::vector<std::string> CostLines::nations() const {
  std::set<std::string> names;
  for (const CostLine& cost : costs) {
    if (cost.line->side != Side::defender) continue;
    for (const auto& [payer, part] : cost.line->paid_by) names.insert(payer);
    if (cost.line->paid_by.empty()) names.insert(cost.line->nation.empty() ? unnamed : cost.line->nation);
  }
  if (names.size() == 1 && names.count(unnamed) != 0)
    return {};  // No nation is named anywhere: nothing to share.
  return {names.begin(), names.end()};
}

}  // namespace dronewall
