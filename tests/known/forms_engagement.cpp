// Closed forms of engagements: shots per kill, magazines, allocations, layers, and the best split of a
// magazine.
#include <algorithm>
#include <cmath>

#include "closed_forms.hpp"

namespace dronewall::known {
namespace {

double shots_mean(const Parameters& p) { return 1 / p.at("p"); }
double shots_variance(const Parameters& p) { return (1 - p.at("p")) / (p.at("p") * p.at("p")); }
double shots_cost(const Parameters& p) { return p.at("c") / p.at("p"); }

double salvo_pk(const Parameters& p) { return 1 - std::pow(1 - p.at("p"), p.at("n_salvo")); }
double rounds_per_kill(const Parameters& p) { return p.at("n_salvo") / salvo_pk(p); }
double rounds_per_kill_variance(const Parameters& p) {
  const double pk = salvo_pk(p), n = p.at("n_salvo");
  return n * n * (1 - pk) / (pk * pk);
}

double leak_after_k(const Parameters& p) { return std::pow(1 - p.at("p"), p.at("K")); }
/// Moment of the number of shots when there are at most K.
double shots_moment(const Parameters& p, int power) {
  const int most = whole(p, "K");
  double sum = 0;
  for (int k = 1; k < most; ++k) sum += std::pow(k, power) * std::pow(1 - p.at("p"), k - 1) * p.at("p");
  return sum + std::pow(most, power) * std::pow(1 - p.at("p"), most - 1);
}
double shots_of_k_mean(const Parameters& p) { return shots_moment(p, 1); }
double shots_of_k_variance(const Parameters& p) {
  return shots_moment(p, 2) - shots_moment(p, 1) * shots_moment(p, 1);
}

/// Moment of (N − B)+, B ~ Bin(M, p): who is left when a magazine is used up one shot at a time.
double left_moment(const Parameters& p, int power) {
  const int n = whole(p, "N"), m = whole(p, "M");
  double sum = 0;
  for (int k = 0; k <= std::min(n, m); ++k) sum += std::pow(n - k, power) * binomial(m, k, p.at("p"));
  return sum;
}
double fewer_than(int n, int shots, double p) {
  double sum = 0;
  for (int k = 0; k < n; ++k) sum += binomial(shots, k, p);
  return sum;
}
double all_killed(const Parameters& p) { return 1 - fewer_than(whole(p, "N"), whole(p, "M"), p.at("p")); }
double left_mean(const Parameters& p) { return left_moment(p, 1); }
double left_variance(const Parameters& p) {
  return left_moment(p, 2) - left_moment(p, 1) * left_moment(p, 1);
}
double rounds_used(const Parameters& p) {
  double sum = 0;
  for (int m = 0; m < whole(p, "M"); ++m) sum += fewer_than(whole(p, "N"), m, p.at("p"));
  return sum;
}

/// Sums over the drones of an even allocation: of their chances to live, or of the variances of that.
double even_sum(const Parameters& p, bool variance) {
  const int n = whole(p, "N"), m = whole(p, "M");
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    const double lives = std::pow(1 - p.at("p"), m / n + (i < m % n ? 1 : 0));
    sum += variance ? lives * (1 - lives) : lives;
  }
  return sum;
}
double even_mean(const Parameters& p) { return even_sum(p, false); }
double even_variance(const Parameters& p) { return even_sum(p, true); }

double random_fire_mean(const Parameters& p) {
  return p.at("N") * std::pow(1 - p.at("p") / p.at("N"), p.at("M"));
}
double random_fire_variance(const Parameters& p) {
  const double n = p.at("N"), mean = random_fire_mean(p);
  return mean + n * (n - 1) * std::pow(1 - 2 * p.at("p") / n, p.at("M")) - mean * mean;
}

double common_mode(const Parameters& p) { return p.at("r") * salvo_pk(p); }

double layer_leak(const Parameters& p, int layer) {
  const std::string j = std::to_string(layer);
  return std::pow(1 - p.at("p" + j), p.at("s" + j));
}
double leak_of_three(const Parameters& p) { return layer_leak(p, 1) * layer_leak(p, 2) * layer_leak(p, 3); }
double layers_mean(const Parameters& p) { return p.at("N") * leak_of_three(p); }
double layers_variance(const Parameters& p) { return p.at("N") * leak_of_three(p) * (1 - leak_of_three(p)); }
double layer_1_rounds(const Parameters& p) { return p.at("N") * p.at("s1"); }
double layer_2_rounds(const Parameters& p) { return p.at("N") * layer_leak(p, 1) * p.at("s2"); }
double layer_3_rounds(const Parameters& p) {
  return p.at("N") * layer_leak(p, 1) * layer_leak(p, 2) * p.at("s3");
}

/// The best that can be done with m rounds and t salvos against k drones: expected kills, or the chance of
/// all.
struct Best {
  double value = 0;
  int salvo = 0;
};

/// P(j of k die) when s rounds are spread evenly over them.
std::vector<double> deaths(int k, int s, double p) {
  const int more = s % k;
  const double dies_less = 1 - std::pow(1 - p, s / k), dies_more = 1 - std::pow(1 - p, s / k + 1);
  std::vector<double> chance(static_cast<std::size_t>(k) + 1, 0.0);
  for (int a = 0; a <= more; ++a)
    for (int b = 0; b <= k - more; ++b)
      chance[static_cast<std::size_t>(a + b)] +=
          binomial(more, a, dies_more) * binomial(k - more, b, dies_less);
  return chance;
}

Best best_split(int k, int m, int t, double p, bool all_of_them) {
  const double nothing_left = all_of_them && k == 0 ? 1 : 0;
  Best best{nothing_left, 0};
  if (k == 0 || t == 0 || m == 0) return best;
  for (int s = 1; s <= m; ++s) {
    const std::vector<double> chance = deaths(k, s, p);
    double value = 0;
    for (int j = 0; j <= k; ++j)
      value += chance[static_cast<std::size_t>(j)] *
               ((all_of_them ? 0 : j) + best_split(k - j, m - s, t - 1, p, all_of_them).value);
    if (value > best.value + 1e-12) best = {value, s};
  }
  return best;
}
Best split(const Parameters& p, int salvos, bool all_of_them) {
  return best_split(whole(p, "N"), whole(p, "M"), salvos, p.at("p"), all_of_them);
}
double split_kills(const Parameters& p) { return split(p, whole(p, "T"), false).value; }
double split_first(const Parameters& p) { return split(p, whole(p, "T"), false).salvo; }
double split_all(const Parameters& p) { return split(p, whole(p, "T"), true).value; }
double split_all_first(const Parameters& p) { return split(p, whole(p, "T"), true).salvo; }
double single_salvo(const Parameters& p) { return split(p, 1, false).value; }

/// Hard and soft kill compete for the time T inside: neither comes, or the one that comes first.
double neither_kills(const Parameters& p) { return std::exp(-(p.at("h") + p.at("s")) * p.at("T")); }
double hard_kills(const Parameters& p) {
  return p.at("h") / (p.at("h") + p.at("s")) * (1 - neither_kills(p));
}
double soft_kills(const Parameters& p) {
  return p.at("s") / (p.at("h") + p.at("s")) * (1 - neither_kills(p));
}

}  // namespace

