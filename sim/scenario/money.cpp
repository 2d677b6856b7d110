#include "scenario/money.hpp"

#include <fmt/format.h>

#include "scenario/occasion.hpp"
#include "scenario/support.hpp"

namespace dronewall {

void Rates::set(const std::string& currency, double rate) {
  if (currency != report_) rates_[currency] = rate;
}

std::optional<double> Rates::of(const std::string& currency) const {
  const auto found = rates_.find(currency);
  if (found == rates_.end()) return std::nullopt;
  return found->second;
}

std::optional<Quantity> scaled(const Quantity& quantity, double factor) {
  if (factor == 1) return quantity;
  Quantity result = quantity;
  result.shift *= factor;
  switch (quantity.kind) {
    case DistributionKind::poisson:
    case DistributionKind::beta:
      return std::nullopt;
    case DistributionKind::gamma:
      result.b *= factor;
      break;  // a is the shape
    case DistributionKind::discrete:
      for (auto& [value, weight] : result.points) value *= factor;
      break;
    default:
      result.a *= factor;
      result.b *= factor;
      result.c *= factor;
  }
  return result;
}

std::optional<Quantity> read_money_in(const Tree& node, const Rates& rates, Problems& problems,
                                      std::string* written) {
  const std::optional<Money> money = read_money(node, problems);
  if (!money) return std::nullopt;
  if (written) *written = money->currency;
  const std::optional<double> rate = rates.of(money->currency);
  if (!rate) {
    problems.error(
        node.place, fmt::format("{} has no rate (the report is in {})", money->currency, rates.report()),
        fmt::format("add rates: {{{}: 1.10}} (what one {} is worth in {}) to the file, or write {}",
                    money->currency, money->currency, rates.report(), rates.report()));
    return std::nullopt;
  }
  static const Key price{.name = "a price"};
  if (!check_level(price, money->amount, problems)) return std::nullopt;
  if (support_of(money->amount).low < 0) {
    problems.error(node.place, fmt::format("the amount may be below 0 (a price is 0 or more)"));
    return std::nullopt;
  }
  std::optional<Quantity> result = scaled(money->amount, *rate);
  if (!result)
    problems.error(node.place,
                   fmt::format("this distribution has no scale to convert from {} to {}", money->currency,
                               rates.report()),
                   fmt::format("write the amounts in {}", rates.report()));
  return result;
}

}  // namespace dronewall
