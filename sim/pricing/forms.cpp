#include "pricing/forms.hpp"

namespace dronewall {

LinearForm form_of(const LedgerLayout& layout, const std::string& name) {
  for (const MeasureDefinition& measure : layout.measures)
    if (measure.name == name && !measure.denominator) return measure.numerator;
  LinearForm form;
  if (const auto column = layout.column(name)) form.terms.emplace_back(*column, 1.0);
  return form;
}

}  // namespace dronewall
