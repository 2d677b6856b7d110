// What matters in a study, and which assumption flips its verdict: table, JSON and CSV.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "dronewall/study/stored_sensitivity.hpp"

namespace dronewall {

struct SensitivityReport {
  std::string store, title, command;
  std::string design;  ///< its kind
  double confidence = 0.95;
  std::uint64_t seed = 0;
  std::optional<SensitivityMethod> only;  ///< this part alone
  const SensitivityResult& result;
};

[[nodiscard]] std::string table_of(const SensitivityReport& report);
/// {"manifest": {…}, "tornado": {…}, "morris": {…}, "sobol": {…}, "metamodel": {…}, "boxes": […], "flips":
/// {…}, "refused": {…}}: parts that this design does not carry are null.
[[nodiscard]] std::string json_of(const SensitivityReport& report);
/// method,input,figure,value,low,high,text: one line a figure.
[[nodiscard]] std::string csv_of(const SensitivityReport& report);

}  // namespace dronewall
