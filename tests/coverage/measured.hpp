// What many experiments say of a row, as it is kept in recorded.csv.
#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>

#include "row.hpp"

namespace dronewall::coverage {

struct Measured {
  std::uint64_t experiments = 0;
  std::uint64_t given = 0;   ///< experiments that gave an interval
  std::uint64_t held = 0;    ///< … that held the true value
  double half_width = 0;     ///< mean over those that have both bounds
  double half_width_sd = 0;  ///< between experiments
  std::string method;        ///< `poisson 71% / t`: the commonest first

  /// Of the intervals that were given, as far as the binomial law tells: exact, 95%.
  [[nodiscard]] ConfidenceInterval share() const;
};

/// Sums up the intervals of one row: every `stride`-th of `all`, from `offset` on.
[[nodiscard]] Measured measure(const Row& row, std::span<const Seen> all, std::size_t offset,
                               std::size_t stride);

/// By what is covered and its number of replications.
using Record = std::map<std::pair<std::string, std::uint64_t>, Measured>;
/// Throws std::runtime_error when the file is none.
[[nodiscard]] Record read_record(const std::string& path);
void write_record(const std::string& path, const Record& record);

}  // namespace dronewall::coverage
