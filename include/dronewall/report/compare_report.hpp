// A comparison's results as a table for people, JSON for programs and CSV for sheets.
#pragma once
#include <string>
#include <vector>

#include "dronewall/report/run_report.hpp"
#include "dronewall/study/compare.hpp"

namespace dronewall {

/// One of the scenarios compared; the first is called A, the next B, …
struct ComparedScenario {
  std::string file;                  ///< as given
  std::vector<std::string> with;     ///< values of its own, as PATH=VALUE
  std::vector<std::string> without;  ///< what was left out of it
  std::string title;
  std::uint64_t hash = 0;
  const Pricing& pricing;
};

struct CompareReport {
  Manifest manifest;  ///< of scenario, title and hash only those of the first, in `scenarios`, are shown
  std::vector<ComparedScenario> scenarios;
  std::vector<std::string> notes;  ///< why the scenarios may not be comparable
  const CompareResult& result;
};

/// `A`, `B`, … of a scenario's place.
[[nodiscard]] std::string letter_of(std::size_t place);

/// What differs, by how much, and what cannot be told from 0; at most 100 columns.
[[nodiscard]] std::string table_of(const CompareReport& report);
/// {"manifest": {…}, "scenarios": {"A": …}, "measures": {"A": {NAME: …}}, "differences": {"B-A": {NAME: …}},
/// "only_in": …, "warnings": […]}, one key a line.
[[nodiscard]] std::string json_of(const CompareReport& report);
/// difference,name,unit,first,other,mean,se,low,high,variance_ratio,told,n: one line a measure and pair.
[[nodiscard]] std::string csv_of(const CompareReport& report);

/// The notes, and what is to be said of the run: intruders still aloft, a precision that was not reached, a
/// run that was stopped.
[[nodiscard]] std::vector<std::string> warnings_of(const CompareReport& report);

}  // namespace dronewall
