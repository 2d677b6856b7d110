#include "dronewall/stats/sensitivity/tornado.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "dronewall/core/contracts.hpp"
#include "dronewall/stats/interval.hpp"

namespace dronewall {
namespace {

/// Values of a point without one factor.
std::vector<double> others_of(const UnitPoints& points, std::size_t point, std::size_t factor) {
  const auto row = points.row(point);
  std::vector<double> others(row.begin(), row.end());
  others.erase(others.begin() + static_cast<std::ptrdiff_t>(factor));
  return others;
}

double square_of_distance(const UnitPoints& points, std::size_t point, std::span<const double> to) {
  double squares = 0;
  for (std::size_t k = 0; k < to.size(); ++k)
    squares += (points.at(point, k) - to[k]) * (points.at(point, k) - to[k]);
  return squares;
}

bool is_low_end(double unit) { return unit <= 1e-9; }
bool is_high_end(double unit) { return unit >= 1 - 1e-9; }

}  // namespace

bool spans_range(const UnitPoints& points, const FactorLine& line, std::size_t factor) {
  return !line.empty() && is_low_end(points.at(line.front(), factor)) &&
         is_high_end(points.at(line.back(), factor));
}

std::vector<FactorLine> lines_through(const UnitPoints& points, std::size_t base) {
  expects(base < points.size());
  std::vector<FactorLine> lines(points.factors);
  for (std::size_t i = 0; i < points.size(); ++i) {
    std::size_t differing = 0, factor = 0;
    for (std::size_t k = 0; k < points.factors && differing < 2; ++k)
      if (points.at(i, k) != points.at(base, k)) ++differing, factor = k;
    if (differing == 1) lines[factor].push_back(i);
  }
  for (std::size_t k = 0; k < points.factors; ++k) {
    FactorLine& line = lines[k];
    line.push_back(base);
    std::sort(line.begin(), line.end(),
              [&](std::size_t a, std::size_t b) { return points.at(a, k) < points.at(b, k); });
    const auto repeated = [&](std::size_t a, std::size_t b) { return points.at(a, k) == points.at(b, k); };
    line.erase(std::unique(line.begin(), line.end(), repeated), line.end());
  }
  return lines;
}

std::optional<std::size_t> find_base(const UnitPoints& points, std::span<const double> centre) {
  expects(centre.size() == points.factors);
  std::vector<std::size_t> moving(points.size(), 0);
  for (std::size_t k = 0; k < points.factors; ++k) {
    std::map<std::vector<double>, std::vector<std::size_t>> alike;
    for (std::size_t i = 0; i < points.size(); ++i) alike[others_of(points, i, k)].push_back(i);
    for (const auto& [others, members] : alike)
      if (std::any_of(members.begin(), members.end(),
                      [&](std::size_t i) { return is_low_end(points.at(i, k)); }) &&
          std::any_of(members.begin(), members.end(),
                      [&](std::size_t i) { return is_high_end(points.at(i, k)); }))
        for (const std::size_t i : members) ++moving[i];
  }
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (moving[i] == 0) continue;
    const bool better = !best || moving[i] > moving[*best] ||
                        (moving[i] == moving[*best] && square_of_distance(points, i, centre) <
                                                           square_of_distance(points, *best, centre) - 1e-12);
    if (better) best = i;
  }
  return best;
}

std::vector<TornadoBar> tornado(const UnitPoints& points, const Responses& responses, std::size_t base,
                                double confidence) {
  expects(points.size() == responses.size() && 0 < confidence && confidence < 1);
  std::vector<TornadoBar> bars;
  std::vector<double> weights(points.size(), 0.0);
  const std::vector<FactorLine> lines = lines_through(points, base);
  for (std::size_t k = 0; k < lines.size(); ++k) {
    if (!spans_range(points, lines[k], k)) continue;
    TornadoBar bar{k, lines[k].front(), lines[k].back()};
    bar.swing = responses.mean(bar.high_point) - responses.mean(bar.low_point);
    if (std::isnan(bar.swing)) continue;
    weights[bar.low_point] = -1, weights[bar.high_point] = 1;
    const double t = student_t_quantile((1 + confidence) / 2, responses.degrees_of_sum(weights));
    weights[bar.low_point] = weights[bar.high_point] = 0;
    const double noise = responses.noise_of_difference(bar.low_point, bar.high_point);
    const double rounding = 1e-12 * responses.noise(bar.low_point, bar.low_point);
    const double half = bar.swing == 0 && noise <= rounding ? std::nan("") : t * std::sqrt(noise);
    bar.swing_low = bar.swing - half;
    bar.swing_high = bar.swing + half;
    bar.told_from_0 = bar.swing_low > 0 || bar.swing_high < 0;
    bars.push_back(bar);
  }
  std::stable_sort(bars.begin(), bars.end(), [](const TornadoBar& a, const TornadoBar& b) {
    return std::abs(a.swing) > std::abs(b.swing);
  });
  return bars;
}

}  // namespace dronewall
