#include "dronewall/stats/batch_sums.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "dronewall/core/contracts.hpp"

namespace dronewall {
namespace {

void add_checked(std::int64_t& sum, std::int64_t value) {
  expects(!__builtin_add_overflow(sum, value, &sum));
}

}  // namespace

BatchSums::BatchSums(std::uint32_t columns, std::uint32_t capacity)
    : columns_(columns), capacity_(capacity), counts_(capacity), sums_(std::size_t{capacity} * columns) {
  expects(capacity >= 2 && std::has_single_bit(capacity));
}

BatchSums::BatchSums(BatchSumsState state)
    : columns_(state.columns),
      capacity_(state.capacity),
      width_(state.width),
      counts_(std::move(state.counts)),
      sums_(std::move(state.sums)) {
  expects(capacity_ >= 2 && std::has_single_bit(capacity_) && width_ >= 1);
  expects(counts_.size() == capacity_ && sums_.size() == std::size_t{capacity_} * columns_);
}

void BatchSums::clear() {
  width_ = 1;
  std::fill(counts_.begin(), counts_.end(), 0);
  std::fill(sums_.begin(), sums_.end(), 0);
}

/// Joins neighbours until a batch holds `width` replications.
void BatchSums::widen(std::uint64_t width) {
  const std::uint64_t joined = width / width_;
  for (std::size_t batch = 0; batch < capacity_; ++batch) {
    const std::size_t target = batch / joined;
    if (target == batch) continue;  // Batch 0, or nothing to join.
    counts_[target] += std::exchange(counts_[batch], 0);
    for (std::size_t c = 0; c < columns_; ++c)
      add_checked(sums_[target * columns_ + c], std::exchange(sums_[batch * columns_ + c], 0));
  }
  width_ = width;
}

void BatchSums::add(std::uint64_t replication, const std::int64_t* row) {
  std::uint64_t width = width_;
  while (replication / width >= capacity_) width *= 2;
  if (width != width_) widen(width);
  const std::size_t batch = replication / width_;
  ++counts_[batch];
  for (std::size_t c = 0; c < columns_; ++c) add_checked(sums_[batch * columns_ + c], row[c]);
}

void BatchSums::merge(const BatchSums& other) {
  expects(columns_ == other.columns_ && capacity_ == other.capacity_);
  if (other.width_ > width_) widen(other.width_);
  const std::uint64_t joined = width_ / other.width_;
  for (std::size_t batch = 0; batch < capacity_; ++batch) {
    const std::size_t target = batch / joined;
    counts_[target] += other.counts_[batch];
    for (std::size_t c = 0; c < columns_; ++c)
      add_checked(sums_[target * columns_ + c], other.sums_[batch * columns_ + c]);
  }
}

std::uint32_t BatchSums::whole_batches() const {
  return static_cast<std::uint32_t>(std::count(counts_.begin(), counts_.end(), width_));
}

std::vector<double> BatchSums::form_sums(Terms terms, double constant) const {
  std::vector<double> form;
  form.reserve(whole_batches());
  for (std::size_t batch = 0; batch < capacity_; ++batch) {
    if (counts_[batch] != width_) continue;
    double sum = constant * static_cast<double>(width_);
    for (const auto& [column, weight] : terms)
      sum += weight * static_cast<double>(sums_[batch * columns_ + column]);
    form.push_back(sum);
  }
  return form;
}

}  // namespace dronewall
