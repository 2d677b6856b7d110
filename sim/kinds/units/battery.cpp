// A fixed battery: launchers, guns, lasers that stand where they stand.
#include <algorithm>
#include <cmath>

#include "dronewall/replication/unit_kind.hpp"
#include "kinds/kind.hpp"

namespace dronewall {

namespace {

/// When the target itself is inside the envelope: for dwell and continuous fire.
void inside_envelope(const Site& site, const Weapon& weapon, const TargetFlight& target,
                     std::vector<Span>& out) {
  const double rise = target.altitude_m - site.height_m;
  const auto ground = [&](double slant_m) { return slant_m * slant_m - rise * rise; };
  if (ground(weapon.range_high_m) < 0) return;
  const double outer = std::sqrt(ground(weapon.range_high_m));
  const double inner_squared = ground(weapon.range_low_m);
  for (const Leg* leg = target.first; leg != target.last; ++leg) {
    const auto in = inside_circle(*leg, site.at, outer);
    if (!in) continue;
    const auto hole = weapon.range_low_m > 0 && inner_squared > 0
                          ? inside_circle(*leg, site.at, std::sqrt(inner_squared))
                          : std::nullopt;
    if (!hole) {
      out.push_back(*in);
      continue;
    }
    if (in->begin < hole->begin) out.push_back({in->begin, hole->begin});
    if (hole->end < in->end) out.push_back({hole->end, in->end});
  }
  if (out.size() > 1) merge_spans(out);
}

/// Cuts the spans from place `first` on to those of another list, both in order.
void cut_to(const std::vector<Span>& other, std::size_t first, std::vector<Span>& spans) {
  const std::size_t whole = spans.size();
  for (std::size_t i = first; i < whole; ++i)
    for (const Span& span : other) {
      const Span cut{std::max(spans[i].begin, span.begin), std::min(spans[i].end, span.end)};
      if (cut.begin <= cut.end) spans.push_back(cut);
    }
  const auto begin = spans.begin();
  spans.erase(begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(whole));
}

class Battery final : public UnitKind {
 public:
  void windows(const Site& site, const Weapon& weapon, const TargetFlight& target,
               std::vector<Span>& out) const override {
    if (weapon.mode != WeaponMode::flight) {
      const std::size_t mine = out.size();
      inside_envelope(site, weapon, target, out);
      if (target.met_in != nullptr) cut_to(*target.met_in, mine, out);
      return;
    }
    launch_windows(target.first, target.last, site.at, target.altitude_m - site.height_m, weapon.range_low_m,
                   weapon.range_high_m, weapon.speed_m_per_s, out, target.met_in);
  }
  [[nodiscard]] std::optional<Approach> approach(const ElementMotion&, Vec2, const Weapon&,
                                                 const TargetFlight&, double) const override {
    return std::nullopt;
  }
  [[nodiscard]] const FlightProfile* flight() const override { return nullptr; }
};

}  // namespace

Kind battery_kind() {
  Kind kind = simple_kind<Battery>(
      "unit", "battery", "A fixed battery: missiles, guns or a laser that fire from where they stand.");
  kind.keys.table.example = R"(scenario: A battery
time: {duration: 1 h}
threats: {shahed: {class: drone, speed: 50 m/s, altitude: 200 m}}
weapons: {missile: {range: [0 km, 20 km], altitude: [0 m, 5 km], speed: 900 m/s, reaction: 6 s, pk: {drone: 0.7}}}
sensors: {radar: {at: {x: 0 km, y: 0 km}, height: 20 m, range: 60 km, law: definite}}
assets: {depot: {at: {x: 0 km, y: 0 km}}}
attacks: {raid: {threat: shahed, count: 4, launch: {at: 0 s, spacing: 30 s}, route: [{x: 50 km, y: 0 km}], goal: {strike: depot}}}
units: {site: {kind: battery, at: {x: 0 km, y: 0 km}, weapons: {missile: {magazine: 8}}}}
prices: {shahed: $35k, missile: $400k}
)";
  return kind;
}

}  // namespace dronewall
