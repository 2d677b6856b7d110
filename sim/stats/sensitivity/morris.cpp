#include "dronewall/stats/sensitivity/morris.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <limits>
#include <numbers>

#include "dronewall/core/contracts.hpp"
#include "dronewall/stats/interval.hpp"

namespace dronewall {
namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

std::optional<MorrisStep> step_between(const UnitPoints& points, std::size_t from) {
  MorrisStep step{from, from + 1};
  std::size_t changed = 0;
  for (std::size_t k = 0; k < points.factors; ++k) {
    const double length = points.at(from + 1, k) - points.at(from, k);
    if (length == 0) continue;
    ++changed;
    step.factor = k;
    step.length = length;
  }
  if (changed != 1) return std::nullopt;
  return step;
}

/// Elementary effects of one factor, the covariance of their noise, and how well that of their mean is known.
struct Effects {
  Eigen::VectorXd d;
  Eigen::MatrixXd noise;
  double degrees = 1;
  bool are_none = false;  ///< no replication moves along any step
};

Effects effects_of(const Responses& responses, const std::vector<MorrisStep>& steps) {
  const auto r = static_cast<Eigen::Index>(steps.size());
  Effects effects{Eigen::VectorXd(r), Eigen::MatrixXd(r, r)};
  std::vector<double> weights(responses.size(), 0.0);
  for (Eigen::Index i = 0; i < r; ++i) {
    const MorrisStep& a = steps[static_cast<std::size_t>(i)];
    effects.d[i] = (responses.mean(a.to) - responses.mean(a.from)) / a.length;
    weights[a.to] += 1 / a.length;
    weights[a.from] -= 1 / a.length;
    for (Eigen::Index j = 0; j <= i; ++j) {
      const MorrisStep& b = steps[static_cast<std::size_t>(j)];
      const double shared = responses.noise(a.to, b.to) - responses.noise(a.to, b.from) -
                            responses.noise(a.from, b.to) + responses.noise(a.from, b.from);
      effects.noise(i, j) = effects.noise(j, i) = shared / (a.length * b.length);
    }
  }
  effects.degrees = responses.degrees_of_sum(weights);
  double own = 0;
  for (const MorrisStep& step : steps) own += responses.noise(step.to, step.to);
  effects.are_none = effects.d.isZero(0) && effects.noise.trace() <= 1e-12 * own;
  return effects;
}

/// Whether a sum of squares is more than noise of this covariance makes: its law is near that of c χ² with
/// as many degrees as give the same mean tr N and variance 2 tr N². Source: Satterthwaite, Biometrics
/// Bulletin 2 (1946) 110.
bool exceeds(double squares, const Eigen::MatrixXd& noise, double confidence) {
  const double mean = noise.trace(), spread = noise.squaredNorm();
  if (!(mean > 0)) return squares > 0;  // Without noise every effect is certain, however small.
  const boost::math::chi_squared law(mean * mean / spread);
  return squares > spread / mean * boost::math::quantile(law, confidence);
}

/// The mean of values whose noise is correlated, and an interval of it.
struct MeanOfEffects {
  double mean = 0, half = 0;
};

MeanOfEffects mean_of(const Eigen::VectorXd& values, const Eigen::MatrixXd& noise, double noise_degrees,
                      double confidence) {
  const auto r = static_cast<double>(values.size());
  MeanOfEffects made{values.mean()};
  const double apart = (values.array() - made.mean).square().sum() / (r - 1) / r;
  const double shared = std::max(0.0, (noise.sum() - noise.trace()) / (r * (r - 1)));
  const double variance = apart + shared;
  if (!(variance > 0)) return made;
  // Satterthwaite, as below.
  const double degrees = variance * variance / (apart * apart / (r - 1) + shared * shared / noise_degrees);
  made.half = student_t_quantile((1 + confidence) / 2, degrees) * std::sqrt(variance);
  return made;
}

/// How much more than |x| the mean of |x + noise| is.
double folded(double x, double sd) {
  if (!(sd > 0)) return 0;
  const double z = std::abs(x) / sd;
  return sd *
         (std::sqrt(2 / std::numbers::pi) * std::exp(-z * z / 2) - z * std::erfc(z / std::numbers::sqrt2));
}

/// The interval of μ*; that of μ must be there.
void set_mu_star(const Effects& effects, double confidence, MorrisEffect& made) {
  const Eigen::VectorXd signs = effects.d.unaryExpr([](double d) { return d < 0 ? -1.0 : 1.0; });
  const MeanOfEffects star =
      mean_of(effects.d.cwiseAbs(), signs.asDiagonal() * effects.noise * signs.asDiagonal(), effects.degrees,
              confidence);
  const double t = student_t_quantile((1 + confidence) / 2, effects.degrees);
  double added = 0;  // By noise, at the least effect that each may have.
  for (Eigen::Index i = 0; i < effects.d.size(); ++i) {
    const double sd = std::sqrt(std::max(0.0, effects.noise(i, i)));
    added += folded(std::max(0.0, std::abs(effects.d[i]) - t * sd), sd);
  }
  added /= static_cast<double>(effects.d.size());
  made.mu_star = star.mean;
  made.mu_star_high = star.mean + star.half;
  made.mu_star_low =
      made.told_from_0 ? std::max({star.mean - star.half - added, made.mu_low, -made.mu_high, 0.0}) : 0;
}

MorrisEffect effect_of(const Effects& effects, double confidence) {
  MorrisEffect made;
  const Eigen::Index r = effects.d.size();
  made.trajectories = static_cast<std::size_t>(r);
  if (r < 2) {
    made.mu = made.mu_low = made.mu_high = made.sigma = made.floor = not_known;
    made.mu_star = made.mu_star_low = made.mu_star_high = not_known;
    return made;
  }
  const MeanOfEffects mean = mean_of(effects.d, effects.noise, effects.degrees, confidence);
  made.mu = mean.mean;
  made.mu_low = mean.mean - mean.half;
  made.mu_high = mean.mean + mean.half;
  made.floor = (effects.noise.diagonal().cwiseMax(0) * (2 / std::numbers::pi)).cwiseSqrt().mean();
  const Eigen::VectorXd off = effects.d.array() - made.mu;
  const Eigen::MatrixXd centring = Eigen::MatrixXd::Identity(r, r).array() - 1 / static_cast<double>(r);
  const Eigen::MatrixXd centred_noise = centring * effects.noise * centring;
  made.sigma =
      std::sqrt(std::max(0.0, (off.squaredNorm() - centred_noise.trace()) / static_cast<double>(r - 1)));
  const double rounding = 1e-18 * effects.d.squaredNorm();
  const auto scatters = [&](double level) {
    return off.squaredNorm() > rounding && exceeds(off.squaredNorm(), centred_noise, level);
  };
  // μ's interval takes its share of mistakes; what scatter alone tells may add little to it.
  const double strict = 1 - (1 - confidence) / 10;
  made.told_from_0 = made.mu_low > 0 || made.mu_high < 0 || scatters(strict);
  made.curved = made.told_from_0 && scatters(confidence);
  set_mu_star(effects, confidence, made);
  if (effects.are_none) made.mu_low = made.mu_high = made.mu_star_low = made.mu_star_high = not_known;
  return made;
}

}  // namespace

