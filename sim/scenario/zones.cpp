// Zones: circles, polygons written in the scenario, outlines from GeoJSON files.
#include <fmt/format.h>

#include "dronewall/core/hash.hpp"
#include "scenario/geojson.hpp"
#include "scenario/ring.hpp"
#include "scenario/scalars.hpp"
#include "scenario/sections.hpp"
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

void check_crossing(const Ring& ring, Place place, const std::string& what, Reading& reading) {
  Crossing crossing;
  const RingState state = check_ring(ring, crossing);
  if (state == RingState::crosses)
    reading.problems.error(place,
                           fmt::format("{} crosses itself (the edges after corners {} and {})", what,
                                       crossing.first + 1, crossing.second + 1),
                           "write the corners in the order in which one walks around it");
  if (state == RingState::too_intricate)
    reading.problems.error(place,
                           fmt::format("{} is too intricate to check (its edges overlap too often)", what),
                           "simplify the outline");
}

void read_circle(const Tree& node, Reading& reading, ZoneDescription& zone) {
  zone.shape = ZoneDescription::Shape::circle;
  const Watch watch(reading.problems);
  const Values values = read_mapping(node, circle_table(), node.place, reading);
  check_above_zero(values, "radius", reading);
  zone.radius_m = values.number("radius", 0);
  if (!watch.clean()) return;
  if (const std::optional<PointDescription> centre = point_of(values, node, reading)) {
    zone.centre = *centre;
    zone.geographic = centre->geographic;
  }
}

void read_vertices(const Values::Value& vertices, Reading& reading, ZoneDescription& zone) {
  zone.shape = ZoneDescription::Shape::vertices;
  Ring ring;
  const Watch watch(reading.problems);
  for (const PointDescription& point : vertices.points) {
    check_fixed(point, "vertices", reading);
    zone.geographic = point.geographic;
    const double first = point.first.mean(), second = point.second.mean();
    const std::pair<double, double> position =
        point.geographic ? std::pair(second, first) : std::pair(first, second);
    if (ring.empty() || ring.back() != position) ring.push_back(position);
  }
  if (!watch.clean()) return;
  if (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
  if (ring.size() < 3)
    reading.problems.error(
        vertices.place, fmt::format("this zone has {} distinct corners (an area needs three)", ring.size()));
  else
    check_crossing(ring, vertices.place, "this zone", reading);
  zone.polygons = {{std::move(ring)}};
}

/// The file in which a node was written, to look beside it: of a change from the command line, the scenario.
std::string file_of(Place place, const Problems& problems) {
  if (place.source < 0 || problems.sources().is_change(place.source)) return "";
  return problems.sources().name(place.source);
}

void report(const GeojsonMistake& mistake, const FileSource::File& file, Place named_at, Reading& reading) {
  if (mistake.line > 0) {
    const std::int32_t source = reading.problems.sources().add(file.shown, file.text);
    reading.problems.error({source, mistake.line, mistake.column}, mistake.what);
    return;
  }
  const std::string where = mistake.path.empty() ? "" : " at " + mistake.path;
  reading.problems.error(named_at, fmt::format("{}{}: {}", file.shown, where, mistake.what));
}

void read_outline(const Tree& node, FileSource& files, std::uint64_t& text_hash, Reading& reading,
                  ZoneDescription& zone) {
  zone.shape = ZoneDescription::Shape::geojson;
  zone.geographic = true;
  const std::optional<Name> path = read_text(node, reading.problems);
  if (!path) return;
  std::string why;
  const std::optional<FileSource::File> file =
      files.read(path->text, file_of(node.place, reading.problems), why);
  if (!file) {
    reading.problems.error(node.place, fmt::format("{} cannot be read ({})", path->text, why));
    return;
  }
  text_hash = hash_text(file->text, text_hash);
  GeojsonResult result = read_geojson(file->text);
  if (result.mistake) {
    report(*result.mistake, *file, node.place, reading);
    return;
  }
  reading.points.emplace_back(true, node.place);
  zone.polygons = std::move(result.polygons);
  for (std::size_t p = 0; p < zone.polygons.size(); ++p)
    for (std::size_t r = 0; r < zone.polygons[p].size(); ++r)
      check_crossing(zone.polygons[p][r], node.place,
                     fmt::format("{}: ring {} of polygon {}", file->shown, r + 1, p + 1), reading);
}

}  // namespace

ZoneDescription read_zone(const Name& name, const Tree& node, FileSource& files, std::uint64_t& text_hash,
                          Reading& reading) {
  ZoneDescription zone;
  zone.name = name;
  const Values values = read_mapping(node, zone_table(), name.place, reading);
  if (node.kind != Tree::Kind::mapping) return zone;
  zone.debris = read_debris(node, values, name, reading);
  const std::string shape =
      exactly_one(node, {"circle", "vertices", "geojson"}, name.place, name.text, reading);
  const Tree* written = shape.empty() ? nullptr : node.find(shape);
  if (!written || written->kind == Tree::Kind::null) return zone;
  if (shape == "circle") read_circle(*written, reading, zone);
  if (shape == "vertices" && values.find("vertices")) read_vertices(*values.find("vertices"), reading, zone);
  if (shape == "geojson") read_outline(*written, files, text_hash, reading, zone);
  return zone;
}

}  // namespace dronewall
