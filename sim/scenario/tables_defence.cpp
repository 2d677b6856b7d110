// Key tables of what watches and answers: sensors, weapons, units, doctrine.
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

/// Who owns it, what it costs to have, and when it serves: the same for sensors and units.
std::vector<Key> with_ownership(std::vector<Key> keys) {
  keys.insert(keys.end(), ownership_keys().begin(), ownership_keys().end());
  const std::vector<Key> service = {
      {.name = "per_hour",
       .shape = Shape::special,
       .dimension = Dimension::money,
       .low = 0,
       .help = "manning and upkeep of one of them by the hour: the price of TYPE.hour"},
      {.name = "network",
       .shape = Shape::name,
       .fallback = "default",
       .help = "the picture that it shares",
       .refers_to = "networks"},
      {.name = "availability",
       .shape = Shape::quantity,
       .dimension = Dimension::fraction,
       .low = 0,
       .high = 1,
       .fallback = "1",
       .help = "chance to work, drawn per raid",
       .drawn = Occasion::raid},
      {.name = "outages",
       .shape = Shape::mapping,
       .help = "alternating up and repair times, begun in their long run",
       .table = &outages_table()},
      {.name = "needs",
       .shape = Shape::name,
       .help = "a condition without which it is idle",
       .refers_to = "conditions"}};
  keys.insert(keys.end(), service.begin(), service.end());
  return keys;
}

/// Where it stands: the same for sensors and units.
std::vector<Key> with_siting(std::vector<Key> keys) {
  const std::vector<Key> siting = {
      {.name = "count",
       .dimension = Dimension::count,
       .low = 0,
       .high = 10'000,
       .fallback = "1",
       .help = "how many, each with its own channels, magazine and availability"},
      {.name = "at", .shape = Shape::point, .help = "where it stands"},
      {.name = "along", .shape = Shape::points, .help = "a line on which `count` of them stand evenly"},
      {.name = "siting",
       .shape = Shape::choice,
       .help = "random: drawn uniformly in `zone`, per replication",
       .choices = {"random"}},
      {.name = "zone", .shape = Shape::name, .help = "with siting: random", .refers_to = "zones"},
      {.name = "height",
       .dimension = Dimension::length,
       .low = 0,
       .fallback = "0 m",
       .help = "of the antenna or launcher above the surface"}};
  keys.insert(keys.end(), siting.begin(), siting.end());
  return keys;
}

const KeyTable& sector_table() {
  static const KeyTable table{
      "sector",
      "The bearings that a sensor looks into, clockwise from north.",
      {{.name = "from", .dimension = Dimension::angle, .required = true, .help = "first bearing"},
       {.name = "to",
        .dimension = Dimension::angle,
        .required = true,
        .help = "last bearing, clockwise from the first"}}};
  return table;
}

const KeyTable& confirm_table() {
  static const KeyTable table{"confirm",
                              "How many of the last scans must have seen a target before it is a track.",
                              {{.name = "hits",
                                .dimension = Dimension::count,
                                .low = 1,
                                .high = 1000,
                                .required = true,
                                .help = "scans that must have seen it"},
                               {.name = "of",
                                .dimension = Dimension::count,
                                .low = 1,
                                .high = 1000,
                                .required = true,
                                .help = "the last so many scans, misses included"}}};
  return table;
}

}  // namespace

const KeyTable& outages_table() {
  static const KeyTable table{"outages",
                              "Times between failures and of repair.",
                              {{.name = "up",
                                .shape = Shape::quantity,
                                .dimension = Dimension::time,
                                .low = 0,
                                .required = true,
                                .help = "how long it works",
                                .drawn = Occasion::element},
                               {.name = "repair",
                                .shape = Shape::quantity,
                                .dimension = Dimension::time,
                                .low = 0,
                                .required = true,
                                .help = "how long it is down",
                                .drawn = Occasion::element}}};
  return table;
}

const KeyTable& sees_table() {
  static const KeyTable table{"sees",
                              "Reference of R = R_ref (rcs / rcs_ref)^(1/4).",
                              {{.name = "range",
                                .dimension = Dimension::length,
                                .low = 0,
                                .required = true,
                                .help = "range at which it sees the reference"},
                               {.name = "rcs",
                                .dimension = Dimension::area,
                                .low = 0,
                                .required = true,
                                .help = "radar cross-section of the reference"}}};
  return table;
}

