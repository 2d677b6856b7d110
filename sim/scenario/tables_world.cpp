// Key tables of what is there and of what comes: time, zones, assets, threats, attacks.
#include "scenario/tables.hpp"

namespace dronewall {

const KeyTable& time_table() {
  static const KeyTable table{
      "time",
      "When the scenario begins and how long it runs.",
      {{.name = "start",
        .shape = Shape::special,
        .help = "the instant at which it begins, UTC: 2025-09-09T21:30Z; may be absent in local scenarios"},
       {.name = "duration",
        .dimension = Dimension::time,
        .low = 0,
        .required = true,
        .help = "how long attacks are launched and counted"},
       {.name = "settle",
        .dimension = Dimension::time,
        .low = 0,
        .fallback = "0 s",
        .help = "how much longer a replication runs while intruders are aloft; nothing is launched in it"},
       {.name = "count_from",
        .dimension = Dimension::time,
        .low = 0,
        .fallback = "0 s",
        .help = "counting and booking start here (queues in their long run)"}}};
  return table;
}

const KeyTable& point_table() {
  static const KeyTable table{"point",
                              "A place on the ground: lat and lon, or x and y.",
                              {{.name = "lat",
                                .shape = Shape::quantity,
                                .low = -90,
                                .high = 90,
                                .help = "latitude, degrees north",
                                .drawn = Occasion::intruder},
                               {.name = "lon",
                                .shape = Shape::quantity,
                                .low = -180,
                                .high = 180,
                                .help = "longitude, degrees east",
                                .drawn = Occasion::intruder},
                               {.name = "x",
                                .shape = Shape::quantity,
                                .dimension = Dimension::length,
                                .help = "east of the origin",
                                .drawn = Occasion::intruder},
                               {.name = "y",
                                .shape = Shape::quantity,
                                .dimension = Dimension::length,
                                .help = "north of the origin",
                                .drawn = Occasion::intruder}}};
  return table;
}

const KeyTable& circle_table() {
  static const KeyTable table{
      "circle",
      "A circle: its centre and radius.",
      {{.name = "lat", .low = -90, .high = 90, .help = "latitude of the centre, degrees"},
       {.name = "lon", .low = -180, .high = 180, .help = "longitude of the centre, degrees"},
       {.name = "x", .dimension = Dimension::length, .help = "local: east of the origin"},
       {.name = "y", .dimension = Dimension::length, .help = "local: north of the origin"},
       {.name = "radius",
        .dimension = Dimension::length,
        .low = 0,
        .required = true,
        .help = "radius of the circle"}}};
  return table;
}

const KeyTable& zone_table() {
  static const KeyTable table{
      "zone", "An area on the ground: exactly one of circle, vertices, geojson.",
      with_origin({{.name = "circle",
                    .shape = Shape::special,
                    .help = "{lat, lon, radius} or {x, y, radius}",
                    .table = &circle_table()},
                   {.name = "vertices",
                    .shape = Shape::points,
                    .help = "the corners of a polygon, at least three; the last need not repeat the first"},
                   {.name = "geojson",
                    .shape = Shape::special,
                    .help = "a GeoJSON file beside the scenario: Polygon or MultiPolygon, holes are read"},
                   {.name = "debris",
                    .shape = Shape::mapping,
                    .help = "damage by what falls down in it",
                    .table = &debris_table()}})};
  return table;
}

const KeyTable& asset_table() {
  static const KeyTable table{
      "asset", "Something that can be struck: a point or a zone.",
      with_origin(
          {{.name = "kind", .shape = Shape::text, .help = "airport, settlement, depot, …"},
           {.name = "type", .shape = Shape::name, .help = "a row of asset_types", .refers_to = "asset_types"},
           {.name = "nation", .shape = Shape::text, .help = "the nation that bears the damage"},
           {.name = "paid_by",
            .shape = Shape::by_class,
            .dimension = Dimension::fraction,
            .low = 0,
            .high = 1,
            .help = "shares that sum to 1, instead: {NL: 0.6, common: 0.4}"},
           {.name = "at", .shape = Shape::point, .help = "where it stands"},
           {.name = "zone", .shape = Shape::name, .help = "the zone that it is", .refers_to = "zones"},
           {.name = "per_hit",
            .shape = Shape::special,
            .dimension = Dimension::money,
            .low = 0,
            .help = "damage of one strike; absent: strikes are counted and cost nothing"},
           {.name = "closes",
            .shape = Shape::mapping,
            .help = "an airport: when it closes and what that costs",
            .table = &closes_table()},
           {.name = "flights",
            .dimension = Dimension::rate,
            .low = 0,
            .help = "with closes: flights that a closed airport misses, 30 / h"},
           {.name = "debris",
            .shape = Shape::mapping,
            .help = "damage by what falls down on it, or within radius of a point",
            .table = &debris_table()}})};
  return table;
}

const KeyTable& network_table() {
  static const KeyTable table{
      "network", "Sensors and units that share one picture.",
      with_origin({{.name = "coast",
                    .dimension = Dimension::time,
                    .low = 0,
                    .fallback = "0 s",
                    .help = "how long a track is kept after its last coverage ended"}})};
  return table;
}

const KeyTable& threat_table() {
  static const KeyTable table{
      "threat", "A type of intruder.",
      with_origin(
          {{.name = "class",
            .shape = Shape::name,
            .required = true,
            .help = "drone, decoy, quadcopter, cruise-missile, aircraft, civil or another word of yours"},
           {.name = "speed",
            .shape = Shape::quantity,
            .dimension = Dimension::speed,
            .low = 0,
            .required = true,
            .help = "over ground, drawn once per intruder; above 0",
            .drawn = Occasion::intruder},
           {.name = "altitude",
            .shape = Shape::quantity,
            .dimension = Dimension::length,
            .low = 0,
            .help = "above the surface; an attack may say otherwise",
            .drawn = Occasion::intruder},
           {.name = "rcs",
            .shape = Shape::quantity,
            .dimension = Dimension::area,
            .low = 0,
            .help = "radar cross-section",
            .drawn = Occasion::intruder},
           {.name = "navigation",
            .shape = Shape::choice,
            .help = "what guides it, so what can jam it",
            .choices = {"gnss", "inertial", "radio", "fibre", "crew"}},
           {.name = "warhead",
            .dimension = Dimension::mass,
            .low = 0,
            .fallback = "0 kg",
            .help = "explosive mass; written as 0 kg, its strikes are counted and do no damage"},
           {.name = "reliability",
            .shape = Shape::quantity,
            .dimension = Dimension::fraction,
            .low = 0,
            .high = 1,
            .fallback = "1",
            .help = "chance to complete the route undefended",
            .drawn = Occasion::raid},
           {.name = "endurance",
            .shape = Shape::quantity,
            .dimension = Dimension::time,
            .low = 0,
            .help = "it falls so long after its launch; above 0",
            .drawn = Occasion::intruder},
           {.name = "reusable",
            .shape = Shape::flag,
            .fallback = "false",
            .help = "true: a launch books a sortie, and the airframe only if it is lost"}})};
  return table;
}

const KeyTable& launch_table() {
  static const KeyTable table{"launch",
                              "When the drones of a group start.",
                              {{.name = "at",
                                .shape = Shape::quantity,
                                .dimension = Dimension::time,
                                .low = 0,
                                .fallback = "0 s",
                                .help = "start of the group after the start of the raid",
                                .drawn = Occasion::raid},
                               {.name = "spacing",
                                .shape = Shape::quantity,
                                .dimension = Dimension::time,
                                .low = 0,
                                .help = "from one drone to the next",
                                .drawn = Occasion::intruder},
                               {.name = "within",
                                .shape = Shape::quantity,
                                .dimension = Dimension::time,
                                .low = 0,
                                .help = "instead of spacing: each drone's time is uniform in this window",
                                .drawn = Occasion::raid}}};
  return table;
}

const KeyTable& goal_table() {
  static const KeyTable table{
      "goal",
      "What an intruder comes for: overfly, or exactly one of strike and loiter.",
      {{.name = "strike",
        .shape = Shape::name,
        .help = "the asset, unit or sensor at the end of the route; a strike ends the service of "
                "a sensor or of one element of a unit",
        .refers_to = "assets"},
       {.name = "loiter",
        .shape = Shape::point,
        .help = "the point over which it stays, then back along the route"},
       {.name = "for",
        .shape = Shape::quantity,
        .dimension = Dimension::time,
        .low = 0,
        .help = "with loiter: how long it stays",
        .drawn = Occasion::intruder}}};
  return table;
}

const KeyTable& repeat_table() {
  static const KeyTable table{
      "repeat",
      "When the attack happens again: exactly one of at, every, rate. Each occurrence is one raid.",
      {{.name = "at",
        .shape = Shape::quantities,
        .dimension = Dimension::time,
        .low = 0,
        .help = "the times of the raids: [0 h, 30 h]",
        .drawn = Occasion::element},
       {.name = "every",
        .shape = Shape::quantity,
        .dimension = Dimension::time,
        .low = 0,
        .help = "from the start on, every so often",
        .drawn = Occasion::element},
       {.name = "rate",
        .shape = Shape::special,
        .dimension = Dimension::rate,
        .help = "Poisson: 0.5 / week, or by time of day {06:00-22:00: 2 / d, 22:00-06:00: 1 / d}"}}};
  return table;
}

const KeyTable& attack_table() {
  static const KeyTable table{
      "attack", "A group of intruders of one type or a mix.",
      with_origin(
          {{.name = "threat",
            .shape = Shape::special,
            .required = true,
            .help = "a threat, or {mix: {gerbera: 0.6, shahed: 0.4}} drawn per drone",
            .refers_to = "threats"},
           {.name = "nation", .shape = Shape::text, .help = "who launches it"},
           {.name = "count",
            .shape = Shape::quantity,
            .dimension = Dimension::count,
            .low = 0,
            .required = true,
            .help = "intruders of one raid",
            .drawn = Occasion::raid},
           {.name = "launch", .shape = Shape::mapping, .help = "when they start", .table = &launch_table()},
           {.name = "route",
            .shape = Shape::points,
            .required = true,
            .help = "waypoints; a coordinate may be a distribution, drawn per intruder"},
           {.name = "spread",
            .shape = Shape::quantity,
            .dimension = Dimension::length,
            .low = 0,
            .help = "width over which the drones' parallel routes lie",
            .drawn = Occasion::intruder},
           {.name = "altitude",
            .shape = Shape::quantity,
            .dimension = Dimension::length,
            .low = 0,
            .help = "instead of the threat's",
            .drawn = Occasion::intruder},
           {.name = "goal",
            .shape = Shape::special,
            .required = true,
            .help = "overfly, {strike: ASSET} or {loiter: POINT, for: TIME}",
            .table = &goal_table()},
           {.name = "formation",
            .shape = Shape::flag,
            .fallback = "false",
            .help = "true: the group flies as one, on one route, and is one track, one decision, one escort"},
           {.name = "turns_back",
            .shape = Shape::quantity,
            .dimension = Dimension::fraction,
            .low = 0,
            .high = 1,
            .fallback = "0",
            .help = "chance to leave on the shortest way when an escort has joined",
            .drawn = Occasion::raid},
           {.name = "with",
            .shape = Shape::name,
            .help = "the repeating attack of whose raids it is part",
            .refers_to = "attacks"},
           {.name = "repeat",
            .shape = Shape::mapping,
            .help = "when it happens again",
            .table = &repeat_table()}})};
  return table;
}

}  // namespace dronewall
