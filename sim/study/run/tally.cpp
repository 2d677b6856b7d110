#include "study/run/tally.hpp"

#include <fmt/format.h>

#include <limits>
#include <set>

#include "dronewall/core/contracts.hpp"
#include "dronewall/stats/interval.hpp"
#include "dronewall/study/run_point.hpp"

namespace dronewall {
namespace {

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
/// Bootstrap intervals resample so many batches at most: enough for a studentised interval, few enough to
/// stay quick over all ratios of a run.
constexpr std::uint32_t batches_kept = 256;

}  // namespace

Conservation::Conservation(const LedgerLayout& layout) : launched_(layout.column("intruders.launched")) {
  for (std::uint32_t column = 0; column < layout.columns.size(); ++column)
    if (layout.columns[column].name.rfind("fates.", 0) == 0) fates_.push_back(column);
}

void Conservation::check(std::uint32_t replication, const std::int64_t* row) const {
  if (fates_.empty() || !launched_) return;
  std::int64_t fates = 0;
  for (const std::uint32_t column : fates_) fates += row[column];
  if (fates != row[*launched_])
    throw ConservationBroken(fmt::format("replication {}: fates sum to {}, but {} intruders were launched",
                                         replication, fates, row[*launched_]));
}

TallyPlan plan_tally(const LedgerLayout& layout, const std::vector<MeasureDefinition>& measures) {
  TallyPlan plan(layout);
  plan.columns = static_cast<std::uint32_t>(layout.columns.size());
  std::set<std::uint32_t> tracked;
  const auto track = [&](const LinearForm& form) {
    for (const auto& [column, weight] : form.terms) tracked.insert(column);
  };
  for (const MeasureDefinition& measure : measures) {
    // The variance of a single count is read off its distribution; everything else needs cross products.
    const bool single = !measure.denominator && measure.numerator.terms.size() == 1;
    if (!single || !layout.columns[measure.numerator.terms.front().first].is_count) track(measure.numerator);
    if (measure.denominator) track(*measure.denominator);
    if (measure.less) track(measure.less->numerator), track(measure.less->denominator);
  }
  plan.tracked.assign(tracked.begin(), tracked.end());
  for (std::uint32_t column = 0; column < plan.columns; ++column)
    if (layout.columns[column].is_count) plan.counted.push_back(column);
  return plan;
}

Tally::Tally(const TallyPlan& plan)
    : plan_(&plan),
      moments_(plan.columns, plan.tracked),
      batches_(plan.columns, batches_kept),
      histograms_(plan.counted.size()),
      histogram_of_column_(plan.columns, none) {
  for (std::uint32_t i = 0; i < plan.counted.size(); ++i) histogram_of_column_[plan.counted[i]] = i;
}

Tally::Tally(const TallyPlan& plan, StoredTally stored)
    : plan_(&plan),
      moments_(std::move(stored.moments)),
      batches_(std::move(stored.batches)),
      histograms_(plan.counted.size()),
      histogram_of_column_(plan.columns, none) {
  expects(moments_.columns() == plan.columns && stored.counts.size() == plan.counted.size());
  for (std::uint32_t i = 0; i < plan.counted.size(); ++i) {
    expects(stored.counts[i].first == plan.counted[i]);
    histogram_of_column_[plan.counted[i]] = i;
    histograms_[i] = std::move(stored.counts[i].second);
  }
}

StoredTally Tally::state(std::uint64_t first) const {
  StoredTally stored{first, moments_.count(), moments_.state(), batches_.state(), {}};
  for (std::size_t i = 0; i < histograms_.size(); ++i)
    stored.counts.emplace_back(plan_->counted[i], histograms_[i]);
  return stored;
}

void Tally::add(std::uint32_t replication, const std::int64_t* row) {
  plan_->conservation.check(replication, row);
  moments_.add(row);
  if (replication < bootstrap_up_to) batches_.add(replication, row);
  for (std::size_t i = 0; i < histograms_.size(); ++i) histograms_[i].add(row[plan_->counted[i]]);
}

void Tally::merge(const Tally& other) {
  moments_.merge(other.moments_);
  batches_.merge(other.batches_);
  for (std::size_t i = 0; i < histograms_.size(); ++i) histograms_[i].merge(other.histograms_[i]);
}

void Tally::clear() {
  moments_.clear();
  batches_.clear();
  for (Histogram& histogram : histograms_) histogram.clear();
}

const Histogram* Tally::histogram(std::uint32_t column) const {
  const std::uint32_t at = histogram_of_column_[column];
  return at == none ? nullptr : &histograms_[at];
}

std::int64_t Tally::largest(std::uint32_t column) const {
  const Histogram* counts = histogram(column);
  expects(counts != nullptr);
  return counts->count() == 0 ? 0 : counts->order_statistic(counts->count());
}

double Tally::variance(const LinearForm& form) const {
  if (form.terms.size() == 1)
    if (const auto& [column, weight] = form.terms.front(); const Histogram* counts = histogram(column))
      return weight * weight * counts->variance();
  return moments_.form_variance(form.terms);
}

}  // namespace dronewall
