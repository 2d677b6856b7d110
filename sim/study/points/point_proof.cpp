// What the points of a study that fail say of its values.
#include "dronewall/study/point_proof.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dronewall/core/phrases.hpp"
#include "study/points/point_trials.hpp"

namespace dronewall {
namespace {

constexpr std::uint64_t most_proved = 500;  // points, where it is asked which fail
constexpr std::size_t most_reasons = 10;    // that are told

class PointProof {
 public:
  PointProof(const PointModels& models, const StudyPoints& points, PointTrials& trials, Problems& problems)
      : models_(models), study_(models.study()), points_(points), trials_(trials), problems_(problems) {}

  void refuse_values();
  void tell_failures();

 private:
  void refuse_by_itself(const ValueKey& key, const ValueState& value);
  void refuse_with_others(const ValueKey& key, const ValueState& value);
  [[nodiscard]] bool is_explained(std::uint64_t point) const;
  void tell_group(const std::vector<std::uint64_t>& failing);
  [[nodiscard]] std::optional<ValueKey> shared_value(const std::vector<std::uint64_t>& failing) const;

  [[nodiscard]] const FailureReason& reason(std::uint64_t point) const {
    return trials_.failures().at(point);
  }
  [[nodiscard]] std::string with(const ValueKey& key) const;
  [[nodiscard]] Place place_of(const ValueKey& key) const;
  [[nodiscard]] Place place_of_design() const;
  [[nodiscard]] std::string first_words(std::uint64_t point) const;

