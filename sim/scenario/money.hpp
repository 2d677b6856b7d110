// Money of several currencies, turned into the one of the report.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "scenario/scalars.hpp"

namespace dronewall {

/// What one unit of each known currency is worth in the currency of the report.
class Rates {
 public:
  explicit Rates(std::string report = "USD") : report_(std::move(report)) { rates_[report_] = 1; }

  [[nodiscard]] const std::string& report() const { return report_; }
  /// A later rate of the same currency replaces an earlier one; that of the report's own stays 1.
  void set(const std::string& currency, double rate);
  [[nodiscard]] std::optional<double> of(const std::string& currency) const;
  /// The report's own, 1, among them.
  [[nodiscard]] const std::map<std::string, double>& all() const { return rates_; }

 private:
  std::string report_;
  std::map<std::string, double> rates_;
};

/// `factor` times the quantity, for factors > 0; nullopt where the distribution has no scale to multiply
/// (poisson, beta).
[[nodiscard]] std::optional<Quantity> scaled(const Quantity& quantity, double factor);

/// Reads money and turns it into the report's currency. Reports a currency without a rate, and an amount
/// below 0. `written` receives the currency as written, unless it is nullptr.
[[nodiscard]] std::optional<Quantity> read_money_in(const Tree& node, const Rates& rates, Problems& problems,
                                                    std::string* written = nullptr);

}  // namespace dronewall
