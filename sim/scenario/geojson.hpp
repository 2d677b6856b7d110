// Zones from GeoJSON (RFC 7946): Polygon and MultiPolygon, alone or inside features and collections.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace dronewall {

/// Polygons, each an outer ring and then its holes; points are (longitude, latitude) in degrees, or (x, y) in
/// metres. A ring does not repeat its first point at the end.
using Ring = std::vector<std::pair<double, double>>;
using Polygons = std::vector<std::vector<Ring>>;

/// What is wrong with a GeoJSON text, and where in it: a line and column for its syntax, else a path such as
/// `features[0].geometry.coordinates[0][3]`.
struct GeojsonMistake {
  std::string what;
  std::string path;
  int line = 0;
  int column = 0;
};

struct GeojsonResult {
  Polygons polygons;
  std::optional<GeojsonMistake> mistake;  ///< the first one; the polygons are then not whole
};

/// Reads every polygon of the text; other geometries are mistakes, because a zone has an area. At most
/// 200,000 points.
[[nodiscard]] GeojsonResult read_geojson(const std::string& text);

}  // namespace dronewall
