// What shots are worth: the order of targets by value, a gun in a window, and whether a round pays.
#include <algorithm>
#include <cmath>

#include "closed_forms.hpp"

namespace dronewall::known {
namespace {

/// Expected value of what M single shots with perfect looks kill, when target `first` of the two is shot at
/// as long as it lives.
double value_in_order(const Parameters& p, bool second_first, int shots, bool first_lives,
                      bool second_lives) {
  if (shots == 0 || !(first_lives || second_lives)) return 0;
  const bool at_second = first_lives && second_lives ? second_first : second_lives;
  const double pk = p.at(at_second ? "p2" : "p1");
  const double hit =
      p.at(at_second ? "v2" : "v1") +
      value_in_order(p, second_first, shots - 1, first_lives && at_second, second_lives && !at_second);
  return pk * hit + (1 - pk) * value_in_order(p, second_first, shots - 1, first_lives, second_lives);
}
double best_order(const Parameters& p) {
  return std::max(value_in_order(p, true, whole(p, "M"), true, true),
                  value_in_order(p, false, whole(p, "M"), true, true));
}
double order_by_index(const Parameters& p) {
  return value_in_order(p, p.at("v2") * p.at("p2") > p.at("v1") * p.at("p1"), whole(p, "M"), true, true);
}
double order_by_value(const Parameters& p) {
  return value_in_order(p, p.at("v2") > p.at("v1"), whole(p, "M"), true, true);
}

double gun_pk(const Parameters& p) { return 1 - std::exp(-p.at("m") * p.at("T")); }
double gun_rounds(const Parameters& p) { return p.at("rate") * gun_pk(p) / p.at("m"); }
double gun_cost(const Parameters& p) { return p.at("c") * gun_rounds(p); }
double gun_cost_per_kill(const Parameters& p) { return p.at("c") * p.at("rate") / p.at("m"); }

double salvo_total(const Parameters& p, int rounds) {
  return rounds * p.at("c") + std::pow(1 - p.at("p"), rounds) * p.at("V");
}
double best_salvo(const Parameters& p) {
  int best = 0;
  while (salvo_total(p, best + 1) < salvo_total(p, best)) ++best;
  return best;
}
double best_total(const Parameters& p) { return salvo_total(p, static_cast<int>(best_salvo(p))); }
double total_of_k(const Parameters& p) { return salvo_total(p, whole(p, "k")); }
double worth_of_a_round(const Parameters& p) { return p.at("p") * p.at("V"); }

/// P(Poisson(lam) > budget / c): missiles that the budget does not cover.
double over_budget(const Parameters& p) {
  double within = 0;
  const int affordable = static_cast<int>(std::floor(p.at("budget") / p.at("c")));
  for (int k = 0; k <= affordable; ++k) within += poisson(k, p.at("lam"));
  return 1 - within;
}

/// Piece n costs c1 n^(log2 b).
double piece(const Parameters& p, int n) {
  return p.at("c1") * std::exp(std::log(static_cast<double>(n)) * std::log(p.at("b")) / std::log(2.0));
}
double last_piece(const Parameters& p) { return piece(p, whole(p, "M")); }
double all_pieces(const Parameters& p) {
  double sum = 0;
  for (int n = 1; n <= whole(p, "M"); ++n) sum += piece(p, n);
  return sum;
}
double worth_of_payments(const Parameters& p) {
  double sum = 0;
  for (int year = 1; year <= whole(p, "Y"); ++year) sum += p.at("A") / std::pow(1 + p.at("r"), year);
  return sum;
}

}  // namespace

const std::vector<ClosedForm>& value_forms() {
  static const std::vector<ClosedForm> forms{{"E13", "optimal_value", best_order},
                                             {"E13", "value_vp_rule", order_by_index},
                                             {"E13", "value_by_value_rule", order_by_value},
                                             {"E14", "PK", gun_pk},
                                             {"E14", "mean_rounds", gun_rounds},
                                             {"E14", "mean_cost", gun_cost},
                                             {"E14", "cost_per_kill", gun_cost_per_kill},
                                             {"C07", "best_salvo", best_salvo},
                                             {"C07", "expected_total", best_total},
                                             {"C07", "total_of_k_rounds", total_of_k},
                                             {"C07", "break_even_price", worth_of_a_round},
                                             {"C08", "P_over_budget", over_budget},
                                             {"C09", "total", all_pieces},
                                             {"C09", "unit_M", last_piece},
                                             {"C09", "PV", worth_of_payments}};
  return forms;
}

}  // namespace dronewall::known
