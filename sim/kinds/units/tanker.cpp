// A tanker: lets the aircraft of its network stay up longer; aloft for the whole run, and paid for.
#include "dronewall/replication/unit_kind.hpp"
#include "kinds/kind.hpp"

namespace dronewall {

namespace {

class Tanker final : public UnitKind {
 public:
  explicit Tanker(Refuelling refuelling) : refuelling_(refuelling) {}

  void windows(const Site&, const Weapon&, const TargetFlight&, std::vector<Span>&) const override {}
  [[nodiscard]] std::optional<Approach> approach(const ElementMotion&, Vec2, const Weapon&,
                                                 const TargetFlight&, double) const override {
    return std::nullopt;
  }
  [[nodiscard]] const FlightProfile* flight() const override { return nullptr; }
  [[nodiscard]] std::optional<Refuelling> refuels() const override { return refuelling_; }

 private:
  Refuelling refuelling_;
};

Key key(const char* name, Dimension dimension, bool required, const char* fallback, const char* help) {
  Key k;
  k.name = name;
  k.dimension = dimension;
  k.low = 0;
  k.required = required;
  k.fallback = fallback;
  k.help = help;
  return k;
}

}  // namespace

Kind tanker_kind() {
  Kind kind;
  kind.keys = {
      "unit",
      "tanker",
      {"tanker",
       "A tanker: gives each sortie of its network's aircraft more endurance. It is aloft for the whole run, "
       "within reach of all of them; its hours are standing unless account: operations.",
       {key("gives", Dimension::time, true, "", "Endurance that one refuelling adds."),
        key("refuels", Dimension::count, false, "1", "Refuellings of one sortie, at most."),
        key("time", Dimension::time, false, "0 s", "Off task, each time; less than it gives."),
        key("speed", Dimension::speed, false, "", "Of the platform's row; it changes nothing here."),
        key("endurance", Dimension::time, false, "", "Of the platform's row; it changes nothing here.")},
       R"(scenario: A patrol and its tanker
time: {duration: 12 h}
threats: {shahed: {class: drone, speed: 50 m/s, altitude: 500 m}}
weapons: {missile: {range: [0 km, 10 km], altitude: [0 m, 15 km], speed: 900 m/s, reaction: 5 s, pk: {drone: 0.8}}}
sensors: {radar: {at: {x: 0 km, y: 0 km}, height: 40 m, range: 250 km, horizon: none, law: definite}}
assets: {depot: {at: {x: 0 km, y: 0 km}}}
attacks: {raid: {threat: shahed, count: 3, launch: {at: 3 h, spacing: 5 min}, route: [{x: 200 km, y: 0 km}], goal: {strike: depot}}}
units:
  guard: {kind: pursuer, base: {x: -300 km, y: 20 km}, count: 2, speed: 270 m/s, endurance: 2 h, turn_round: {time: 1 h}, weapons: {missile: {load: 4}}, patrol: {sortie: 6 h, at: {x: 0 km, y: 20 km}}}
  refueller: {kind: tanker, base: {x: -300 km, y: 20 km}, gives: 150 min, refuels: 2, time: 15 min}
prices: {shahed: $35k, missile: $450k, guard.flight-hour: $20k, refueller.flight-hour: $15k}
)"},
      ""};
  kind.build = [](const KindUse& use, BuildContext& context) -> std::unique_ptr<CompiledKind> {
    Refuelling refuelling;
    refuelling.gives_s = use.own.number("gives", 0);
    refuelling.times = static_cast<std::uint32_t>(use.own.number("refuels", 1));
    refuelling.time_s = use.own.number("time", 0);
    if (!(refuelling.gives_s > refuelling.time_s))
      context.problems().error(use.own.place_of("gives"),
                               "a refuelling takes all of the time that it gives (it would be of no use)");
    return std::make_unique<Tanker>(refuelling);
  };
  return kind;
}

}  // namespace dronewall
