#include "dronewall/study/price_uncertainty.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "dronewall/model/kind.hpp"
#include "study/designs/sobol_points.hpp"

namespace dronewall {
namespace {

constexpr std::uint32_t samples = 1U << 14U;
constexpr std::size_t most_by_quadrature = 2;
constexpr double infinity = std::numeric_limits<double>::infinity();

/// A value of a price with its share of an integral; the shares sum to 1.
struct Node {
  double value, weight;
};

bool is_stepped(const Quantity& chance) {
  return chance.kind == DistributionKind::discrete || chance.kind == DistributionKind::poisson;
}

/// Of a distribution by steps: its values, with the share of equal slices of [0, 1] that each takes.
std::vector<Node> steps_of(const Distribution& drawn, double factor) {
  std::vector<Node> nodes;
  for (std::uint32_t i = 0; i < samples; ++i) {
    const double value = factor * drawn.value((i + 0.5) / samples);
    if (nodes.empty() || nodes.back().value != value) nodes.push_back({value, 0});
    nodes.back().weight += 1.0 / samples;
  }
  return nodes;
}

/// The double exponential rule over the quantile function: it is exact to many digits where that runs off to
/// infinity at an end. Source: Takahasi and Mori, "Double exponential formulas for numerical integration",
/// 1974.
std::vector<Node> double_exponential(const Distribution& drawn, double factor) {
  constexpr int half = 128;
  constexpr double end = 3, pi = 3.14159265358979323846;
  std::vector<Node> nodes;
  double sum = 0;
  for (int i = -half; i <= half; ++i) {
    const double t = end * i / half, u = 1 / (1 + std::exp(-pi * std::sinh(t)));
    const double weight = std::cosh(t) * u * (1 - u);
    if (!(u < 1) || !(weight > 0)) continue;
    nodes.push_back({factor * drawn.value(u), weight});
    sum += weight;
  }
  for (Node& node : nodes) node.weight /= sum;
  return nodes;
}

std::vector<Node> nodes_of(const UncertainPrice& price) {
  const Distribution drawn = distribution_of(price.chance);
  return is_stepped(price.chance) ? steps_of(drawn, price.factor) : double_exponential(drawn, price.factor);
}

/// k where P(price < x) falls as x^k towards 0; infinity where a price keeps away from 0.
double order_at_0(const Quantity& chance) {
  if (distribution_of(chance).low() > 0) return infinity;
  constexpr double never = 8;  // standard deviations: farther out than any node of a rule
  switch (chance.kind) {
    case DistributionKind::lognormal:
      return infinity;
    case DistributionKind::triangular:
      return chance.b > chance.a ? 2 : 1;
    case DistributionKind::pert:
      return 1 + 4 * (chance.b - chance.a) / (chance.c - chance.a);
    case DistributionKind::beta:
    case DistributionKind::gamma:
      return chance.a;
    case DistributionKind::uniform:
    case DistributionKind::exponential:
      return 1;
    case DistributionKind::normal:
      return chance.a + chance.shift > never * chance.b ? infinity : 0;
    default:
      return 0;  // It may be 0, or less.
  }
}

/// Prices by place in [0, 1], sample after sample.
class DrawnPrices {
 public:
  explicit DrawnPrices(const std::vector<UncertainPrice>& prices)
      : draws_(0, "uncertain prices"), nets_(std::min(prices.size(), most_sobol_dimensions()), draws_) {
    for (const UncertainPrice& price : prices)
      drawn_.push_back(distribution_of(price.chance)), factors_.push_back(price.factor);
  }
  [[nodiscard]] std::vector<double> sample(std::uint32_t number) const {
    std::vector<double> values = nets_.point(number);
    for (std::size_t i = values.size(); i < drawn_.size(); ++i)
      values.push_back(std::max(draws_.uniform(number, i), 0x1p-53));
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = factors_[i] * drawn_[i].value(values[i]);
    return values;
  }

 private:
  DesignDraws draws_;
  SobolPoints nets_;
  std::vector<Distribution> drawn_;
  std::vector<double> factors_;
};

/// Both sums at one place of the attacker's prices, with its share of the integral; the defender's own prices
/// at their means.
struct Place {
  double defender, attacker, weight;
};

class Exchange {
 public:
  explicit Exchange(const UncertainCosts& costs) : costs_(costs), defender_(costs.defender) {
    for (const UncertainPrice& price : costs.prices) {
      if (price.attacker != 0) {
        of_attacker_.push_back(price);
        continue;
      }
      of_defender_.push_back(price);
      defender_ += price.defender * price.mean();
      variance_ += price.defender * price.defender * price.variance();
    }
  }

  [[nodiscard]] PriceUncertainty told() {
    PriceUncertainty told;
    if (!set_at_means(told)) return told;
    told.way = of_attacker_.empty()                        ? PriceUncertainty::Way::closed_form
               : of_attacker_.size() <= most_by_quadrature ? PriceUncertainty::Way::quadrature
                                                           : PriceUncertainty::Way::sampled;
    set_range(told);
    if (keeps_off_0())
      set_moments(told);
    else
      told.undefined_because = "what was launched may cost next to nothing: the ratio has no mean to be told";
    if (!told.undefined_because.empty()) told.mean = told.sd = std::nan("");
    return told;
  }

