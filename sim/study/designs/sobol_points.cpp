#include "study/designs/sobol_points.hpp"

#include <fmt/format.h>

#include <bit>

#include "dronewall/core/contracts.hpp"
#include "study/designs/direction_numbers.hpp"

namespace dronewall {

std::size_t most_sobol_dimensions() { return direction_numbers.size() + 1; }

SobolDimension::SobolDimension(std::size_t dimension) {
  expects(dimension < most_sobol_dimensions());
  if (dimension == 0) {
    for (std::size_t i = 0; i < 32; ++i) directions_[i] = 1U << (31U - i);
    return;
  }
  // v_i = m_i / 2^i; m_i = 2 a_1 m_{i-1} xor … xor 2^s m_{i-s} xor m_{i-s}, a the polynomial's inner digits.
  const DirectionNumbers& numbers = direction_numbers[dimension - 1];
  const std::size_t degree = numbers.degree;
  for (std::size_t i = 0; i < 32; ++i) {
    if (i < degree) {
      directions_[i] = static_cast<std::uint32_t>(numbers.initial[i]) << (31U - i);
      continue;
    }
    directions_[i] = directions_[i - degree] ^ (directions_[i - degree] >> degree);
    for (std::size_t k = 1; k < degree; ++k)
      if ((numbers.inner >> (degree - 1 - k)) & 1U) directions_[i] ^= directions_[i - k];
  }
}

std::uint32_t SobolDimension::digits(std::uint32_t number) const {
  std::uint32_t digits = 0;
  for (std::size_t i = 0; number != 0; ++i, number >>= 1U)
    if (number & 1U) digits ^= directions_[i];
  return digits;
}

std::uint32_t owen_scrambled(std::uint32_t digits, std::size_t dimension, const DesignDraws& draws) {
  std::uint32_t scrambled = 0;
  std::uint64_t before = 1;  // The digits so far, with a 1 in front: 1, 10 and 100 are different addresses.
  for (int i = 31; i >= 0; --i) {
    const std::uint32_t digit = (digits >> static_cast<unsigned>(i)) & 1U;
    const auto flip = static_cast<std::uint32_t>(draws.bits(dimension, before) >> 63U);
    scrambled = (scrambled << 1U) | (digit ^ flip);
    before = (before << 1U) | digit;
  }
  return scrambled;
}

SobolPoints::SobolPoints(std::size_t dimensions, DesignDraws draws) : draws_(draws) {
  for (std::size_t d = 0; d < dimensions; ++d) dimensions_.emplace_back(d);
}

std::vector<double> SobolPoints::point(std::uint32_t number) const {
  std::vector<double> point;
  for (std::size_t d = 0; d < dimensions_.size(); ++d) {
    const std::uint32_t digits = owen_scrambled(dimensions_[d].digits(number), d, draws_);
    point.push_back((static_cast<double>(digits) + 0.5) * 0x1p-32);
  }
  return point;
}

std::string why_no_net(std::uint64_t points, std::size_t dimensions) {
  if (!std::has_single_bit(points))
    return fmt::format("{} is no power of two (Sobol points are even only in powers of two; {} or {} are)",
                       points, std::bit_floor(points), std::bit_ceil(points));
  if (dimensions > most_sobol_dimensions())
    return fmt::format(
        "{} dimensions are needed (there are direction numbers for {}; a latin-hypercube has no "
        "such limit)",
        dimensions, most_sobol_dimensions());
  return "";
}

}  // namespace dronewall
