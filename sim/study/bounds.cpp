// What intruders that are still aloft could yet do to a ratio.
#include <algorithm>
#include <string_view>

#include "study/estimates.hpp"

namespace dronewall {
namespace {

/// Means by name; absent where there is no such measure.
class Means {
 public:
  explicit Means(const std::vector<Estimate>& estimates) : estimates_(estimates) {}
  [[nodiscard]] std::optional<double> of(std::string_view name) const {
    for (const Estimate& estimate : estimates_)
      if (estimate.name == name) return estimate.mean;
    return std::nullopt;
  }

 private:
  const std::vector<Estimate>& estimates_;
};

/// The part of a name after a prefix; empty when it does not begin so.
std::string_view after(std::string_view name, std::string_view prefix) {
  return name.substr(0, prefix.size()) == prefix ? name.substr(prefix.size()) : std::string_view{};
}

/// numerator / (numerator / ratio + more): the ratio when its denominator grows.
double with_more_below(double ratio, double numerator, double more) {
  return ratio > 0 && numerator > 0 ? numerator / (numerator / ratio + more) : ratio;
}

std::optional<std::pair<double, double>> bounds_of(const Estimate& ratio, const Means& means,
                                                   double unresolved) {
  const std::string_view name = ratio.name;
  const double value = *ratio.mean;
  const double launched = means.of("intruders.launched").value_or(0);
  if (!(launched > 0)) return std::nullopt;
  if (name == "leak-fraction")  // at worst each of them leaks
    return std::pair{value,
                     std::min(1.0, value + unresolved / means.of("intruders.hostile").value_or(launched))};
  const double attack = means.of("cost.attacker").value_or(0);
  if (const auto view = after(name, "cost-exchange.per-stopped."); !view.empty()) {
    const double defence = means.of("cost.defender." + std::string(view)).value_or(0);
    return std::pair{with_more_below(value, defence, attack * unresolved / launched), value};
  }
  // At worst each of them costs the defender what one whose fate is known did; at best nothing more.
  if (!after(name, "cost-exchange.").empty() && unresolved < launched)
    return std::pair{value, value / (1 - unresolved / launched)};
  if (const auto view = after(name, "cost-per-kill."); !view.empty())
    return std::pair{
        with_more_below(value, means.of("cost.defender." + std::string(view)).value_or(0), unresolved),
        value};
  if (name == "attacker-cost-per-strike") return std::pair{with_more_below(value, attack, unresolved), value};
  return std::nullopt;
}

}  // namespace

void add_bounds(std::vector<Estimate>& estimates, double unresolved) {
  if (!(unresolved > 0)) return;
  const Means means(estimates);
  for (Estimate& estimate : estimates)
    if (estimate.is_ratio && estimate.mean) estimate.bounds = bounds_of(estimate, means, unresolved);
}

}  // namespace dronewall
