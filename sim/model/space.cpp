// Positions: the projection of a geographic scenario, zones as regions, and where sensors and elements stand.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "dronewall/core/contracts.hpp"
#include "model/compiler.hpp"

namespace dronewall {

namespace {

/// Collects degrees for a mean.
struct MeanPlace {
  double lat = 0, lon = 0;
  std::size_t count = 0;

  void add(double lat_deg, double lon_deg) {
    lat += lat_deg;
    lon += lon_deg;
    ++count;
  }
};

void add_corners(const ZoneDescription& zone, MeanPlace& mean) {
  if (zone.shape == ZoneDescription::Shape::circle) {
    if (zone.centre.geographic) mean.add(zone.centre.first.mean(), zone.centre.second.mean());
    return;
  }
  if (!zone.geographic) return;
  for (const auto& polygon : zone.polygons)
    for (const auto& ring : polygon)
      for (const auto& [lon, lat] : ring) mean.add(lat, lon);
}

}  // namespace

void Compiler::choose_projection() {
  MeanPlace mean;
  if (in_.centre) {
    if (in_.centre->geographic)
      world_.projection.emplace(in_.centre->first.mean(), in_.centre->second.mean());
    return;
  }
  for (const Name& name : in_.defended)
    if (const auto zone = in_.zones.find(name.text); zone != in_.zones.end()) add_corners(zone->second, mean);
  if (mean.count == 0 && !in_.attacks.empty())
    for (const PointDescription& point : in_.attacks.begin()->second.route)
      if (point.geographic) mean.add(point.first.mean(), point.second.mean());
  if (mean.count == 0) return;  // A local frame.
  const double n = static_cast<double>(mean.count);
  world_.projection.emplace(std::round(mean.lat / n), std::round(mean.lon / n));
}

Vec2 Compiler::place(const PointDescription& point) {
  if (!point.geographic) return {point.first.mean(), point.second.mean()};
  if (!world_.projection) {
    problems_.error(point.place, "a place in degrees in a scenario without a geographic centre",
                    "write centre: {lat: …, lon: …}, or give every place as {x, y}");
    return {};
  }
  return world_.projection->forward(point.first.mean(), point.second.mean());
}

Waypoint Compiler::waypoint(const PointDescription& point, const std::string& path) {
  Waypoint result;
  result.geographic = point.geographic;
  result.constant = point.first.is_constant() && point.second.is_constant();
  if (result.constant || point.geographic) result.fixed = place(point);
  result.first = compile(point.first, path + (point.geographic ? ".lat" : ".x"));
  result.second = compile(point.second, path + (point.geographic ? ".lon" : ".y"));
  return result;
}

const Region* Compiler::zone(const Name& name) const {
  const std::uint32_t index = index_of(in_.zones, name.text);
  return index < world_.zones.size() ? &world_.zones[index] : nullptr;
}

void Compiler::compile_zones() {
  for (const auto& [name, zone] : in_.zones) {
    world_.zone_names.push_back(name);
    if (zone.shape == ZoneDescription::Shape::circle) {
      world_.zones.push_back(Region::circle(place(zone.centre), zone.radius_m));
      continue;
    }
    if (zone.geographic && !world_.projection) {
      problems_.error(zone.name.place,
                      fmt::format("zone {} is in degrees, the scenario in metres", escaped(name)),
                      "write centre: {lat: …, lon: …}, or give the zone's vertices as {x, y}");
      world_.zones.emplace_back();
      continue;
    }
    std::vector<Region::Polygon> polygons;
    for (const auto& rings : zone.polygons) {
      Region::Polygon polygon;
      for (std::size_t r = 0; r < rings.size(); ++r) {
        Region::Ring ring;
        for (const auto& [first, second] : rings[r])
          ring.points.push_back(zone.geographic ? world_.projection->forward(second, first)
                                                : Vec2{first, second});
        if (ring.points.size() > 1 && ring.points.front() == ring.points.back()) ring.points.pop_back();
        (r == 0 ? polygon.outer : polygon.holes.emplace_back()) = std::move(ring);
      }
      polygons.push_back(std::move(polygon));
    }
    if (const std::string_view reason = Region::why_invalid(polygons); !reason.empty()) {
      problems_.error(zone.name.place,
                      fmt::format("zone {} is no simple polygon ({})", escaped(name), reason),
                      "list the vertices in order around the zone");
      world_.zones.emplace_back();
      continue;
    }
    world_.zones.emplace_back(std::move(polygons));
  }
  world_.defended_everywhere = in_.defended.empty();
  for (const Name& name : in_.defended)
    if (const std::uint32_t zone = index_of(in_.zones, name.text); zone != no_index)
      world_.defended.push_back(zone);
}

std::vector<Site> Compiler::sites(const SitingDescription& siting, std::uint32_t count, double height_m) {
  std::vector<Site> result(count);
  for (Site& site : result) site.height_m = height_m;
  if (siting.kind == SitingDescription::Kind::random) {
    for (Site& site : result) site.random_zone = index_of(in_.zones, siting.zone.text);
    return result;
  }
  if (siting.kind == SitingDescription::Kind::point) {
    for (Site& site : result) site.at = place(siting.at);
    return result;
  }
  std::vector<Vec2> line;
  double total = 0;
  for (const PointDescription& point : siting.along) {
    line.push_back(place(point));
    if (line.size() > 1) total += length(line.back() - line[line.size() - 2]);
  }
  for (std::uint32_t i = 0; i < count; ++i) {  // Both ends are taken; a single one stands in the middle.
    double rest = count == 1 ? total / 2 : total * i / (count - 1);
    std::size_t leg = 1;
    while (leg + 1 < line.size() && rest > length(line[leg] - line[leg - 1])) {
      rest -= length(line[leg] - line[leg - 1]);
      ++leg;
    }
    const double leg_length = length(line[leg] - line[leg - 1]);
    result[i].at =
        leg_length > 0 ? line[leg - 1] + (line[leg] - line[leg - 1]) * (rest / leg_length) : line[leg];
  }
  return result;
}

}  // namespace dronewall
