#include "dronewall/study/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <memory>

#include "dronewall/core/phrases.hpp"
#include "dronewall/random/distribution.hpp"
#include "dronewall/study/designs.hpp"
#include "dronewall/study/requested.hpp"
#include "dronewall/study/version.hpp"
#include "study/run/in_parallel.hpp"
#include "study/run/wanted.hpp"
#include "study/sweep/point_run.hpp"
#include "study/sweep/requested_of_store.hpp"
#include "study/sweep/stored_result.hpp"
#include "study/sweep/sweep_changes.hpp"

namespace dronewall {
namespace {

std::string shown(double value) { return std::isnan(value) ? "absent" : fmt::format("{}", value); }
std::string shown(const std::string& text) { return fmt::format("`{}`", text); }
std::string shown(std::uint64_t number) { return fmt::format("{}", number); }

bool is_same(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) ||
         std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}
template <class Value>
bool is_same(const Value& a, const Value& b) {
  return a == b;
}

/// ``mean` is 1.5 in the table, and 1.25 by its tally`: of the first member that differs; "" when none does.
std::string difference(const StoredEstimate& table, const StoredEstimate& tally) {
  std::string text;
  const auto compare = [&](const char* name, auto StoredEstimate::*member) {
    if (text.empty() && !is_same(table.*member, tally.*member))
      text = fmt::format("`{}` is {} in the table, and {} by its tally", name, shown(table.*member),
                         shown(tally.*member));
  };
  compare("mean", &StoredEstimate::mean), compare("se", &StoredEstimate::se);
  compare("low", &StoredEstimate::low), compare("high", &StoredEstimate::high);
  compare("sd", &StoredEstimate::sd), compare("least", &StoredEstimate::least);
  compare("most", &StoredEstimate::most), compare("n", &StoredEstimate::n);
  compare("unit", &StoredEstimate::unit), compare("method", &StoredEstimate::method);
  compare("undefined_because", &StoredEstimate::undefined_because);
  compare("without_value", &StoredEstimate::without_value);
  return text;
}

/// Checks points of a store that it has opened for itself.
class PointCheck {
 public:
  PointCheck(const std::string& path, bool recomputes, std::atomic<std::uint64_t>& recomputed)
      : study_(path), confidence_(study_.confidence()), recomputes_(recomputes), recomputed_(recomputed) {
    requested_ = lines_of(study_.text(study_text::measures));
  }

  [[nodiscard]] std::vector<std::string> wrong_with(const StoredPoint& point);

 private:
  void check_settings(const StoredPoint& point);
  void check_names(const StoredPoint& point, const std::vector<StoredEstimate>& stored);
  void check_estimates(const StoredPoint& point, const std::vector<StoredEstimate>& stored);
  [[nodiscard]] std::vector<Estimate> computed(const StoredPoint& point,
                                               const std::vector<StoredEstimate>& stored);

