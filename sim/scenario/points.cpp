// Points on the ground, and the one frame that all points of a scenario share.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/reading.hpp"
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

constexpr const char* point_hint = "write {lat: 52.1, lon: 21.0} or {x: 2 km, y: 0 km}";

}  // namespace

std::optional<PointDescription> point_of(const Values& values, const Tree& node, Reading& reading) {
  const auto written = [&](const char* key) { return node.find(key) != nullptr; };
  const bool geographic = written("lat") || written("lon");
  const bool local = written("x") || written("y");
  if (geographic == local) {
    reading.problems.error(
        node.place,
        geographic ? "this point mixes lat, lon with x, y" : "this is no point (it has no coordinates)",
        point_hint);
    return std::nullopt;
  }
  const char* first = geographic ? "lat" : "x";
  const char* second = geographic ? "lon" : "y";
  for (const char* key : {first, second})
    if (!written(key)) {
      reading.problems.error(
          node.place, fmt::format("{} is missing (a point needs {} and {})", key, first, second), point_hint);
      return std::nullopt;
    }
  if (!values.find(first) || !values.find(second)) return std::nullopt;  // Reported when it was read.
  reading.points.emplace_back(geographic, node.place);
  return PointDescription{geographic, values.quantity(first, 0), values.quantity(second, 0), node.place};
}

std::optional<PointDescription> read_point(const Tree& node, Reading& reading) {
  if (node.kind != Tree::Kind::mapping) {
    reading.problems.error(node.place, "a point must be a mapping of two coordinates", point_hint);
    return std::nullopt;
  }
  const Watch watch(reading.problems);
  const Values values = read_mapping(node, point_table(), node.place, reading);
  if (watch.clean()) return point_of(values, node, reading);
  if ((node.find("lat") || node.find("lon")) && (node.find("x") || node.find("y")))
    reading.problems.error(node.place, "this point mixes lat, lon with x, y", point_hint);
  return std::nullopt;
}

bool check_fixed(const PointDescription& point, std::string_view key, Reading& reading) {
  for (const Quantity* coordinate : {&point.first, &point.second})
    if (!coordinate->is_constant()) {
      reading.problems.error(coordinate->place,
                             fmt::format("{} may not be random (only a route's coordinates may)", key));
      return false;
    }
  return true;
}

bool are_distinct(const PointDescription& a, const PointDescription& b) {
  const auto same = [](const Quantity& p, const Quantity& q) {
    return p.is_constant() && q.is_constant() && p.mean() == q.mean();
  };
  return !same(a.first, b.first) || !same(a.second, b.second);
}

void check_frames(const Reading& reading) {
  const auto is_geographic = [](const auto& point) { return point.first; };
  const auto& points = reading.points;
  const auto geographic =
      static_cast<std::size_t>(std::count_if(points.begin(), points.end(), is_geographic));
  const std::size_t local = points.size() - geographic;
  if (geographic == 0 || local == 0) return;
  const bool odd = geographic < local;  // The frame of the fewer points is the mistake.
  const auto at = [&](bool which) {
    return std::find_if(points.begin(), points.end(), [&](const auto& point) { return point.first == which; })
        ->second;
  };
  reading.problems.error(
      at(odd),
      fmt::format("this point is {} but others are {} (the first at {}; a scenario has one frame)",
                  odd ? "geographic" : "local", odd ? "local" : "geographic",
                  shown(at(!odd), reading.problems)),
      odd ? "write {x: 2 km, y: 0 km}" : "write {lat: 52.1, lon: 21.0}");
}

}  // namespace dronewall
