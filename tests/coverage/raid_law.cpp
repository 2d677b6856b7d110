#include "raid_law.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace dronewall::coverage {
namespace {

constexpr double decoy_share = 0.4, poor_raid = 0.125;

using Law = std::map<RaidOutcome, double>;

RaidOutcome plus(const RaidOutcome& a, const RaidOutcome& b) {
  return {a.rounds + b.rounds, a.decoys + b.decoys, a.leakers + b.leakers, a.strikes + b.strikes,
          a.expected_strikes + b.expected_strikes};
}

/// Of two independent parts of a raid together.
Law together(const Law& first, const Law& second) {
  Law law;
  for (const auto& [a, p] : first)
    for (const auto& [b, q] : second) law[plus(a, b)] += p * q;
  return law;
}

enum class Target { shahed, gerbera, missile };

/// Adds to `law`, with `weight`, what rounds of kill probability p do to one target. What is to be expected
/// of the last round is 1 − p, whether it then hits or not.
void shoot_at(Target target, double p, int at_most, double weight, Law& law) {
  RaidOutcome outcome;
  outcome.decoys = target == Target::gerbera;
  for (int k = 1; k <= at_most; ++k) {
    const double fired = std::pow(1 - p, k - 1);
    outcome.rounds = k;
    if (target == Target::missile && k == at_most) outcome.expected_strikes = 1 - p;
    law[outcome] += weight * fired * p;
  }
  outcome.leakers = 1;
  outcome.strikes = target == Target::missile;
  law[outcome] += weight * std::pow(1 - p, at_most);
}

}  // namespace

bool RaidOutcome::operator<(const RaidOutcome& other) const {
  const auto key = [](const RaidOutcome& o) {
    return std::tuple(o.rounds, o.decoys, o.leakers, o.strikes, o.expected_strikes);
  };
  return key(*this) < key(other);
}

RaidLaw::RaidLaw(const Fire& fire) : fire_(fire) {
  Law flyer, law;
  shoot_at(Target::shahed, fire.pk_drone, fire.at_most, 1 - decoy_share, flyer);
  shoot_at(Target::gerbera, fire.pk_decoy, fire.at_most, decoy_share, flyer);
  shoot_at(Target::missile, 1, fire.at_most, 1 - poor_raid, law);
  shoot_at(Target::missile, fire.pk_missile, fire.at_most, poor_raid, law);
  for (int i = 0; i < flyers; ++i) law = together(law, flyer);
  for (const auto& [outcome, probability] : law) law_.push_back({outcome, probability});
}

double RaidLaw::mean(const Figure& figure) const {
  double sum = 0;
  for (const auto& [outcome, probability] : law_) sum += probability * figure(outcome);
  return sum;
}

double RaidLaw::chance(const std::function<bool(const RaidOutcome&)>& holds) const {
  return mean([&](const RaidOutcome& raid) { return holds(raid) ? 1.0 : 0.0; });
}

double RaidLaw::quantile(const Figure& figure, double level) const {
  std::map<double, double> by_value;
  for (const auto& [outcome, probability] : law_) by_value[figure(outcome)] += probability;
  double cumulated = 0;
  for (const auto& [value, probability] : by_value)
    if ((cumulated += probability) >= level) return value;
  return by_value.rbegin()->first;
}

double RaidLaw::total(const RaidOutcome& raid) const { return munitions(raid) + strike_price * raid.strikes; }

double RaidLaw::expected_total(const RaidOutcome& raid) const {
  return munitions(raid) + strike_price * raid.expected_strikes;
}

double RaidLaw::attack(const RaidOutcome& raid) {
  return missile_price + shahed_price * (flyers - raid.decoys) + gerbera_price * raid.decoys;
}

}  // namespace dronewall::coverage
