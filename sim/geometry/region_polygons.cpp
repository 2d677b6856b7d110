// What a Region asks of its polygons once: are they simple, and how large. The only file that sees
// Boost.Geometry.
#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/multi_polygon.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/geometries/polygon.hpp>

#include "dronewall/core/contracts.hpp"
#include "dronewall/geometry/region.hpp"

namespace dronewall {
namespace {

namespace bg = boost::geometry;
constexpr bool clockwise = true;
constexpr bool closed = false;
using BoostPoint = bg::model::d2::point_xy<double>;
using BoostPolygon = bg::model::polygon<BoostPoint, clockwise, closed>;
using BoostPolygons = bg::model::multi_polygon<BoostPolygon>;

template <typename BoostRing>
void copy(const Region::Ring& ring, BoostRing& out) {
  for (const Vec2 point : ring.points) out.emplace_back(point.x, point.y);
}

BoostPolygon to_boost(const Region::Polygon& polygon) {
  BoostPolygon out;
  copy(polygon.outer, out.outer());
  out.inners().resize(polygon.holes.size());
  for (std::size_t i = 0; i < polygon.holes.size(); ++i) copy(polygon.holes[i], out.inners()[i]);
  bg::correct(out);  // the way round
  return out;
}

BoostPolygons to_boost(const std::vector<Region::Polygon>& polygons) {
  BoostPolygons out;
  for (const auto& polygon : polygons) out.push_back(to_boost(polygon));
  return out;
}

std::string_view in_words(bg::validity_failure_type failure) {
  switch (failure) {
    case bg::no_failure:
      return "";
    case bg::failure_few_points:
    case bg::failure_wrong_topological_dimension:
      return "a ring has fewer than three corners that differ";
    case bg::failure_spikes:
      return "a ring runs out and back over the same line";
    case bg::failure_self_intersections:
      return "a ring touches itself or another ring";
    case bg::failure_interior_rings_outside:
      return "a hole lies outside of its polygon";
    case bg::failure_nested_interior_rings:
      return "a hole lies inside another hole";
    case bg::failure_disconnected_interior:
      return "its holes cut a polygon in two";
    case bg::failure_intersecting_interiors:
      return "two polygons overlap";
    case bg::failure_invalid_coordinate:
      return "a coordinate is not a number";
    default:
      return "a ring is not simple";
  }
}

struct Edge {
  Vec2 a, b;
};

std::vector<Edge> edges_of(const std::vector<Region::Polygon>& polygons) {
  std::vector<Edge> edges;
  const auto add = [&edges](const Region::Ring& ring) {
    for (std::size_t i = 0; i < ring.points.size(); ++i)
      edges.push_back({ring.points[i], ring.points[(i + 1) % ring.points.size()]});
  };
  for (const auto& polygon : polygons) {
    add(polygon.outer);
    for (const auto& hole : polygon.holes) add(hole);
  }
  return edges;
}

/// Where two edges cross, each strictly on both sides of the other.
std::optional<Vec2> crossing(const Edge& one, const Edge& other) {
  const Vec2 u = one.b - one.a;
  const Vec2 v = other.b - other.a;
  const double other_a = cross(u, other.a - one.a);
  const double other_b = cross(u, other.b - one.a);
  const double one_a = cross(v, one.a - other.a);
  const double one_b = cross(v, one.b - other.a);
  if (!(other_a * other_b < 0 && one_a * one_b < 0)) return std::nullopt;
  return one.a + u * (one_a / (one_a - one_b));
}

std::optional<Vec2> first_crossing(const std::vector<Edge>& edges) {
  for (auto one = edges.begin(); one != edges.end(); ++one)
    for (auto other = one + 1; other != edges.end(); ++other)
      if (const auto place = crossing(*one, *other)) return place;
  return std::nullopt;
}

/// A corner of the first polygon that is wrong by itself, else of the first one.
Vec2 corner_of_fault(const std::vector<Region::Polygon>& polygons) {
  for (const auto& polygon : polygons)
    if (!polygon.outer.points.empty() && !bg::is_valid(to_boost(polygon)))
      return polygon.outer.points.front();
  const std::vector<Edge> edges = edges_of(polygons);
  return edges.empty() ? Vec2{} : edges.front().a;
}

Vec2 smaller(Vec2 a, Vec2 b) { return {std::min(a.x, b.x), std::min(a.y, b.y)}; }
Vec2 larger(Vec2 a, Vec2 b) { return {std::max(a.x, b.x), std::max(a.y, b.y)}; }

}  // namespace

Region::Region(const std::vector<Polygon>& polygons) : area_m2_(bg::area(to_boost(polygons))) {
  for (const Polygon& polygon : polygons) {
    add(polygon.outer);
    for (const Ring& hole : polygon.holes) add(hole);
  }
}

void Region::add(const Ring& ring) {
  expects(ring.points.size() >= 3);
  if (edges_.empty()) low_ = high_ = ring.points.front();
  const std::size_t first = edges_.size();
  Vec2 before = ring.points.back();
  for (const Vec2 point : ring.points) {
    edges_.push_back({before, point});
    low_ = smaller(low_, point);
    high_ = larger(high_, point);
    before = point;
  }
  constexpr std::size_t edges_of_stretch = 8;
  for (std::size_t begin = first; begin < edges_.size(); begin += edges_of_stretch)
    add_stretch(begin, std::min(begin + edges_of_stretch, edges_.size()));
}

void Region::add_stretch(std::size_t begin, std::size_t end) {
  Vec2 low = edges_[begin].a, high = low;
  for (std::size_t i = begin; i < end; ++i) {
    low = smaller(low, edges_[i].b);
    high = larger(high, edges_[i].b);
  }
  constexpr double rounding_m = 1e-6;  // more than that of any sum of products here, anywhere on Earth
  const Vec2 half = (high - low) * 0.5 + Vec2{rounding_m, rounding_m};
  stretches_.push_back({(low + high) * 0.5, half, begin, end});
}

std::string_view Region::why_invalid(const std::vector<Polygon>& polygons, Vec2* near) {
  auto failure = bg::no_failure;
  if (bg::is_valid(to_boost(polygons), failure)) return "";
  // Asked first: of a ring that crosses itself Boost may also say that it runs the wrong way round.
  const auto place = first_crossing(edges_of(polygons));
  if (near) *near = place ? *place : corner_of_fault(polygons);
  return place ? "a ring crosses itself or another ring" : in_words(failure);
}

}  // namespace dronewall
