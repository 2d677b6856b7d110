// Closed forms of salvos against salvos, of raid annihilation, and of costs and their ratios.
#include <algorithm>
#include <cmath>

#include "closed_forms.hpp"

namespace dronewall::known {
namespace {

/// Moment of (X − Y)+, X ~ Bin(n1, p1), Y ~ Bin(n2, p2); power 0: the chance of 0.
double hits_moment(const Parameters& p, int power) {
  double sum = 0;
  for (int x = 0; x <= whole(p, "n1"); ++x)
    for (int y = 0; y <= whole(p, "n2"); ++y) {
      const double chance = binomial(whole(p, "n1"), x, p.at("p1")) * binomial(whole(p, "n2"), y, p.at("p2"));
      const int hits = std::max(0, x - y);
      sum += chance * (power == 0 ? (hits == 0 ? 1 : 0) : std::pow(hits, power));
    }
  return sum;
}
double hits_mean(const Parameters& p) { return hits_moment(p, 1); }
double hits_variance(const Parameters& p) {
  return hits_moment(p, 2) - hits_moment(p, 1) * hits_moment(p, 1);
}
double hits_none(const Parameters& p) { return hits_moment(p, 0); }

double annihilation_fixed(const Parameters& p) { return std::pow(p.at("P"), p.at("N")); }
double annihilation_poisson(const Parameters& p) { return std::exp(-p.at("lam") * (1 - p.at("P"))); }

/// P(N drones all die) with M shots one after another: P(Bin(M, p) >= N).
double all_killed_by(int shots, const Parameters& p) {
  double fewer = 0;
  for (int k = 0; k < whole(p, "N"); ++k) fewer += binomial(shots, k, p.at("p"));
  return 1 - fewer;
}
/// The smallest magazine with which all die with the wanted probability.
int magazine_for(const Parameters& p) {
  int shots = whole(p, "N");
  while (all_killed_by(shots, p) < p.at("goal")) ++shots;
  return shots;
}
double magazine(const Parameters& p) { return magazine_for(p); }
double with_magazine(const Parameters& p) { return all_killed_by(magazine_for(p), p); }
double with_one_less(const Parameters& p) { return all_killed_by(magazine_for(p) - 1, p); }
double rounds_needed(const Parameters& p) { return p.at("N") / p.at("p"); }

double raid_cost(const Parameters& p) { return p.at("lam") * p.at("c") / p.at("p"); }
double raid_cost_sd(const Parameters& p) {
  return p.at("c") / p.at("p") * std::sqrt(p.at("lam") * (2 - p.at("p")));
}
double raid_exchange(const Parameters& p) { return raid_cost(p) / (p.at("lam") * p.at("price")); }

double linear_cost(const Parameters& p) { return p.at("n1") * p.at("c1") + p.at("n2") * p.at("c2"); }
double linear_scaled(const Parameters& p) { return p.at("x") * linear_cost(p); }
double linear_ratio(const Parameters& p) { return p.at("x"); }
double linear_slope(const Parameters& p) { return p.at("n1"); }

double ratio_of_means(const Parameters& p) { return 2 * p.at("y") / (p.at("x1") + p.at("x2")); }
/// E[y / mean of n x's], x1 or x2 with even chances.
double ratio_of_n(const Parameters& p) {
  const int n = whole(p, "n_runs");
  double sum = 0;
  for (int k = 0; k <= n; ++k)
    sum += binomial(n, k, 0.5) * p.at("y") * n / (k * p.at("x1") + (n - k) * p.at("x2"));
  return sum;
}

/// Alarms as a Poisson process of f + h a day over T days; each costs F + r × an exponential sortie.
double alarms(const Parameters& p) { return p.at("T") * (p.at("f") + p.at("h")); }
double alarm_cost(const Parameters& p) { return alarms(p) * (p.at("F") + p.at("r") * p.at("tau")); }
double alarm_cost_sd(const Parameters& p) {
  const double hours = p.at("r") * p.at("tau");
  return std::sqrt(alarms(p) * (p.at("F") * p.at("F") + 2 * p.at("F") * hours + 2 * hours * hours));
}
double quiet_week(const Parameters& p) { return std::exp(-7 * (p.at("f") + p.at("h"))); }

}  // namespace

const std::vector<ClosedForm>& salvo_forms() {
  static const std::vector<ClosedForm> forms{{"S02", "mean_hits", hits_mean},
                                             {"S02", "var_hits", hits_variance},
                                             {"S02", "P_no_hit", hits_none},
                                             {"S03", "PRA_fixed", annihilation_fixed},
                                             {"S03", "PRA_poisson", annihilation_poisson},
                                             {"S05", "M", magazine},
                                             {"S05", "P_at_M", with_magazine},
                                             {"S05", "P_at_M_minus_1", with_one_less},
                                             {"S05", "mean_need", rounds_needed},
                                             {"C02", "mean", raid_cost},
                                             {"C02", "sd", raid_cost_sd},
                                             {"C02", "cost_exchange_at_35k", raid_exchange},
                                             {"C03", "cost", linear_cost},
                                             {"C03", "cost_scaled", linear_scaled},
                                             {"C03", "ratio", linear_ratio},
                                             {"C03", "dcost_dc1", linear_slope},
                                             {"C04", "ratio_of_means", ratio_of_means},
                                             {"C04", "E_ratio_estimator_n", ratio_of_n},
                                             {"C06", "mean", alarm_cost},
                                             {"C06", "sd", alarm_cost_sd},
                                             {"C06", "P_no_scramble_in_week", quiet_week}};
  return forms;
}

}  // namespace dronewall::known
