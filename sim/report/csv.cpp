// A run as CSV (RFC 4180): one line a measure.
#include <fmt/format.h>

#include <cmath>

#include "dronewall/report/csv.hpp"
#include "dronewall/report/run_report.hpp"

namespace dronewall {
std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string csv_cell(std::optional<double> value) {
  return value && std::isfinite(*value) ? fmt::format("{}", *value) : "";
}

namespace {

std::string line_of(const Estimate& estimate) {
  return fmt::format("{},{},{},{},{},{},{},{}\n", csv_cell(estimate.name), csv_cell(estimate.mean),
                     csv_cell(estimate.se), csv_cell(estimate.low), csv_cell(estimate.high),
                     csv_cell(estimate.sd), estimate.n, csv_cell(estimate.unit));
}

}  // namespace

std::string csv_of(const RunReport& report) {
  std::string out = "name,mean,se,low,high,sd,n,unit\n";
  for (const Estimate& estimate : report.result.estimates) out += line_of(estimate);
  for (const Estimate& estimate : report.result.requested)
    if (estimate.name.find('(') != std::string::npos) out += line_of(estimate);
  return out;
}

}  // namespace dronewall