  StoredStudy study_;
  double confidence_;
  bool recomputes_;
  std::atomic<std::uint64_t>& recomputed_;
  std::vector<std::string> requested_;
  std::vector<std::string> wrong_;
};

void PointCheck::check_settings(const StoredPoint& point) {
  const std::vector<std::string> texts = study_.store().settings(point.point);
  if (texts.size() != study_.factors().size()) return;  // Told by the store.
  std::vector<std::pair<std::string, std::string>> settings;
  for (std::size_t i = 0; i < texts.size(); ++i) settings.emplace_back(study_.factors()[i].path, texts[i]);
  if (hash_of_settings(settings) != point.hash)
    wrong_.push_back(fmt::format("point {}: its settings are not those that its hash is of", point.point));
}

void PointCheck::check_names(const StoredPoint& point, const std::vector<StoredEstimate>& stored) {
  if (stored.empty()) return;  // Told by the store.
  const auto check = [&](const std::string& name) {
    if (std::none_of(stored.begin(), stored.end(),
                     [&](const StoredEstimate& one) { return one.measure == name; }))
      wrong_.push_back(fmt::format("point {}: the estimate of {} is missing", point.point, name));
  };
  for (const std::string& name : requested_) check(name);
  for (const MeasureDefinition& measure : study_.layout(point.point)->measures)
    for (const std::string& name : measures_always_kept())
      if (name == measure.name && std::find(requested_.begin(), requested_.end(), name) == requested_.end())
        check(name);
}

std::vector<Estimate> PointCheck::computed(const StoredPoint& point,
                                           const std::vector<StoredEstimate>& stored) {
  const PointTally tally = study_.tally(point.point);
  std::vector<MeasureDefinition> plain;
  std::vector<Estimate> estimates;
  for (const StoredEstimate& one : stored) {
    std::string why;
    const std::optional<Requested> requested = parse_requested(one.measure, why);
    const MeasureDefinition* measure =
        requested ? find_measure(tally.layout().measures, requested->measure) : nullptr;
    if (measure == nullptr) continue;  // of money
    if (requested->kind == Requested::Kind::plain)
      plain.push_back(*measure);
    else if (std::optional<Estimate> estimate =
                 requested_of_store(study_, point.point, tally, *requested, *measure, confidence_))
      estimates.push_back(std::move(*estimate));
  }
  for (Estimate& estimate : tally.estimates(plain, confidence_)) estimates.push_back(std::move(estimate));
  return estimates;
}

void PointCheck::check_estimates(const StoredPoint& point, const std::vector<StoredEstimate>& stored) {
  for (const Estimate& estimate : computed(point, stored)) {
    const auto table = std::find_if(stored.begin(), stored.end(),
                                    [&](const StoredEstimate& one) { return one.measure == estimate.name; });
    if (table == stored.end()) continue;
    ++recomputed_;
    if (const std::string what = difference(*table, dronewall::stored(estimate)); !what.empty())
      wrong_.push_back(fmt::format("point {}: {} of {}", point.point, what, estimate.name));
  }
}

std::vector<std::string> PointCheck::wrong_with(const StoredPoint& point) {
  wrong_.clear();
  try {
    check_settings(point);
    if (!is_finished(point.state) || point.state == PointState::failed) return std::move(wrong_);
    const std::vector<StoredEstimate> stored = study_.store().estimates(point.point);
    check_names(point, stored);
    if (recomputes_) check_estimates(point, stored);
  } catch (const std::exception&) {  // Told by the store, which cannot be read here.
  }
  return std::move(wrong_);
}

/// Layouts that cannot be read, or are not those that their number is the hash of.
void check_layouts(const Store& store, bool same_version, std::vector<std::string>& wrong) {
  store.each_layout([&](std::uint64_t id, const std::string& json) {
    const auto number = static_cast<std::int64_t>(id);  // as the table shows it
    try {
      if (hash_of_layout(layout_of_json(json)) != id && same_version)
        wrong.push_back(fmt::format("layout {} is not the one that its number is the hash of", number));
    } catch (const std::exception&) {
      wrong.push_back(fmt::format("layout {} cannot be read", number));
    }
  });
}

/// Why estimates of this store cannot be computed again to the bit; "" when they can.
std::string why_not_recomputed(const StoredStudy& study) {
  if (study.text(study_text::results) != fmt::format("{}", results_version))
    return "the store is of another results version than this program";
  if (study.text(study_text::fingerprint) != fmt::format("{:016x}", arithmetic_fingerprint()))
    return "the store was made with another arithmetic than this host's";
  return "";
}

}  // namespace

StudyVerdict verify_study(const std::string& path, std::uint32_t threads) {
  StudyVerdict verdict;
  const StoredStudy study(path);
  for (const char* key :
       {study_text::file, study_text::title, study_text::seed, study_text::confidence, study_text::program,
        study_text::results, study_text::fingerprint, study_text::scenario_hash, study_text::reads_prices,
        study_text::scoring, study_text::replications, study_text::measures, estimates_text})
    if (!study.store().text(key)) verdict.wrong.push_back(fmt::format("study: `{}` is missing", key));
  verdict.not_recomputed = why_not_recomputed(study);
  const bool same_version = study.text(study_text::results) == fmt::format("{}", results_version);
  check_layouts(study.store(), same_version, verdict.wrong);
  std::vector<StoredPoint> points;
  study.store().each_point([&](const StoredPoint& point) { points.push_back(point); });
  std::vector<std::vector<std::string>> wrong(points.size());
  std::atomic<std::uint64_t> recomputed{0};
  in_parallel(points.size(), threads, [&] {
    return [&, check = std::make_shared<PointCheck>(path, verdict.not_recomputed.empty(), recomputed)](
               std::size_t i) { wrong[i] = check->wrong_with(points[i]); };
  });
  for (std::vector<std::string>& some : wrong)
    for (std::string& one : some) verdict.wrong.push_back(std::move(one));
  verdict.recomputed = recomputed;
  return verdict;
}

}  // namespace dronewall
