// New prices on the quantities of a store: costs, ratios and break-even prices without a replication.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "dronewall/pricing/quantities.hpp"
#include "dronewall/study/stored_study.hpp"

namespace dronewall {

/// A whole price book: the scenario's own with others laid over it.
struct NamedBook {
  std::string name;
  PriceBook book;
};

/// A point of the design that has results.
struct RepricedPoint {
  StoredPoint stored;
  std::vector<std::string> settings;  ///< one text per factor
};

/// One point under one book in one view: means and their standard errors, that of the ratio by the delta
/// method; NaN where there is none.
struct RepricedFigure {
  double defender = 0, defender_se = 0;
  double attacker = 0, attacker_se = 0;
  double ratio = 0, ratio_se = 0;  ///< NaN without an attacker's cost
  double t = 0;                    ///< half-width = t × standard error

  [[nodiscard]] double ratio_half() const { return t * ratio_se; }
};

/// Of a figure over points.
struct Spread {
  std::size_t points = 0;  ///< that have it
  double least = 0, median = 0, greatest = 0;
  std::size_t at_median = 0;  ///< the point in the middle
};
/// Of the values that are not NaN.
[[nodiscard]] Spread spread_of(const std::vector<double>& values);

/// The price of an item at which a ratio is the one asked for, all others kept.
struct BreakEvenPrice {
  std::string item;
  bool of_attacker = false;
  double point = 0, low = 0, high = 0;  ///< the book's, which may be one figure
  std::string source;
  double price = 0;             ///< below zero: no price does it; NaN where nothing of it is used
  ConfidenceInterval interval;  ///< Fieller's; undefined where its use cannot be told from none
};

class RepricedStudy {
 public:
  /// Reads the moments of all points of the present design that have results. Throws StoreError.
  RepricedStudy(const std::string& path, std::uint32_t threads);

  [[nodiscard]] const StoredStudy& study() const { return study_; }
  [[nodiscard]] const std::vector<RepricedPoint>& points() const { return points_; }
  [[nodiscard]] const QuantityTable& table() const { return *table_; }
  /// How many points of the design have no results yet, or failed.
  [[nodiscard]] std::size_t missing() const { return missing_; }

  /// Point after point, book after book.
  [[nodiscard]] std::vector<RepricedFigure> figures(const std::vector<NamedBook>& books, View view,
                                                    double confidence) const;
  /// Of every item that the view's ratio holds, by name.
  [[nodiscard]] std::vector<BreakEvenPrice> break_even_prices(std::size_t point, const PriceBook& book,
                                                              View view, double ratio,
                                                              double confidence) const;
  /// Items that are booked somewhere and have no price, by account and name.
  [[nodiscard]] std::vector<NotCounted> not_counted(const PriceBook& book) const;

 private:
  StoredStudy study_;
  std::uint32_t threads_;
  std::size_t missing_ = 0;
  std::vector<RepricedPoint> points_;
  std::unique_ptr<QuantityTable> table_;
};

}  // namespace dronewall
