#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "dronewall/study/shards.hpp"
#include "dronewall/study/stored_study.hpp"

namespace dronewall {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> parts_in(const std::vector<std::string>& folders) {
  std::vector<std::string> paths;
  for (const std::string& folder : folders) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
      if (entry.path().extension() == ".part") paths.push_back(entry.path().string());
    if (error) throw StoreError(folder + " cannot be read: " + error.message());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

using Ranges = std::vector<std::pair<std::uint64_t, std::uint64_t>>;  // first, end

/// Replications from 0 without a gap.
std::uint64_t prefix_of(Ranges ranges) {
  std::sort(ranges.begin(), ranges.end());
  std::uint64_t prefix = 0;
  for (const auto& [first, end] : ranges)
    if (first <= prefix) prefix = std::max(prefix, end);
  return prefix;
}

class Gathering {
 public:
  Gathering(Store& store, const SweptStudy& study) : store_(store), study_(study) {
    store_.each_point([&](const StoredPoint& point) { points_.emplace(point.hash, point); });
  }

  void add(const Part& part, GatherResult& result);
  /// Points of which nothing is missing.
  [[nodiscard]] std::vector<PointTask> whole() const;

 private:
  [[nodiscard]] bool is_ours(const Part& part) const;
  [[nodiscard]] bool is_whole(const StoredPoint& point) const;
  [[nodiscard]] bool is_mended(const StoredPoint& point, const Part& part) const;
  void add_tally(StoredPoint& point, const Part& part, GatherResult& result);

  Store& store_;
  const SweptStudy& study_;
  std::map<std::uint64_t, StoredPoint> points_;  // by hash
  std::set<StoredPointId> touched_;              // by a part that the store holds as it is
  std::map<StoredPointId, Ranges> overlapping_;  // of parts that stored tallies cover in part
};

bool Gathering::is_ours(const Part& part) const {
  ShardKey key = key_of(study_, {0, part.key.first, part.key.count});
  key.point = part.key.point;
  return key == part.key && points_.contains(part.key.point);
}

void Gathering::add_tally(StoredPoint& point, const Part& part, GatherResult& result) {
  const StoredTally& tally = *part.tally;
  for (const Store::TallyPlace& place : store_.tallies(point.point)) {
    const bool apart = tally.first >= place.first + place.count || place.first >= tally.first + tally.count;
    const bool longer = tally.first == place.first && tally.count > place.count;
    if (apart || longer) continue;
    const std::uint64_t end = tally.first + tally.count;
    if (tally.first >= place.first && end <= place.first + place.count) {
      ++result.known;
      // An earlier gathering may have been killed between keeping it and finishing its point.
      if (tally.first == place.first && tally.count == place.count) touched_.insert(point.point);
    } else {
      ++result.overlapping;
      overlapping_[point.point].emplace_back(tally.first, end);
    }
    return;
  }
  if (!store_.has_layout(part.layout)) store_.add_layout(part.layout, part.layout_json);
  // Of a shorter tally that this one takes the place of.
  store_.remove_rows(point.point, tally.first, tally.first + tally.count);
  store_.set_tally(point.point, part.layout, tally);
  for (const StoredRows& rows : part.rows) store_.add_rows(point.point, rows);
  store_.add_seconds(point.point, part.seconds);
  if (tally.first == 0) point.replications = tally.count;
  point.state = PointState::begun;
  store_.set_state(point);
  touched_.insert(point.point);
  ++result.gathered;
}

/// Whether a shard for which the point was set aside has been run again.
bool Gathering::is_mended(const StoredPoint& point, const Part& part) const {
  if (point.state != PointState::failed || !part.tally) return false;
  const std::vector<StoredFailure> failures = store_.failures();
  return std::any_of(failures.begin(), failures.end(), [&](const StoredFailure& failure) {
    return failure.point == point.point && failure.first == part.key.first && failure.count == part.key.count;
  });
}

void Gathering::add(const Part& part, GatherResult& result) {
  if (!is_ours(part)) {
    ++result.foreign;
    return;
  }
  StoredPoint& point = points_.at(part.key.point);
  if (is_mended(point, part)) {
    store_.remove_failures(point.point);
    point.state = PointState::begun;
    point.reason.clear();
    store_.set_state(point);
  }
  if (is_finished(point.state)) {
    ++result.known;
    return;
  }
  if (part.tally) return add_tally(point, part, result);
  if (!point.number) {  // The design no longer holds it.
    ++result.foreign;
    return;
  }
  point.state = PointState::failed;
  point.reason = part.failure;
  store_.set_state(point);
  store_.add_failure({point.point, part.key.first, part.key.count, part.attempts, part.failure,
                      shard_line(study_, *point.number, part.key.first, part.key.count)});
  ++result.gathered;
}

/// A tally is of sums, which cannot be cut: what an overlapping part has beside the store is run anew, so
/// that the point is what a sweep of the longer goal makes of it.
bool Gathering::is_whole(const StoredPoint& point) const {
  if (study_.goal().precision) return touched_.contains(point.point) && point.replications > 0;
  Ranges ranges;
  if (const auto found = overlapping_.find(point.point); found != overlapping_.end()) ranges = found->second;
  for (const Store::TallyPlace& place : store_.tallies(point.point))
    ranges.emplace_back(place.first, place.first + place.count);
  return prefix_of(std::move(ranges)) >= study_.at_most();
}

std::vector<PointTask> Gathering::whole() const {
  std::vector<PointTask> tasks;
  for (const auto& [hash, point] : points_)
    if (!is_finished(point.state) && point.number && is_whole(point))
      tasks.push_back({point.point, std::max(study_.at_most(), point.replications)});
  std::sort(tasks.begin(), tasks.end(),
            [](const PointTask& a, const PointTask& b) { return a.point < b.point; });
  return tasks;
}

}  // namespace

GatherResult gather(Store& store, const SweptStudy& study, const std::vector<std::string>& folders,
                    const RunPointsOptions& options) {
  GatherResult result;
  Gathering gathering(store, study);
  std::vector<Part> failed;  // Last, for a shard of the same point may have been run again.
  for (const std::string& path : parts_in(folders)) {
    std::optional<Part> part;
    try {
      part = read_part(path);
    } catch (const StoreError& error) {
      result.unreadable.emplace_back(error.what());
      continue;
    }
    part->tally ? gathering.add(*part, result) : failed.push_back(std::move(*part));
  }
  for (const Part& part : failed) gathering.add(part, result);
  store.commit();
  SweepPlan plan = plan_sweep(store, study);
  plan.tasks = gathering.whole();
  plan.failed = 0;  // What failed in a shard ends no gathering.
  result.points = run_sweep(store, study, plan, options);
  return result;
}

}  // namespace dronewall
