#include "study/sweep/stored_result.hpp"

#include <cmath>
#include <limits>

#include "dronewall/study/stored_study.hpp"

namespace dronewall {
namespace {

double or_nan(std::optional<double> value) {
  return value.value_or(std::numeric_limits<double>::quiet_NaN());
}

std::optional<double> known(double value) {
  if (std::isnan(value)) return std::nullopt;
  return value;
}

}  // namespace

StoredEstimate stored(const Estimate& one) {
  const auto bound = [&](auto member) { return one.bounds ? (*one.bounds).*member : or_nan(std::nullopt); };
  return {one.name,
          one.unit,
          or_nan(one.mean),
          or_nan(one.se),
          or_nan(one.low),
          or_nan(one.high),
          or_nan(one.sd),
          bound(&std::pair<double, double>::first),
          bound(&std::pair<double, double>::second),
          one.n,
          one.method,
          one.undefined_because,
          one.is_ratio,
          one.without_value};
}

Estimate estimate_of(const StoredEstimate& one) {
  Estimate estimate;
  estimate.name = one.measure;
  estimate.unit = one.unit;
  estimate.mean = known(one.mean);
  estimate.se = known(one.se);
  estimate.low = known(one.low);
  estimate.high = known(one.high);
  estimate.sd = known(one.sd);
  if (known(one.least)) estimate.bounds = {one.least, one.most};
  estimate.n = one.n;
  estimate.method = one.method;
  estimate.undefined_because = one.undefined_because;
  estimate.is_ratio = one.is_ratio;
  estimate.without_value = one.without_value;
  return estimate;
}

void store_tally(Store& store, const PointRun& run, const Store::EncodedTally& tally,
                 const std::vector<StoredRows>& rows, const std::vector<std::uint64_t>& absorbed) {
  const StoredPointId point = run.state().point;
  if (!store.has_layout(run.layout_hash()))
    store.add_layout(run.layout_hash(), json_of_layout(*run.runnable().layout));
  store.set_tally(point, run.layout_hash(), tally);
  for (const StoredRows& one : rows) store.add_rows(point, one);
  for (const std::uint64_t first : absorbed) store.remove_tally(point, first);
}

void forget_results(Store& store, StoredPointId point) {
  store.remove_rows(point, 0, std::numeric_limits<std::int64_t>::max());
  for (const Store::TallyPlace& place : store.tallies(point))
    if (place.first > 0) store.remove_tally(point, place.first);
}

void store_finished(Store& store, PointRun& run, const Store::EncodedTally& tally,
                    const std::vector<Estimate>& estimates) {
  store_tally(store, run, tally, run.take_rows(), run.take_absorbed());
  std::vector<StoredEstimate> all;
  for (const Estimate& estimate : estimates) all.push_back(stored(estimate));
  store.set_estimates(run.state().point, all);
  store.set_state(run.state());
}

}  // namespace dronewall
