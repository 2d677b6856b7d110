// A selection as JSON and as CSV.
#include <fmt/format.h>

#include <algorithm>

#include "dronewall/report/csv.hpp"
#include "dronewall/report/select_report.hpp"
#include "report/json_parts.hpp"
#include "report/manifest.hpp"
#include "report/select_words.hpp"

namespace dronewall {
namespace {

std::string point_object(const LatticePoint& point, const std::vector<ChoiceAxis>& axes) {
  std::vector<std::string> paths, texts;
  for (std::size_t i = 0; i < point.size(); ++i) {
    paths.push_back(axes[i].path);
    texts.push_back(axes[i].levels[point[i]]);
  }
  return settings_object(paths, texts);
}

/// Of a figure that is held to a limit, behind its estimate.
std::string members_of(const HeldFigure& held, const SelectResult& result) {
  std::string text = fmt::format(R"(, "verdict": "{}")", name_of(held.verdict));
  if (held.hangs_on_aloft) text += R"(, "hangs_on_aloft": true)";
  if (held.answer) text += fmt::format(R"(, "answer": {})", point_object(*held.answer, result.answers));
  return text;
}

std::string mix_object(const MixResult& mix, const SelectReport& report) {
  const SelectResult& result = report.result;
  std::string text =
      fmt::format(R"({{"mix": {}, "state": {}, "replications": {})", point_object(mix.mix, result.choices),
                  quoted(name_of(mix.state)), mix.replications);
  if (!mix.failure.empty()) text += fmt::format(R"(, "failure": {})", quoted(mix.failure));
  if (mix.state == MixState::failed) return text + "}";
  text +=
      fmt::format(R"(, "objective": {}, "leakage": {})", object_of(mix.objective), object_of(mix.leakage));
  if (mix.answer)
    text +=
        fmt::format(R"(, "answer": {}, "attack_cost": {}, "answers_within_budget": {})",
                    point_object(*mix.answer, result.answers), object_of(*mix.attack_cost), mix.admissible);
  text += R"(, "constraints": {)";
  for (std::size_t c = 0; c < mix.constraints.size(); ++c)
    text += fmt::format("{}{}: {}", c > 0 ? ", " : "", quoted(report.constraints[c].text),
                        object_of(mix.constraints[c].estimate, members_of(mix.constraints[c], result)));
  text += fmt::format(R"(}}, "cannot_be_told_from_best": {}, "front": "{}", "front_cost": {}, )"
                      R"("front_leakage": {})",
                      mix.is_like_best, name_of(mix.pareto), object_of(mix.front_cost),
                      object_of(mix.front_leakage));
  if (mix.leakage_answer)
    text += fmt::format(R"(, "front_leakage_answer": {})", point_object(*mix.leakage_answer, result.answers));
  return text + "}";
}

void add_manifest(std::string& out, const SelectReport& report) {
  const Manifest& manifest = report.manifest;
  const SelectResult& result = report.result;
  out += "  \"manifest\": {\n";
  Members members(out, "    ");
  add_study(members, manifest);
  members.add("replications", fmt::format("{}", result.replications));
  add_how(members, manifest);
  members.add("seconds", fmt::format("{:.3f}", result.seconds));
}

void add_question(std::string& out, const SelectReport& report) {
  const SelectResult& result = report.result;
  out += "  },\n  \"question\": {\n";
  Members members(out, "    ");
  members.add(report.aim == SelectPlan::Aim::minimise ? "minimise" : "maximise", quoted(report.objective));
  std::vector<std::string> constraints;
  for (const Constraint& constraint : report.constraints) constraints.push_back(constraint.text);
  members.add("subject_to", list_of(constraints));
  for (const ChoiceAxis& axis : result.choices) members.add(axis.path, settings_list(axis.levels));
  members.add("uncertain", list_of(report.uncertain));
  members.add("uncertain_points", fmt::format("{}", result.uncertain_points));
  if (report.attacker_budget) members.add("attacker_budget", number(report.attacker_budget));
  for (const ChoiceAxis& axis : result.answers)
    members.add("attacker." + axis.path, settings_list(axis.levels));
}

void add_answer(std::string& out, const SelectReport& report) {
  const SelectResult& result = report.result;
  out += "  },\n  \"answer\": {\n";
  Members members(out, "    ");
  members.add("winner",
              result.winner ? point_object(result.mixes[*result.winner].mix, result.choices) : "null");
  members.add("procedure", quoted(name_of(result.ranking)));
  members.add("indifference", number(result.indifference));
  members.add("correct_selection_promised", number(result.promised));
  members.add("correct_selection_estimated",
              number(result.winner ? std::optional(result.estimated) : std::nullopt));
  members.add("fresh", result.winner ? mix_object(result.fresh, report) : "null");
  if (result.search)
    members.add(
        "search",
        fmt::format(R"({{"mixes": {}, "visited": {}, "is_local_optimum": {}, "neighbours": {}, )"
                    R"("neighbours_visited": {}}})",
                    number(result.search->points), result.search->visited, result.search->is_local_optimum,
                    result.search->neighbours, result.search->neighbours_visited));
}

bool is_bounded(const MixResult& mix) {
  return mix.objective.bounds || mix.leakage.bounds ||
         std::any_of(mix.constraints.begin(), mix.constraints.end(),
                     [](const HeldFigure& held) { return held.estimate.bounds.has_value(); });
}

std::string bounds_head(const SelectReport& report) {
  std::string head;
  const auto add = [&](const std::string& name) {
    head += "," + csv_cell(name + ":least") + "," + csv_cell(name + ":most");
  };
  add(report.objective), add("leak-fraction");
  for (const Constraint& constraint : report.constraints) add(constraint.text);
  return head;
}

std::string bounds_cells(const MixResult& mix, std::size_t constraints) {
  std::string cells;
  const auto add = [&](const Estimate& estimate) {
    cells += estimate.bounds ? fmt::format(",{},{}", csv_cell(std::optional(estimate.bounds->first)),
                                           csv_cell(std::optional(estimate.bounds->second)))
                             : ",,";
  };
  add(mix.objective), add(mix.leakage);
  for (std::size_t c = 0; c < constraints; ++c)
    add(c < mix.constraints.size() ? mix.constraints[c].estimate : Estimate{});
  return cells;
}

}  // namespace

std::string json_of(const SelectReport& report) {
  std::string out = "{\n";
  add_manifest(out, report);
  add_question(out, report);
  add_answer(out, report);
  out += "  },\n  \"mixes\": [";
  for (std::size_t i = 0; i < report.result.mixes.size(); ++i)
    out += fmt::format("{}\n    {}", i > 0 ? "," : "", mix_object(report.result.mixes[i], report));
  return out + fmt::format("\n  ],\n  \"warnings\": {}\n}}\n", list_of(warnings_of(report)));
}

std::string csv_of(const SelectReport& report) {
  const SelectResult& result = report.result;
  std::string out;
  for (const ChoiceAxis& axis : result.choices) out += csv_cell(axis.path) + ',';
  for (const ChoiceAxis& axis : result.answers) out += csv_cell("attacker." + axis.path) + ',';
  const bool has_bounds = std::any_of(result.mixes.begin(), result.mixes.end(), is_bounded);
  out += "state,replications";
  for (const std::string& name : {report.objective, std::string("leak-fraction")})
    for (const char* part : {"", ":low", ":high"}) out += "," + csv_cell(name + part);
  for (const Constraint& constraint : report.constraints)
    out += "," + csv_cell(constraint.text) + "," + csv_cell(constraint.text + ":verdict");
  out += ",chosen,cannot_be_told_from_best,front";
  if (!result.answers.empty()) out += ",cost.attacker,answers_within_budget";
  if (has_bounds) out += bounds_head(report);
  out += '\n';
  for (std::size_t i = 0; i < result.mixes.size(); ++i) {
    const MixResult& mix = result.mixes[i];
    for (std::size_t a = 0; a < result.choices.size(); ++a)
      out += csv_cell(result.choices[a].levels[mix.mix[a]]) + ',';
    for (std::size_t a = 0; a < result.answers.size(); ++a)
      out += (mix.answer ? csv_cell(result.answers[a].levels[(*mix.answer)[a]]) : "") + ',';
    out +=
        fmt::format("{},{},{},{},{},{},{},{}", csv_cell(std::string(name_of(mix.state))), mix.replications,
                    csv_cell(mix.objective.mean), csv_cell(mix.objective.low), csv_cell(mix.objective.high),
                    csv_cell(mix.leakage.mean), csv_cell(mix.leakage.low), csv_cell(mix.leakage.high));
    for (std::size_t c = 0; c < report.constraints.size(); ++c)
      out += c < mix.constraints.size() ? fmt::format(",{},{}", csv_cell(mix.constraints[c].estimate.mean),
                                                      name_of(mix.constraints[c].verdict))
                                        : ",,";
    out += fmt::format(",{},{},{}", result.winner == i, mix.is_like_best, name_of(mix.pareto));
    if (!result.answers.empty())
      out += fmt::format(",{},{}", csv_cell(mix.attack_cost ? mix.attack_cost->mean : std::nullopt),
                         mix.admissible);
    if (has_bounds) out += bounds_cells(mix, report.constraints.size());
    out += '\n';
  }
  return out;
}

}  // namespace dronewall
