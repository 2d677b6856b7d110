#include "dronewall/stats/sensitivity/sobol_indices.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "dronewall/core/contracts.hpp"
#include "stats/sensitivity/chance.hpp"

namespace dronewall {
namespace {

constexpr std::size_t fewest_groups = 8;

/// What of each group's products is noise, worked out once.
struct GroupNoise {
  std::vector<double> own;                 // mean variance of A and B
  std::vector<std::vector<double>> first;  // per factor: n(B, AB) − n(B, A)
  std::vector<std::vector<double>> total;  // per factor: of A − AB
  double common = 0;                       // variance of the mean over A and B
};

GroupNoise noise_of(const Responses& responses, const SaltelliRows& rows) {
  const std::size_t n = rows.size();
  GroupNoise noise;
  noise.first.assign(rows.ab.size(), std::vector<double>(n));
  noise.total = noise.first;
  std::vector<double> weights(responses.size(), 0.0);
  for (std::size_t j = 0; j < n; ++j) {
    const std::size_t a = rows.a[j], b = rows.b[j];
    noise.own.push_back((responses.noise(a, a) + responses.noise(b, b)) / 2);
    weights[a] = weights[b] = 1 / (2 * static_cast<double>(n));
    const double of_base = responses.noise(b, a);
    for (std::size_t k = 0; k < rows.ab.size(); ++k) {
      noise.first[k][j] = responses.noise(b, rows.ab[k][j]) - of_base;
      noise.total[k][j] = responses.noise_of_difference(a, rows.ab[k][j]);
    }
  }
  noise.common = responses.noise_of_sum(weights);
  return noise;
}

/// The variance and the indices' numerators, of a (re)sample of groups.
struct Parts {
  double raw_variance = 0, variance = 0;
  std::vector<double> first, total;
};

/// `times` is how often the noise stands in y: 1, or 2 where it was drawn once more.
Parts parts_of(const std::vector<double>& y, const SaltelliRows& rows, const GroupNoise& noise,
               const std::vector<std::size_t>& groups, double times) {
  const auto n = static_cast<double>(groups.size());
  double mean = 0, own = 0, squares = 0;
  for (const std::size_t j : groups) mean += (y[rows.a[j]] + y[rows.b[j]]) / (2 * n), own += noise.own[j] / n;
  for (const std::size_t j : groups) {
    const double a = y[rows.a[j]] - mean, b = y[rows.b[j]] - mean;
    squares += a * a + b * b;
  }
  Parts parts;
  parts.raw_variance = squares / (2 * n - 1);
  parts.variance = parts.raw_variance - times * (own - noise.common) * (2 * n) / (2 * n - 1);
  for (std::size_t k = 0; k < rows.ab.size(); ++k) {
    double first = 0, total = 0;
    for (const std::size_t j : groups) {
      const double a = y[rows.a[j]], b = y[rows.b[j]] - mean, ab = y[rows.ab[k][j]];
      first += b * (ab - a) - times * noise.first[k][j];
      total += (a - ab) * (a - ab) - times * noise.total[k][j];
    }
    parts.first.push_back(first / n);
    parts.total.push_back(total / (2 * n));
  }
  return parts;
}

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

/// Fills in the percentiles of resampled values; `values` is sorted in place.
SobolIndex index_of(double value, std::vector<double>& values, double confidence) {
  std::sort(values.begin(), values.end());
  const auto at = [&](double share) {
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
  };
  SobolIndex index{value, at((1 - confidence) / 2), at((1 + confidence) / 2)};
  index.told_from_0 = index.low > 0 && value > 0;
  return index;
}

/// Values of every index over resamples; `lost` counts those whose variance is not above 0.
struct Resampled {
  std::vector<std::vector<double>> first, total;
  std::uint32_t lost = 0;
};

Resampled resample(const Responses& responses, const std::vector<double>& y, const SaltelliRows& rows,
                   const GroupNoise& noise, const SobolOptions& options) {
  Chance chance(options.seed);
  Resampled made;
  made.first.resize(rows.ab.size());
  made.total.resize(rows.ab.size());
  std::vector<std::size_t> groups(rows.size());
  std::vector<double> normals(responses.normals());
  for (std::uint32_t r = 0; r < options.resamples; ++r) {
    for (std::size_t& group : groups) group = chance.index(rows.size());
    std::vector<double> shaken = y;
    // Noise of each point's own is resampled with its group; what points share has to be drawn.
    if (responses.batches() > 0) {
      for (double& normal : normals) normal = chance.normal();
      const std::vector<double> drawn = responses.noise_from(normals);
      for (std::size_t i = 0; i < shaken.size(); ++i) shaken[i] += drawn[i];
    }
    const Parts parts = parts_of(shaken, rows, noise, groups, responses.batches() > 0 ? 2 : 1);
    if (!(parts.variance > 0)) {
      ++made.lost;
      continue;
    }
    for (std::size_t k = 0; k < rows.ab.size(); ++k) {
      made.first[k].push_back(parts.first[k] / parts.variance);
      made.total[k].push_back(parts.total[k] / parts.variance);
    }
  }
  return made;
}

}  // namespace

SobolIndices sobol_indices(const Responses& responses, const SaltelliRows& all, const SobolOptions& options) {
  expects(0 < options.confidence && options.confidence < 1 && options.resamples >= 100);
  SobolIndices indices;
  const SaltelliRows rows = whole_groups(responses, all);
  if (rows.size() < fewest_groups) {
    indices.undefined_because = "fewer than 8 groups of points are complete";
    return indices;
  }
  std::vector<double> y(responses.size());
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = responses.mean(i);
  const GroupNoise noise = noise_of(responses, rows);
  std::vector<std::size_t> groups(rows.size());
  std::iota(groups.begin(), groups.end(), std::size_t{0});
  const Parts parts = parts_of(y, rows, noise, groups, 1);
  indices.variance = parts.variance;
  indices.noise = parts.raw_variance - parts.variance;
  // Rounding leaves a little variance where every point says the same.
  const double rounding = 1e-24 * y[rows.a[0]] * y[rows.a[0]];
  Resampled resampled;
  if (parts.variance > rounding) resampled = resample(responses, y, rows, noise, options);
  const double most_lost = (1 - options.confidence) / 2 * options.resamples;
  if (!(parts.variance > rounding) || resampled.lost > most_lost) {
    indices.undefined_because =
        parts.raw_variance > rounding
            ? "the points cannot be told apart from the noise of their replications: run more of them"
            : "every point says the same";
    return indices;
  }
  for (std::size_t k = 0; k < rows.ab.size(); ++k) {
    indices.first.push_back(
        index_of(parts.first[k] / parts.variance, resampled.first[k], options.confidence));
    indices.total.push_back(
        index_of(parts.total[k] / parts.variance, resampled.total[k], options.confidence));
  }
  return indices;
}

}  // namespace dronewall
