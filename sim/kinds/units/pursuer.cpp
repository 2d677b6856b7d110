// A pursuer: a fighter, helicopter or reusable drone that flies a collision course and fires when it is in
// range.
#include <algorithm>

#include "dronewall/replication/unit_kind.hpp"
#include "kinds/kind.hpp"

namespace dronewall {

namespace {

class Pursuer final : public UnitKind {
 public:
  explicit Pursuer(FlightProfile profile)
      : profile_(std::move(profile)), usual_readiness_s_(profile_.readiness_s.distribution.value(0.95)) {}

  [[nodiscard]] bool flies() const override { return true; }
  [[nodiscard]] const FlightProfile* flight() const override { return &profile_; }
  void windows(const Site&, const Weapon&, const TargetFlight&, std::vector<Span>&) const override {}

  /// The meeting must lie within w (endurance − engagement) / 2 of the base: as far out as there is time to
  /// come home. The order comes a usual readiness before the departure.
  void orders(const ElementMotion& motion, Vec2 base, const Weapon& weapon, const TargetFlight& target,
              std::vector<Span>& out) const override {
    constexpr double rounding_m = 1;
    const double w = profile_.speed_m_per_s;
    const double radius_m = w * (profile_.endurance_s - engagement_s(weapon, motion.look_s)) / 2 - rounding_m;
    if (!(radius_m > 0)) return;
    const std::size_t mine = out.size();
    launch_windows(target.first, target.last, base, 0, 0, radius_m, w, out);
    for (std::size_t i = mine; i < out.size(); ++i) out[i].begin -= usual_readiness_s_;
  }

  /// Leaves at once when aloft, else when ready and after its readiness; flies the straight collision course
  /// to the meeting with the target itself, and may launch from the first point at which the round (of its
  /// mean speed) would meet the target within range; a dwell or burst begins when the target is within range.
  /// The altitude is matched. Range's lower end does not bind it: a pursuer opens the distance it needs.
  /// Ready sooner than usual for a target that is out of reach still, it waits for the usual moment.
  [[nodiscard]] std::optional<Approach> approach(const ElementMotion& motion, Vec2 base, const Weapon& weapon,
                                                 const TargetFlight& target, double now_s) const override {
    // One that was ordered up for another target and has not left yet leaves when it would have.
    if (motion.aloft) return course(motion, base, weapon, target, std::max(now_s, motion.take_off_s));
    const double order_s = std::max(now_s, motion.ready_s);
    const auto soon = course(motion, base, weapon, target, order_s + motion.readiness_s);
    if (soon || !(motion.readiness_s < usual_readiness_s_)) return soon;
    return course(motion, base, weapon, target, order_s + usual_readiness_s_);
  }

 private:
  /// The course of one that leaves its present place at `start_s`.
  [[nodiscard]] std::optional<Approach> course(const ElementMotion& motion, Vec2 base, const Weapon& weapon,
                                               const TargetFlight& target, double start_s) const {
    Approach result;
    const Vec2 from = motion.at(start_s);
    result.take_off_s = motion.aloft ? motion.take_off_s : start_s;
    const auto meets_s = meet_on_legs(target.first, target.last, from, start_s, profile_.speed_m_per_s);
    if (!meets_s) return std::nullopt;
    const Vec2 meeting = position(target, *meets_s);
    const Vec2 way = meeting - from;
    const double flight_s = *meets_s - start_s;
    result.leg = {start_s, *meets_s, from, flight_s > 0 ? way * (1 / flight_s) : Vec2{}};
    const auto launch_s =
        first_within_range(target.first, target.last, result.leg, lead_s(weapon), weapon.range_high_m, 0);
    result.launch_s = launch_s.value_or(*meets_s);
    const double home_s = length(base - result.leg.at(result.launch_s)) / profile_.speed_m_per_s;
    const double landed_s = result.launch_s + engagement_s(weapon, motion.look_s) + home_s;
    if (landed_s > result.take_off_s + profile_.endurance_s) return std::nullopt;
    return result;
  }

  /// Flight of a round over the weapon's whole range.
  [[nodiscard]] static double lead_s(const Weapon& weapon) {
    return weapon.mode == WeaponMode::flight ? weapon.range_high_m / weapon.speed_m_per_s : 0;
  }

  /// From within range to the end of the look, on average; the longest dwell of any class. What it turns out
  /// to take is held against the endurance again when it launches.
  [[nodiscard]] static double engagement_s(const Weapon& weapon, double doctrine_look_s) {
    double dwell_s = 0;
    if (weapon.mode == WeaponMode::dwell)
      for (const Drawn& dwell : weapon.dwell_s) dwell_s = std::max(dwell_s, dwell.distribution.mean());
    const double look_s = weapon.assess ? weapon.assess->time_s.distribution.mean() : doctrine_look_s;
    return weapon.reaction_s.distribution.mean() + lead_s(weapon) + dwell_s + look_s;
  }

  [[nodiscard]] static Vec2 position(const TargetFlight& target, double t) {
    for (const Leg* leg = target.first; leg != target.last; ++leg)
      if (t <= leg->end) return leg->at(t);
    return (target.last - 1)->at((target.last - 1)->end);
  }

  FlightProfile profile_;
  double usual_readiness_s_;  ///< nineteen of twenty are ready by then
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
