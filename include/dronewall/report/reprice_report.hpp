// A store under other prices as a table for people, JSON for programs and CSV for sheets.
#pragma once
#include <string>
#include <vector>

#include "dronewall/report/run_report.hpp"
#include "dronewall/study/reprice.hpp"

namespace dronewall {

struct RepriceReport {
  Manifest manifest;  ///< `scenario` is the study
  std::string store, currency;
  View view = View::marginal;  ///< that the table shows
  double ratio = 1;            ///< of the break-even prices
  const RepricedStudy& study;
  const std::vector<NamedBook>& books;
  RepricedFigures figures;  ///< of the table's view at least; JSON and CSV need all
  /// Per point, under the last book that is no vector of a grid.
  std::vector<std::vector<BreakEvenPrice>> break_even;
  /// Of the books with uncertain prices that are no vectors of a grid.
  std::vector<UncertainBook> uncertain;
  std::string book_of_break_even;
  std::size_t book_used = 0;  ///< which of the books that is
  std::vector<NotCounted> not_counted;
  std::vector<std::string> warnings;
};

[[nodiscard]] std::string table_of(const RepriceReport& report);
/// {"manifest": {…}, "points": [{"point": …, "values": …, "prices": {BOOK: {NAME: {…}}}, "break_even": {ITEM:
/// {…}}}, …], …}: points as `sweep` has them.
[[nodiscard]] std::string json_of(const RepriceReport& report);
/// point,FACTORS…,prices,name,mean,se,low,high,n,unit,method: one line a point, book and measure.
[[nodiscard]] std::string csv_of(const RepriceReport& report);

}  // namespace dronewall
