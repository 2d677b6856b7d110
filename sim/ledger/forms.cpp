// Arithmetic on linear forms.
#include <map>

#include "dronewall/ledger/ledger.hpp"

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

LinearForm times(double factor, const LinearForm& form) {
  LinearForm scaled = form;
  scaled.constant *= factor;
  for (auto& [column, weight] : scaled.terms) weight *= factor;
  return scaled;
}

}  // namespace dronewall
