#include "goals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

namespace bench {
namespace {

/// Processor time, so that a program that waits for its turn is not charged for it.
double seconds_of(const std::function<void()>& work) {
  const std::clock_t begin = std::clock();
  work();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

const char* verdict(const Goal& goal) {
  const auto meets = [&](double bound) {
    return goal.higher_is_better ? goal.figure >= bound : goal.figure <= bound;
  };
  return meets(goal.reach) ? "reached" : meets(goal.must) ? "met" : "MISSED";
}

}  // namespace

double ratio_of_times(const std::function<void()>& ours, const std::function<void()>& theirs, int pairs) {
  ours();  // both once for the caches and the branch predictors
  theirs();
  std::vector<double> ratios;
  for (int pair = 0; pair < pairs; ++pair) {
    const bool ours_first = pair % 2 == 0;
    const double first = seconds_of(ours_first ? ours : theirs);
    const double second = seconds_of(ours_first ? theirs : ours);
    ratios.push_back(ours_first ? first / second : second / first);
  }
  const auto middle = ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2);
  std::nth_element(ratios.begin(), middle, ratios.end());
  return *middle;
}

int print_goals(const std::vector<Goal>& goals) {
  fmt::print("\n{:<72} | {:>7} | {:>7} | {:>7} | verdict\n", "measure", "figure", "must", "reach");
  int missed = 0;
  for (const Goal& goal : goals) {
    const std::string word = verdict(goal);
    const char* sign = goal.higher_is_better ? ">=" : "<=";
    fmt::print("{:<72} | {:>7.3g} | {} {:>4.3g} | {} {:>4.3g} | {}\n", goal.measure, goal.figure, sign,
               goal.must, sign, goal.reach, word);
    missed += word == "MISSED";
  }
  return missed;
}

}  // namespace bench
