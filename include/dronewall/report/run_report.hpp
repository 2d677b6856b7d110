// A run's results as a table for people, JSON for programs and CSV for sheets. Nothing is computed here but
// rounding, shares of sums that are printed, and lengths of bars.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dronewall/pricing/pricing.hpp"
#include "dronewall/study/run_point.hpp"
#include "dronewall/study/version.hpp"

namespace dronewall {

/// Where a result comes from: enough to make it again. `command`, `threads` and `seconds` are the only ones
/// that may differ between equal runs.
struct Manifest {
  std::string scenario;  ///< the file as given
  std::string title;
  std::uint64_t scenario_hash = 0;
  std::uint64_t seed = 1;
  double confidence = 0.95;
  std::uint64_t fingerprint = 0;  ///< of the host's arithmetic
  std::string command;
  std::uint32_t threads = 1;
  std::vector<std::string> sets;   ///< PATH=VALUE, what was changed of the scenario
  std::vector<std::string> books;  ///< price books laid over the scenario's
  std::optional<WantedPrecision> precision;
  std::uint64_t results = results_version;  ///< of the quantities; a store may hold older ones
};

struct RunReport {
  Manifest manifest;
  const LedgerLayout& layout;
  const Pricing& pricing;
  const PointResult& result;
  const std::vector<ReportedDescription>&
      reported;                         ///< figures of the real event, to hold the result against
  std::vector<std::string> notes = {};  ///< what a reader must know of its prices
};

/// The answer first, at most 100 columns, UTF-8; ends with a newline.
[[nodiscard]] std::string table_of(const RunReport& report);
/// {"manifest": {…}, "measures": {NAME: {mean, se, low, high, sd, n, unit, …}}, …}, one key a line.
[[nodiscard]] std::string json_of(const RunReport& report);
/// name,mean,se,low,high,sd,n,unit: one line a measure; undefined is empty.
[[nodiscard]] std::string csv_of(const RunReport& report);

/// Something a reader of the results must know: intruders still aloft, a precision that was not reached, a
/// run that was stopped. One sentence each; empty when there is nothing.
[[nodiscard]] std::vector<std::string> warnings_of(const RunReport& report);

}  // namespace dronewall
