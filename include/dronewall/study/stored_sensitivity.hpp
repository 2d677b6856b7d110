// Which of a study's assumptions matter, and which single one flips the verdict, from what a store holds.
#pragma once
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "dronewall/scenario/study.hpp"
#include "dronewall/stats/sensitivity/break_even.hpp"
#include "dronewall/stats/sensitivity/metamodel.hpp"
#include "dronewall/stats/sensitivity/morris.hpp"
#include "dronewall/stats/sensitivity/prim.hpp"
#include "dronewall/stats/sensitivity/sobol_indices.hpp"
#include "dronewall/stats/sensitivity/tornado.hpp"
#include "dronewall/study/reprice.hpp"

namespace dronewall {

enum class SensitivityMethod { tornado, morris, sobol, metamodel, boxes, flips };
/// `tornado`, `morris`, `sobol`, `metamodel`, `boxes`, `flips`.
[[nodiscard]] const char* name_of(SensitivityMethod method);

struct SensitivityOptions {
  std::string measure = "cost-exchange.marginal";
  double bound = 1;  ///< the verdict is whether the measure exceeds it
  double confidence = 0.95;
  std::uint64_t seed = 0;  ///< of resampling
};

/// A box of factors' ranges, its sides in the words of their author.
struct NamedBox {
  std::vector<std::string> sides;  ///< `weapons.sting.pk.drone 0.3 .. 0.55`
  PrimBox box;
};

/// What one input alone would have to be for the measure to cross the bound.
struct Flip {
  enum class Kind { choice, uncertain, attacker, price } kind = Kind::uncertain;
  enum class Verdict {
    in_range,      ///< it crosses, and the whole interval of where lies in the range: this alone flips the
                   ///< verdict
    out_of_range,  ///< it crosses, and the whole interval of where lies elsewhere
    nowhere,       ///< it does not cross within the range (beyond it nothing was simulated)
    untold,        ///< neither: the interval of where it crosses leaves the range, or has no end
    other_choice,  ///< a doctrine would choose otherwise before it crosses: what happens there was not run
    no_price,      ///< no price of it does it
    no_range,      ///< it crosses, but nobody published a range
    not_judged     ///< the points carry no verdict: see `why_not`
  } verdict = Verdict::nowhere;
  /// A number in the flip's unit, NaN where there is none; and of a factor as its author would write it.
  struct Value {
    double number = std::numeric_limits<double>::quiet_NaN();
    std::string text;
  };
  std::string input;            ///< path or item
  std::string unit;             ///< of all its numbers: `km`, `$k`, a currency
  Value used;                   ///< what it is at the base
  Value range_low, range_high;  ///< what the study varies, or a price's book publishes; none without one
  Value at, low, high;          ///< where it crosses, and the interval of that
  /// Of levels between which nothing lies (names, distributions): where the measure is at each of them, the
  /// verdict being `in_range` when one is told to lie on the other side of the bound than the base.
  struct Level {
    std::string text;
    enum class Side { above, below, untold, no_result } side = Side::untold;
  };
  std::vector<Level> levels;                    ///< empty for numbers
  Level::Side base_side = Level::Side::untold;  ///< with levels: that of the base
  std::string why_not;                          ///< not_judged: the reason
  std::string by;                               ///< `between points`, `at points`, `metamodel`, `exact`
  std::optional<double> r2;                     ///< of the metamodel, cross-validated
  std::string source;                           ///< of a price's range
  /// Of a price: beyond these, where a doctrine would choose otherwise, nothing of where it crosses is said.
  PriceTurns turns;
};

struct SensitivityResult {
  std::string measure, unit;
  double bound = 1;
  std::vector<std::string> factors;  ///< paths, as the parts below count them
  std::vector<std::string> scales;   ///< their ranges
  std::vector<bool> even;   ///< whether a factor's values are no numbers: they lie evenly, as they are listed
  std::size_t points = 0;   ///< with a value
  std::size_t missing = 0;  ///< without results, or undefined
  /// Of the points with a value the leak fraction: at the base, and between what it lies; NaN without.
  double base_leaks = std::numeric_limits<double>::quiet_NaN(), least_leaks = base_leaks,
         most_leaks = base_leaks;
  /// Points with intruders still aloft at the end, the most of them per replication, and per bar the bounds
  /// of its ends.
  std::size_t aloft_points = 0;
  double most_aloft = 0;
  using Bounds = std::optional<std::pair<double, double>>;
  std::vector<std::pair<Bounds, Bounds>> bar_bounds;
  bool shares_luck = false;                      ///< noise that points share was taken as shared
  std::size_t above = 0, below = 0, untold = 0;  ///< points against the bound

  /// The point from which the tornado and the flips look, all else as it is there: of those from which most
  /// factors move alone, or in a space-filling design of all, the one nearest to the scenario's own values.
  std::vector<std::string> base;
  std::vector<std::string> usual;           ///< the scenario's own values; "" where it says nothing of a path
  bool base_is_usual = false;               ///< base and usual are the same values
  std::optional<std::uint64_t> base_point;  ///< its number; none where no point has a value
  std::vector<TornadoBar> bars;
  std::vector<std::pair<std::string, std::string>> bar_ends;
  std::vector<std::pair<double, double>> bar_values;
  std::vector<std::pair<std::size_t, std::string>> without_bar;  ///< factors that have none, with the reason
  std::vector<MorrisEffect> morris;
  std::optional<SobolIndices> sobol;
  std::optional<LinearMetamodel> metamodel;
  std::vector<NamedBox> boxes;
  std::vector<Flip> flips;
  /// A method that this design or this measure does not carry.
  struct Refusal {
    SensitivityMethod method;
    std::string why;
    std::string design;  ///< that carries it; "" where the design is not what is missing
  };
  std::vector<Refusal> refused;
};

/// A measure at every point of a store, with the noise of its replications.
struct MeasuredPoints {
  std::string unit;
  Responses responses;  ///< NaN means for points where it is undefined
  /// Per point, with intruders still aloft: what they could yet make of it.
  std::vector<std::optional<std::pair<double, double>>> bounds;
  std::size_t undefined = 0;
};
/// The book of a point: the same for all unless the study varies prices.
using BookOfPoint = std::function<const PriceBook&(std::size_t)>;
/// The measure of the layouts, or of money under each point's book. Throws std::invalid_argument when there
/// is no such measure, or it is a probability or a quantile.
[[nodiscard]] MeasuredPoints measure_points(const RepricedStudy& stored, const BookOfPoint& book_of,
                                            const std::string& measure, std::uint32_t threads);

/// All that the design carries. Without turns no doctrine reads the accounting prices.
[[nodiscard]] SensitivityResult analyse(const StudyDescription& study, const RepricedStudy& stored,
                                        const BookOfPoint& book_of, const MeasuredPoints& measured,
                                        const SensitivityOptions& options, const TurnsAtPoint& turns = {});

}  // namespace dronewall