std::optional<std::vector<MorrisStep>> find_morris_steps(const UnitPoints& points) {
  const std::size_t width = points.factors + 1;
  if (points.factors == 0 || points.size() == 0 || points.size() % width != 0) return std::nullopt;
  std::vector<MorrisStep> steps;
  for (std::size_t start = 0; start < points.size(); start += width) {
    std::vector<bool> moved(points.factors, false);
    for (std::size_t from = start; from + 1 < start + width; ++from) {
      const std::optional<MorrisStep> step = step_between(points, from);
      if (!step || moved[step->factor]) return std::nullopt;
      moved[step->factor] = true;
      steps.push_back(*step);
    }
  }
  return steps;
}

std::vector<MorrisEffect> morris_effects(const Responses& responses, const std::vector<MorrisStep>& steps,
                                         std::size_t factors, double confidence) {
  expects(0 < confidence && confidence < 1);
  std::vector<std::vector<MorrisStep>> complete(factors);
  for (const MorrisStep& step : steps)
    if (!std::isnan(responses.mean(step.to) - responses.mean(step.from)))
      complete[step.factor].push_back(step);
  std::vector<MorrisEffect> made;
  for (const std::vector<MorrisStep>& each : complete)
    made.push_back(effect_of(effects_of(responses, each), confidence));
  return made;
}

}  // namespace dronewall
