// An order of numbered things in which the first few are spread evenly over all.
#pragma once
#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>

namespace dronewall {

/// 0 … count − 1, each once, then again from 0: steps of a golden section, made to have no divisor in common
/// with the count, so that they meet every digit of a grid alike. count > 0, below 2^62.
class EvenOrder {
 public:
  explicit EvenOrder(std::uint64_t count) : count_(count), step_(step_of(count)) {}
  std::uint64_t next() { return std::exchange(at_, (at_ + step_) % count_); }

 private:
  static std::uint64_t step_of(std::uint64_t count) {
    auto step = static_cast<std::uint64_t>(0.6180339887 * static_cast<double>(count));
    for (step = std::max<std::uint64_t>(1, step); std::gcd(step, count) != 1;) ++step;
    return step;
  }

  std::uint64_t count_, step_, at_ = 0;
};

}  // namespace dronewall
