#include "pricing/forms.hpp"

#include <map>

namespace dronewall {

LinearForm plus(const LinearForm& a, const LinearForm& b, double factor) {
  std::map<std::uint32_t, double> weights;
  for (const auto& [column, weight] : a.terms) weights[column] += weight;
  for (const auto& [column, weight] : b.terms) weights[column] += factor * weight;
  LinearForm sum;
  sum.constant = a.constant + factor * b.constant;
  for (const auto& [column, weight] : weights)
    if (weight != 0) sum.terms.emplace_back(column, weight);
  return sum;
}

LinearForm form_of(const LedgerLayout& layout, const std::string& name) {
  for (const MeasureDefinition& measure : layout.measures)
    if (measure.name == name && !measure.denominator) return measure.numerator;
  LinearForm form;
  if (const auto column = layout.column(name)) form.terms.emplace_back(*column, 1.0);
  return form;
}

}  // namespace dronewall
