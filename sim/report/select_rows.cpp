#include "report/select_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <tuple>

#include "report/columns.hpp"
#include "report/figure_column.hpp"
#include "report/figures.hpp"
#include "report/page.hpp"
#include "report/select_words.hpp"

namespace dronewall {
namespace {

constexpr std::size_t most_rows = 24;

std::string axes_of(const std::vector<ChoiceAxis>& axes) {
  std::string text;
  for (const ChoiceAxis& axis : axes) text += (text.empty() ? "" : " / ") + axis.path;
  return text;
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

/// What the attacker does against a mix, what it costs him, and how much else he can pay.
std::vector<std::string> answer_cells(const MixResult& mix, const SelectResult& result) {
  if (result.answers.empty()) return {};
  if (!mix.answer) return {"", "", ""};
  return {levels_of(*mix.answer, result.answers), figure(*mix.attack_cost), grouped(mix.admissible)};
}

std::vector<std::vector<std::string>> rows_of(const SelectReport& report,
                                              const std::vector<std::size_t>& order) {
  const SelectResult& result = report.result;
  std::vector<const MixResult*> shown;
  for (const std::size_t i : order) shown.push_back(&result.mixes[i]);
  const auto objective = column_of(shown, [](const MixResult& mix) { return &mix.objective; });
  const auto leakage = column_of(shown, [](const MixResult& mix) { return &mix.leakage; });
  const bool is_short = !constraints_apart(report).empty();
  std::vector<std::vector<std::string>> rows;
  for (std::size_t at = 0; at < order.size(); ++at) {
    const MixResult& mix = *shown[at];
    std::vector<std::string>& row = rows.emplace_back();
    row = {mark_of(result, order[at]) + levels_of(mix.mix, result.choices), objective[at], leakage[at]};
    for (std::string& cell : answer_cells(mix, result)) row.push_back(std::move(cell));
    row.push_back(front_mark(mix.pareto));
    row.push_back(is_short ? standing_of(mix, report.constraints) : state_of(mix, report.constraints));
  }
  return rows;
}

/// Takes the attacker's answers out of a table that is too wide with them, for one of their own.
std::vector<std::vector<std::string>> without_answers(std::vector<std::vector<std::string>>& rows) {
  std::vector<std::vector<std::string>> answers;
  for (auto& row : rows) {
    answers.push_back({row[0], row[3], row[4], row[5]});
    row.erase(row.begin() + 3, row.begin() + 6);
  }
  return answers;
}

void add_all(std::string& out, const SelectReport& report, const std::vector<std::size_t>& order) {
  const SelectResult& result = report.result;
  add_heading(out, "The mixes: " + axes_of(result.choices));
  std::vector<std::vector<std::string>> rows = rows_of(report, order);
  std::vector<Align> align = {Align::left, Align::right, Align::right};
  std::vector<std::string> head = {"", report.objective, "leak-fraction"};
  if (!result.answers.empty()) {
    align.insert(align.end(), {Align::left, Align::right, Align::right});
    head.insert(head.end(), {"answer", "costs", "he can pay"});
  }
  align.insert(align.end(), {Align::left, Align::left});
  head.insert(head.end(), {"front", report.constraints.empty() ? "" : "constraints"});
  rows.insert(rows.begin(), std::move(head));
  std::vector<std::vector<std::string>> answers;
  if (!result.answers.empty() && columns_that_fit(rows, 1) < align.size()) {
    answers = without_answers(rows);
    align.erase(align.begin() + 3, align.begin() + 6);
  }
  add_columns(out, align, std::move(rows));
  if (result.mixes.size() > order.size())
    out += fmt::format("    … and {} more (--format json or csv lists all)\n",
                       grouped(result.mixes.size() - order.size()));
  add_words(out, legend_of(result), 4);
  if (!answers.empty()) {
    out += '\n';
    add_columns(out, {Align::left, Align::left, Align::right, Align::right}, std::move(answers));
  }
  if (result.answers.empty()) return;
  add_words(out,
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

void add_mixes(std::string& out, const SelectReport& report) {
  std::vector<std::size_t> order = order_of(report);
  order.resize(std::min(order.size(), most_rows));
  add_all(out, report, order);
  add_limits(out, report, order);
  add_front(out, report);
}

}  // namespace dronewall
