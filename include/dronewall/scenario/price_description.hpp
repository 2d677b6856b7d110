// Price books as their authors wrote them.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "dronewall/scenario/values.hpp"

namespace dronewall {

/// One line of a price book. `low, mode, high` is what nobody knows: the point uses the mode. A distribution
/// is chance: the point uses its mean.
struct PriceDescription {
  Name item;
  double low = 0, mode = 0,
         high = 0;  ///< in the book's reporting currency after its rate; equal for a plain price
  std::optional<Quantity> distribution;
  std::string currency;     ///< as written
  std::optional<int> year;  ///< the price's own year
  std::string source;
  Place place;
  /// low or mode for bounds, mode or mean for the point.
  [[nodiscard]] double point() const { return distribution ? distribution->mean() : mode; }
};

/// The books of a run, merged in order: later wins.
struct PriceBook {
  std::string currency = "USD";
  std::optional<int> year;
  std::optional<double> deflator;
  std::map<std::string, PriceDescription> items;
  /// What one unit of another currency is worth in the book's, by every file that says so.
  std::map<std::string, double> rates;
};

}  // namespace dronewall
