// A sweep's results, read off its store, as a table for people, JSON for programs and CSV for sheets.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "dronewall/report/sink.hpp"
#include "dronewall/store/store.hpp"
#include "dronewall/study/stored_sweep.hpp"

namespace dronewall {

struct SweepReport {
  const Store& store;
  std::string command;
  std::uint32_t threads = 1;
  std::vector<std::string> notes = {};  ///< what a reader must know of the study's own books
};

/// One line a point, at most 100 columns and 100 points; ends with a newline.
[[nodiscard]] std::string table_of(const SweepReport& report);
/// The notes, and intruders that are still aloft at the end, for stderr: the results themselves must stay
/// machine-readable.
[[nodiscard]] std::vector<std::string> warnings_of(const SweepReport& report);

/// {"manifest": {…}, "factors": […], "points": [{"point", "values", "state", "measures": …}, …], "failures":
/// […], "warnings": […]}, one point a line, and one at a time in memory.
void write_json(const SweepReport& report, const Sink& sink);
/// point,state,replications,half_width,FACTOR…, then MEASURE,MEASURE:low,MEASURE:high,MEASURE:se for each:
/// one line a point, and one at a time in memory; undefined is empty. Where intruders are still aloft at the
/// end of some point, also MEASURE:least and MEASURE:most.
void write_csv(const SweepReport& report, const Sink& sink);

/// What a sweep would take, in words.
[[nodiscard]] std::string table_of(const SweepForecast& forecast, const std::string& store);

}  // namespace dronewall
