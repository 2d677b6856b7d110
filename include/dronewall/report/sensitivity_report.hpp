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
/// {"manifest": {…}, "figures": {METHOD.INPUT.FIGURE: {…}}, "flips": {INPUT: {…}}, "refused": {METHOD: why}}.
/// What is undefined is null, and `undefined` says why.
[[nodiscard]] std::string json_of(const SensitivityReport& report);
/// method,input,figure,value,low,high,unit,note: one line a figure; of a flip one for what it is, with what
/// is published, and one for where it crosses. What is undefined is empty, and the note says why.
[[nodiscard]] std::string csv_of(const SensitivityReport& report);

}  // namespace dronewall
