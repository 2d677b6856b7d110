#include "dronewall/study/stored_study.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "dronewall/core/phrases.hpp"
#include "study/run/estimates.hpp"
#include "study/run/tally.hpp"

namespace dronewall {
namespace {

TallyPlan plan_of(const LedgerLayout& layout, const StoredTally& stored) {
  TallyPlan plan(layout);
  plan.columns = stored.moments.columns;
  plan.tracked = stored.moments.tracked;
  for (const auto& [column, histogram] : stored.counts) plan.counted.push_back(column);
  return plan;
}

}  // namespace

PointTally::PointTally(std::shared_ptr<const LedgerLayout> layout, StoredTally stored)
    : layout_(std::move(layout)),
      plan_(std::make_unique<TallyPlan>(plan_of(*layout_, stored))),
      tally_(std::make_unique<Tally>(*plan_, std::move(stored))) {}

PointTally::~PointTally() = default;
PointTally::PointTally(PointTally&&) noexcept = default;
PointTally& PointTally::operator=(PointTally&&) noexcept = default;

std::uint64_t PointTally::replications() const { return tally_->moments().count(); }
const Moments& PointTally::moments() const { return tally_->moments(); }
const Histogram* PointTally::histogram(std::uint32_t column) const { return tally_->histogram(column); }

std::vector<Estimate> PointTally::estimates(const std::vector<MeasureDefinition>& measures,
                                            double confidence) const {
  return estimate_all(*layout_, measures, *tally_, confidence);
}

StoredStudy::StoredStudy(const std::string& path)
    : store_(path, StoreAccess::read), factors_(store_.factors()) {}

std::string StoredStudy::text(const char* key) const { return store_.text(key).value_or(""); }

std::vector<std::string> StoredStudy::items(const char* key) const { return lines_of(text(key)); }

double StoredStudy::confidence() const { return std::strtod(text(study_text::confidence).c_str(), nullptr); }

std::vector<StoredPoint> StoredStudy::points() const {
  std::vector<StoredPoint> points;
  store_.each_point_by_number([&](const StoredPoint& point) { points.push_back(point); });
  return points;
}

std::uint64_t StoredStudy::layout_hash(StoredPointId point) const {
  const std::vector<Store::TallyPlace> places = store_.tallies(point);
  if (places.empty()) throw StoreError(fmt::format("{}: point {} has no result", store_.path(), point));
  return places.front().layout;
}

std::shared_ptr<const LedgerLayout> StoredStudy::layout(StoredPointId point) const {
  const std::uint64_t hash = layout_hash(point);
  std::shared_ptr<const LedgerLayout>& layout = layouts_[hash];
  if (!layout) layout = std::make_shared<const LedgerLayout>(layout_of_json(store_.layout(hash)));
  return layout;
}

std::vector<std::int64_t> StoredStudy::largest_arrivals(StoredPointId point,
                                                        const LedgerLayout& layout) const {
  std::vector<std::int64_t> largest(layout.columns.size(), 0);
  std::uint32_t last = 0;
  for (std::uint32_t c = 0; c < layout.columns.size(); ++c)
    if (layout.columns[c].is_arrivals) last = c;
  for (const auto& [column, histogram] : store_.first_counts(point, last))
    if (column < largest.size() && layout.columns[column].is_arrivals && histogram.count() > 0)
      largest[column] = histogram.order_statistic(histogram.count());
  return largest;
}

PointTally StoredStudy::tally(StoredPointId point) const { return {layout(point), store_.tally(point, 0)}; }

}  // namespace dronewall
