// What stands in the store of a study, as measures can be read off it.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "dronewall/ledger/ledger.hpp"
#include "dronewall/stats/histogram.hpp"
#include "dronewall/stats/moments.hpp"
#include "dronewall/store/store.hpp"
#include "dronewall/study/estimate.hpp"

namespace dronewall {

class Tally;
struct TallyPlan;

/// Keys of Store::text() that every store of a study has.
namespace study_text {
inline constexpr const char* file = "file";                    ///< the study, as given
inline constexpr const char* title = "title";                  ///< of the study
inline constexpr const char* seed = "seed";                    ///< decimal
inline constexpr const char* confidence = "confidence";        ///< 0.95
inline constexpr const char* program = "program_version";      ///< that made it
inline constexpr const char* results = "results_version";      ///< its results are of
inline constexpr const char* fingerprint = "fingerprint";      ///< of the arithmetic, 16 hex digits
inline constexpr const char* scenario_hash = "scenario_hash";  ///< texts with `add`, prices too
inline constexpr const char* reads_prices = "reads_prices";    ///< `yes`: a doctrine does, so prices decide
inline constexpr const char* scoring = "scoring";              ///< `sampled` or `expected` losses are priced
inline constexpr const char* replications = "replications";    ///< what is wanted, in words
inline constexpr const char* measures = "measures";            ///< requested ones, one a line
inline constexpr const char* no_price = "without_price";  ///< items not counted for want of it, one a line
inline constexpr const char* no_life = "without_life";    ///< acquired ones that have a price and no life
}  // namespace study_text

/// The tally of a point's replications 0 … replications() − 1.
class PointTally {
 public:
  PointTally(std::shared_ptr<const LedgerLayout> layout, StoredTally stored);
  ~PointTally();
  PointTally(PointTally&&) noexcept;
  PointTally& operator=(PointTally&&) noexcept;

  [[nodiscard]] const LedgerLayout& layout() const { return *layout_; }
  [[nodiscard]] std::uint64_t replications() const;
  [[nodiscard]] const Moments& moments() const;
  /// nullptr for a column that is no count.
  [[nodiscard]] const Histogram* histogram(std::uint32_t column) const;
  /// Per measure, in order, as `run` would say. The measures may be of any price book, but columns without a
  /// line must be those of the layout's own measures: of other columns no cross products are kept.
  [[nodiscard]] std::vector<Estimate> estimates(const std::vector<MeasureDefinition>& measures,
                                                double confidence) const;
  [[nodiscard]] const Tally& tally() const { return *tally_; }

 private:
  std::shared_ptr<const LedgerLayout> layout_;
  std::unique_ptr<const TallyPlan> plan_;
  std::unique_ptr<const Tally> tally_;
};

/// Without the meaning, which a store does not hold.
[[nodiscard]] Estimate estimate_of(const StoredEstimate& stored);

/// A store opened for reading. Layouts are read once.
class StoredStudy {
 public:
  /// Throws StoreError when there is none, and when it is no store.
  explicit StoredStudy(const std::string& path);

  [[nodiscard]] const Store& store() const { return store_; }
  /// Of the key (study_text); "" when it is not there.
  [[nodiscard]] std::string text(const char* key) const;
  /// The lines of such a text.
  [[nodiscard]] std::vector<std::string> items(const char* key) const;
  [[nodiscard]] double confidence() const;
  [[nodiscard]] const std::vector<StoredFactor>& factors() const { return factors_; }
  /// Of the present design, in its order.
  [[nodiscard]] std::vector<StoredPoint> points() const;
  /// The layout of a point's first tally; throws StoreError when it has none.
  [[nodiscard]] std::shared_ptr<const LedgerLayout> layout(StoredPointId point) const;
  /// The same number for points of equal layout.
  [[nodiscard]] std::uint64_t layout_hash(StoredPointId point) const;
  /// Much quicker than the whole tally.
  [[nodiscard]] Moments moments(StoredPointId point) const { return Moments(store_.moments(point)); }
  /// By column of the layout, the largest value of those that count arrivals; 0 for the others. Quick, too.
  [[nodiscard]] std::vector<std::int64_t> largest_arrivals(StoredPointId point,
                                                           const LedgerLayout& layout) const;
  [[nodiscard]] PointTally tally(StoredPointId point) const;

 private:
  Store store_;
  std::vector<StoredFactor> factors_;
  mutable std::map<std::uint64_t, std::shared_ptr<const LedgerLayout>> layouts_;
};

/// A layout as a store keeps it, and back again.
[[nodiscard]] std::string json_of_layout(const LedgerLayout& layout);
/// Throws StoreError when the text is none.
[[nodiscard]] LedgerLayout layout_of_json(const std::string& json);

}  // namespace dronewall
