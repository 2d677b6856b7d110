// What a sweep has to do, found without writing.
#include <algorithm>
#include <numeric>
#include <utility>

#include "dronewall/study/stored_study.hpp"
#include "study/sweep/kept_results.hpp"
#include "study/sweep/known_points.hpp"
#include "study/sweep/sweep_changes.hpp"

namespace dronewall {
namespace {

constexpr StoredPointId is_new = ~StoredPointId{0}, is_repeated = is_new - 1;

/// Numbers 0 … count − 1 in the order of their hashes, equal ones in their own.
template <class HashOf>
std::vector<std::uint32_t> in_order(std::size_t count, const HashOf& hash_of) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(hash_of(a), a) < std::pair(hash_of(b), b);
  });
  return order;
}

/// By place in the design: the stored point that has its hash, or that it is new, or that it equals an
/// earlier one. Designs are large: a few bytes a point.
std::vector<StoredPointId> find_points(const SweptStudy& study, const std::vector<Known>& known) {
  const std::size_t points = study.design().points();
  std::vector<std::uint64_t> hashes(points);
  for (std::size_t i = 0; i < points; ++i) hashes[i] = study.design().hash(i, study.study());
  const auto stored = in_order(known.size(), [&](std::uint32_t id) { return known[id].hash; });
  std::vector<StoredPointId> found(points, is_new);
  auto at = stored.begin();
  std::optional<std::uint64_t> last;
  for (const std::uint32_t number : in_order(points, [&](std::uint32_t one) { return hashes[one]; })) {
    const std::uint64_t hash = hashes[number];
    while (at != stored.end() && known[*at].hash < hash) ++at;
    if (last == hash)
      found[number] = is_repeated;
    else if (at != stored.end() && known[*at].hash == hash)
      found[number] = *at;
    last = hash;
  }
  return found;
}

class Planning {
 public:
  Planning(const SweptStudy& study, std::vector<Known> known, Failed failed)
      : study_(study), known_(std::move(known)), failed_(failed) {
    plan_.numbers.assign(known_.size(), SweepPlan::none);
  }

  SweepPlan plan(bool goal_changed = false, bool estimates_changed = false);

 private:
  void place(std::uint32_t number, StoredPointId point);
  void add_task(const Known& point);
  [[nodiscard]] bool is_left(const Known& point) const;

  const SweptStudy& study_;
  std::vector<Known> known_;  // by id
  Failed failed_;
  SweepPlan plan_;
};

bool Planning::is_left(const Known& point) const {
  if (point.state == PointState::failed) return failed_ == Failed::again;
  if (!is_finished(point.state) || plan_.estimates_changed || point.lacks_rows) return true;
  if (!plan_.goal_changed) return false;
  return study_.goal().precision || point.state != PointState::done || point.replications < study_.at_most();
}

void Planning::add_task(const Known& point) {
  const bool left = is_left(point);
  if (point.state == PointState::failed) {
    if (!left) ++plan_.failed;
  } else if (is_finished(point.state)) {
    ++plan_.finished;
    if (left) ++plan_.reopened;
  }
  // More than is wanted now is kept all the same.
  if (left) plan_.tasks.push_back({point.point, std::max(study_.at_most(), point.replications)});
}

void Planning::place(std::uint32_t number, StoredPointId point) {
  if (point == is_repeated) {
    ++plan_.repeated;
    return;
  }
  ++plan_.points;
  if (point == is_new) {
    plan_.new_points.push_back(number);
    plan_.numbers.push_back(number);
    return add_task({.point = static_cast<StoredPointId>(plan_.numbers.size() - 1), .number = number});
  }
  plan_.numbers[point] = number;
  add_task(known_[point]);
}

SweepPlan Planning::plan(bool goal_changed, bool estimates_changed) {
  plan_.goal_changed = goal_changed;
  plan_.estimates_changed = estimates_changed;
  const std::vector<StoredPointId> found = find_points(study_, known_);
  for (std::uint32_t number = 0; number < found.size(); ++number) place(number, found[number]);
  for (const Known& one : known_)
    if (one.number != plan_.numbers[one.point]) plan_.changes_store = true;
  plan_.changes_store = plan_.changes_store || !plan_.new_points.empty() || goal_changed || estimates_changed;
  return std::move(plan_);
}

}  // namespace

SweepPlan plan_sweep(const SweptStudy& study) { return Planning(study, {}, Failed::stay).plan(); }

SweepPlan plan_sweep(const Store& store, const SweptStudy& study, Failed failed) {
  if (!store.text(study_text::results)) return plan_sweep(study);
  refuse_changes(store, study);
  std::vector<Known> known = known_points(store);
  if (study.goal().rows == RowsKept::all) find_missing_rows(store, known);
  return Planning(study, std::move(known), failed)
      .plan(store.text(study_text::replications) != words_of(study.study().replications),
            store.text(estimates_text) != estimates_key(study));
}

}  // namespace dronewall
