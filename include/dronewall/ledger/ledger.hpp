// Booked quantities, never money: the columns that every replication fills, and the measures that are read
// off them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace dronewall {

enum class Side { defender, attacker };

/// The accounts of MODEL §8.
enum class Account { munitions, operations, standing, acquisition, damage, disruption, attack };
/// `munitions`, `operations`, … as in measures.
[[nodiscard]] const char* name_of(Account account);

/// Who used an item up and who pays: what makes a column a line of cost.
struct LedgerLine {
  std::string item;  ///< what a price book prices: `aim9x`, `f35a.flight-hour`, `strike.depot`
  Account account = Account::munitions;
  Side side = Side::defender;
  std::string unit;                                     ///< unit, sensor, attack or asset that it belongs to
  std::string nation;                                   ///< who pays; "" when nobody is named
  std::vector<std::pair<std::string, double>> paid_by;  ///< shares that replace `nation`, sum 1; may be empty
  bool must_be_priced = false;  ///< MODEL §8: rounds, threats, flight hours, closures
};

/// Of whom a column counts what happens, once each where none of it was seen: bounds of what never happened
/// take so much for one event (rare_interval.hpp).
enum class CountedBy {
  intruder,  ///< fates, leakers, strikes: no intruder counts twice
  track      ///< rounds, sorties, closures, decisions: intruders, false tracks and traffic
};

/// One 64-bit integer that every replication reports: value × quantum is the quantity in `unit`.
struct Column {
  std::string name;                ///< "leakers", "rounds.aim9x@dutch-f35"
  double quantum = 1;              ///< 1 for pieces; 1e-6 for times in s; 1/3,600,000 for hours booked in ms
  bool is_count = true;            ///< its exact distribution is kept
  std::optional<LedgerLine> line;  ///< cost of the defender or attacker
  /// A line of the attacker's that was stopped: counts in cost-exchange.per-stopped only, is no cost itself.
  bool of_stopped = false;
  bool may_be_negative = false;  ///< a difference of two columns
  /// The count whose expectation at the last chance node this is: both book the same loss, a price is laid on
  /// one of them.
  std::optional<std::uint32_t> expectation_of;
  CountedBy counted_by = CountedBy::track;
  bool is_arrivals = false;    ///< it counts what comes: intruders (each `intruder`), false tracks, traffic
  std::uint32_t scenario = 0;  ///< of several whose columns stand side by side: which one's
};

/// Intruders that are still aloft at the end, of one attack and threat: how many, and what each would add to
/// the integers of which columns.
struct Unresolved {
  using Additions = std::vector<std::pair<std::uint32_t, std::int64_t>>;
  std::uint32_t column = 0;
  Additions stopped;  ///< at best: it is stopped at once and does no harm
  Additions worst;    ///< it does what it came for
};

/// A weighted sum of columns (weights apply to value × quantum), plus a constant.
struct LinearForm {
  std::vector<std::pair<std::uint32_t, double>> terms;  ///< column index, weight
  double constant = 0;
};

/// a + factor × b. Terms come out in order of columns, each column once; a weight that cancels to 0 is
/// dropped.
[[nodiscard]] LinearForm plus(const LinearForm& a, const LinearForm& b, double factor = 1);
[[nodiscard]] LinearForm times(double factor, const LinearForm& form);

/// A ratio of the means of two forms.
struct FormRatio {
  LinearForm numerator;
  LinearForm denominator;
};

/// A price that a measure solves for, beyond which a doctrine would choose otherwise, and what it would do
/// there: `aim120c would be taken before aim9x`.
struct PriceTurn {
  double price = 0;
  std::string change;
  bool operator==(const PriceTurn&) const = default;
};
/// Between these prices of one item all doctrines choose as they did; none where no price of it turns them.
struct PriceTurns {
  std::optional<PriceTurn> below, above;
  bool operator==(const PriceTurns&) const = default;
};

/// One dotted name of DESIGN §2: a mean of a linear form over replications, or a ratio of two means.
struct MeasureDefinition {
  std::string name;
  std::string meaning;  ///< one sentence
  std::string unit;     ///< "", "s", "m", "h", "USD", "fraction"
  LinearForm numerator;
  std::optional<LinearForm> denominator;
  std::string undefined_because;  ///< printed when the denominator's mean is 0
  std::optional<FormRatio> less;  ///< a ratio that is subtracted: the difference of two variants' ratios
  PriceTurns turns = {};          ///< of a price that is solved for: it is known between these
};

/// What a compiled scenario reports: columns in a fixed order (by name where it matters), and the measures on
/// them.
struct LedgerLayout {
  std::vector<Column> columns;
  std::vector<MeasureDefinition> measures;
  /// Units and sensors without a life: what it cost to acquire them is no line of the ledger.
  std::vector<LedgerLine> without_life;
  std::vector<Unresolved> unresolved;

  [[nodiscard]] std::optional<std::uint32_t> column(const std::string& name) const;
};

}  // namespace dronewall
