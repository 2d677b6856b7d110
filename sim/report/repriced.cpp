#include "report/repriced.hpp"

#include <cmath>

namespace dronewall {
namespace {

std::optional<double> known(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace

Estimate estimate_of(std::string name, const std::string& unit, const RepricedValue& value,
                     std::uint64_t replications) {
  Estimate made;
  made.name = std::move(name);
  made.unit = unit;
  made.mean = known(value.mean);
  made.se = known(value.se);
  made.low = known(value.low);
  made.high = known(value.high);
  if (made.se) made.sd = *made.se * std::sqrt(static_cast<double>(replications));
  made.n = replications;
  if (value.method != IntervalMethod::undefined) made.method = name_of(value.method);
  made.is_ratio = unit.empty();
  if (std::isfinite(value.least)) made.bounds = {value.least, value.most};
  if (!made.mean) made.undefined_because = "nothing that has a price was launched";
  return made;
}

}  // namespace dronewall
