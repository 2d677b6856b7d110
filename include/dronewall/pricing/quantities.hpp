// Stored moments summed to what a price book prices: any book then gives costs, views and ratios exactly,
// without a replication.
#pragma once
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dronewall/ledger/events.hpp"
#include "dronewall/pricing/pricing.hpp"
#include "dronewall/stats/interval.hpp"
#include "dronewall/stats/moments.hpp"

namespace dronewall {

/// What a line of the ledger is to a cost-exchange ratio.
enum class CostRole {
  defender,  ///< the defender pays it
  attacker,  ///< the attacker pays it
  stopped    ///< the attacker's that was stopped: in no cost, but in the ratio per stopped
};

/// All columns of an item in one account and role: one price is laid on their sum.
struct QuantityGroup {
  std::string item;
  Account account = Account::munitions;
  CostRole role = CostRole::defender;

  auto operator<=>(const QuantityGroup&) const = default;
};

/// Means and covariances of grouped quantities at many points: 8 (2 g + g²) bytes a point for g groups.
class QuantityTable {
 public:
  /// Groups of all the layouts that points may have. Of a count and its expectation, `scoring` says which is
  /// priced; a layout without expectations has sampled ones.
  QuantityTable(const std::vector<const LedgerLayout*>& layouts, std::size_t points, Scoring scoring);

  [[nodiscard]] const std::vector<QuantityGroup>& groups() const { return groups_; }
  [[nodiscard]] std::size_t points() const { return replications_.size(); }
  /// Fills in a point; different points from different threads if you like. The layout is one of those given.
  /// Columns without cross products count as what never varies if they did not, else their group's
  /// variance is not known. `largest(c)` is the largest value of a column that counts arrivals.
  void set(std::size_t point, const LedgerLayout& layout, const Moments& moments,
           const std::function<std::int64_t(std::uint32_t)>& largest);

  /// 0 for a point that was not filled in.
  [[nodiscard]] std::uint64_t replications(std::size_t point) const { return replications_[point]; }
  /// In the item's unit, per replication.
  [[nodiscard]] std::span<const double> means(std::size_t point) const {
    return {means_.data() + point * groups_.size(), groups_.size()};
  }
  /// groups × groups, symmetric, between replications; NaN where it is not known.
  [[nodiscard]] std::span<const double> covariances(std::size_t point) const {
    return {covariances_.data() + point * groups_.size() * groups_.size(), groups_.size() * groups_.size()};
  }
  /// Per group the most that one replication could hold, in the item's unit: the group counts events, none of
  /// them below 0, as rare_interval.hpp has them. NaN where it holds something else (hours, an expectation
  /// that is not 0); 0 where the point's layout books nothing of it.
  [[nodiscard]] std::span<const double> wholes(std::size_t point) const {
    return {wholes_.data() + point * groups_.size(), groups_.size()};
  }
  [[nodiscard]] std::optional<std::size_t> find(const QuantityGroup& group) const;

 private:
  /// Where a layout's columns go: group and quantum.
  struct Part {
    std::uint32_t column = 0;
    std::size_t group = 0;
    double quantum = 1;
    enum class Kind { count, expectation, amount } kind = Kind::amount;
    std::shared_ptr<const WholeReplication> whole;  // of no amount
  };

  std::vector<QuantityGroup> groups_;
  std::map<const LedgerLayout*, std::vector<Part>> parts_;
  std::vector<std::uint64_t> replications_;
  std::vector<double> means_, covariances_, wholes_;
};

/// Prices of a table's groups, many vectors of them at once.
class PriceVectors {
 public:
  explicit PriceVectors(const QuantityTable& table) : table_(&table) {}

  /// The points of a book's prices (mode, or mean of a distribution), deflated; items without a price are
  /// left out of every view, as price() does.
  void add(const PriceBook& book);
  [[nodiscard]] std::size_t size() const { return vectors_; }
  /// Of one vector, per group; 0 for what has no price.
  [[nodiscard]] std::span<const double> prices(std::size_t vector) const {
    return {prices_.data() + vector * table_->groups().size(), table_->groups().size()};
  }
  [[nodiscard]] const QuantityTable& table() const { return *table_; }

 private:
  const QuantityTable* table_;
  std::size_t vectors_ = 0;
  std::vector<double> prices_;  // vectors × groups
};

/// What a point costs under one vector of prices.
struct PricedPoint {
  double defender = 0, attacker = 0;                                    ///< means
  double defender_variance = 0, attacker_variance = 0, covariance = 0;  ///< between replications

  /// Of defender over attacker; its `ratio()` is NaN without an attacker's cost.
  [[nodiscard]] RatioMoments exchange(std::uint64_t replications) const;
};

/// Lays all vectors on one point: `out[v]` for vector v. Exact: means by w'm, variances by w'Σw. From any
/// thread.
void lay_prices(const PriceVectors& vectors, std::size_t point, View view, std::span<PricedPoint> out);

/// Intervals of what lay_prices() says of one point, from its moments alone: t for costs, delta for the
/// ratio, none below 0; and where few replications have an event the exact Poisson bound, as `run` has it, so
/// that what was never fired is no certain 0. Meant for many vectors: nothing is resampled.
class PricedIntervals {
 public:
  /// `t` is Student's quantile of the point's replications − 1; of no use with fewer than two.
  PricedIntervals(const PriceVectors& vectors, std::size_t point, View view, double confidence, double t);

