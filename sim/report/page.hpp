// The table's sections: each appends its lines to a text.
#pragma once
#include <string>
#include <vector>

#include "dronewall/report/run_report.hpp"
#include "dronewall/report/words.hpp"

namespace dronewall {

/// A heading with a rule to the right edge.
void add_heading(std::string& out, const std::string& title);

/// A rule from edge to edge, after an empty line.
void add_rule(std::string& out);

/// One line of a list of shares: name, figure, percent, bar.
struct ShareLine {
  std::string name;
  std::string figure;
  double share = 0;  ///< of the whole
};
/// Lines with a label before the first; nothing for an empty list.
void add_shares(std::string& out, const std::string& label, const std::vector<ShareLine>& lines);

/// `drone (2020), missile (2023)`; past the first six only how many there are.
[[nodiscard]] std::string years_words(const std::vector<const UsedPrice*>& prices);

/// The estimates whose names begin with `prefix`, and what follows it in each name.
struct Named {
  std::string rest;
  const Estimate* estimate = nullptr;
};
[[nodiscard]] std::vector<Named> begins_with(const PointResult& result, const std::string& prefix);
/// The mean of a measure, 0 where there is none.
[[nodiscard]] double mean_of(const PointResult& result, const std::string& name);

void add_outcome(std::string& out, const RunReport& report);
void add_costs(std::string& out, const RunReport& report);
void add_payers(std::string& out, const RunReport& report);
void add_chain(std::string& out, const RunReport& report);
void add_reported(std::string& out, const RunReport& report);
void add_used(std::string& out, const RunReport& report);
void add_asked(std::string& out, const RunReport& report);

}  // namespace dronewall