const KeyTable& sensor_table() {
  static const KeyTable table{
      "sensor", "Something that sees intruders: exactly one of at, along, siting, orbit.",
      with_origin(with_ownership(with_siting(
          {{.name = "kind",
            .shape = Shape::choice,
            .fallback = "radar",
            .help = "what it is",
            .choices = {"radar", "airborne-radar", "acoustic", "passive-rf", "electro-optical"}},
           {.name = "type",
            .shape = Shape::name,
            .help = "a row of sensor_types",
            .refers_to = "sensor_types"},
           {.name = "orbit", .shape = Shape::point, .help = "the point that an airborne sensor circles"},
           {.name = "altitude",
            .dimension = Dimension::length,
            .low = 0,
            .help = "with orbit: where it flies"},
           {.name = "range",
            .dimension = Dimension::length,
            .low = 0,
            .help = "instrumented limit, slant; absent: the horizon alone"},
           {.name = "horizon",
            .shape = Shape::choice,
            .help = "none: the Earth does not hide targets",
            .choices = {"none"}},
           {.name = "sector",
            .shape = Shape::mapping,
            .help = "bearings that it looks into",
            .table = &sector_table()},
           {.name = "sees",
            .shape = Shape::mapping,
            .help = "range at a reference cross-section; absent: the cross-section does not matter",
            .table = &sees_table()},
           {.name = "period",
            .dimension = Dimension::time,
            .low = 0,
            .fallback = "1 s",
            .help = "from scan to scan; above 0"},
           {.name = "phase",
            .shape = Shape::quantity,
            .dimension = Dimension::time,
            .low = 0,
            .help = "its first scan after the start; absent: drawn in [0, period)",
            .drawn = Occasion::element},
           {.name = "law",
            .shape = Shape::special,
            .required = true,
            .help = "the detection law: definite, {glimpse: 0.3}, {delay: exponential(30 s)}, {radar: {…}}",
            .refers_to = "kinds.law"},
           {.name = "confirm",
            .shape = Shape::mapping,
            .help = "hits of the last scans; default 1 of 1",
            .table = &confirm_table()}})))};
  return table;
}

const KeyTable& assess_table() {
  static const KeyTable table{"assess",
                              "Looking whether a shot hit, which may err both ways.",
                              {{.name = "time",
                                .shape = Shape::quantity,
                                .dimension = Dimension::time,
                                .low = 0,
                                .fallback = "0 s",
                                .help = "how long a look takes",
                                .drawn = Occasion::engagement},
                               {.name = "dead_seen_alive",
                                .dimension = Dimension::fraction,
                                .low = 0,
                                .high = 1,
                                .fallback = "0",
                                .help = "chance to take a kill for a miss"},
                               {.name = "alive_seen_dead",
                                .dimension = Dimension::fraction,
                                .low = 0,
                                .high = 1,
                                .fallback = "0",
                                .help = "chance to take a miss for a kill"}}};
  return table;
}

const KeyTable& weapon_table() {
  static const KeyTable table{
      "weapon", "What is fired: exactly one of speed, dwell, kill_rate.",
      with_origin({{.name = "range",
                    .shape = Shape::interval,
                    .dimension = Dimension::length,
                    .low = 0,
                    .required = true,
                    .help = "slant range of the meeting point"},
                   {.name = "altitude",
                    .shape = Shape::interval,
                    .dimension = Dimension::length,
                    .required = true,
                    .help = "altitude band of the meeting point, above the surface"},
                   {.name = "speed",
                    .dimension = Dimension::speed,
                    .low = 0,
                    .help = "mean over the interceptor's flight; above 0"},
                   {.name = "dwell",
                    .shape = Shape::special,
                    .dimension = Dimension::time,
                    .low = 0,
                    .help = "how long it must act on a target, may be by class: {drone: 4 s, any: 8 s}",
                    .drawn = Occasion::engagement},
                   {.name = "kill_rate",
                    .dimension = Dimension::rate,
                    .low = 0,
                    .help = "continuous fire: the kill time is exponential with this rate"},
                   {.name = "rounds",
                    .dimension = Dimension::rate,
                    .low = 0,
                    .help = "with kill_rate: rounds that it fires per second"},
                   {.name = "reaction",
                    .shape = Shape::quantity,
                    .dimension = Dimension::time,
                    .low = 0,
                    .fallback = "0 s",
                    .help = "from assignment to launch",
                    .drawn = Occasion::engagement},
                   {.name = "cycle",
                    .dimension = Dimension::time,
                    .low = 0,
                    .fallback = "0 s",
                    .help = "holds a channel at least so long, counted from the launch or from the beginning "
                            "of a dwell or burst"},
                   {.name = "reload",
                    .shape = Shape::quantity,
                    .dimension = Dimension::time,
                    .low = 0,
                    .help = "time to fill one place of the magazine",
                    .drawn = Occasion::engagement},
                   {.name = "pk",
                    .shape = Shape::by_class,
                    .dimension = Dimension::fraction,
                    .low = 0,
                    .high = 1,
                    .required = true,
                    .help = "kill probability of one shot, given arrival, by class; any stands for the rest",
                    .refers_to = "classes",
                    .drawn = Occasion::kill},
                   {.name = "assess",
                    .shape = Shape::mapping,
                    .help = "instead of the doctrine's",
                    .table = &assess_table()}})};
  return table;
}

