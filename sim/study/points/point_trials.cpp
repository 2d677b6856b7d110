#include "study/points/point_trials.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>

#include "study/points/even_order.hpp"
#include "study/run/in_parallel.hpp"

namespace dronewall {
namespace {

constexpr std::size_t most_tried = 10'000;    // points, in search of a sound one for each value
constexpr std::uint64_t most_seen = 200'000;  // points that are looked through for those of a value

FailureReason reason_of(const Problems& problems) {
  const Problem* first = nullptr;
  std::size_t errors = 0;
  for (const Problem& problem : problems.all())
    if (problem.severity == Severity::error && ++errors == 1) first = &problem;
  if (!first) return {"it cannot be compiled", "it cannot be compiled"};
  const std::int32_t source = first->place.source;
  const bool of_change = source >= 0 && problems.sources().is_change(source);
  std::string shown = of_change ? problems.sources().name(source) + ": " + first->what : first->what;
  if (errors > 1) shown += fmt::format(" (and {} more)", errors - 1);
  return {first->what, std::move(shown)};
}

}  // namespace

std::uint64_t ValueState::first() const { return *std::min_element(failing.begin(), failing.end()); }

PointTrials::PointTrials(const PointModels& models, const StudyPoints& points, std::uint32_t threads,
                         const SeePoint& see)
    : models_(models), points_(points), threads_(threads), see_(see) {
  values_[any_value];
  const std::vector<Factor>& factors = models.study().factors;
  for (std::size_t factor = 0; factor < factors.size(); ++factor)
    if (factors[factor].is_list())
      for (const auto& [level, text] : values_to_prove(factors[factor]))
        values_[{factor, text}].level = level;
}

std::vector<ValueKey> PointTrials::values_of(std::uint64_t point) const {
  std::vector<ValueKey> keys;
  for (FactorValue& value : points_.values(point))
    if (ValueKey key{value.factor, std::move(value.text)}; values_.count(key) != 0)
      keys.push_back(std::move(key));
  return keys;
}

std::vector<ValueState*> PointTrials::states_of(std::uint64_t point) {
  std::vector<ValueState*> states = {&values_.at(any_value)};
  for (const ValueKey& key : values_of(point)) states.push_back(&values_.at(key));
  return states;
}

/// Each round takes for every value that is not known to be sound twice as many points as the last did.
void PointTrials::find_sound_points() {
  for (std::size_t quota = 1;; quota *= 2) {
    const std::vector<std::uint64_t> picked = pick(quota);
    compile(picked);
    if (picked.empty()) return;
  }
}

std::vector<std::uint64_t> PointTrials::pick(std::size_t quota) {
  const auto is_open = [&](const ValueState& value) {
    return !value.is_sound && !value.is_out && value.picked < quota;
  };
  std::size_t open = 0;
  for (auto& [key, value] : values_) {
    value.picked = 0;
    if (is_open(value)) ++open;
  }
  std::vector<std::uint64_t> picked;
  EvenOrder order(points_.count);
  const std::uint64_t all = std::min(points_.count, most_seen);
  std::uint64_t seen = 0;
  for (; seen < all && open > 0 && tried_.size() + picked.size() < most_tried; ++seen) {
    const std::uint64_t point = order.next();
    if (tried_.count(point) != 0) continue;
    const std::vector<ValueState*> states = states_of(point);
    if (std::none_of(states.begin(), states.end(), [&](ValueState* value) { return is_open(*value); }))
      continue;
    picked.push_back(point);
    for (ValueState* value : states)
      if (is_open(*value) && ++value->picked == quota) --open;
  }
  if (seen == points_.count)  // All that hold those that are still open are tried, or will be in this round.
    for (auto& [key, value] : values_) value.is_out = value.is_out || is_open(value);
  return picked;
}

void PointTrials::try_some(std::uint64_t most) {
  std::vector<std::uint64_t> picked;
  EvenOrder order(points_.count);
  for (std::uint64_t k = 0; k < std::min(points_.count, most); ++k)
    if (const std::uint64_t point = order.next(); tried_.count(point) == 0) picked.push_back(point);
  compile(picked);
}

void PointTrials::compile(const std::vector<std::uint64_t>& points) {
  std::vector<std::optional<FailureReason>> reasons(points.size());
  std::mutex mutex;
  in_parallel(points.size(), threads_, [&] {
    return [&](std::size_t i) {
      Sources texts = models_.sources();
      Problems found(texts);
      if (const auto model = models_.compile(points_.values(points[i]), found)) {
        const std::lock_guard lock(mutex);
        see_(*model);
      } else {
        reasons[i] = reason_of(found);
      }
    };
  });
  for (std::size_t i = 0; i < points.size(); ++i) note(points[i], reasons[i]);
}

void PointTrials::note(std::uint64_t point, const std::optional<FailureReason>& reason) {
  tried_.insert(point);
  if (reason) failures_.emplace(point, *reason);
  for (ValueState* value : states_of(point)) {
    ++value->tried;
    if (reason)
      value->failing.push_back(point);
    else
      value->is_sound = true;
  }
}

}  // namespace dronewall
