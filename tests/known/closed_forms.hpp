// Closed forms of the known answers, from the parameters of a case: what the engine is measured against.
#pragma once
#include <map>
#include <string>
#include <vector>

namespace dronewall::known {

/// Parameters of a case by name, in SI units. Asking for one that is not there throws std::out_of_range.
using Parameters = std::map<std::string, double>;

/// One quantity of one case.
struct ClosedForm {
  const char* of;        ///< "E01"
  const char* quantity;  ///< "mean_shots"
  double (*value)(const Parameters&);
};

[[nodiscard]] const std::vector<ClosedForm>& geometry_forms();    ///< G
[[nodiscard]] const std::vector<ClosedForm>& detection_forms();   ///< D
[[nodiscard]] const std::vector<ClosedForm>& engagement_forms();  ///< E
[[nodiscard]] const std::vector<ClosedForm>& queue_forms();       ///< Q
[[nodiscard]] const std::vector<ClosedForm>& salvo_forms();       ///< S and C
[[nodiscard]] const std::vector<ClosedForm>& machinery_forms();   ///< R
[[nodiscard]] const std::vector<ClosedForm>& value_forms();       ///< E13, E14, C07
[[nodiscard]] const std::vector<ClosedForm>& logistics_forms();   ///< L

/// The value of a quantity; throws std::invalid_argument when no closed form has that name.
[[nodiscard]] double closed_form(const std::string& of, const std::string& quantity,
                                 const Parameters& parameters);

/// P(k of n), each with p; 0 outside 0 … n.
[[nodiscard]] double binomial(int n, int k, double p);
/// P(k), Poisson with this mean.
[[nodiscard]] double poisson(int k, double mean);
/// Erlang's B: the chance that all of `channels` are busy at an offered load (arrival rate × mean service).
[[nodiscard]] double erlang_b(int channels, double load);
/// A parameter that is a whole number.
[[nodiscard]] int whole(const Parameters& parameters, const std::string& name);

}  // namespace dronewall::known
