// A sweep's results, read off its store, as a table for people, JSON for programs and CSV for sheets.
#pragma once
#include <cstdint>
#include <string>

#include "dronewall/store/store.hpp"
#include "dronewall/study/stored_sweep.hpp"

namespace dronewall {

struct SweepReport {
  const Store& store;
  std::string command;
  std::uint32_t threads = 1;
};

/// One line a point, at most 100 columns and 100 points; ends with a newline.
[[nodiscard]] std::string table_of(const SweepReport& report);
/// {"manifest": {…}, "factors": […], "points": [{"point", "values", "state", "measures": …}, …], "failures":
/// […]}, one point a line.
[[nodiscard]] std::string json_of(const SweepReport& report);
/// point,state,replications,half_width,FACTOR…, then MEASURE,MEASURE:low,MEASURE:high,MEASURE:se for each:
/// one line a point; undefined is empty.
[[nodiscard]] std::string csv_of(const SweepReport& report);

/// What a sweep would take, in words.
[[nodiscard]] std::string table_of(const SweepForecast& forecast, const std::string& store);

}  // namespace dronewall
