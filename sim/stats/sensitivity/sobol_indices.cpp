#include "dronewall/stats/sensitivity/sobol_indices.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>

#include "dronewall/core/contracts.hpp"
#include "dronewall/stats/interval.hpp"
#include "stats/sensitivity/quadratic_surface.hpp"

namespace dronewall {
namespace {

constexpr std::size_t fewest_groups = 8;

/// Σ q_ij y_i y_j over a group's A, B and AB: what an index has above or below its line.
using Form = Eigen::Matrix3d;
using Rows = std::array<std::size_t, 3>;

Form variance_of_all() { return Form::Identity() / 3; }
Form variance_of_a_and_b() { return Eigen::Vector3d(0.5, 0.5, 0).asDiagonal(); }
/// y_B y_AB − weight y_B y_A.
Form over_first(double weight) {
  Form form = Form::Zero();
  form(1, 2) = form(2, 1) = 0.5;
  form(0, 1) = form(1, 0) = -weight / 2;
  return form;
}
/// (y_A − y_AB)² / 2 + weight y_B y_A.
Form over_total(double weight) {
  Form form = Form::Zero();
  form(0, 0) = form(2, 2) = 0.5;
  form(0, 2) = form(2, 0) = -0.5;
  form(0, 1) = form(1, 0) = weight / 2;
  return form;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

/// Σ (x − its mean) (y − its mean).
double products_about_means(const std::vector<double>& x, const std::vector<double>& y) {
  const double of_x = mean_of(x), of_y = mean_of(y);
  double sum = 0;
  for (std::size_t j = 0; j < x.size(); ++j) sum += (x[j] - of_x) * (y[j] - of_y);
  return sum;
}

/// An index as a ratio of means over groups.
struct Ratio {
  std::vector<double> over, under;
  double spread_by = 1;     ///< how much more the groups' means vary than their scatter says
  bool on_surface = false;  ///< the surface's part is taken off, and its mean put in its place

  [[nodiscard]] double value() const { return mean_of(over) / mean_of(under); }
  /// Per group over − ratio × under.
  [[nodiscard]] std::vector<double> residuals() const {
    std::vector<double> residuals(over.size());
    const double ratio = value();
    for (std::size_t j = 0; j < over.size(); ++j) residuals[j] = over[j] - ratio * under[j];
    return residuals;
  }
  /// Squared standard error of the mean of the residuals, groups taken as independent.
  [[nodiscard]] double variance_of_mean() const {
    const std::vector<double> scatter = residuals();
    const auto n = static_cast<double>(scatter.size());
    return products_about_means(scatter, scatter) / (n - 1) / n * spread_by;
  }
};

/// The groups whose responses are all there.
SaltelliRows whole_groups(const Responses& responses, const SaltelliRows& rows) {
  SaltelliRows whole;
  whole.ab.resize(rows.ab.size());
  for (std::size_t j = 0; j < rows.size(); ++j) {
    bool there = !std::isnan(responses.mean(rows.a[j])) && !std::isnan(responses.mean(rows.b[j]));
    for (const auto& ab : rows.ab) there = there && !std::isnan(responses.mean(ab[j]));
    if (!there) continue;
    whole.a.push_back(rows.a[j]);
    whole.b.push_back(rows.b[j]);
    for (std::size_t k = 0; k < rows.ab.size(); ++k) whole.ab[k].push_back(rows.ab[k][j]);
  }
  return whole;
}

std::vector<std::size_t> all_of(const SaltelliRows& rows) {
  std::vector<std::size_t> all = rows.a;
  all.insert(all.end(), rows.b.begin(), rows.b.end());
  for (const auto& ab : rows.ab) all.insert(all.end(), ab.begin(), ab.end());
  return all;
}

/// A response or its noise, about its mean over A and B, with its surface.
struct Bent {
  std::vector<double> y, surface;
  Eigen::VectorXd coefficients;
};

/// One index: its line above, and what a surface has of it.
struct Kind {
  Form over;
  std::size_t factor;
  std::vector<double> SurfaceParts::*part;

  [[nodiscard]] double of(const SurfaceParts& parts) const { return (parts.*part)[factor]; }
};

class Groups {
 public:
  Groups(const UnitPoints& points, const Responses& responses, const SaltelliRows& rows,
         const SobolOptions& options)
      : responses_(responses),
        rows_(rows),
        confidence_(options.confidence),
        fit_(points, all_of(rows), margins_of(points, options)) {
    std::vector<double> weights(responses.size(), 0.0), y;
    for (std::size_t j = 0; j < rows.size(); ++j) weights[rows.a[j]] = weights[rows.b[j]] = 1 / (2 * n());
    common_noise_ = responses.noise_of_sum(weights);
    for (std::size_t i = 0; i < responses.size(); ++i) y.push_back(responses.mean(i));
    response_ = bent(std::move(y));
    parts_ = fit_.parts(response_.coefficients);
    std::vector<double> one(responses.batches(), 0.0);
    for (double& batch : one) {
      batch = 1;
      noise_.push_back(bent(responses.noise_from(one)));
      batch = 0;
    }
  }

  /// Fills in what the response varies by, and why there are no indices.
  void measure_variance(SobolIndices& indices) const {
    const Form form = variance_of_a_and_b();
    double raw = 0;
    std::vector<double> weights(response_.y.size(), 0.0);
    for (std::size_t j = 0; j < rows_.size(); ++j) {
      const Rows rows = group(0, j);
      const Eigen::Vector3d y = at(response_.y, rows), slope = 2 * (form * y) / n();
      raw += y.dot(form * y) / n();
      indices.noise += noise_of(form, rows) / n();
      for (Eigen::Index i = 0; i < 3; ++i) weights[row(rows, i)] += slope[i];
    }
    indices.variance = raw - indices.noise;
    const double first = responses_.mean(rows_.a[0]);
    const double rounding = 1e-24 * first * first;  // Left where every point says the same.
    const double error = std::sqrt(responses_.noise_of_sum(weights));
    double least = indices.variance - t(responses_.degrees_of_sum(weights)) * error;
    for (std::size_t k = 0; k < rows_.ab.size(); ++k)
      least = std::min(least, mean_of(plain(over_first(1), k).under));
    if (indices.variance > rounding && least > 0) return;
    indices.undefined_because = raw > rounding ? "the points cannot be told apart from the noise of their "
                                                 "replications: run more of them"
                                               : "every point says the same";
  }

  void add_factor(std::size_t k, SobolIndices& indices) const {
    const auto share = [](double index) { return std::clamp(index, 0.0, 1.0); };
    const double without = 1 - share(plain(over_total(0), k).value());
    const double with = share(plain(over_first(without), k).value());
    indices.first.push_back(index_of({over_first(without), k, &SurfaceParts::first}));
    indices.total.push_back(index_of({over_total(with), k, &SurfaceParts::total}));
  }

 private:
  static std::vector<Margin> margins_of(const UnitPoints& points, const SobolOptions& options) {
    return options.margins.empty() ? std::vector<Margin>(points.factors) : options.margins;
  }
  [[nodiscard]] double n() const { return static_cast<double>(rows_.size()); }
  [[nodiscard]] double t(double degrees) const { return student_t_quantile((1 + confidence_) / 2, degrees); }
  [[nodiscard]] Rows group(std::size_t k, std::size_t j) const {
    return {rows_.a[j], rows_.b[j], rows_.ab[k][j]};
  }
  [[nodiscard]] static std::size_t row(const Rows& rows, Eigen::Index i) {
    return rows[static_cast<std::size_t>(i)];
  }
  [[nodiscard]] static Eigen::Vector3d at(const std::vector<double>& y, const Rows& rows) {
    return {y[rows[0]], y[rows[1]], y[rows[2]]};
  }

  /// The mean of a surface is known: it is 0, so that only what the surface leaves has to be averaged.
  [[nodiscard]] Bent bent(std::vector<double> y) const {
    Bent bent{std::move(y), {}, {}};
    bent.coefficients = fit_.coefficients(bent.y);
    bent.surface = fit_.values(bent.coefficients);
    double mean = 0;
    for (std::size_t j = 0; j < rows_.size(); ++j)
      for (const std::size_t i : {rows_.a[j], rows_.b[j]}) mean += (bent.y[i] - bent.surface[i]) / (2 * n());
    for (double& each : bent.y) each -= mean;
    return bent;
  }

  /// What noise adds to a form on average, the mean being as noisy as it is.
  [[nodiscard]] double noise_of(const Form& form, const Rows& rows) const {
    Form noise;
    for (Eigen::Index i = 0; i < 3; ++i)
      for (Eigen::Index j = 0; j <= i; ++j)
        noise(i, j) = noise(j, i) =
            form(i, j) == 0 ? 0 : responses_.noise(row(rows, i), row(rows, j)) - common_noise_;
    return form.cwiseProduct(noise).sum();
  }

  /// Noise taken off, the surface left in.
  [[nodiscard]] Ratio plain(const Form& over, std::size_t k) const {
    const Form under = variance_of_all();
    Ratio ratio;
    for (std::size_t j = 0; j < rows_.size(); ++j) {
      const Rows rows = group(k, j);
      const Eigen::Vector3d y = at(response_.y, rows);
      ratio.over.push_back(y.dot(over * y) - noise_of(over, rows));
      ratio.under.push_back(y.dot(under * y) - noise_of(under, rows));
    }
    return ratio;
  }

  /// The surface's part of each group taken off and its mean put in its place, if groups differ less so.
  void take_surface_off(const Kind& kind, Ratio& ratio) const {
    const double value = ratio.value();
    std::vector<double> above, below, parts;
    for (std::size_t j = 0; j < rows_.size(); ++j) {
      const Eigen::Vector3d y = at(response_.surface, group(kind.factor, j));
      above.push_back(y.dot(kind.over * y) - kind.of(parts_));
      below.push_back(y.dot(variance_of_all() * y) - parts_.variance);
      parts.push_back(above[j] - value * below[j]);
    }
    if (!(2 * products_about_means(ratio.residuals(), parts) > products_about_means(parts, parts))) return;
    if (!(mean_of(ratio.under) > mean_of(below))) return;
    for (std::size_t j = 0; j < rows_.size(); ++j) ratio.over[j] -= above[j], ratio.under[j] -= below[j];
    ratio.spread_by = 1 + static_cast<double>(fit_.terms()) / n();
    ratio.on_surface = true;
  }

  /// Whether the square of a change counts, or its first order alone.
  enum class Squares { left_out, counted };

  /// By how much the mean over groups of a form grows when y becomes y + by.
  [[nodiscard]] double growth(const Form& form, std::size_t k, const std::vector<double>& y,
                              const std::vector<double>& by, Squares squares) const {
    double sum = 0;
    for (std::size_t j = 0; j < rows_.size(); ++j) {
      const Rows rows = group(k, j);
      const Eigen::Vector3d change = at(by, rows);
      sum += 2 * change.dot(form * at(y, rows));
      if (squares == Squares::counted) sum += change.dot(form * change);
    }
    return sum / n();
  }

  /// How the parts of an index answer to a change of the response.
  struct Answer {
    double over = 0, under = 0;
  };
  [[nodiscard]] Answer answer(const Kind& kind, const Ratio& ratio, const Bent& by, Squares squares) const {
    const Form all = variance_of_all();
    Answer answer{growth(kind.over, kind.factor, response_.y, by.y, squares),
                  growth(all, kind.factor, response_.y, by.y, squares)};
    if (!ratio.on_surface) return answer;
    const SurfaceParts together = fit_.parts(response_.coefficients + by.coefficients);
    SurfaceParts own = fit_.parts(by.coefficients);
    if (squares == Squares::counted) own = fit_.parts(0 * by.coefficients);
    answer.over += kind.of(together) - kind.of(parts_) - kind.of(own) -
                   growth(kind.over, kind.factor, response_.surface, by.surface, squares);
    answer.under += together.variance - parts_.variance - own.variance -
                    growth(all, kind.factor, response_.surface, by.surface, squares);
    return answer;
  }

  /// The sum of all batches' noise, so much of each.
  [[nodiscard]] Bent noise_of(const std::vector<double>& normals) const {
    const std::vector<double> zeros(response_.y.size(), 0.0);
    Bent sum{zeros, zeros, 0 * response_.coefficients};
    for (std::size_t b = 0; b < normals.size(); ++b) {
      for (std::size_t i = 0; i < sum.y.size(); ++i) {
        sum.y[i] += normals[b] * noise_[b].y[i];
        sum.surface[i] += normals[b] * noise_[b].surface[i];
      }
      sum.coefficients += normals[b] * noise_[b].coefficients;
    }
    return sum;
  }

  /// How far what noise the points share could have moved an index, down and up.
  struct Reach {
    double down = 0, up = 0;
  };

  /// Along a straight line in noise both parts of the ratio are parabolas: its ends, and what lies between.
  /// (Where points have no batches, each one's own noise is in the scatter of groups.)
  [[nodiscard]] Reach reach_of_noise(const Kind& kind, const Ratio& ratio) const {
    std::vector<double> along;
    double squares = 0;
    for (const Bent& batch : noise_) {
      const Answer first = answer(kind, ratio, batch, Squares::left_out);
      along.push_back(first.over - ratio.value() * first.under);
      squares += along.back() * along.back();
    }
    if (squares == 0) return {};
    const double far = t(responses_.degrees_along(along)) / std::sqrt(squares);
    for (double& normal : along) normal *= far;
    const double up = moved(kind, ratio, along);
    for (double& normal : along) normal = -normal;
    const double down = moved(kind, ratio, along);
    const double slope = (up - down) / 2, bend = (up + down) / 2;
    Reach reach{-std::min({up, down, 0.0}), std::max({up, down, 0.0})};
    if (std::abs(slope) < 2 * std::abs(bend)) {  // The parabola turns on the way.
      const double turn = -slope * slope / (4 * bend);
      reach.down = std::max(reach.down, -turn), reach.up = std::max(reach.up, turn);
    }
    return reach;
  }

  /// By how much an index moves with so much of each batch's noise.
  [[nodiscard]] double moved(const Kind& kind, const Ratio& ratio, const std::vector<double>& normals) const {
    const Answer by = answer(kind, ratio, noise_of(normals), Squares::counted);
    const double under = mean_of(ratio.under);
    // Where next to no variance is left the ratio runs away: as if straight.
    const double then = under + by.under > under / 4 ? under + by.under : under;
    return (by.over - ratio.value() * by.under) / then;
  }

  [[nodiscard]] SobolIndex index_of(const Kind& kind) const {
    Ratio ratio = plain(kind.over, kind.factor);
    take_surface_off(kind, ratio);
    const double from_points = t(n() - 1) * std::sqrt(ratio.variance_of_mean()) / mean_of(ratio.under);
    const Reach noise = reach_of_noise(kind, ratio);
    const double value = ratio.value();
    SobolIndex index{value, value - std::hypot(from_points, noise.down),
                     value + std::hypot(from_points, noise.up)};
    index.told_from_0 = index.low > 0;
    return index;
  }

  const Responses& responses_;
  const SaltelliRows& rows_;
  double confidence_;
  QuadraticFit fit_;
  double common_noise_ = 0;  // of the mean over A and B
  Bent response_;
  SurfaceParts parts_;       // of its surface
  std::vector<Bent> noise_;  // per batch: what a standard normal of it adds
};

}  // namespace

Margin margin_of(std::span<const double> values) {
  expects(!values.empty());
  const auto mean_power = [&](double about, int power) {
    double sum = 0;
    for (const double value : values) sum += std::pow(value - about, power);
    return sum / static_cast<double>(values.size());
  };
  const double mean = mean_power(0, 1);
  return {mean, mean_power(mean, 2), mean_power(mean, 3), mean_power(mean, 4)};
}

SobolIndices sobol_indices(const UnitPoints& points, const Responses& responses, const SaltelliRows& all,
                           const SobolOptions& options) {
  expects(0 < options.confidence && options.confidence < 1 && points.size() == responses.size());
  expects(options.margins.empty() || options.margins.size() == points.factors);
  SobolIndices indices;
  const SaltelliRows rows = whole_groups(responses, all);
  if (rows.size() < fewest_groups) {
    indices.undefined_because = "fewer than 8 groups of points are complete";
    return indices;
  }
  const Groups groups(points, responses, rows, options);
  groups.measure_variance(indices);
  if (!indices.undefined_because.empty()) return indices;
  for (std::size_t k = 0; k < rows.ab.size(); ++k) groups.add_factor(k, indices);
  return indices;
}

}  // namespace dronewall
