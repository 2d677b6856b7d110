// Priced lines: which column costs how much to whom, and the sums that measures are made of.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "dronewall/pricing/pricing.hpp"

namespace dronewall {

/// Which end of the price ranges a sum takes.
enum class PriceEnd { point, low, high };

/// A column that is a line of cost and has a price.
struct CostLine {
  std::uint32_t column = 0;
  const LedgerLine* line = nullptr;
  double quantum = 1;
  double point = 0, low = 0, high = 0;  ///< per unit of quantity

  [[nodiscard]] double price(PriceEnd end) const {
    return end == PriceEnd::low ? low : end == PriceEnd::high ? high : point;
  }
};

/// All priced lines of a layout, and the sums over them.
class CostLines {
 public:
  std::vector<CostLine> costs;    ///< what somebody pays
  std::vector<CostLine> stopped;  ///< the attacker's lines that were stopped: in no cost

  [[nodiscard]] LinearForm defender(View view, PriceEnd end = PriceEnd::point) const;
  [[nodiscard]] LinearForm attacker(PriceEnd end = PriceEnd::point) const;
  [[nodiscard]] LinearForm stopped_value(PriceEnd end = PriceEnd::point) const;
  [[nodiscard]] LinearForm account(Account account) const;
  [[nodiscard]] LinearForm item(const std::string& item) const;
  [[nodiscard]] LinearForm unit(const std::string& unit, View view) const;
  /// The share of a nation; "unnamed" is what no nation was named for.
  [[nodiscard]] LinearForm nation(const std::string& nation, View view) const;
  /// Price of all pieces bought, whatever part of their life the run uses up.
  [[nodiscard]] LinearForm investment() const;
  /// How many of an item were booked as cost, unpriced.
  [[nodiscard]] LinearForm quantity_of(const std::string& item) const;

  /// The defender's units and nations that pay for a line, by name.
  [[nodiscard]] std::vector<std::string> units() const;
  [[nodiscard]] std::vector<std::string> nations() const;
};

/// What a nation pays of a line, as a share of 1.
[[nodiscard]] double share_of(const LedgerLine& line, const std::string& nation);

}  // namespace dronewall
