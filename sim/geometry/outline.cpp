#include "dronewall/geometry/outline.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace dronewall {
namespace {

constexpr double turn_rad = 2 * std::numbers::pi;
constexpr double tolerance_m = 1;
constexpr double rounding = 1e-9;  // of a share of an edge

using Regions = std::vector<const Region*>;

bool is_inside(const Regions& regions, Vec2 point) {
  return std::any_of(regions.begin(), regions.end(),
                     [&](const Region* region) { return region->contains(point); });
}

/// Whether a piece of border has the outside on one of its sides. `normal` has length 1.
bool is_outer(const Regions& regions, Vec2 point, Vec2 normal) {
  return !is_inside(regions, point + normal * tolerance_m) ||
         !is_inside(regions, point - normal * tolerance_m);
}

/// Shares of the edge at which the other edge crosses or touches it, or, along one line, begins and ends.
void cut_by_edge(const Region::Edge& edge, const Region::Edge& other, std::vector<double>& cuts) {
  const Vec2 r = edge.b - edge.a, s = other.b - other.a, offset = other.a - edge.a;
  const double across = cross(r, s);
  if (across == 0) {
    if (cross(r, offset) != 0) return;
    cuts.push_back(dot(offset, r) / dot(r, r));
    cuts.push_back(dot(other.b - edge.a, r) / dot(r, r));
    return;
  }
  const double on_other = cross(offset, r) / across;
  if (-rounding <= on_other && on_other <= 1 + rounding) cuts.push_back(cross(offset, s) / across);
}

void cut_by_circle(const Region::Edge& edge, const Region::Circle& circle, std::vector<double>& cuts) {
  const auto inside = chord(edge.a - circle.centre, edge.b - edge.a, circle.radius_m);
  if (!inside) return;
  cuts.push_back(inside->begin);
  cuts.push_back(inside->end);
}

double angle_of(Vec2 direction) {
  const double angle = std::atan2(direction.y, direction.x);
  return angle < 0 ? angle + turn_rad : angle;
}

/// Angles at which an edge crosses the circle.
void cut_by_edge(const Region::Circle& circle, const Region::Edge& edge, std::vector<double>& cuts) {
  const auto inside = chord(edge.a - circle.centre, edge.b - edge.a, circle.radius_m);
  if (!inside || edge.a == edge.b) return;
  for (const double share : {inside->begin, inside->end})
    if (-rounding <= share && share <= 1 + rounding)
      cuts.push_back(angle_of(edge.a + (edge.b - edge.a) * share - circle.centre));
}

/// Angles at which another circle crosses this one.
void cut_by_circle(const Region::Circle& circle, const Region::Circle& other, std::vector<double>& cuts) {
  const Vec2 way = other.centre - circle.centre;
  const double distance = length(way);
  const double r = circle.radius_m, s = other.radius_m;
  if (!(distance > std::abs(r - s)) || distance > r + s || r == 0) return;
  const double half =
      std::acos(std::clamp((distance * distance + r * r - s * s) / (2 * distance * r), -1.0, 1.0));
  const double middle = angle_of(way);
  for (const double angle : {middle - half, middle + half})
    cuts.push_back(angle < 0 ? angle + turn_rad : angle >= turn_rad ? angle - turn_rad : angle);
}

}  // namespace

Outline::Outline(const std::vector<const Region*>& regions) {
  for (const Region* region : regions) {
    for (const Region::Edge& edge : region->edges())
      if (edge.a != edge.b) add_sides(edge, *region, regions);
    if (region->as_circle()) add_arcs(*region, regions);
  }
}

/// The outer pieces of an edge of `own`, cut where other regions' borders meet it.
void Outline::add_sides(const Region::Edge& edge, const Region& own, const Regions& regions) {
  std::vector<double> cuts{0, 1};
  for (const Region* other : regions) {
    if (other == &own) continue;
    for (const Region::Edge& crossing : other->edges()) cut_by_edge(edge, crossing, cuts);
    if (const auto circle = other->as_circle()) cut_by_circle(edge, *circle, cuts);
  }
  std::sort(cuts.begin(), cuts.end());
  const Vec2 way = edge.b - edge.a;
  const Vec2 normal = Vec2{-way.y, way.x} * (1 / length(way));
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    const double from = std::max(cuts[i], 0.0), to = std::min(cuts[i + 1], 1.0);
    if (from < to && is_outer(regions, edge.a + way * ((from + to) / 2), normal))
      sides_.push_back({edge.a + way * from, edge.a + way * to});
  }
}

/// The outer arcs of a circle.
void Outline::add_arcs(const Region& own, const Regions& regions) {
  const Region::Circle circle = *own.as_circle();
  std::vector<double> cuts;
  for (const Region* other : regions) {
    if (other == &own) continue;
    for (const Region::Edge& edge : other->edges()) cut_by_edge(circle, edge, cuts);
    if (const auto round = other->as_circle()) cut_by_circle(circle, *round, cuts);
  }
  if (cuts.empty()) cuts.push_back(0);
  std::sort(cuts.begin(), cuts.end());
  cuts.push_back(cuts.front() + turn_rad);
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    const double middle = (cuts[i] + cuts[i + 1]) / 2;
    const Vec2 normal{std::cos(middle), std::sin(middle)};
    if (cuts[i] < cuts[i + 1] && is_outer(regions, circle.centre + normal * circle.radius_m, normal))
      arcs_.push_back({circle.centre, circle.radius_m, cuts[i], cuts[i + 1]});
  }
}

std::optional<Vec2> Outline::nearest(Vec2 from) const {
  std::optional<Vec2> best;
  double best_m = std::numeric_limits<double>::infinity();
  const auto offer = [&](Vec2 point) {
    const double distance = length(point - from);
    if (distance < best_m) {
      best_m = distance;
      best = point;
    }
  };
  for (const Region::Edge& side : sides_) {
    const Vec2 way = side.b - side.a;
    offer(side.a + way * std::clamp(dot(from - side.a, way) / dot(way, way), 0.0, 1.0));
  }
  for (const Arc& arc : arcs_) {
    const auto at = [&](double angle) {
      return arc.centre + Vec2{std::cos(angle), std::sin(angle)} * arc.radius_m;
    };
    const Vec2 out = from - arc.centre;
    const double distance = length(out);
    double angle = angle_of(out);
    if (angle < arc.from_rad) angle += turn_rad;
    if (distance > 0 && angle <= arc.to_rad) {
      offer(arc.centre + out * (arc.radius_m / distance));
      continue;
    }
    offer(at(arc.from_rad));
    offer(at(arc.to_rad));
  }
  return best;
}

}  // namespace dronewall
