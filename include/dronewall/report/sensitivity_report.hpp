// What matters in a study, and which assumption flips its verdict: table, JSON and CSV.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "dronewall/report/run_report.hpp"
#include "dronewall/study/stored_sensitivity.hpp"

namespace dronewall {

struct SensitivityReport {
  Manifest manifest;  ///< `scenario` is the study
  std::string store;
  std::string design;                     ///< its kind
  std::optional<SensitivityMethod> only;  ///< this part alone
  const SensitivityResult& result;
  /// Of a measure of money.
  std::vector<NotCounted> not_counted;
  std::vector<std::string> without_life;  ///< items that are written off and have no life

  /// Whether the measure is one that must not stand without what leaks and what is not counted.
  [[nodiscard]] bool is_of_money() const { return dronewall::is_of_money(result.measure); }
};

/// What stands above the results: intruders still aloft.
[[nodiscard]] std::vector<std::string> warnings_of(const SensitivityReport& report);

[[nodiscard]] std::string table_of(const SensitivityReport& report);
/// {"manifest": {…}, "figures": {METHOD.INPUT.FIGURE: {…}}, "base": {"point": …, "values": …, "scenario": …},
/// "flips": {INPUT: {…}}, "refused": {METHOD: why}}. The tornado and the flips look from the base, a point
/// of the design. What is undefined is null, and `undefined` says why.
[[nodiscard]] std::string json_of(const SensitivityReport& report);
/// method,input,figure,value,low,high,unit,note: one line a figure, low and high being its interval; of all
/// points lines for how they lie to the bound, what leaks, is still aloft and is not counted; of a flip lines
/// for what it is, for both ends of its range, and for where it crosses; of all flips one for the point from
/// which they look; of what is not there a line `refused`. What is undefined is empty, and the note says why.
[[nodiscard]] std::string csv_of(const SensitivityReport& report);

}  // namespace dronewall