  [[nodiscard]] ConfidenceInterval defender(std::size_t vector, const PricedPoint& priced);
  [[nodiscard]] ConfidenceInterval attacker(std::size_t vector, const PricedPoint& priced);
  /// Undefined without an attacker's cost.
  [[nodiscard]] ConfidenceInterval exchange(std::size_t vector, const PricedPoint& priced);

 private:
  [[nodiscard]] std::optional<ConfidenceInterval> rare(const std::vector<std::size_t>& side,
                                                       std::size_t vector, double mean, double variance);
  [[nodiscard]] ConfidenceInterval of_mean(const std::vector<std::size_t>& side, std::size_t vector,
                                           double mean, double variance);

  const PriceVectors& vectors_;
  std::size_t point_;
  double confidence_, t_;
  std::uint64_t n_;
  std::vector<std::size_t> defender_, attacker_;  ///< groups
  double known_events_ = -1;                      ///< of which the bounds below are: mostly the same again
  double known_low_ = 0, known_high_ = 0;         ///< in events
};

/// A figure of money that a price is asked for.
struct MoneyTarget {
  enum class Figure { exchange, defender, attacker } figure = Figure::exchange;
  View view = View::marginal;  ///< of exchange and defender
  double value = 1;            ///< > 0 of an exchange
};

/// The price of an item at which a figure has its target value, all other prices kept: of the exchange ratio,
/// for what the attacker pays (E[D] / value − E[A without it]) / E[number], for what the defender pays
/// (value E[A] − E[D without it]) / E[number]; of a cost, (value − E[cost without it]) / E[number]. As
/// moments of a ratio of forms: fieller_interval() of them is undefined where the number cannot be told from
/// 0. nullopt when nothing of the item is in the figure.
[[nodiscard]] std::optional<RatioMoments> break_even_price(const PriceVectors& vectors, std::size_t vector,
                                                           std::size_t point, const MoneyTarget& target,
                                                           const std::string& item);

/// Its interval: Fieller's; where the events that decide it are few, by their exact Poisson bound. Undefined
/// where the number cannot be told from 0.
[[nodiscard]] ConfidenceInterval break_even_interval(const PriceVectors& vectors, std::size_t vector,
                                                     std::size_t point, const MoneyTarget& target,
                                                     const std::string& item, double confidence);

/// A price as a book publishes it, in the book's year: the point, and between what it may lie.
struct PublishedPrice {
  double point = 0;
  /// Equal to the point for a price that is one figure. Of a distribution what it can be; where that has no
  /// end (normal, lognormal, exponential, gamma, poisson) two standard deviations about its mean, not below
  /// 0.
  double low = 0, high = 0;
};
[[nodiscard]] PublishedPrice published_price(const PriceDescription& price, const PriceBook& book);

/// A price that nobody knows, and how much a figure buys at it.
struct UncertainPrice {
  std::string item;
  Quantity chance;    ///< the book's distribution; {low, mode, high} as triangular over it (assumed)
  double factor = 1;  ///< deflates a draw to the book's year
  double defender = 0, attacker = 0;  ///< mean quantities, by who pays

  [[nodiscard]] double mean() const { return factor * chance.mean(); }
  [[nodiscard]] double variance() const { return factor * factor * chance.variance(); }
};
/// The mean costs of a point as linear forms of what is uncertain.
struct UncertainCosts {
  double defender = 0, attacker = 0;   ///< at the prices that are known
  std::vector<UncertainPrice> prices;  ///< of what is bought, by item; each is drawn by itself
};
[[nodiscard]] UncertainCosts uncertain_costs(const QuantityTable& table, std::size_t point,
                                             const PriceBook& book, View view);

/// What the uncertainty of one item's price does to a figure.
struct PriceShare {
  std::string item;
  double mean = 0, sd = 0;  ///< of the price
  double share = 0;  ///< of the figure's variance, first order: Var(E[figure | this price]) / Var(figure)
};
/// What all prices' uncertainty does to a mean cost, or to a ratio of mean costs; what replications leave
/// uncertain is not in it. NaN is what has no value.
struct PriceUncertainty {
  enum class Way {
    closed_form,  ///< exact
    quadrature,   ///< integrals over one or two prices, to more digits than are printed
    sampled       ///< over more, at seeded quasi-random points
  } way = Way::closed_form;
  double at_mean_prices = 0;
  double mean = 0, sd = 0;
  double low, high;                ///< of draws, 5% lie below and 5% above
  std::vector<PriceShare> shares;  ///< by falling share
  double interactions = 0;         ///< the share that belongs to no price alone
  std::string undefined_because;   ///< why there is no mean

  PriceUncertainty();  ///< no range
};
/// `closed form`, `quadrature`, `sampled`.
[[nodiscard]] const char* name_of(PriceUncertainty::Way way);
/// Of E[defender] in a view: Var = Σ E[q_i]² Var(p_i), exact; without a range.
[[nodiscard]] PriceUncertainty cost_uncertainty(const UncertainCosts& costs);
/// Orders shares, and sets what is left to interactions.
void settle(PriceUncertainty& uncertainty);

}  // namespace dronewall
