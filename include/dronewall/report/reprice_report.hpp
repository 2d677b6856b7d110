// A store under other prices as a table for people, JSON for programs and CSV for sheets.
#pragma once
#include <string>
#include <vector>

#include "dronewall/report/run_report.hpp"
#include "dronewall/report/sink.hpp"
#include "dronewall/study/reprice.hpp"

namespace dronewall {

struct RepriceReport {
  Manifest manifest;  ///< `scenario` is the study
  std::string store, currency;
  View view = View::marginal;  ///< that the table shows
  double ratio = 1;            ///< of the break-even prices
  const RepricedStudy& study;
  const std::vector<NamedBook>& books;
  std::vector<Requested> asked;  ///< of the study, beside the views
  /// Per point, under the last book that is no vector of a grid.
  std::vector<std::vector<BreakEvenPrice>> break_even;
  /// Of the books with uncertain prices that are no vectors of a grid.
  std::vector<UncertainBook> uncertain;
  std::string book_of_break_even;
  std::size_t book_used = 0;                         ///< which of the books that is
  std::vector<std::vector<NotCounted>> not_counted;  ///< by book
  std::vector<std::string> without_life;             ///< items that are written off and have no life
  std::vector<std::string> warnings;
};

/// Throws StoreError, as the two below do.
[[nodiscard]] std::string table_of(const RepriceReport& report);
/// {"manifest": {…}, "points": [{"point": …, "values": …, "leak-fraction": {…}, "prices": {BOOK: {NAME:
/// {…}}}, "break_even": {ITEM: {…}}}, …], …}: points as `sweep` has them, some at a time in memory.
void write_json(const RepriceReport& report, const Sink& sink);
/// point,FACTORS…,prices,name,mean,se,low,high,n,unit,method,not_counted: one line a point, book and measure,
/// some points at a time in memory. Where intruders are still aloft at the end of some point, also least and
/// most.
void write_csv(const RepriceReport& report, const Sink& sink);
/// What stands above the results: intruders still aloft, books left out.
[[nodiscard]] std::vector<std::string> warnings_of(const RepriceReport& report);

}  // namespace dronewall
