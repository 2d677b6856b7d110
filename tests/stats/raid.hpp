// A raid whose cost-exchange ratio is known, with a rare and costly loss: the hard case for an interval.
#pragma once
#include <cmath>
#include <numbers>
#include <vector>

#include "stats/samples.hpp"

namespace dronewall::test {

/// Up to 20 drones of $0.01M come, each with probability 0.9; each that comes takes a missile of $0.5M with
/// probability 0.8. One raid in 50 also costs a loss, lognormal with median $50M and sigma 1.
struct KnownRaid {
  static constexpr int drones = 20;
  static constexpr double launch = 0.9, drone_price = 0.01;
  static constexpr double shot = 0.8, missile_price = 0.5;
  static constexpr double loss = 0.02, loss_median = 50, loss_sigma = 1;

  /// E[defender] / E[attacker] = (20 × 0.9 × 0.8 × 0.5 + 0.02 × 50 exp(1/2)) / (20 × 0.9 × 0.01).
  static double true_ratio() {
    const double mean_loss = loss * loss_median * std::exp(loss_sigma * loss_sigma / 2);
    return (drones * launch * shot * missile_price + mean_loss) / (drones * launch * drone_price);
  }

  std::vector<double> defender, attacker;  // one value a replication

  KnownRaid(std::uint64_t seed, std::uint64_t experiment, int replications) {
    Uniforms uniform(seed, experiment);
    for (int k = 0; k < replications; ++k) {
      double spent = 0, sent = 0;
      for (int drone = 0; drone < drones; ++drone) {
        if (uniform() >= launch) continue;
        sent += drone_price;
        if (uniform() < shot) spent += missile_price;
      }
      if (uniform() < loss) spent += loss_median * std::exp(loss_sigma * normal(uniform));
      defender.push_back(spent);
      attacker.push_back(sent);
    }
  }

 private:
  /// Box and Muller.
  static double normal(Uniforms& uniform) {
    const double radius = std::sqrt(-2 * std::log(uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
  }
};

}  // namespace dronewall::test
