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
    no_price,      ///< no price of it does it
    no_range       ///< it crosses, but nobody published a range
  } verdict = Verdict::nowhere;
  /// A number in the flip's unit, and as its author would write it; NaN and "" where there is none.
  struct Value {
    double number = std::numeric_limits<double>::quiet_NaN();
    std::string text;
  };
  std::string input;            ///< path or item
  std::string unit;             ///< of all its numbers: `km`, `$k`, a currency
  Value used;                   ///< what it is at the base
  Value range_low, range_high;  ///< between what it may lie; none where nobody published that
  std::string range;            ///< both, in words
  Value at, low, high;          ///< where it crosses, and the interval of that
  std::string by;               ///< `between points`, `metamodel`, `exact`
  std::optional<double> r2;     ///< of the metamodel, cross-validated
  std::string source;           ///< of a price's range
};

struct SensitivityResult {
  std::string measure, unit;
  double bound = 1;
  std::vector<std::string> factors;              ///< paths, as the parts below count them
  std::vector<std::string> scales;               ///< their ranges
  std::size_t points = 0;                        ///< with a value
  std::size_t missing = 0;                       ///< without results, or undefined
  bool shares_luck = false;                      ///< noise that points share was taken as shared
  std::size_t above = 0, below = 0, untold = 0;  ///< points against the bound

  std::vector<std::string> base;  ///< values of the point from which the tornado and the flips look
  bool base_is_point = false;     ///< else it is no point of the design, but a place on the metamodel
  std::vector<TornadoBar> bars;
  std::vector<std::pair<std::string, std::string>> bar_ends;
  std::vector<std::pair<double, double>> bar_values;
  std::vector<MorrisEffect> morris;
  std::optional<SobolIndices> sobol;
  std::optional<LinearMetamodel> metamodel;
  std::vector<NamedBox> boxes;
  std::vector<Flip> flips;
  /// Methods that this design or this measure does not carry, with the reason.
  std::vector<std::pair<SensitivityMethod, std::string>> refused;
};

/// A measure at every point of a store, with the noise of its replications.
struct MeasuredPoints {
  std::string unit;
  Responses responses;  ///< NaN means for points where it is undefined
  std::size_t undefined = 0;
};
/// The book of a point: the same for all unless the study varies prices.
using BookOfPoint = std::function<const PriceBook&(std::size_t)>;
/// The measure of the layouts, or of money under each point's book. Throws std::invalid_argument when there
/// is no such measure, or it is a probability or a quantile.
[[nodiscard]] MeasuredPoints measure_points(const RepricedStudy& stored, const BookOfPoint& book_of,
                                            const std::string& measure, std::uint32_t threads);

/// All that the design carries.
[[nodiscard]] SensitivityResult analyse(const StudyDescription& study, const RepricedStudy& stored,
                                        const BookOfPoint& book_of, const MeasuredPoints& measured,
                                        const SensitivityOptions& options);

}  // namespace dronewall
