#include "scenario/geojson.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace dronewall {
namespace {

using Json = nlohmann::json;

constexpr std::size_t most_points = 200'000;
constexpr int deepest = 64;  // brackets of a sound file: a dozen

/// A mistake on its way out of the nested readers; never leaves this file.
struct Stop {
  GeojsonMistake mistake;
};

[[noreturn]] void stop(const std::string& path, std::string what) {
  throw Stop{{std::move(what), path, 0, 0}};
}

const Json& member(const Json& object, const char* key, const std::string& path) {
  if (!object.is_object()) stop(path, "an object is expected");
  const auto found = object.find(key);
  if (found == object.end()) stop(path, fmt::format("{} is missing", key));
  return *found;
}

const Json& list(const Json& value, const std::string& path) {
  if (!value.is_array()) stop(path, "a list is expected");
  return value;
}

std::string type_of(const Json& object, const std::string& path) {
  const Json& type = member(object, "type", path);
  if (!type.is_string()) stop(path, "type is no text");
  return type.get<std::string>();
}

std::string below(const std::string& path, const std::string& key) {
  return path.empty() ? key : path + "." + key;
}
std::string at(const std::string& path, std::size_t index) { return fmt::format("{}[{}]", path, index); }

class Reader {
 public:
  void read(const Json& object, const std::string& path) {
    const std::string type = type_of(object, path);
    if (type == "Feature") {
      read(member(object, "geometry", path), below(path, "geometry"));
    } else if (type == "FeatureCollection") {
      read_each(object, "features", path);
    } else if (type == "GeometryCollection") {
      read_each(object, "geometries", path);
    } else if (type == "Polygon") {
      read_polygon(member(object, "coordinates", path), below(path, "coordinates"));
    } else if (type == "MultiPolygon") {
      const std::string name = below(path, "coordinates");
      const Json& polygons = list(member(object, "coordinates", path), name);
      for (std::size_t i = 0; i < polygons.size(); ++i) read_polygon(polygons[i], at(name, i));
    } else {
      stop(path, fmt::format("{} has no area (a zone is a Polygon or MultiPolygon)", type));
    }
  }

  [[nodiscard]] Polygons take() { return std::move(polygons_); }

 private:
  void read_each(const Json& object, const char* key, const std::string& path) {
    const std::string name = below(path, key);
    const Json& members = list(member(object, key, path), name);
    for (std::size_t i = 0; i < members.size(); ++i) read(members[i], at(name, i));
  }

  void read_polygon(const Json& rings, const std::string& path) {
    if (list(rings, path).empty()) stop(path, "this polygon has no ring");
    std::vector<Ring> polygon;
    for (std::size_t i = 0; i < rings.size(); ++i) polygon.push_back(read_ring(rings[i], at(path, i)));
    polygons_.push_back(std::move(polygon));
  }

  Ring read_ring(const Json& positions, const std::string& path) {
    Ring ring;
    for (std::size_t i = 0; i < list(positions, path).size(); ++i) {
      const auto point = read_position(positions[i], at(path, i));
      if (ring.empty() || ring.back() != point) ring.push_back(point);
      if (++points_ > most_points) stop(path, fmt::format("more than {} points", most_points));
    }
    if (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
    if (ring.size() < 3)
      stop(path, fmt::format("this ring has {} distinct points (an area needs three)", ring.size()));
    return ring;
  }

  static std::pair<double, double> read_position(const Json& position, const std::string& path) {
    if (list(position, path).size() < 2 || !position[0].is_number() || !position[1].is_number())
      stop(path, "this is no position (write [longitude, latitude])");
    const double lon = position[0].get<double>();
    const double lat = position[1].get<double>();
    if (!(lon >= -180 && lon <= 180))
      stop(path, fmt::format("the longitude is {} (it lies in [-180, 180])", lon));
    if (!(lat >= -90 && lat <= 90))
      stop(path, fmt::format("the latitude is {} (it lies in [-90, 90]; positions are [longitude, latitude])",
                             lat));
    return {lon, lat};
  }

  Polygons polygons_;
  std::size_t points_ = 0;
};

/// The line and column (from 1) of byte `offset` (from 1, as the parser counts).
std::pair<int, int> line_of(const std::string& text, std::size_t offset) {
  const std::size_t end = std::min(offset > 0 ? offset - 1 : 0, text.size());
  const auto stop_at = text.begin() + static_cast<std::ptrdiff_t>(end);
  const auto lines = std::count(text.begin(), stop_at, '\n');
  const std::size_t start = end == 0 ? std::string::npos : text.rfind('\n', end - 1);
  const std::size_t column = start == std::string::npos ? end + 1 : end - start;
  return {static_cast<int>(lines) + 1, static_cast<int>(column)};
}

/// Refused before parsing, which would spend a stack frame or memory on each level.
bool is_too_deep(const std::string& text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\') ++i;
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    if (depth > deepest) return true;
  }
  return false;
}

}  // namespace

GeojsonResult read_geojson(const std::string& text) {
  GeojsonResult result;
  if (is_too_deep(text)) {
    result.mistake = GeojsonMistake{fmt::format("nested deeper than {} brackets", deepest), "", 0, 0};
    return result;
  }
  try {
    const Json json = Json::parse(text);
    Reader reader;
    reader.read(json, "");
    result.polygons = reader.take();
    if (result.polygons.empty()) stop("", "it holds no polygon");
  } catch (const Json::parse_error& error) {
    const auto [line, column] = line_of(text, error.byte);
    result.mistake = GeojsonMistake{"this is no JSON (it ends or breaks here)", "", line, column};
  } catch (const Json::exception&) {  // A number past the range of a double.
    result.mistake = GeojsonMistake{"a number is out of range", "", 0, 0};
  } catch (const Stop& stopped) {
    result.mistake = stopped.mistake;
  }
  return result;
}

}  // namespace dronewall
