// What a selection says, as a table for people, JSON for programs and CSV for sheets.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "dronewall/report/run_report.hpp"
#include "dronewall/study/select.hpp"

namespace dronewall {

struct SelectReport {
  Manifest manifest;  ///< `scenario` and `title` are the study's
  std::string objective;
  SelectPlan::Aim aim = SelectPlan::Aim::minimise;
  std::vector<Constraint> constraints;
  std::optional<double> attacker_budget;
  std::string currency;
  /// What nobody knows, by path: treated as chance, every mix over the same points.
  std::vector<std::string> uncertain;
  const SelectResult& result;
};

/// The choice, why it can be trusted, all mixes, the front, the attacker's answers; at most 100 columns.
[[nodiscard]] std::string table_of(const SelectReport& report);
/// {"manifest": {…}, "winner": …, "mixes": […], …}, one mix a line.
[[nodiscard]] std::string json_of(const SelectReport& report);
/// One line a mix: its levels, objective, leak-fraction, constraints and (`CONSTRAINT:verdict`) their
/// verdicts, state, front.
[[nodiscard]] std::string csv_of(const SelectReport& report);
/// What a reader must know: nothing was shown to hold, a cap came first, mixes failed, a search proves
/// little.
[[nodiscard]] std::vector<std::string> warnings_of(const SelectReport& report);

}  // namespace dronewall
