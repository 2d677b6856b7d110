// The keys of a pursuer: its flight, its turn-round, its patrol.
#include <utility>

#include "kinds/kind.hpp"
#include "kinds/units/pursuer.hpp"

namespace dronewall {

namespace {

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
  if (shape == Shape::quantity) k.drawn = Occasion::element;
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

const KeyTable& patrol_table() {
  static const KeyTable table{
      "patrol",
      "Elements kept aloft at a point, each relieved when it must leave.",
      {key("keep", Shape::number, Dimension::count, 1, false, "1", "How many are on station."),
       key("sortie", Shape::quantity, Dimension::time, 0, true, "",
           "Take-off to landing, the way out and home included."),
       key("at", Shape::point, Dimension::none, 0, true, "", "The station."),
       key("hours", Shape::hours, Dimension::none, 0, false, "",
           "Time of day in which somebody is on station, 06:00-22:00; absent: day and night.")},
      ""};
  return table;
}

/// The mapping below a key; nullptr when it was not written.
const Values* mapping_of(const Values& own, const char* name) {
  const Values::Value* value = own.find(name);
  return value != nullptr && !value->entries.empty() ? &value->entries.front().second : nullptr;
}

PatrolPlan patrol_of(const Values& keys, BuildContext& context) {
  PatrolPlan plan;
  plan.keep = static_cast<std::uint32_t>(keys.number("keep", 1));
  plan.sortie_s = context.compile(keys.quantity("sortie", 0), "patrol.sortie");
  if (const Values::Value* at = keys.find("at")) plan.at = context.place(at->point);
  if (const Values::Value* hours = keys.find("hours")) {
    plan.from_s = hours->interval.low;
    plan.lasts_s = hours->interval.high - hours->interval.low;
    if (!(plan.lasts_s > 0)) plan.lasts_s += 86400;  // Over midnight.
  }
  return plan;
}

FlightProfile profile_of(const Values& own, BuildContext& context) {
  FlightProfile profile;
  profile.speed_m_per_s = own.number("speed", 0);
  profile.endurance_s = own.number("endurance", 0);
  profile.readiness_s = context.compile(own.quantity("readiness", 0), "readiness");
  profile.turn_round_s.distribution = Distribution::constant(0);
  if (const Values* keys = mapping_of(own, "turn_round")) {
    profile.turn_round_s = context.compile(keys->quantity("time", 0), "turn_round.time");
    if (keys->has("bays")) profile.bays = static_cast<std::uint32_t>(keys->number("bays", 1));
  }
  profile.scramble = static_cast<std::uint32_t>(own.number("scramble", 1));
  profile.retask = own.flag("retask", true);
  if (own.has("stays_in"))
    if (const Region* zone = context.zone(own.text("stays_in"))) profile.stays_in = *zone;
  if (const Values* keys = mapping_of(own, "patrol")) profile.patrol = patrol_of(*keys, context);
  return profile;
}

}  // namespace

Kind pursuer_kind() {
  Key turn_round_key = key("turn_round", Shape::mapping, Dimension::none, 0, false, "0 s, unlimited bays",
                           "Turn-round after landing; the load is filled up.");
  turn_round_key.table = &turn_round_table();
  Key patrol_key = key("patrol", Shape::mapping, Dimension::none, 0, false, "",
                       "Elements kept aloft, whether or not anything comes.");
  patrol_key.table = &patrol_table();
  Key stays_in_key = key("stays_in", Shape::name, Dimension::none, 0, false, "",
                         "The zone that it does not leave on a task; its ways there and home are free.");
  stays_in_key.refers_to = "zones";
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
        key("scramble", Shape::number, Dimension::count, 1, false, "1",
            "How many take off together for one track; only the first fires until it is empty, then the "
            "next."),
        key("retask", Shape::flag, Dimension::none, 0, false, "true",
            "Aloft it takes the next task; false: after one it goes home."),
        stays_in_key, turn_round_key, patrol_key},
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
    FlightProfile profile = profile_of(use.own, context);
    if (!(profile.speed_m_per_s > 0))
      context.problems().error(use.own.place_of("speed"),
                               "the speed of a pursuer is 0 (it would never arrive)");
    return make_pursuer(std::move(profile));
  };
  return kind;
}

}  // namespace dronewall
