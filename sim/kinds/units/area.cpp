// An area effector: a jammer, spoofer or microwave emitter that acts on whatever is inside its radius.
#include "dronewall/replication/unit_kind.hpp"
#include "kinds/kind.hpp"

namespace dronewall {

namespace {

class Area final : public UnitKind {
 public:
  explicit Area(AreaKeys keys) : keys_(std::move(keys)) {}

  [[nodiscard]] const AreaKeys* area() const override { return &keys_; }
  void windows(const Site&, const Weapon&, const TargetFlight&, std::vector<Span>&) const override {}
  [[nodiscard]] std::optional<Approach> approach(const ElementMotion&, Vec2, const Weapon&,
                                                 const TargetFlight&, double) const override {
    return std::nullopt;
  }
  [[nodiscard]] const FlightProfile* flight() const override { return nullptr; }

 private:
  AreaKeys keys_;
};

std::unique_ptr<CompiledKind> build_area(const KindUse& use, BuildContext& context) {
  const Values& own = use.own;
  AreaKeys keys;
  keys.radius_m = own.number("radius", 0);
  if (!(keys.radius_m > 0))
    context.problems().error(own.place_of("radius"), "radius is 0 (it must be above 0)");
  keys.emission = own.text("emits").text == "on-track" ? Emission::on_track : Emission::always;
  keys.collateral = own.flag("collateral", false);
  if (own.has("at_entry") == own.has("hazard"))
    context.problems().error(own.has("hazard") ? own.place_of("hazard") : use.kind.place,
                             own.has("hazard") ? "an area effector has both at_entry and hazard"
                                               : "an area effector needs one of at_entry and hazard",
                             "write at_entry: {gnss: 0.4} or hazard: {gnss: 0.2 / min}");
  keys.law = own.has("hazard") ? AreaLaw::hazard : AreaLaw::at_entry;
  if (const Values::Value* effect = own.find(own.has("hazard") ? "hazard" : "at_entry"))
    keys.by_navigation = effect->by_name;
  return std::make_unique<Area>(std::move(keys));
}

}  // namespace

Kind area_kind() {
  KeyTable table;
  table.name = "area";
  table.help =
      "A jammer, spoofer or microwave emitter: it acts on every susceptible intruder inside its radius, by "
      "what guides it. Each of its elements acts by itself.";
  table.keys = {
      {.name = "radius",
       .dimension = Dimension::length,
       .low = 0,
       .required = true,
       .help = "how far it acts, over ground; above 0"},
      {.name = "at_entry",
       .shape = Shape::by_class,
       .dimension = Dimension::fraction,
       .low = 0,
       .high = 1,
       .help =
           "chance to end an intruder each time it comes under it, by navigation: {gnss: 0.4}; any stands "
           "for the rest",
       .refers_to = "navigations"},
      {.name = "hazard",
       .shape = Shape::by_class,
       .dimension = Dimension::rate,
       .low = 0,
       .help = "instead: rate at which it ends those under it, by navigation: {gnss: 0.2 / min}",
       .refers_to = "navigations"},
      {.name = "emits",
       .shape = Shape::choice,
       .fallback = "always",
       .help = "always; on-track: only at an intruder that its network tracks and may engage",
       .choices = {"always", "on-track"}},
      {.name = "collateral",
       .shape = Shape::flag,
       .fallback = "false",
       .help = "true: its hours of emission are disruption, priced as UNIT.emission-hour"}};
  table.example = R"(scenario: An area effector
time: {duration: 1 h}
threats: {shahed: {class: drone, speed: 50 m/s, altitude: 200 m, navigation: gnss}}
weapons: {gun: {range: [0 km, 2 km], altitude: [0 m, 5 km], kill_rate: 0.02 / s, rounds: 5 / s, pk: {drone: 1}}}
sensors: {radar: {at: {x: 0 km, y: 0 km}, height: 20 m, range: 60 km, law: definite}}
assets: {depot: {at: {x: 0 km, y: 0 km}}}
attacks: {raid: {threat: shahed, count: 4, launch: {at: 0 s, spacing: 30 s}, route: [{x: 50 km, y: 0 km}], goal: {strike: depot}}}
units:
  jammer: {kind: area, at: {x: 0 km, y: 0 km}, radius: 4 km, hazard: {gnss: 0.2 / min}}
  site: {kind: battery, at: {x: 0 km, y: 0 km}, weapons: {gun: {magazine: 8000}}}
prices: {shahed: $35k, gun: $60}
)";
  Kind kind;
  kind.keys = {"unit", "area", std::move(table), ""};
  kind.build = build_area;
  return kind;
}

}  // namespace dronewall
