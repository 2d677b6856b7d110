// A selection for people: the choice first, then why, then everything that was not chosen.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <tuple>

#include "dronewall/report/select_report.hpp"
#include "dronewall/study/version.hpp"
#include "report/columns.hpp"
#include "report/figure_column.hpp"
#include "report/figures.hpp"
#include "report/page.hpp"
#include "report/select_words.hpp"

namespace dronewall {
namespace {

constexpr std::size_t most_rows = 24;

std::string percent(double share) {
  // A bound that rounds to 100% is not certainty.
  return share > 0.9995 ? "> 99.9%" : fmt::format("{:.3g}%", 100 * share);
}

/// Of a lower bound.
std::string at_least(double share) {
  return share > 0.9995 ? "more than 99.9%" : fmt::format("{:.3g}% or more", 100 * share);
}

std::string axes_of(const std::vector<ChoiceAxis>& axes) {
  std::string text;
  for (const ChoiceAxis& axis : axes) text += (text.empty() ? "" : " / ") + axis.path;
  return text;
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
  const std::string zone = figure(result.indifference, measure_of_unit(result.fresh.objective.unit));
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

/// Those that satisfy, those that are not told, those that break a constraint, those that failed.
int group_of(MixState state) {
  switch (state) {
    case MixState::met:
    case MixState::dearer:
      return 0;
    case MixState::open:
      return 1;
    case MixState::broken:
      return 2;
    case MixState::failed:
      break;
  }
  return 3;
}

/// The choice, then group by group, the better first.
std::vector<std::size_t> order_of(const SelectReport& report) {
  const std::vector<MixResult>& mixes = report.result.mixes;
  const double sign = report.aim == SelectPlan::Aim::minimise ? 1 : -1;
  std::vector<std::size_t> order(mixes.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto rank = [&](std::size_t i) {
    return std::tuple(report.result.winner != i, group_of(mixes[i].state),
                      sign * mixes[i].objective.mean.value_or(0));
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
  return order;
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

const char* verdict_words(const HeldFigure& held) {
  if (held.hangs_on_aloft) return "not told: intruders aloft";
  return held.verdict == LimitVerdict::met      ? "shown"
         : held.verdict == LimitVerdict::broken ? "broken"
                                                : "not told";
}

/// All combinations of the attacker's settings.
std::uint64_t count_of(const std::vector<ChoiceAxis>& axes) {
  std::uint64_t count = 1;
  for (const ChoiceAxis& axis : axes) count *= axis.levels.size();
  return count;
}

std::string mark_of(const SelectResult& result, std::size_t i) {
  if (result.winner == i) return "→ ";
  return result.mixes[i].is_like_best ? "≈ " : "  ";
}

/// Without an attacker the table of all mixes shows the leak-fraction and the objective already.
std::vector<std::size_t> constraints_apart(const SelectReport& report) {
  std::vector<std::size_t> apart;
  for (std::size_t c = 0; c < report.constraints.size(); ++c) {
    const std::string& name = report.constraints[c].left.name;
    if (!report.result.answers.empty() || (name != "leak-fraction" && name != report.objective))
      apart.push_back(c);
  }
  return apart;
}

std::string front_mark(ParetoStanding standing) {
  return standing == ParetoStanding::front ? "●" : standing == ParetoStanding::near ? "○" : "";
}

std::string legend_of(const SelectResult& result) {
  std::string legend = result.winner ? "→ the choice   " : "";
  if (std::any_of(result.mixes.begin(), result.mixes.end(), [](const auto& mix) { return mix.is_like_best; }))
    legend += "≈ cannot be told from the best   ";
  return legend + "● on the front below, ○ perhaps";
}

/// Figures of some mixes, one below the other; nothing where there is none.
std::vector<std::string> column_of(const std::vector<const MixResult*>& mixes,
                                   const std::function<const Estimate*(const MixResult&)>& estimate) {
  std::vector<Estimate> known;
  for (const MixResult* mix : mixes)
    if (const Estimate* one = estimate(*mix); one != nullptr && one->mean) known.push_back(*one);
  const std::vector<std::string> texts = figures_in_column(known);
  std::vector<std::string> column;
  auto text = texts.begin();
  for (const MixResult* mix : mixes) {
    const Estimate* one = estimate(*mix);
    column.push_back(one != nullptr && one->mean ? *text++ : "");
  }
  return column;
}

void add_mixes(std::string& out, const SelectReport& report, const std::vector<std::size_t>& order) {
  const SelectResult& result = report.result;
  add_heading(out, "The mixes: " + axes_of(result.choices));
  const bool is_answered = !result.answers.empty();
  std::vector<const MixResult*> shown;
  for (const std::size_t i : order) shown.push_back(&result.mixes[i]);
  const auto objective = column_of(shown, [](const MixResult& mix) { return &mix.objective; });
  const auto leakage = column_of(shown, [](const MixResult& mix) { return &mix.leakage; });
  std::vector<Align> align = {Align::left, Align::right, Align::right};
  std::vector<std::vector<std::string>> rows = {{"", report.objective, "leak-fraction"}};
  if (is_answered) {
    align.insert(align.end(), {Align::left, Align::right, Align::right});
    rows[0].insert(rows[0].end(), {"answer", "costs", "he can pay"});
  }
  align.insert(align.end(), {Align::left, Align::left});
  rows[0].insert(rows[0].end(), {"front", report.constraints.empty() ? "" : "constraints"});
  for (std::size_t at = 0; at < order.size(); ++at) {
    const MixResult& mix = *shown[at];
    rows.push_back(
        {mark_of(result, order[at]) + levels_of(mix.mix, result.choices), objective[at], leakage[at]});
    if (is_answered && mix.answer)
      rows.back().insert(rows.back().end(), {levels_of(*mix.answer, result.answers), figure(*mix.attack_cost),
                                             grouped(mix.admissible)});
    else if (is_answered)
      rows.back().insert(rows.back().end(), {"", "", ""});
    const bool is_short = !constraints_apart(report).empty();
    rows.back().insert(rows.back().end(),
                       {front_mark(mix.pareto),
                        is_short ? standing_of(mix, report.constraints) : state_of(mix, report.constraints)});
  }
  add_columns(out, align, std::move(rows));
  if (result.mixes.size() > order.size())
    out += fmt::format("    … and {} more (--format json or csv lists all)\n",
                       grouped(result.mixes.size() - order.size()));
  add_words(out, legend_of(result), 4);
  if (is_answered)
    add_words(
        out,
        fmt::format("an answer is {}; each mix stands against the one that is worst for {}, with what it "
                    "costs the attacker and how many of his {} answers he can pay",
                    axes_of(result.answers), report.objective, grouped(count_of(result.answers))),
        4);
}

/// Every limit with its figure, its verdict and, against an attacker, the answer that is worst for it.
void add_limits(std::string& out, const SelectReport& report, const std::vector<std::size_t>& order) {
  const SelectResult& result = report.result;
  const std::vector<std::size_t> apart = constraints_apart(report);
  if (apart.empty()) return;
  const bool is_answered = !result.answers.empty();
  add_heading(out, is_answered ? "The limits, each against the answer that is worst for it" : "The limits");
  std::vector<const MixResult*> shown;
  for (const std::size_t i : order)
    if (!result.mixes[i].constraints.empty()) shown.push_back(&result.mixes[i]);
  for (const std::size_t c : apart) {
    std::vector<std::vector<std::string>> rows = {
        {"", report.constraints[c].text, "", is_answered ? "against" : ""}};
    const auto figures = column_of(shown, [&](const MixResult& mix) { return &mix.constraints[c].estimate; });
    for (std::size_t at = 0; at < shown.size(); ++at) {
      const HeldFigure& held = shown[at]->constraints[c];
      rows.push_back({"  " + levels_of(shown[at]->mix, result.choices), figures[at], verdict_words(held),
                      held.answer ? levels_of(*held.answer, result.answers) : ""});
    }
    add_columns(out, {Align::left, Align::right, Align::left, Align::left}, std::move(rows));
  }
}

void add_front(std::string& out, const SelectReport& report) {
  const SelectResult& result = report.result;
  std::vector<const MixResult*> front;
  for (const MixResult& mix : result.mixes)
    if (mix.pareto == ParetoStanding::front && mix.front_cost.mean) front.push_back(&mix);
  if (front.empty()) return;
  std::stable_sort(front.begin(), front.end(),
                   [](const auto* a, const auto* b) { return *a->front_cost.mean < *b->front_cost.mean; });
  front.resize(std::min(front.size(), most_rows));
  add_heading(out, "Cost against leakage, in the first stage");
  const bool is_answered = !result.answers.empty();
  const auto cost = column_of(front, [](const MixResult& mix) { return &mix.front_cost; });
  const auto leakage = column_of(front, [](const MixResult& mix) { return &mix.front_leakage; });
  std::vector<std::vector<std::string>> rows = {
      {"", front.front()->front_cost.name, "leak-fraction", is_answered ? "leaks most against" : "", ""}};
  for (std::size_t i = 0; i < front.size(); ++i)
    rows.push_back(
        {"  " + levels_of(front[i]->mix, result.choices), cost[i], leakage[i],
         is_answered && front[i]->leakage_answer ? levels_of(*front[i]->leakage_answer, result.answers) : "",
         bar(std::clamp(front[i]->front_leakage.mean.value_or(0), 0.0, 1.0), 20)});
  std::vector<Align> align = {Align::left, Align::right, Align::right, Align::left, Align::left};
  if (!is_answered) {
    align.erase(align.begin() + 3);
    for (auto& row : rows) row.erase(row.begin() + 3);
  }
  add_columns(out, align, std::move(rows));
  if (is_answered)
    add_words(out, "each figure against the answer that is worst for it, of those that he can pay", 4);
}

}  // namespace

std::string table_of(const SelectReport& report) {
  std::string out;
  add_head(out, report);
  if (report.result.was_stopped) return out;
  add_choice(out, report);
  std::vector<std::size_t> order = order_of(report);
  order.resize(std::min(order.size(), most_rows));
  add_mixes(out, report, order);
  add_limits(out, report, order);
  add_front(out, report);
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