 private:
  bool set_at_means(PriceUncertainty& told) const {
    double attacker = costs_.attacker, defender = defender_;
    for (const UncertainPrice& price : of_attacker_)
      attacker += price.attacker * price.mean(), defender += price.defender * price.mean();
    told.at_mean_prices = told.mean = told.sd = std::nan("");
    if (!(attacker > 0)) told.undefined_because = "nothing that has a price was launched";
    if (attacker > 0) told.at_mean_prices = defender / attacker;
    return attacker > 0;
  }

  /// Whether 1/A has four moments, so that its square can be averaged.
  [[nodiscard]] bool keeps_off_0() const {
    double order = costs_.attacker > 0 || of_attacker_.empty() ? infinity : 0;
    for (const UncertainPrice& price : of_attacker_) order += order_at_0(price.chance);
    return order > 4;
  }

  [[nodiscard]] std::vector<Place> places() const {
    std::vector<Place> places = {{defender_, costs_.attacker, 1}};
    if (of_attacker_.size() <= most_by_quadrature) {
      for (const UncertainPrice& price : of_attacker_) places = times(places, price);
      return places;
    }
    places.clear();
    const DrawnPrices drawn(of_attacker_);
    for (std::uint32_t i = 0; i < samples; ++i) {
      const std::vector<double> values = drawn.sample(i);
      Place place{defender_, costs_.attacker, 1.0 / samples};
      for (std::size_t k = 0; k < values.size(); ++k)
        place.defender += of_attacker_[k].defender * values[k],
            place.attacker += of_attacker_[k].attacker * values[k];
      places.push_back(place);
    }
    return places;
  }

  static std::vector<Place> times(const std::vector<Place>& places, const UncertainPrice& price) {
    const std::vector<Node> nodes = nodes_of(price);
    std::vector<Place> product;
    for (const Place& at : places)
      for (const Node& node : nodes)
        product.push_back({at.defender + price.defender * node.value,
                           at.attacker + price.attacker * node.value, at.weight * node.weight});
    return product;
  }

  void set_moments(PriceUncertainty& told) const {
    const std::vector<Place> all = places();
    double mean = 0, squares = 0, inverse = 0;
    for (const Place& at : all) mean += at.weight * at.defender / at.attacker;
    for (const Place& at : all) {
      const double off = at.defender / at.attacker - mean;
      squares += at.weight * (off * off + variance_ / (at.attacker * at.attacker));
      inverse += at.weight / at.attacker;
    }
    told.mean = mean;
    told.sd = std::sqrt(squares);
    if (!(squares > 0)) return;
    const auto share = [&](const UncertainPrice& price, double variance) {
      if (variance > 0)
        told.shares.push_back({price.item, price.mean(), std::sqrt(price.variance()), variance / squares});
    };
    for (const UncertainPrice& price : of_defender_)
      share(price, price.defender * price.defender * price.variance() * inverse * inverse);
    for (std::size_t k = 0; k < of_attacker_.size(); ++k)
      share(of_attacker_[k],
            of_attacker_.size() == 1 ? squares - variance_ * mean_inverse_square(all) : variance_along(k));
    settle(told);
  }

  static double mean_inverse_square(const std::vector<Place>& places) {
    double mean = 0;
    for (const Place& at : places) mean += at.weight / (at.attacker * at.attacker);
    return mean;
  }

  /// Var(E[R | price k of the attacker]), the others over the sample.
  [[nodiscard]] double variance_along(std::size_t k) const {
    UncertainCosts rest = costs_;
    rest.prices = of_attacker_;
    const UncertainPrice price = of_attacker_[k];
    rest.prices.erase(rest.prices.begin() + static_cast<std::ptrdiff_t>(k));
    Exchange others(rest);
    others.defender_ += defender_ - costs_.defender;
    const std::vector<Place> places = others.places();
    const std::vector<Node> nodes = nodes_of(price);
    std::vector<double> means;
    double mean = 0, variance = 0;
    for (const Node& node : nodes) {
      double of_node = 0;
      for (const Place& at : places)
        of_node += at.weight * (at.defender + price.defender * node.value) /
                   (at.attacker + price.attacker * node.value);
      means.push_back(of_node);
      mean += node.weight * of_node;
    }
    for (std::size_t i = 0; i < nodes.size(); ++i)
      variance += nodes[i].weight * (means[i] - mean) * (means[i] - mean);
    return variance;
  }

  void set_range(PriceUncertainty& told) const {
    if (costs_.prices.empty()) return;
    const DrawnPrices drawn(costs_.prices);
    std::vector<double> ratios;
    for (std::uint32_t i = 0; i < samples; ++i) {
      const std::vector<double> values = drawn.sample(i);
      double defender = costs_.defender, attacker = costs_.attacker;
      for (std::size_t k = 0; k < values.size(); ++k)
        defender += costs_.prices[k].defender * values[k], attacker += costs_.prices[k].attacker * values[k];
      ratios.push_back(attacker > 0 ? defender / attacker : infinity);
    }
    std::sort(ratios.begin(), ratios.end());
    told.low = ratios[samples / 20];
    told.high = ratios[samples - 1 - samples / 20];
  }

  const UncertainCosts& costs_;
  double defender_, variance_ = 0;  // of what the defender alone buys, with what is known
  std::vector<UncertainPrice> of_attacker_, of_defender_;
};

}  // namespace

PriceUncertainty exchange_uncertainty(const UncertainCosts& costs) { return Exchange(costs).told(); }

}  // namespace dronewall
