#include "random/tail_table.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>

namespace dronewall {

namespace {

/// Octave and its half, as the first bits of a positive double say.
std::uint64_t half_octave(double p) { return std::bit_cast<std::uint64_t>(p) >> 51; }
double begin_of(std::uint64_t half) { return std::bit_cast<double>(half << 51); }

/// Chebyshev coefficients from the values at cos(π (i + 1/2) / n), i = 0 … n − 1.
template <std::size_t n>
std::array<double, n> chebyshev(const std::array<double, n>& values) {
  std::array<double, n> result{};
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i)
      result[k] += values[i] * std::cos(std::numbers::pi * static_cast<double>(k) *
                                        (static_cast<double>(i) + 0.5) / static_cast<double>(n));
    result[k] *= (k == 0 ? 1.0 : 2.0) / static_cast<double>(n);
  }
  return result;
}

/// The same polynomial in powers of t, by T(k + 1) = 2 t T(k) − T(k − 1).
template <std::size_t n>
void to_powers(const std::array<double, n>& chebyshev, double* powers) {
  std::array<double, n> before{}, now{};  // T(k − 1) and T(k)
  before[0] = 1;
  now[1] = 1;
  std::fill_n(powers, n, 0.0);
  powers[0] = chebyshev[0];
  for (std::size_t k = 1; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) powers[i] += chebyshev[k] * now[i];
    std::array<double, n> next{};
    for (std::size_t i = 0; i < n; ++i) next[i] = (i > 0 ? 2 * now[i - 1] : 0) - before[i];
    before = now;
    now = next;
  }
}

}  // namespace

std::optional<TailTable> TailTable::of(const std::function<double(double)>& exact) {
  TailTable table;
  for (std::uint64_t half = half_octave(least); half < half_octave(0.5); ++half) {
    const double begin = begin_of(half), end = begin_of(half + 1);
    Piece piece;
    piece.centre = begin + (end - begin) / 2;
    piece.per_half_width = 2 / (end - begin);
    std::array<double, terms> values{};
    for (int i = 0; i < terms; ++i)
      values[static_cast<std::size_t>(i)] =
          exact(piece.centre + std::cos(std::numbers::pi * (i + 0.5) / terms) / piece.per_half_width);
    const auto coefficients = chebyshev(values);
    const double least_value = *std::min_element(values.begin(), values.end());
    // The terms that are left out are smaller by a factor of ten each.
    const double rest = std::max(std::abs(coefficients[terms - 1]), std::abs(coefficients[terms - 2]) / 10);
    if (!(rest <= accuracy * least_value)) return std::nullopt;
    to_powers(coefficients, piece.coefficient);
    table.pieces_.push_back(piece);
  }
  return table;
}

double TailTable::value(double p) const {
  const std::size_t at = half_octave(p) - half_octave(least);
  const Piece& piece = pieces_[std::min(at, pieces_.size() - 1)];  // 1/2 ends the last one.
  const double t = (p - piece.centre) * piece.per_half_width, square = t * t;
  // Even and odd powers apart: two chains that the processor works at together.
  double even = piece.coefficient[terms - 2], odd = piece.coefficient[terms - 1];
  for (int i = terms - 4; i >= 0; i -= 2) {
    even = even * square + piece.coefficient[i];
    odd = odd * square + piece.coefficient[i + 1];
  }
  return even + t * odd;
}

}  // namespace dronewall
