// What the plain structs of the description compute: means and variances of quantities, look-ups in Values
// and KindTables.
#include <cmath>

#include "dronewall/scenario/description.hpp"
#include "dronewall/scenario/key_table.hpp"

namespace dronewall {
namespace {

/// Mean of a lognormal that is written by its median and its 95th percentile:
///     exp(mu + sigma^2 / 2),   mu = ln median,   sigma = ln(p95 / median) / z,   z = 1.6449 (normal quantile
///     of 0.95)
double lognormal_mean(double median, double p95) {
  constexpr double z95 = 1.6448536269514722;
  const double sigma = std::log(p95 / median) / z95;
  return median * std::exp(sigma * sigma / 2);
}

double discrete_mean(const std::vector<std::pair<double, double>>& points) {
  double sum = 0, weights = 0;
  for (const auto& [value, weight] : points) {
    sum += value * weight;
    weights += weight;
  }
  return weights > 0 ? sum / weights : 0;
}

double unshifted_mean(const Quantity& q) {
  switch (q.kind) {
    case DistributionKind::constant:
    case DistributionKind::exponential:
    case DistributionKind::normal:
    case DistributionKind::poisson:
      return q.a;
    case DistributionKind::uniform:
      return (q.a + q.b) / 2;
    case DistributionKind::triangular:
      return (q.a + q.b + q.c) / 3;
    case DistributionKind::pert:
      return (q.a + 4 * q.b + q.c) / 6;
    case DistributionKind::lognormal:
      return lognormal_mean(q.a, q.b);
    case DistributionKind::beta:
      return q.a / (q.a + q.b);
    case DistributionKind::gamma:
      return q.a * q.b;
    case DistributionKind::discrete:
      return discrete_mean(q.points);
  }
  return q.a;
}

double square(double x) { return x * x; }

double lognormal_variance(double median, double p95) {
  const double mean = lognormal_mean(median, p95);
  return square(mean) * (square(mean / median) - 1);  // (mean / median)² = exp(sigma²)
}

double discrete_variance(const std::vector<std::pair<double, double>>& points) {
  std::vector<std::pair<double, double>> squares = points;
  const double mean = discrete_mean(points);
  for (auto& [value, weight] : squares) value = square(value - mean);
  return discrete_mean(squares);
}

}  // namespace

double Quantity::mean() const { return shift + unshifted_mean(*this); }

double Quantity::variance() const {
  switch (kind) {
    case DistributionKind::constant:
      return 0;
    case DistributionKind::exponential:
      return a * a;
    case DistributionKind::normal:
      return b * b;
    case DistributionKind::poisson:
      return a;
    case DistributionKind::uniform:
      return square(b - a) / 12;
    case DistributionKind::triangular:
      return (square(b - a) + square(c - a) + square(c - b)) / 36;
    case DistributionKind::pert:
      return (unshifted_mean(*this) - a) * (c - unshifted_mean(*this)) / 7;
    case DistributionKind::lognormal:
      return lognormal_variance(a, b);
    case DistributionKind::beta:
      return a * b / (square(a + b) * (a + b + 1));
    case DistributionKind::gamma:
      return a * b * b;
    case DistributionKind::discrete:
      return discrete_variance(points);
  }
  return 0;
}

const Values::Value* Values::find(const std::string& key) const {
  const auto found = values_.find(key);
  return found == values_.end() ? nullptr : &found->second;
}

bool Values::has(const std::string& key) const {
  const Value* value = find(key);
  return value && !value->by_default;
}

double Values::number(const std::string& key, double fallback) const {
  const Value* value = find(key);
  return value ? value->quantity.mean() : fallback;
}

Quantity Values::quantity(const std::string& key, double fallback) const {
  const Value* value = find(key);
  return value ? value->quantity : Quantity::constant(fallback, place_);
}

Name Values::text(const std::string& key) const {
  const Value* value = find(key);
  return value ? value->text : Name{};
}

bool Values::flag(const std::string& key, bool fallback) const {
  const Value* value = find(key);
  return value ? value->flag : fallback;
}

Place Values::place_of(const std::string& key) const {
  const Value* value = find(key);
  return value ? value->place : place_;
}

const KindTables::Entry* KindTables::find(const std::string& group, const std::string& name) const {
  for (const Entry& entry : entries)
    if (entry.group == group && entry.name == name) return &entry;
  return nullptr;
}

std::vector<std::string> KindTables::names(const std::string& group) const {
  std::vector<std::string> found;
  for (const Entry& entry : entries)
    if (entry.group == group) found.push_back(entry.name);
  return found;
}

}  // namespace dronewall
