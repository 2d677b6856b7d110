#include "closed_forms.hpp"

#include <cmath>
#include <stdexcept>

namespace dronewall::known {

double binomial(int n, int k, double p) {
  if (k < 0 || k > n) return 0;
  const double ways = std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0);
  return std::exp(ways) * std::pow(p, k) * std::pow(1 - p, n - k);
}

double poisson(int k, double mean) {
  return k < 0 ? 0 : std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0));
}

double erlang_b(int channels, double load) {
  double b = 1;
  for (int k = 1; k <= channels; ++k) b = load * b / (k + load * b);
  return b;
}

int whole(const Parameters& parameters, const std::string& name) {
  return static_cast<int>(std::lround(parameters.at(name)));
}

double closed_form(const std::string& of, const std::string& quantity, const Parameters& parameters) {
  for (const auto* forms : {&geometry_forms(), &detection_forms(), &engagement_forms(), &queue_forms(),
                            &salvo_forms(), &machinery_forms(), &value_forms(), &logistics_forms()})
    for (const ClosedForm& form : *forms)
      if (form.of == of && form.quantity == quantity) return form.value(parameters);
  throw std::invalid_argument("no closed form of " + of + " " + quantity);
}

}  // namespace dronewall::known
