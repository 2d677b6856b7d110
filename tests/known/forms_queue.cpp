// Closed forms of queues: one channel and several, waiting for ever, not at all, or for so long.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "closed_forms.hpp"

namespace dronewall::known {
namespace {

/// Pollaczek and Khinchine: mean wait at one channel, by the squared coefficient of variation of the service.
double single_channel_s(const Parameters& p, double variation) {
  const double rho = p.at("lam") * p.at("s");
  return rho * p.at("s") * (1 + variation) / (2 * (1 - rho));
}
double wait_constant_s(const Parameters& p) { return single_channel_s(p, 0); }
double wait_erlang_s(const Parameters& p) { return single_channel_s(p, 0.5); }
double wait_exponential_s(const Parameters& p) { return single_channel_s(p, 1); }
double utilisation(const Parameters& p) { return p.at("lam") * p.at("s"); }

double loss(const Parameters& p) { return erlang_b(whole(p, "c"), p.at("lam") * p.at("s")); }
double loss_busy(const Parameters& p) { return p.at("lam") * p.at("s") * (1 - loss(p)); }

double delay(const Parameters& p) {
  const double load = p.at("lam") / p.at("mu"), b = erlang_b(whole(p, "c"), load);
  return b / (1 - load / p.at("c") * (1 - b));
}
double spare_rate(const Parameters& p) { return p.at("c") * p.at("mu") - p.at("lam"); }
double delay_s(const Parameters& p) { return delay(p) / spare_rate(p); }
double delay_beyond(const Parameters& p) { return delay(p) * std::exp(-spare_rate(p) * p.at("t")); }

/// Stationary law of the number in a queue whose waiting customers leave at rate theta each, and what it
/// says.
struct Impatient {
  double waiting = 0, busy = 0, all_busy = 0;
};
Impatient impatient(const Parameters& p) {
  const int channels = whole(p, "c");
  double weight = 1, total = 0;
  Impatient sum;
  for (int n = 0; n < 2000; ++n) {
    if (n > 0)
      weight *=
          p.at("lam") / (std::min(n, channels) * p.at("mu") + std::max(n - channels, 0) * p.at("theta"));
    total += weight;
    sum.waiting += weight * std::max(n - channels, 0);
    sum.busy += weight * std::min(n, channels);
    if (n >= channels) sum.all_busy += weight;
  }
  return {sum.waiting / total, sum.busy / total, sum.all_busy / total};
}
double impatient_leak(const Parameters& p) { return p.at("theta") * impatient(p).waiting / p.at("lam"); }
double impatient_queue(const Parameters& p) { return impatient(p).waiting; }
double impatient_wait(const Parameters& p) { return impatient(p).all_busy; }
double impatient_busy(const Parameters& p) { return impatient(p).busy; }

/// M/M/1 whose customers leave after tau: the work that an arrival finds has density P0 λ e^(−d x) below tau,
/// d = μ − λ, and falls as e^(−μ x) beyond.
double window_idle(const Parameters& p) {
  const double lambda = p.at("lam"), mu = p.at("mu"), tau = p.at("tau"), d = mu - lambda;
  const double below = d == 0 ? tau : (1 - std::exp(-d * tau)) / d;
  return 1 / (1 + lambda * below + lambda * std::exp(-d * tau) / mu);
}
double window_leak(const Parameters& p) {
  const double d = p.at("mu") - p.at("lam");
  return window_idle(p) * p.at("lam") * std::exp(-d * p.at("tau")) / p.at("mu");
}

double inside_mean(const Parameters& p) {
  return p.at("lam") * std::numbers::pi * p.at("R") / (2 * p.at("v"));
}
double inside_more_than_k(const Parameters& p) {
  double sum = 0;
  for (int n = 0; n <= whole(p, "k"); ++n) sum += poisson(n, inside_mean(p));
  return 1 - sum;
}

/// Moment of (N − C)+, C Poisson: who is left when engagements of mean s follow each other for T.
double raid_moment(const Parameters& p, int power) {
  const int n = whole(p, "N");
  double sum = 0;
  for (int k = 0; k < n; ++k) sum += std::pow(n - k, power) * poisson(k, p.at("T") / p.at("s"));
  return sum;
}
double raid_mean(const Parameters& p) { return raid_moment(p, 1); }
double raid_variance(const Parameters& p) {
  return raid_moment(p, 2) - raid_moment(p, 1) * raid_moment(p, 1);
}
double raid_constant(const Parameters& p) {
  return std::max(0.0, p.at("N") - std::floor(p.at("T") / p.at("s")));
}

/// Two stages one after the other: what leaves the first comes to the second as a Poisson stream (Burke).
double post_s(const Parameters& p) { return 1 / (p.at("mu1") - p.at("lam")); }
double channels_s(const Parameters& p) {
  const Parameters second{{"c", p.at("c")}, {"lam", p.at("lam")}, {"mu", p.at("mu2")}};
  return delay_s(second) + 1 / p.at("mu2");
}
double both_s(const Parameters& p) { return post_s(p) + channels_s(p); }

/// N that fly for 1/l and are charged for 1/m on c chargers: the law of the number k on the ground is that of
/// a queue with a finite source, p_k / p_(k-1) = (N - k + 1) l / (min(k, c) m).
struct FiniteSource {
  double flying = 0, none_flies = 0, waiting = 0;
};
FiniteSource finite_source(const Parameters& p) {
  const int all = whole(p, "N"), chargers = whole(p, "c");
  double weight = 1, total = 0;
  FiniteSource sum;
  for (int k = 0; k <= all; ++k) {
    if (k > 0) weight *= (all - k + 1) * p.at("l") / (std::min(k, chargers) * p.at("m"));
    total += weight;
    sum.flying += weight * (all - k);
    sum.waiting += weight * std::max(k - chargers, 0);
    if (k == all) sum.none_flies = weight;
  }
  return {sum.flying / total, sum.none_flies / total, sum.waiting / total};
}
double mean_flying(const Parameters& p) { return finite_source(p).flying; }
double none_flying(const Parameters& p) { return finite_source(p).none_flies; }
double mean_waiting_charger(const Parameters& p) { return finite_source(p).waiting; }

/// Drone by drone: served when a channel is free before its window closes. In whole microseconds, so that
/// what happens at the same instant is the same number.
double regular_leaks(const Parameters& p) {
  const auto microseconds = [&](const char* name) { return std::llround(p.at(name) * 1e6); };
  const long long spacing = microseconds("h"), service = microseconds("s"), window = microseconds("tau");
  std::vector<long long> free_at(static_cast<std::size_t>(whole(p, "c")), 0);
  double leaks = 0;
  for (int i = 0; i < whole(p, "N"); ++i) {
    const long long arrival = i * spacing;
    const auto channel = std::min_element(free_at.begin(), free_at.end());
    const long long begin = std::max(arrival, *channel);
    if (begin > arrival + window)
      ++leaks;
    else
      *channel = begin + service;
  }
  return leaks;
}

}  // namespace

const std::vector<ClosedForm>& queue_forms() {
  static const std::vector<ClosedForm> forms{{"Q01", "Wq_D_s", wait_constant_s},
                                             {"Q01", "Wq_E2_s", wait_erlang_s},
                                             {"Q01", "Wq_M_s", wait_exponential_s},
                                             {"Q01", "utilisation", utilisation},
                                             {"Q02", "P_leak", loss},
                                             {"Q02", "busy_channels", loss_busy},
                                             {"Q03", "P_wait", delay},
                                             {"Q03", "Wq_s", delay_s},
                                             {"Q03", "P_wait_gt_t", delay_beyond},
                                             {"Q04", "P_leak", impatient_leak},
                                             {"Q04", "mean_queue", impatient_queue},
                                             {"Q04", "P_wait", impatient_wait},
                                             {"Q04", "busy_channels", impatient_busy},
                                             {"Q06", "P_leak", window_leak},
                                             {"Q06", "P_idle", window_idle},
                                             {"Q08", "mean_flying", mean_flying},
                                             {"Q08", "P_none_flying", none_flying},
                                             {"Q08", "mean_waiting_charger", mean_waiting_charger},
                                             {"Q09", "mean_inside", inside_mean},
                                             {"Q09", "var_inside", inside_mean},
                                             {"Q09", "P_gt_k", inside_more_than_k},
                                             {"Q10", "mean_leak_exp", raid_mean},
                                             {"Q10", "var_leak_exp", raid_variance},
                                             {"Q10", "leak_det", raid_constant},
                                             {"Q12", "T_stage1_s", post_s},
                                             {"Q12", "T_stage2_s", channels_s},
                                             {"Q12", "T_total_s", both_s},
                                             {"Q13", "leaks", regular_leaks}};
  return forms;
}

}  // namespace dronewall::known