const KeyTable& mount_table() {
  static const KeyTable table{"mount",
                              "A weapon as a unit carries it.",
                              {{.name = "magazine",
                                .shape = Shape::special,
                                .dimension = Dimension::count,
                                .low = 0,
                                .help = "rounds of one element, or unlimited"},
                               {.name = "load",
                                .shape = Shape::special,
                                .dimension = Dimension::count,
                                .low = 0,
                                .help = "the same word for what an aircraft carries"}}};
  return table;
}

const KeyTable& reserve_table() {
  static const KeyTable table{"reserve",
                              "The last rounds of a weapon, kept for some classes.",
                              {{.name = "for",
                                .shape = Shape::names,
                                .required = true,
                                .help = "the classes for which they are kept",
                                .refers_to = "classes"},
                               {.name = "rounds",
                                .dimension = Dimension::count,
                                .low = 0,
                                .high = 1'000'000,
                                .required = true,
                                .help = "how many"}}};
  return table;
}

const KeyTable& doctrine_table() {
  static const KeyTable table{
      "doctrine",
      "Which target first, which unit serves it, how it fires.",
      {{.name = "next",
        .shape = Shape::special,
        .fallback = "first-come",
        .help = "which waiting target is served first",
        .refers_to = "kinds.next"},
       {.name = "assign",
        .shape = Shape::special,
        .fallback = "nearest",
        .help = "which feasible unit serves it",
        .refers_to = "kinds.assign"},
       {.name = "fire",
        .shape = Shape::special,
        .fallback = "shoot-look-shoot",
        .help = "how many shots before a look",
        .refers_to = "kinds.fire"},
       {.name = "at_most",
        .dimension = Dimension::count,
        .low = 1,
        .high = 1'000'000,
        .help = "rounds at one target; absent: unlimited"},
       {.name = "assess", .shape = Shape::mapping, .help = "the look after a shot", .table = &assess_table()},
       {.name = "reserve",
        .shape = Shape::map_of,
        .help = "rounds kept back, by weapon",
        .refers_to = "weapons",
        .table = &reserve_table()}}};
  return table;
}

const KeyTable& unit_table() {
  static const KeyTable table{
      "unit", "Something that engages: exactly one of at, along, siting, base; its kind brings further keys.",
      with_origin(with_ownership(with_siting(
          {{.name = "kind",
            .shape = Shape::special,
            .required = true,
            .help = "battery, pursuer, …",
            .refers_to = "kinds.unit"},
           {.name = "type",
            .shape = Shape::name,
            .help = "a row of platforms or unit_types",
            .refers_to = "unit_types"},
           {.name = "platform", .shape = Shape::name, .help = "a row of platforms", .refers_to = "platforms"},
           {.name = "base", .shape = Shape::point, .help = "the airfield from which it flies"},
           {.name = "channels",
            .dimension = Dimension::count,
            .low = 1,
            .high = 1000,
            .fallback = "1",
            .help = "simultaneous engagements of one element"},
           {.name = "weapons",
            .shape = Shape::map_of,
            .help = "what it fires: {WEAPON: {magazine: 12}}",
            .refers_to = "weapons",
            .table = &mount_table()},
           {.name = "doctrine",
            .shape = Shape::special,
            .help = "its own, laid over the scenario's",
            .table = &doctrine_table()}})))};
  return table;
}

}  // namespace dronewall
