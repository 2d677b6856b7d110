#include "goals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace bench {
namespace {

const char* verdict(const Goal& goal) {
  const auto meets = [&](double bound) {
    return goal.higher_is_better ? goal.figure >= bound : goal.figure <= bound;
  };
  if (std::isnan(goal.figure)) return "not measured";
  return meets(goal.reach) ? "reached" : meets(goal.must) ? "met" : "MISSED";
}

std::string markdown(const std::vector<Goal>& goals) {
  std::string text = "| measure | figure | must | reach | verdict | how |\n|---|---|---|---|---|---|\n";
  for (const Goal& goal : goals) {
    const char* sign = goal.higher_is_better ? "≥" : "≤";
    text += fmt::format("| {} | {:.4g} | {} {:.4g} | {} {:.4g} | {} | {} |\n", goal.measure, goal.figure,
                        sign, goal.must, sign, goal.reach, verdict(goal), goal.note);
  }
  return text;
}

}  // namespace

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double processor_seconds(const std::function<void()>& work) {
  const std::clock_t begin = std::clock();
  work();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

double ratio_of(const Timed& ours, const Timed& theirs, int pairs) {
  ours();  // both once for the caches and the branch predictors
  theirs();
  std::vector<double> ratios;
  for (int pair = 0; pair < pairs; ++pair) {
    const bool ours_first = pair % 2 == 0;
    const double first = ours_first ? ours() : theirs();
    const double second = ours_first ? theirs() : ours();
    ratios.push_back(ours_first ? first / second : second / first);
  }
  return median(ratios);
}

double ratio_of_times(const std::function<void()>& ours, const std::function<void()>& theirs, int pairs) {
  return ratio_of([&] { return processor_seconds(ours); }, [&] { return processor_seconds(theirs); }, pairs);
}

int print_goals(const std::vector<Goal>& goals) {
  fmt::print("\n{:<72} | {:>7} | {:>8} | {:>8} | verdict\n", "measure", "figure", "must", "reach");
  int missed = 0;
  for (const Goal& goal : goals) {
    const std::string word = verdict(goal);
    const char* sign = goal.higher_is_better ? ">=" : "<=";
    fmt::print("{:<72} | {:>7.4g} | {} {:>5.4g} | {} {:>5.4g} | {}{}{}\n", goal.measure, goal.figure, sign,
               goal.must, sign, goal.reach, word, goal.note.empty() ? "" : "; ", goal.note);
    missed += word == "MISSED";
  }
  return missed;
}

void write_goals(const std::vector<Goal>& goals, const std::string& file) {
  constexpr std::string_view opening = "<!-- goals -->\n", closing = "<!-- end of goals -->";
  std::ostringstream read;
  read << std::ifstream(file).rdbuf();
  std::string text = read.str();
  const std::size_t from = text.find(opening), to = text.find(closing);
  if (from == std::string::npos || to == std::string::npos || to < from)
    throw std::runtime_error(file + " has no marks for the table");
  text.replace(from + opening.size(), to - from - opening.size(), markdown(goals));
  std::ofstream(file) << text;
}

}  // namespace bench
