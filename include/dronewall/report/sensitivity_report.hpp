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
};

[[nodiscard]] std::string table_of(const SensitivityReport& report);
/// {"manifest": {…}, "figures": {METHOD.INPUT.FIGURE: {…}}, "base": {"point": …, "values": …, "scenario": …},
/// "flips": {INPUT: {…}}, "refused": {METHOD: why}}. The tornado and the flips look from the base, a point
/// of the design. What is undefined is null, and `undefined` says why.
[[nodiscard]] std::string json_of(const SensitivityReport& report);
/// method,input,figure,value,low,high,unit,note: one line a figure, low and high being its interval; of a
/// flip lines for what it is, for both ends of its range, and for where it crosses; of all flips one for the
/// point from which they look. What is undefined is empty, and the note says why.
[[nodiscard]] std::string csv_of(const SensitivityReport& report);

}  // namespace dronewall