  const PointModels& models_;
  const StudyDescription& study_;
  const StudyPoints& points_;
  PointTrials& trials_;
  Problems& problems_;
  std::set<ValueKey> refused_;
  std::set<std::pair<std::size_t, std::string>> told_;  // of factors
};

/// First what is wrong with values by themselves, since it explains points; then what is left.
void PointProof::refuse_values() {
  const auto each_unsound = [&](auto action) {
    for (const auto& [key, value] : trials_.values())
      if (key != any_value && !value.is_sound && refused_.count(key) == 0) action(key, value);
  };
  each_unsound([&](const ValueKey& key, const ValueState& value) { refuse_by_itself(key, value); });
  const ValueState& all = trials_.values().at(any_value);
  if (all.is_sound || !refused_.empty())
    return each_unsound(
        [&](const ValueKey& key, const ValueState& value) { refuse_with_others(key, value); });
  refused_.insert(any_value);
  const std::string points =
      all.tried == 1 ? "the one point fails"
                     : fmt::format("all {}{} fail", counted(all.tried, "point"), all.is_out ? "" : " tried");
  const std::string what = fmt::format("{}: {}", points, reason(all.first()).shown);
  problems_.add(
      {all.is_out ? Severity::error : Severity::warning, place_of_design(), what, first_words(all.first())});
}

/// What is found when the value alone is changed, if it is in the value, or is what its points fail for.
void PointProof::refuse_by_itself(const ValueKey& key, const ValueState& value) {
  Sources texts = models_.sources();
  Problems found(texts);
  (void)models_.compile({{key.first, key.second}}, found);
  for (const Problem& problem : found.all()) {
    if (problem.severity != Severity::error) continue;
    const bool of_value = problem.place.source >= 0 && texts.is_change(problem.place.source);
    const bool of_points =
        value.is_out && !value.failing.empty() && reason(value.first()).what == problem.what;
    if (!of_value && !of_points) continue;
    refused_.insert(key);
    if (!told_.emplace(key.first, problem.what).second) continue;  // Another value does not mend it.
    if (!report_at_value(study_.factors[key.first], value.level, problem, texts, problems_)) return;
  }
}

void PointProof::refuse_with_others(const ValueKey& key, const ValueState& value) {
  const auto explained = [&](std::uint64_t point) { return is_explained(point); };
  if (std::all_of(value.failing.begin(), value.failing.end(), explained)) return;
  refused_.insert(key);
  const std::size_t count = value.failing.size();
  const std::string points = count == 1 ? "the one point that holds it"
                                        : fmt::format("each of the {}{} that hold it",
                                                      counted(count, "point"), value.is_out ? "" : " tried");
  const std::string what = fmt::format("{} {} fails: {}", with(key), points, reason(value.first()).shown);
  problems_.add(
      {value.is_out ? Severity::error : Severity::warning, place_of(key), what, first_words(value.first())});
}

bool PointProof::is_explained(std::uint64_t point) const {
  if (refused_.count(any_value) != 0) return true;
  const std::vector<ValueKey> keys = trials_.values_of(point);
  return std::any_of(keys.begin(), keys.end(), [&](const ValueKey& key) { return refused_.count(key) != 0; });
}

/// Points that fail for one reason are told together, at the value that they share.
void PointProof::tell_failures() {
  std::vector<std::vector<std::uint64_t>> groups;
  std::map<std::string, std::size_t> group_of;
  for (const auto& [point, reason] : trials_.failures()) {
    if (is_explained(point)) continue;
    const auto [at, is_new] = group_of.emplace(reason.what, groups.size());
    if (is_new) groups.emplace_back();
    groups[at->second].push_back(point);
  }
  for (std::size_t i = 0; i < std::min(groups.size(), most_reasons); ++i) tell_group(groups[i]);
  std::uint64_t more = 0;
  for (std::size_t i = most_reasons; i < groups.size(); ++i) more += groups[i].size();
  if (more > 0)
    problems_.warning(place_of_design(),
                      fmt::format("{} fail for other reasons", counted(more, "more point")));
}

void PointProof::tell_group(const std::vector<std::uint64_t>& failing) {
  const std::optional<ValueKey> shared = shared_value(failing);
  const std::size_t tried = shared ? trials_.values().at(*shared).tried : trials_.tried().size();
  std::string of = counted(tried, "point");
  if (trials_.tried().size() < points_.count) of += " tried";
  const std::string fail = failing.size() == 1 ? "fails" : "fail";
  const std::string what =
      shared
          ? fmt::format("{} {} of the {} that hold it {}: {}", with(*shared), grouped(failing.size()), of,
                        fail, reason(failing.front()).shown)
          : fmt::format("{} of {} {}: {}", grouped(failing.size()), of, fail, reason(failing.front()).shown);
  const char* then = points_.of == StudyPoints::Of::design ? "a sweep records it as failed"
                                                           : "select leaves such a mix out as failed";
  problems_.warning(shared ? place_of(*shared) : place_of_design(), what,
                    fmt::format("{}; {}", first_words(failing.front()), then));
}

/// Of the values that all of them hold and others do not, the one that the fewest points hold.
std::optional<ValueKey> PointProof::shared_value(const std::vector<std::uint64_t>& failing) const {
  std::vector<ValueKey> shared = trials_.values_of(failing.front());
  for (const std::uint64_t point : failing) {
    const std::vector<ValueKey> keys = trials_.values_of(point);
    std::erase_if(
        shared, [&](const ValueKey& key) { return std::find(keys.begin(), keys.end(), key) == keys.end(); });
  }
  std::optional<ValueKey> best;
  std::size_t fewest = trials_.tried().size();
  for (const ValueKey& key : shared)
    if (const std::size_t tried = trials_.values().at(key).tried; tried < fewest) {
      fewest = tried;
      best = key;
    }
  return best;
}

std::string PointProof::with(const ValueKey& key) const {
  return fmt::format("with {} = {}", study_.factors[key.first].path, key.second);
}

Place PointProof::place_of(const ValueKey& key) const {
  return study_.factors[key.first].level_places.at(trials_.values().at(key).level);
}

/// A study without `design:` has a grid of its factors.
Place PointProof::place_of_design() const {
  if (study_.design.place.source >= 0 && study_.design.place.line > 0) return study_.design.place;
  return study_.factors.empty() ? study_.scenario.place : study_.factors.front().place;
}

/// `the first is point 3: a = 1, b = 2`.
std::string PointProof::first_words(std::uint64_t point) const {
  std::string settings;
  for (const FactorValue& value : points_.values(point))
    settings +=
        fmt::format("{}{} = {}", settings.empty() ? "" : ", ", study_.factors[value.factor].path, value.text);
  return points_.of == StudyPoints::Of::design ? fmt::format("the first is point {}: {}", point, settings)
                                               : fmt::format("the first is {}", settings);
}

}  // namespace

StudyPoints points_of(const DesignMatrix& design, const StudyDescription& study) {
  return {design.points(), [&](std::uint64_t point) { return design.values(point, study); }};
}

Proved prove_points(const PointModels& models, const StudyPoints& points, ProofExtent extent,
                    std::uint32_t threads, const SeePoint& see, Problems& problems) {
  if (points.count == 0) return {};
  PointTrials trials(models, points, threads, see);
  trials.find_sound_points();
  if (extent == ProofExtent::points) trials.try_some(most_proved);
  PointProof proof(models, points, trials, problems);
  proof.refuse_values();
  if (extent == ProofExtent::points) proof.tell_failures();
  return {trials.tried().size(), trials.failures().size(), points.count};
}

}  // namespace dronewall
