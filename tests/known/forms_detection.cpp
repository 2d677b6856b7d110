// Closed forms of detection: glimpses, scans at a random phase, fusion, confirmation, competing rates.
#include <cmath>

#include "closed_forms.hpp"

namespace dronewall::known {
namespace {

double geometric_mean(const Parameters& p) { return 1 / p.at("p"); }
double geometric_variance(const Parameters& p) { return (1 - p.at("p")) / (p.at("p") * p.at("p")); }
double seen_within_n(const Parameters& p) { return 1 - std::pow(1 - p.at("p"), p.at("n10")); }

/// T holds n or n + 1 scans, the latter with the chance of the fraction that T / Ts has beyond n.
double seen_in_crossing(const Parameters& p) {
  const double scans = p.at("T") / p.at("Ts"), n = std::floor(scans), f = scans - n, q = 1 - p.at("p");
  return 1 - ((1 - f) * std::pow(q, n) + f * std::pow(q, n + 1));
}

double any_of_two(const Parameters& p) { return 1 - (1 - p.at("p1")) * (1 - p.at("p2")); }
double any_of_three(const Parameters& p) {
  return 1 - (1 - p.at("p1")) * (1 - p.at("p2")) * (1 - p.at("p3"));
}
double two_of_three(const Parameters& p) {
  const double a = p.at("p1"), b = p.at("p2"), c = p.at("p3");
  return a * b * (1 - c) + a * (1 - b) * c + (1 - a) * b * c + a * b * c;
}

double run_of_two_mean(const Parameters& p) { return (1 + p.at("p")) / (p.at("p") * p.at("p")); }
double run_of_two_variance(const Parameters& p) {
  const double hit = p.at("p"), q = 1 - hit, square = hit * hit;
  return (1 - 5 * q * square - std::pow(hit, 5)) / (q * square * q * square);
}
double m_of_n(const Parameters& p) {
  double sum = 0;
  for (int k = whole(p, "m"); k <= whole(p, "n5"); ++k) sum += binomial(whole(p, "n5"), k, p.at("p"));
  return sum;
}

double rate(const Parameters& p) { return p.at("l1") + p.at("l2"); }
double first_is_first(const Parameters& p) { return p.at("l1") / rate(p); }
double first_time_s(const Parameters& p) { return 1 / rate(p); }
double none_by(const Parameters& p) { return std::exp(-rate(p) * p.at("T")); }

/// A classifier of sensitivity se and specificity sp looks at a raid of which the share pi_real is real.
double called_real(const Parameters& p) {
  return p.at("se") * p.at("pi_real") + (1 - p.at("sp")) * (1 - p.at("pi_real"));
}
double real_if_called(const Parameters& p) { return p.at("se") * p.at("pi_real") / called_real(p); }
double shots_per_real(const Parameters& p) { return 1 / real_if_called(p); }
double real_not_called(const Parameters& p) { return (1 - p.at("se")) * p.at("pi_real"); }

}  // namespace

const std::vector<ClosedForm>& detection_forms() {
  static const std::vector<ClosedForm> forms{{"D01", "mean_scans", geometric_mean},
                                             {"D01", "var_scans", geometric_variance},
                                             {"D01", "P_within_n", seen_within_n},
                                             {"D02", "P_detect", seen_in_crossing},
                                             {"D03", "P_or12", any_of_two},
                                             {"D03", "P_or123", any_of_three},
                                             {"D03", "P_2of3", two_of_three},
                                             {"D04", "mean_scans", run_of_two_mean},
                                             {"D04", "var_scans", run_of_two_variance},
                                             {"D04", "P_m_of_n", m_of_n},
                                             {"D11", "engaged_fraction", called_real},
                                             {"D11", "PPV", real_if_called},
                                             {"D11", "shots_per_real_engaged", shots_per_real},
                                             {"D11", "real_not_engaged", real_not_called},
                                             {"D12", "P_1_first", first_is_first},
                                             {"D12", "mean_s", first_time_s},
                                             {"D12", "P_none_by_T", none_by}};
  return forms;
}

}  // namespace dronewall::known
