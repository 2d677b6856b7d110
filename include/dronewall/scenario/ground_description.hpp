// What is there: time, zones, assets.
#pragma once
#include <optional>
#include <utility>
#include <vector>

#include "dronewall/scenario/values.hpp"

namespace dronewall {

struct TimeDescription {
  std::optional<double> start_unix_s;  ///< UTC; absent in local scenarios
  double duration_s = 0;
  double settle_s = 0;
  double count_from_s = 0;
  Place place;
};

/// Damage done by what falls down in an area: `debris: {chance, cost}` on a zone or an asset.
struct DebrisDescription {
  Quantity chance;                 ///< of one kill, or one round that missed, whose point lies in it
  std::optional<double> radius_m;  ///< of the area around an asset that is a point
  Name nation;                     ///< that bears it; an asset's own unless written
  Place place;
};

struct ZoneDescription {
  Name name;
  enum class Shape { circle, vertices, geojson } shape = Shape::circle;
  PointDescription centre;  ///< circle
  double radius_m = 0;      ///< circle
  bool geographic = true;   ///< of rings
  /// vertices and geojson: polygons, each outer ring then holes; points are (x, y) m or (lon, lat) degrees.
  std::vector<std::vector<std::vector<std::pair<double, double>>>> polygons;
  std::optional<DebrisDescription> debris;
};

/// An airport that closes for tracks nearby.
struct ClosureDescription {
  double within_m = 0;         ///< ground distance, > 0
  double reopens_after_s = 0;  ///< the last track left or was dropped
  Name network;                ///< whose tracks it hears of; absent: of any
  std::optional<double> flights_per_s;
  Place place;
};

struct AssetDescription {
  Name name;
  Name kind;
  Name type;
  Name nation;
  std::vector<std::pair<Name, double>> paid_by;
  std::optional<PointDescription> at;
  Name zone;  ///< an asset that is a zone
  std::optional<ClosureDescription> closes;
  std::optional<DebrisDescription> debris;
};

}  // namespace dronewall
