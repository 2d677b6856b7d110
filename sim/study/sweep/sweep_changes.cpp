#include "study/sweep/sweep_changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "dronewall/core/hash.hpp"
#include "dronewall/core/phrases.hpp"
#include "dronewall/study/stored_study.hpp"

namespace dronewall {
namespace {

/// What every point sets decides nothing in the scenario itself.
bool is_one_of(const std::string& path, const std::vector<std::string>& varied) {
  return std::any_of(varied.begin(), varied.end(),
                     [&](const std::string& its) { return path == its || path.rfind(its + ".", 0) == 0; });
}

}  // namespace

std::vector<std::string> differences(const std::vector<std::pair<std::string, std::string>>& stored,
                                     const std::vector<std::pair<std::string, std::string>>& now) {
  const std::map<std::string, std::string> before(stored.begin(), stored.end()),
      after(now.begin(), now.end());
  std::vector<std::string> lines;
  for (const auto& [path, value] : before) {
    const auto other = after.find(path);
    if (other == after.end())
      lines.push_back(fmt::format("{}: {}, now not there", path, value));
    else if (other->second != value)
      lines.push_back(fmt::format("{}: {}, now {}", path, value, other->second));
  }
  for (const auto& [path, value] : after)
    if (!before.contains(path)) lines.push_back(fmt::format("{}: not there, now {}", path, value));
  return lines;
}

namespace {

std::vector<std::string> what_differs(const Store& store, const StudyDescription& study,
                                      const Fields& fields) {
  std::vector<std::string> lines;
  std::string before, after;
  for (const StoredFactor& factor : store.factors()) before += (before.empty() ? "" : ", ") + factor.path;
  for (const std::size_t factor : study.varied())
    after += (after.empty() ? "" : ", ") + study.factors[factor].path;
  if (before != after) lines.push_back(fmt::format("what varies: {}, now {}", before, after));
  for (std::string& line : differences(store.fields(), fields)) lines.push_back(std::move(line));
  return lines;
}

std::vector<std::string> what_differs(const Store& store, const SweptStudy& study) {
  Fields stored, now;
  for (const char* key :
       {study_text::results, study_text::fingerprint, study_text::seed, study_text::reads_prices})
    stored.emplace_back(key, store.text(key).value_or(""));
  for (const auto& [key, value] : study.texts())
    if (std::any_of(stored.begin(), stored.end(), [&](const auto& one) { return one.first == key; }))
      now.emplace_back(key, value);
  std::vector<std::string> lines = differences(stored, now);
  for (std::string& line : what_differs(store, study.study(), study.fields()))
    lines.push_back(std::move(line));
  return lines;
}

}  // namespace

std::string text_of_changes(const std::string& store, const std::vector<std::string>& lines) {
  constexpr std::size_t shown = 30;
  std::string text = fmt::format("{} holds another study:\n", store);
  for (std::size_t i = 0; i < std::min(shown, lines.size()); ++i) text += "  " + lines[i] + "\n";
  if (lines.size() > shown) text += fmt::format("  and {} more\n", lines.size() - shown);
  return text;
}

std::string way_out_of(const std::vector<std::string>& lines, const std::optional<std::string>& began) {
  const bool is_of_program = std::all_of(lines.begin(), lines.end(), [](const std::string& line) {
    return line.rfind(study_text::results, 0) == 0 || line.rfind(study_text::fingerprint, 0) == 0;
  });
  return is_of_program ? fmt::format("Go on with the program (dronewall {}) and on a host such as began it",
                                     began.value_or("of that time"))
                       : "Undo the change";
}

namespace {

bool is_of_price(const std::string& line) {
  return line.rfind("prices.", 0) == 0 || line.rfind("planning_prices.", 0) == 0;
}

[[noreturn]] void refuse(const Store& store, const std::vector<std::string>& lines) {
  std::uint64_t points = 0, replications = 0;
  store.each_point([&](const StoredPoint& point) {
    if (point.replications > 0) ++points;
    replications += point.replications;
  });
  std::string text = text_of_changes(store.path(), lines);
  if (std::any_of(lines.begin(), lines.end(), is_of_price))
    text +=
        "A doctrine chooses weapons by their prices. Prices that only the money is to have go into the\n"
        "study's `prices:`, or to `dronewall reprice`.\n";
  text += fmt::format(
      "Of its {} with {} none would be kept: all were simulated as it was. {},\n"
      "or give --store another file; this one stays as it is.",
      counted(points, "point"), counted(replications, "replication"),
      way_out_of(lines, store.text(study_text::program)));
  throw StudyChanged(text);
}

}  // namespace

Fields fields_of(const PointModels& models, const std::vector<std::string>& varied) {
  Fields fields;
  for (const ScenarioTexts::Field& field : models.fields())
    if (!is_one_of(field.path, varied)) fields.emplace_back(field.path, field.value);
  return fields;
}

Fields fields_of(const PointModels& models) {
  std::vector<std::string> varied;
  for (const std::size_t factor : models.study().varied())
    varied.push_back(models.study().factors[factor].path);
  return fields_of(models, varied);
}

void refuse_changes(const Store& store, const SweptStudy& study) {
  if (const std::vector<std::string> lines = what_differs(store, study); !lines.empty()) refuse(store, lines);
}

std::string words_of(const ReplicationPlan& plan) {
  if (!plan.precision) return fmt::format("{}", plan.at_most);
  return fmt::format("{}{} of {}, {} to {}", plan.precision->half_width * 100,
                     plan.precision->is_relative ? "%" : " points", plan.precision->of.text, plan.at_least,
                     plan.at_most);
}

/// Of all that decides an estimate beside the tallies.
std::string estimates_key(const SweptStudy& study) {
  std::string all = fmt::format("{}", study.goal().confidence);
  for (const auto& [key, value] : study.texts())
    if (key == study_text::scenario_hash || key == study_text::scoring || key == study_text::measures)
      all += "\n" + value;
  return fmt::format("{:016x}", hash_text(all));
}
bool has_other_texts(const Store& store, const PointModels& models) {
  if (!store.text(study_text::results)) return false;
  if (const auto lines = what_differs(store, models.study(), fields_of(models)); !lines.empty())
    throw StudyChanged(
        text_of_changes(store.path(), lines) +
        "Its quantities were simulated as it was. Undo the change, or sweep into another store.");
  return store.text(study_text::scenario_hash) != fmt::format("{:016x}", models.scenario_hash());
}

}  // namespace dronewall
