// New prices on the quantities of a store: costs, ratios and break-even prices without a replication.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dronewall/pricing/quantities.hpp"
#include "dronewall/study/price_readers.hpp"
#include "dronewall/study/requested.hpp"
#include "dronewall/study/stored_study.hpp"

namespace dronewall {

/// A whole price book: the scenario's own with others laid over it. Where it comes from says how its
/// intervals are made:
///     swept  as the store has them, where it was asked for the same confidence; else as `named`
///     named  as `run` and `sweep` do, from the batches of replications that are stored
///     grid   the same for few vectors; for many (RepricedStudy::resamples_grid) from moments alone: t and
///            delta, and where few replications differ the exact Poisson bound
struct NamedBook {
  enum class Origin { swept, named, grid };
  std::string name;
  PriceBook book;
  Origin origin = Origin::named;
};

/// A point of the design that has results.
struct RepricedPoint {
  StoredPoint stored;
  std::vector<std::string> settings;       ///< one text per factor
  double leak_fraction = 0;                ///< no ratio stands without it; NaN where nothing hostile came
  double least_leaks = 0, most_leaks = 0;  ///< what intruders still aloft could make of it, else the same
  double unresolved = 0;                   ///< intruders still aloft at the end, per replication
};

/// An estimate without its words; NaN for what is not known.
struct RepricedValue {
  double mean, se, low, high;
  double least, most;  ///< with intruders still aloft what they could yet make of it; else NaN
  IntervalMethod method = IntervalMethod::undefined;

  RepricedValue();  ///< nothing is known
  RepricedValue(double value, double error, const ConfidenceInterval& interval);
  explicit RepricedValue(const Estimate& estimate);
};

/// One point under one book in one view.
struct RepricedFigure {
  RepricedValue defender, attacker;
  RepricedValue ratio;  ///< not known without an attacker's cost
};
/// Per view, point after point, book after book; empty for views that were not asked for.
using RepricedFigures = std::array<std::vector<RepricedFigure>, 4>;

/// What is asked of a store: books in views, and measures of money beside them.
struct RepriceRequest {
  const std::vector<NamedBook>& books;
  std::vector<View> views;
  double confidence = 0.95;
  /// Priced under all books but those of a grid that is not resampled.
  std::vector<Requested> asked;
};
/// What is answered of one point.
struct RepricedAnswer {
  std::size_t point = 0;
  RepricedFigures figures;                   ///< book after book
  Estimate leaks;                            ///< leak-fraction, as swept
  std::vector<std::vector<Estimate>> asked;  ///< by book
};

/// Of a figure over points.
struct Spread {
  std::size_t points = 0;  ///< that have it
  double least = 0, median = 0, greatest = 0;
  std::size_t at_least = 0, at_greatest = 0;
  std::size_t at_median = 0;  ///< the point in the middle, of two the lower
};
/// Of the values that are not NaN.
[[nodiscard]] Spread spread_of(const std::vector<double>& values);

/// Where an item's price turns what a doctrine chooses, by item, at a point of the store.
using TurnsAtPoint = std::function<const std::map<std::string, PriceTurns>&(std::size_t)>;

/// The price of an item at which a ratio is the one asked for, all others kept. Quantities are known as far
/// as doctrines choose as they did: a price beyond where one would choose otherwise is not given.
struct BreakEvenPrice {
  std::string item;
  bool of_attacker = false;
  double point = 0, low = 0, high = 0;  ///< the book's, which may be one figure
  std::string source;
  double price = 0;  ///< below zero: no price does it; NaN where nothing of it is used
  /// Fieller's, or by the exact bound of few events; undefined where its use cannot be told from none. An end
  /// beyond a turn is infinite; where the price itself is, the interval is all that lies beyond.
  ConfidenceInterval interval;
  /// The turn beyond which the price, or an end of the interval, would lie.
  PriceTurns turns;

  /// Whether the price would lie beyond a turn, so that none is given.
  [[nodiscard]] bool is_beyond_turn() const { return price != price && (turns.below || turns.above); }
};

/// What the uncertain prices of a book do at the point with the middle ratio.
struct UncertainBook {
  std::string book;
  std::size_t point = 0;
  double as_priced = 0;          ///< the ratio there with each range at its mode
  PriceUncertainty ratio, cost;  ///< of the view: cost-exchange and cost.defender
};

/// The measures of a study's list that prices decide and that are not always answered. (Break-even prices
/// are, by themselves.)
[[nodiscard]] std::vector<Requested> money_asked_by(const std::vector<Name>& measures);

class RepricedStudy {
 public:
  /// Reads the moments of all points of the present design that have results. Throws StoreError.
  RepricedStudy(const std::string& path, std::uint32_t threads);

  [[nodiscard]] const StoredStudy& study() const { return study_; }
  [[nodiscard]] const std::vector<RepricedPoint>& points() const { return points_; }
  [[nodiscard]] const QuantityTable& table() const { return *table_; }
  /// How many points of the design have no results yet, or failed.
  [[nodiscard]] std::size_t missing() const { return missing_; }

  /// Calls `write` for each point, from any thread, and `sink` with what it returned, point after point: a
  /// few points' answers are in memory at once. Throws StoreError.
  void each_point(const RepriceRequest& request,
                  const std::function<std::string(const RepricedAnswer&)>& write,
                  const std::function<void(std::string_view)>& sink) const;
  [[nodiscard]] RepricedFigures figures(const std::vector<NamedBook>& books, const std::vector<View>& views,
                                        double confidence) const;
  /// Of one view.
  [[nodiscard]] std::vector<RepricedFigure> figures(const std::vector<NamedBook>& books, View view,
                                                    double confidence) const;
  /// Whether the vectors of a grid are few enough to be estimated as a run's prices are: up to
  /// `resampled_up_to` ratios over points, vectors and views, some seconds.
  [[nodiscard]] bool resamples_grid(const std::vector<NamedBook>& books, std::size_t views) const;
  static constexpr std::size_t resampled_up_to = 4'000;
  /// Of every item that the view's ratio holds, by name. Without turns no doctrine reads the accounting
  /// prices.
  [[nodiscard]] std::vector<BreakEvenPrice> break_even_prices(std::size_t point, const PriceBook& book,
                                                              View view, double ratio, double confidence,
                                                              const TurnsAtPoint& turns = {}) const;
  /// The same for a cost.
  [[nodiscard]] std::vector<BreakEvenPrice> break_even_prices(std::size_t point, const PriceBook& book,
                                                              const MoneyTarget& target, double confidence,
                                                              const TurnsAtPoint& turns) const;
  /// nullopt where nothing that is bought has an uncertain price, or no point has a ratio.
  [[nodiscard]] std::optional<UncertainBook> uncertain_book(const NamedBook& book, View view) const;
  /// Items that are booked somewhere and have no price, by account and name.
  [[nodiscard]] std::vector<NotCounted> not_counted(const PriceBook& book) const;

 private:
  friend class FigureMaker;
  StoredStudy study_;
  std::uint32_t threads_;
  std::size_t missing_ = 0;
  std::vector<RepricedPoint> points_;
  Scoring scoring_ = Scoring::expected;
  std::map<std::uint64_t, std::shared_ptr<const LedgerLayout>> layouts_;  ///< by hash
  std::vector<std::uint64_t> layout_of_point_;
  std::unique_ptr<QuantityTable> table_;
};

}  // namespace dronewall
