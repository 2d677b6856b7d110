// What is true of raid.yaml: the joint law of all that it counts, by enumeration.
#pragma once
#include <functional>
#include <vector>

namespace dronewall::coverage {

/// One round of a weapon, and how often it is fired at a target at most.
struct Fire {
  int at_most = 2;
  double pk_drone = 0.7, pk_decoy = 0.9;
  double pk_missile = 0.8;  ///< in one raid of eight; else 1
  double round_price = 50e3;
};

/// What one raid counts.
struct RaidOutcome {
  int rounds = 0, decoys = 0, leakers = 0, strikes = 0;
  double expected_strikes = 0;  ///< at the last shot

  bool operator<(const RaidOutcome& other) const;
};

/// The law of a raid: every outcome with its chance. A target that is hit with p by each of at most m rounds
/// takes k < m of them with p (1 − p)^(k−1), all m with (1 − p)^(m−1), and leaks with (1 − p)^m; targets are
/// independent, so that counts of the flyers are sums of three trinomials.
class RaidLaw {
 public:
  explicit RaidLaw(const Fire& fire);

  using Figure = std::function<double(const RaidOutcome&)>;
  /// E[figure] = Σ chance × figure.
  [[nodiscard]] double mean(const Figure& figure) const;
  /// P(figure holds).
  [[nodiscard]] double chance(const std::function<bool(const RaidOutcome&)>& holds) const;
  /// The least value that the share `level` of raids does not exceed.
  [[nodiscard]] double quantile(const Figure& figure, double level) const;

  // ---- Figures in dollars, under the prices of raid.yaml
  [[nodiscard]] double munitions(const RaidOutcome& raid) const { return fire_.round_price * raid.rounds; }
  [[nodiscard]] double total(const RaidOutcome& raid) const;           ///< with the strike that happened
  [[nodiscard]] double expected_total(const RaidOutcome& raid) const;  ///< with the strike to be expected
  [[nodiscard]] static double attack(const RaidOutcome& raid);
  static constexpr int flyers = 3, targets = flyers + 1;
  static constexpr double shahed_price = 35e3, gerbera_price = 5e3, missile_price = 100e3, strike_price = 4e6;

 private:
  struct Chance {
    RaidOutcome outcome;
    double probability = 0;
  };
  Fire fire_;
  std::vector<Chance> law_;
};

}  // namespace dronewall::coverage