const std::vector<ClosedForm>& engagement_forms() {
  static const std::vector<ClosedForm> forms{{"E01", "mean_shots", shots_mean},
                                             {"E01", "var_shots", shots_variance},
                                             {"E01", "mean_cost", shots_cost},
                                             {"E02", "PK_salvo", salvo_pk},
                                             {"E02", "missiles_per_kill", rounds_per_kill},
                                             {"E02", "var_missiles", rounds_per_kill_variance},
                                             {"E03", "P_leak", leak_after_k},
                                             {"E03", "mean_shots", shots_of_k_mean},
                                             {"E03", "var_shots", shots_of_k_variance},
                                             {"E04", "P_all_killed", all_killed},
                                             {"E04", "mean_leak", left_mean},
                                             {"E04", "var_leak", left_variance},
                                             {"E04", "mean_rounds_used", rounds_used},
                                             {"E05", "mean_leak", even_mean},
                                             {"E05", "var_leak", even_variance},
                                             {"E06", "mean_leak", random_fire_mean},
                                             {"E06", "var_leak", random_fire_variance},
                                             {"E07", "PK", common_mode},
                                             {"E09", "mean_leak", layers_mean},
                                             {"E09", "var_leak", layers_variance},
                                             {"E09", "shots_1", layer_1_rounds},
                                             {"E09", "shots_2", layer_2_rounds},
                                             {"E09", "shots_3", layer_3_rounds},
                                             {"E12", "max_E_kills", split_kills},
                                             {"E12", "first_salvo_E", split_first},
                                             {"E12", "max_P_all", split_all},
                                             {"E12", "first_salvo_P", split_all_first},
                                             {"E12", "E_kills_single_salvo", single_salvo},
                                             {"E15", "P_hard", hard_kills},
                                             {"E15", "P_soft", soft_kills},
                                             {"E15", "P_leak", neither_kills}};
  return forms;
}

}  // namespace dronewall::known
