// A pursuer: a fighter, helicopter or reusable drone that flies a collision course and fires when it is in
// range.
#include <cmath>

#include "dronewall/replication/unit_kind.hpp"
#include "kinds/kind.hpp"

namespace dronewall {

namespace {

class Pursuer final : public UnitKind {
 public:
  explicit Pursuer(FlightProfile profile) : profile_(std::move(profile)) {}

  [[nodiscard]] bool flies() const override { return true; }
  [[nodiscard]] const FlightProfile* flight() const override { return &profile_; }
  void windows(const Site&, const Weapon&, const TargetFlight&, std::vector<Span>&) const override {}

  /// Leaves at once when aloft, else when ready and after its readiness; flies the straight collision course
  /// to the meeting with the target itself, and may launch from the first point at which the round (of its
  /// mean speed) would meet the target within range; a dwell or burst begins when the target is within range.
  /// The altitude is matched. Range's lower end does not bind it: a pursuer opens the distance it needs.
  [[nodiscard]] std::optional<Approach> approach(const ElementMotion& motion, Vec2 base, const Weapon& weapon,
                                                 const TargetFlight& target, double now_s) const override {
    Approach result;
    // One that was ordered up for another target and has not left yet leaves when it would have.
    const double start_s = motion.aloft ? std::max(now_s, motion.take_off_s)
                                        : std::max(now_s, motion.ready_s) + motion.readiness_s;
    const Vec2 from = motion.at(start_s);
    result.take_off_s = motion.aloft ? motion.take_off_s : start_s;
    const auto meets_s = meet_on_legs(target.first, target.last, from, start_s, profile_.speed_m_per_s);
    if (!meets_s) return std::nullopt;
    const Vec2 meeting = position(target, *meets_s);
    const Vec2 way = meeting - from;
    const double flight_s = *meets_s - start_s;
    result.leg = {start_s, *meets_s, from, flight_s > 0 ? way * (1 / flight_s) : Vec2{}};
    const double lead_s = weapon.mode == WeaponMode::flight ? weapon.range_high_m / weapon.speed_m_per_s : 0;
    const auto launch_s =
        first_within_range(target.first, target.last, result.leg, lead_s, weapon.range_high_m, 0);
    result.launch_s = launch_s.value_or(*meets_s);
    const double home_s = length(base - result.leg.at(result.launch_s)) / profile_.speed_m_per_s;
    if (result.launch_s + lead_s + home_s > result.take_off_s + profile_.endurance_s) return std::nullopt;
    return result;
  }

 private:
  [[nodiscard]] static Vec2 position(const TargetFlight& target, double t) {
    for (const Leg* leg = target.first; leg != target.last; ++leg)
      if (t <= leg->end) return leg->at(t);
    return (target.last - 1)->at((target.last - 1)->end);
  }

  FlightProfile profile_;
};

Key key(const char* name, Shape shape, Dimension dimension, double low, bool required, const char* fallback,
        const char* help) {
  Key k;
  k.name = name;
  k.shape = shape;
  k.dimension = dimension;
  k.low = low;
  k.required = required;
  k.fallback = fallback;
  k.help = help;
  return k;
}

const KeyTable& turn_round_table() {
  static const KeyTable table{"turn_round",
                              "What happens between landing and the next alert.",
                              {key("time", Shape::quantity, Dimension::time, 0, true, "",
                                   "From landing until it may be tasked again."),
                               key("bays", Shape::number, Dimension::count, 1, false, "unlimited",
                                   "How many are turned round at once.")},
                              ""};
  return table;
}

}  // namespace

Kind pursuer_kind() {
  Key turn_round_key = key("turn_round", Shape::mapping, Dimension::none, 0, false, "0 s, unlimited bays",
                           "Turn-round after landing; the load is filled up.");
  turn_round_key.table = &turn_round_table();
  Kind kind;
  kind.keys = {
      "unit",
      "pursuer",
      {"pursuer",
       "A fighter, helicopter or reusable drone: takes off after its readiness, flies a collision course, "
       "fires, looks, "
       "goes again, and lands before its endurance is used up.",
       {key("speed", Shape::number, Dimension::speed, 0, true, "",
            "Speed of the intercept and of the way home."),
        key("endurance", Shape::number, Dimension::time, 0, true, "", "Take-off to landing, at most."),
        key("readiness", Shape::quantity, Dimension::time, 0, false, "0 s", "From the order to take-off."),
        turn_round_key},
       R"(scenario: A fighter on alert
time: {duration: 4 h}
threats: {shahed: {class: drone, speed: 50 m/s, altitude: 500 m}}
weapons: {missile: {range: [0 km, 10 km], altitude: [0 m, 15 km], speed: 900 m/s, reaction: 5 s, pk: {drone: 0.8}}}
sensors: {radar: {at: {x: 0 km, y: 0 km}, height: 40 m, range: 250 km, horizon: none, law: definite}}
assets: {depot: {at: {x: 0 km, y: 0 km}}}
attacks: {raid: {threat: shahed, count: 3, launch: {at: 0 s, spacing: 5 min}, route: [{x: 200 km, y: 0 km}], goal: {strike: depot}}}
units: {qra: {kind: pursuer, base: {x: -50 km, y: 20 km}, count: 2, speed: 270 m/s, endurance: 2 h, readiness: 10 min, turn_round: {time: 1 h, bays: 1}, weapons: {missile: {load: 4}}}}
prices: {shahed: $35k, missile: $450k, qra.flight-hour: $20k}
)"},
      ""};
  kind.build = [](const KindUse& use, BuildContext& context) -> std::unique_ptr<CompiledKind> {
    FlightProfile profile;
    profile.speed_m_per_s = use.own.number("speed", 0);
    profile.endurance_s = use.own.number("endurance", 0);
    profile.readiness_s = context.compile(use.own.quantity("readiness", 0), "readiness");
    profile.turn_round_s.distribution = Distribution::constant(0);
    if (const Values::Value* turn_round = use.own.find("turn_round");
        turn_round != nullptr && !turn_round->entries.empty()) {
      const Values& keys = turn_round->entries.front().second;
      profile.turn_round_s = context.compile(keys.quantity("time", 0), "turn_round.time");
      if (keys.has("bays")) profile.bays = static_cast<std::uint32_t>(keys.number("bays", 1));
    }
    if (!(profile.speed_m_per_s > 0))
      context.problems().error(use.own.place_of("speed"),
                               "the speed of a pursuer is 0 (it would never arrive)");
    return std::make_unique<Pursuer>(std::move(profile));
  };
  return kind;
}

}  // namespace dronewall
