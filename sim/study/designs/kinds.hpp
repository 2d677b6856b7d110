// How each kind of design is made, and what several of them share.
#pragma once
#include <algorithm>
#include <cmath>
#include <memory>

#include "dronewall/core/hash.hpp"
#include "dronewall/study/designs.hpp"

namespace dronewall {

[[nodiscard]] std::unique_ptr<Design> make_grid();
[[nodiscard]] std::unique_ptr<Design> make_list();
[[nodiscard]] std::unique_ptr<Design> make_latin_hypercube();
[[nodiscard]] std::unique_ptr<Design> make_sobol();
[[nodiscard]] std::unique_ptr<Design> make_morris();
[[nodiscard]] std::unique_ptr<Design> make_saltelli();
[[nodiscard]] std::unique_ptr<Design> make_cross();

/// More points than this are a mistake of the study, not a plan.
inline constexpr std::size_t most_points = 10'000'000;

/// The level of `levels` that a place in the unit interval picks: each has an equal share.
[[nodiscard]] inline std::size_t level_at(double unit, std::size_t levels) {
  return std::min(static_cast<std::size_t>(unit * static_cast<double>(levels)), levels - 1);
}

/// Columns for these factors, all places in the unit interval.
[[nodiscard]] inline DesignMatrix unit_matrix(const std::vector<std::size_t>& factors) {
  std::vector<DesignMatrix::Column> columns;
  for (const std::size_t factor : factors) columns.push_back({factor, DesignMatrix::Cell::unit});
  return DesignMatrix(std::move(columns));
}

/// Random numbers of a design, each with its own address, so that a larger design keeps those of a smaller.
class DesignDraws {
 public:
  DesignDraws(std::uint64_t seed, std::string_view purpose) : key_(hash_text(purpose, seed)) {}

  [[nodiscard]] std::uint64_t bits(std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0) const {
    return mix64(mix64(mix64(key_ ^ a) ^ b) ^ c);
  }
  /// In [0, 1).
  [[nodiscard]] double uniform(std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0) const {
    return static_cast<double>(bits(a, b, c) >> 11U) * 0x1p-53;
  }
  /// 0 … count − 1.
  [[nodiscard]] std::size_t below(std::size_t count, std::uint64_t a, std::uint64_t b = 0,
                                  std::uint64_t c = 0) const {
    return std::min(static_cast<std::size_t>(uniform(a, b, c) * static_cast<double>(count)), count - 1);
  }

 private:
  std::uint64_t key_;
};

}  // namespace dronewall
