#include "dronewall/stats/histogram.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "dronewall/core/contracts.hpp"

namespace dronewall {
namespace {

constexpr std::int64_t table_size = 1'024;

bool is_small(std::int64_t value) { return 0 <= value && value < table_size; }

}  // namespace

void Histogram::add(std::int64_t value, std::uint64_t times) {
  if (times == 0) return;
  count_ += times;
  if (!is_small(value)) {
    other_[value] += times;
    return;
  }
  const auto index = static_cast<std::size_t>(value);
  if (index >= small_.size()) small_.resize(index + 1);
  small_[index] += times;
}

void Histogram::merge(const Histogram& other) {
  for (const auto& [value, times] : other.cells()) add(value, times);
}

void Histogram::clear() { *this = Histogram(); }

std::vector<std::pair<std::int64_t, std::uint64_t>> Histogram::cells() const {
  std::vector<std::pair<std::int64_t, std::uint64_t>> all;
  const auto above = other_.lower_bound(0);
  all.assign(other_.begin(), above);
  for (std::size_t value = 0; value < small_.size(); ++value)
    if (small_[value] > 0) all.emplace_back(value, small_[value]);
  all.insert(all.end(), above, other_.end());
  return all;
}

std::uint64_t Histogram::count_at_most(std::int64_t value) const {
  std::uint64_t seen = 0;
  for (const auto& [cell, times] : cells())
    if (cell <= value) seen += times;
  return seen;
}

std::int64_t Histogram::order_statistic(std::uint64_t rank) const {
  expects(1 <= rank && rank <= count_);
  std::uint64_t seen = 0;
  for (const auto& [value, times] : cells()) {
    seen += times;
    if (seen >= rank) return value;
  }
  contract_broken("the cells hold count() values", __FILE__, __LINE__);
}

std::int64_t Histogram::quantile(double p) const { return order_statistic(quantile_rank(p, count_)); }

double Histogram::mean() const {
  double sum = 0;
  for (const auto& [value, times] : cells()) sum += static_cast<double>(value) * static_cast<double>(times);
  return sum / static_cast<double>(count_);
}

double Histogram::variance() const {
  if (count_ < 2) return std::numeric_limits<double>::quiet_NaN();
  const double centre = mean();
  double squares = 0;
  for (const auto& [value, times] : cells()) {
    const double deviation = static_cast<double>(value) - centre;
    squares += deviation * deviation * static_cast<double>(times);
  }
  return squares / static_cast<double>(count_ - 1);
}

std::uint64_t quantile_rank(double p, std::uint64_t n) {
  expects(0 <= p && p <= 1 && n >= 1);
  const double rank = std::ceil(p * static_cast<double>(n) * (1 - 1e-12));
  return std::clamp<std::uint64_t>(static_cast<std::uint64_t>(rank), 1, n);
}

}  // namespace dronewall
