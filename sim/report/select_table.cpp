// A selection for people: the choice first, then why, then everything that was not chosen.
#include <fmt/format.h>

#include <algorithm>

#include "dronewall/report/select_report.hpp"
#include "dronewall/study/version.hpp"
#include "report/figures.hpp"
#include "report/page.hpp"
#include "report/select_rows.hpp"
#include "report/select_words.hpp"

namespace dronewall {
namespace {

std::string percent(double share) {
  // A bound that rounds to 100% is not certainty.
  return share > 0.9995 ? "> 99.9%" : fmt::format("{:.3g}%", 100 * share);
}

/// Of a lower bound.
std::string at_least(double share) {
  return share > 0.9995 ? "more than 99.9%" : fmt::format("{:.3g}% or more", 100 * share);
}

std::string aim_of(const SelectReport& report) {
  std::string words = fmt::format("{} {}", report.aim == SelectPlan::Aim::minimise ? "minimise" : "maximise",
                                  report.objective);
  for (std::size_t c = 0; c < report.constraints.size(); ++c)
    words += (c == 0 ? ", subject to " : " and ") + report.constraints[c].text;
  return words;
}

std::string space_of(const SelectReport& report) {
  const SelectResult& result = report.result;
  std::string words = result.search ? fmt::format("{} mixes, of which a search looked at {}",
                                                  grouped(static_cast<std::uint64_t>(result.search->points)),
                                                  grouped(result.search->visited))
                                    : counted_mixes(result.mixes.size());
  if (result.uncertain_points > 1) {
    words += fmt::format(", each over the same {} combinations of ", result.uncertain_points);
    for (std::size_t i = 0; i < report.uncertain.size(); ++i)
      words += (i > 0 ? ", " : "") + report.uncertain[i];
    words += " (nobody knows which: all count alike, and a figure is the mean over them)";
  }
  if (!result.answers.empty())
    words += fmt::format(
        ". The attacker answers each with what is worst for {} among all that he can have for {}",
        report.objective,
        figure(report.attacker_budget.value_or(0), Measure{Measure::Kind::money, report.currency}));
  return words;
}

void add_head(std::string& out, const SelectReport& report) {
  out += report.manifest.title + '\n';
  add_words(out, aim_of(report), 2);
  add_words(out, space_of(report), 2);
  for (const std::string& warning : warnings_of(report)) add_words(out, "warning: " + warning, 0);
}

/// `8.3% ± 0.3%   leak-fraction <= 10%   holds`.
std::string line_of(const HeldFigure& held, const Constraint& constraint, std::size_t width) {
  const char* words = held.verdict == LimitVerdict::met      ? "shown"
                      : held.verdict == LimitVerdict::broken ? "broken"
                      : held.hangs_on_aloft                  ? "not told, it hangs on intruders still aloft"
                                                             : "not told by these alone";
  return fmt::format("  {}{}  {}: {}\n", pad_right(constraint.left.name, width),
                     pad_right(figure(held.estimate), 24),
                     constraint.text.substr(constraint.left.name.size() + 1), words);
}

void add_trust(std::string& out, const SelectReport& report) {
  const SelectResult& result = report.result;
  const std::string zone = figure(result.indifference, measure_of_unit(result.fresh.objective.unit)) +
                           (result.is_zone_of_largest ? " (a share of the largest mean: the best is 0)" : "");
  if (result.promised)
    add_words(out,
              fmt::format(
                  "Correct selection with probability ≥ {}: all verdicts on constraints right, and no {}mix "
                  "shown to satisfy better by more than {} (Kim–Nelson on common random numbers; the errors "
                  "of {} are added up). Estimated for the ranking alone: {}.",
                  fmt::format("{:.6g}%", 100 * *result.promised), result.search ? "visited " : "", zone,
                  result.mixes.size() == 1 ? "the one mix" : "all " + counted_mixes(result.mixes.size()),
                  percent(result.estimated)),
              2);
  else
    add_words(
        out,
        fmt::format("Correct selection: estimated at {} that no {}mix shown to satisfy is better by more "
                    "than {} (Bonferroni bound of the posterior); nothing is promised{}.",
                    at_least(result.estimated), result.search ? "visited " : "", zone,
                    result.ranking == Ranking::ocba ? " under a budget" : ""),
        2);
  if (!result.answers.empty())
    add_words(out,
              "The attacker's best answer is known to half of that difference, the ranking to the other.", 2);
  if (!result.search) return;
  add_words(out,
            fmt::format(
                "A search proves nothing of mixes that it did not visit: {} of {} were looked at, among them "
                "{} of the {} neighbours of the choice{}.",
                grouped(result.search->visited), grouped(static_cast<std::uint64_t>(result.search->points)),
                result.search->neighbours_visited, result.search->neighbours,
                result.search->is_local_optimum ? "" : "; it ended before its best was a local optimum"),
            2);
}

void add_alike(std::string& out, const SelectReport& report) {
  const SelectResult& result = report.result;
  std::string alike;
  std::size_t count = 0;
  for (std::size_t i = 0; i < result.mixes.size(); ++i) {
    if (!result.mixes[i].is_like_best || i == *result.winner) continue;
    if (++count <= 8) alike += (alike.empty() ? "" : ", ") + levels_of(result.mixes[i].mix, result.choices);
  }
  if (count > 8) alike += fmt::format(" and {} more", count - 8);
  add_words(out,
            count == 0 ? "Every other mix that satisfies is told to be worse."
                       : fmt::format("Cannot be told from the best on {} fresh replications of each: {}.",
                                     grouped(result.fresh.replications), alike),
            2);
}

/// Of the names in the choice: its paths and figures.
std::size_t name_width(const SelectReport& report) {
  std::size_t width = width_of(report.objective);
  for (const ChoiceAxis& axis : report.result.choices) width = std::max(width, width_of(axis.path));
  for (const Constraint& constraint : report.constraints)
    width = std::max(width, width_of(constraint.left.name));
  return std::max<std::size_t>(width + 2, 26);
}

void add_choice(std::string& out, const SelectReport& report) {
  const SelectResult& result = report.result;
  if (!result.winner) return;
  add_heading(out, "The choice, on fresh replications");
  const std::size_t width = name_width(report);
  for (std::size_t i = 0; i < result.choices.size(); ++i)
    out += fmt::format("  {}{}\n", pad_right(result.choices[i].path, width),
                       result.choices[i].levels[result.fresh.mix[i]]);
  out += fmt::format("  {}{}\n", pad_right(report.objective, width), figure(result.fresh.objective));
  for (std::size_t c = 0; c < report.constraints.size(); ++c)
    out += line_of(result.fresh.constraints[c], report.constraints[c], width);
  const bool shows_leaks = std::any_of(report.constraints.begin(), report.constraints.end(),
                                       [](const Constraint& c) { return c.left.name == "leak-fraction"; });
  if (!shows_leaks && result.fresh.leakage.mean)
    out += fmt::format("  {}{}\n", pad_right("leak-fraction", width), figure(result.fresh.leakage));
  if (result.fresh.answer)
    add_words(
        out,
        fmt::format("against the attacker's best answer: {} (costs {})",
                    settings_of(*result.fresh.answer, result.answers), figure(*result.fresh.attack_cost)),
        2);
  out += '\n';
  add_trust(out, report);
  add_alike(out, report);
}

/// `1,000 to 40,000`, or `1,000` where all have had as many.
std::string replications_of(const SelectResult& result) {
  const auto [least, most] =
      std::minmax_element(result.mixes.begin(), result.mixes.end(),
                          [](const auto& a, const auto& b) { return a.replications < b.replications; });
  return least->replications == most->replications
             ? grouped(most->replications)
             : fmt::format("{} to {}", grouped(least->replications), grouped(most->replications));
}

}  // namespace

std::string table_of(const SelectReport& report) {
  std::string out;
  add_head(out, report);
  if (report.result.was_stopped) return out;
  add_choice(out, report);
  add_mixes(out, report);
  add_rule(out);
  const SelectResult& result = report.result;
  add_words(
      out,
      fmt::format("{} replications in all, {} of each mix, {} fresh ones of the choice · seed {} · "
                  "dronewall {} · {:.1f} s",
                  grouped(result.replications), replications_of(result), grouped(result.fresh.replications),
                  report.manifest.seed, program_version, result.seconds),
      2);
  return out;
}

}  // namespace dronewall
