// Key tables of what happens beside the attack: false tracks, civil traffic, closures, debris.
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

/// What false tracks and traffic have in common.
std::vector<Key> with_birth(std::vector<Key> keys) {
  const std::vector<Key> birth = {
      {.name = "network",
       .shape = Shape::name,
       .help = "the picture in which they appear; may be left out where there is one",
       .refers_to = "networks"},
      {.name = "rate",
       .shape = Shape::special,
       .dimension = Dimension::rate,
       .required = true,
       .help = "Poisson: 3 / d, or by time of day {06:00-22:00: 2 / h, 22:00-06:00: 0.5 / h}"},
      {.name = "altitude",
       .shape = Shape::quantity,
       .dimension = Dimension::length,
       .low = 0,
       .fallback = "300 m",
       .help = "above the surface"}};
  keys.insert(keys.end(), birth.begin(), birth.end());
  return keys;
}

}  // namespace

const KeyTable& debris_table() {
  static const KeyTable table{
      "debris",
      "Damage by what falls down: each kill, and each round that missed, whose point lies in the area does "
      "it "
      "with this chance (a burst of continuous fire counts as one round).",
      {{.name = "chance",
        .shape = Shape::quantity,
        .dimension = Dimension::fraction,
        .low = 0,
        .high = 1,
        .required = true,
        .help = "of damage by one kill or one round that missed"},
       {.name = "cost",
        .shape = Shape::special,
        .dimension = Dimension::money,
        .low = 0,
        .help = "of one damage, may be a distribution; absent: damages are counted and cost nothing"},
       {.name = "radius",
        .dimension = Dimension::length,
        .low = 0,
        .help = "of the area around an asset that is a point; above 0"},
       {.name = "nation",
        .shape = Shape::text,
        .help = "that bears it; of an asset, its own unless written"}}};
  return table;
}

const KeyTable& closes_table() {
  static const KeyTable table{"closes",
                              "An airport closes for tracks that are not taken for civil.",
                              {{.name = "within",
                                .dimension = Dimension::length,
                                .low = 0,
                                .required = true,
                                .help = "it closes while such a track is so near, over ground; above 0"},
                               {.name = "reopens_after",
                                .dimension = Dimension::time,
                                .low = 0,
                                .fallback = "0 s",
                                .help = "it reopens so long after the last one was there"},
                               {.name = "network",
                                .shape = Shape::name,
                                .help = "whose tracks it hears of; absent: of any",
                                .refers_to = "networks"},
                               {.name = "per_closure",
                                .shape = Shape::special,
                                .dimension = Dimension::money,
                                .low = 0,
                                .help = "what each closure costs"},
                               {.name = "per_hour",
                                .shape = Shape::special,
                                .dimension = Dimension::money,
                                .low = 0,
                                .help = "what each hour of closure costs"}}};
  return table;
}

const KeyTable& false_track_table() {
  static const KeyTable table{
      "false-track", "Tracks of nothing: they stand still and vanish; exactly one of at, zone.",
      with_origin(with_birth(
          {{.name = "at", .shape = Shape::point, .help = "where they appear; a coordinate may be random"},
           {.name = "zone",
            .shape = Shape::name,
            .help = "they appear anywhere in this zone",
            .refers_to = "zones"},
           {.name = "lasts",
            .shape = Shape::quantity,
            .dimension = Dimension::time,
            .low = 0,
            .required = true,
            .help = "how long each is there"},
           {.name = "class",
            .shape = Shape::name,
            .required = true,
            .help = "what they are taken for; their true class is clutter",
            .refers_to = "classes"}}))};
  return table;
}

const KeyTable& traffic_table() {
  static const KeyTable table{
      "traffic", "Civil aircraft on a route: tracks that are no intruders.",
      with_origin(with_birth({{.name = "route",
                               .shape = Shape::points,
                               .required = true,
                               .help = "waypoints; a coordinate may be a distribution, drawn per aircraft"},
                              {.name = "speed",
                               .shape = Shape::quantity,
                               .dimension = Dimension::speed,
                               .low = 0,
                               .required = true,
                               .help = "over ground; above 0"},
                              {.name = "class",
                               .shape = Shape::name,
                               .fallback = "civil",
                               .help = "what they are taken for; their true class is civil",
                               .refers_to = "classes"}}))};
  return table;
}

}  // namespace dronewall
