// Booked quantities of items, never money: what was used up, and for whom.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace dronewall {

enum class Side { defender, attacker };

/// The accounts of MODEL §8.
enum class Account { munitions, operations, standing, acquisition, damage, disruption, attack };
[[nodiscard]] const char* name_of(Account account);

/// How much one unit of a booked integer is.
enum class Quantum {
  piece,       ///< one round, drone, sortie, strike
  millisecond  ///< of an hour's item: price per hour
};

/// One line that can be booked: an item (what a price book prices) with who used it up and who pays.
struct LedgerLine {
  std::string item;     ///< `aim9x`, `f35a.flight-hour`, `strike.depot`
  Account account = Account::munitions;
  Side side = Side::defender;
  std::string unit;     ///< unit, sensor, attack or asset that it belongs to
  std::string nation;   ///< who pays; "" when nobody is named
  std::vector<std::pair<std::string, double>> paid_by;  ///< shares that replace `nation`, sum 1; may be empty
  Quantum quantum = Quantum::piece;
  bool must_be_priced = false;  ///< MODEL §8: rounds, threats, flight hours, closures
  bool of_stopped = false;      ///< the attacker's price of what was stopped (not itself a cost)
};

}  // namespace dronewall
