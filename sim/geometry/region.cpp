#include "dronewall/geometry/region.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "dronewall/core/contracts.hpp"

namespace dronewall {
namespace {

Span cut_to(const Leg& leg, double from, double to) {
  return {std::max(leg.begin, leg.begin + from), std::min(leg.end, leg.begin + to)};
}

bool has_length(const Span& span) { return span.begin < span.end; }

}  // namespace

Region Region::circle(Vec2 centre, double radius_m) {
  expects(radius_m >= 0);
  Region region;
  region.is_circle_ = true;
  region.centre_ = centre;
  region.radius_m_ = radius_m;
  region.low_ = centre - Vec2{radius_m, radius_m};
  region.high_ = centre + Vec2{radius_m, radius_m};
  region.area_m2_ = std::numbers::pi * radius_m * radius_m;
  return region;
}

bool Region::contains(Vec2 point) const {
  if (is_circle_) {
    const Vec2 p = point - centre_;
    return dot(p, p) <= radius_m_ * radius_m_;
  }
  if (edges_.empty() || point.x < low_.x || point.x > high_.x || point.y < low_.y || point.y > high_.y)
    return false;
  bool inside = false;
  for (const Stretch& stretch : stretches_) {
    if (std::abs(stretch.middle.y - point.y) > stretch.half.y) continue;  // most of a long coast
    for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
      const Vec2 a = edges_[i].a - point;
      const Vec2 b = edges_[i].b - point;
      if ((a.y > 0 && b.y > 0) || (a.y < 0 && b.y < 0)) continue;
      const double side = cross(a, b);
      if (side == 0 && dot(a, b) <= 0) return true;
      // The ray to the east crosses the edge; a corner on it belongs to the edge below, so none counts twice.
      if ((a.y > 0) != (b.y > 0) && (side > 0) == (b.y > a.y)) inside = !inside;
    }
  }
  return inside;
}

void Region::inside(const Leg& leg, std::vector<Span>& out) const {
  if (leg.velocity == Vec2{} || leg.begin == leg.end) {
    if (contains(leg.start)) out.push_back({leg.begin, leg.end});
  } else if (is_circle_) {
    const auto within = inside_circle(leg, centre_, radius_m_);
    if (within && has_length(*within)) out.push_back(*within);
  } else if (!edges_.empty() && !misses_box(leg)) {
    add_crossings(leg, out);
  }
}

bool Region::misses_box(const Leg& leg) const {
  const Vec2 a = leg.start;
  const Vec2 b = leg.at(leg.end);
  return std::max(a.x, b.x) < low_.x || std::min(a.x, b.x) > high_.x ||  //
         std::max(a.y, b.y) < low_.y || std::min(a.y, b.y) > high_.y;
}

/// The whole line through the leg crosses the edges an even number of times, and sorted two by two these
/// crossings bound what is inside. Whether an edge crosses is asked of the sides of its corners, and two
/// edges share theirs bit for bit, so the number stays even however the line runs past a corner.
void Region::add_crossings(const Leg& leg, std::vector<Span>& out) const {
  const std::size_t mine = out.size();
  const Vec2 v = leg.velocity;
  bool along_an_edge = false;
  for (const Stretch& stretch : stretches_) {
    const double reach = std::abs(v.x) * stretch.half.y + std::abs(v.y) * stretch.half.x;
    if (std::abs(cross(v, stretch.middle - leg.start)) > reach) continue;
    for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
      const Vec2 a = edges_[i].a - leg.start;
      const Vec2 b = edges_[i].b - leg.start;
      const double side_a = cross(v, a);
      const double side_b = cross(v, b);
      along_an_edge |= side_a == 0 && side_b == 0;
      if ((side_a > 0) == (side_b > 0)) continue;
      // Equal bits for an edge and its reverse: neighbours that share an edge leave no gap.
      const double when = (dot(a, v) * side_b - dot(b, v) * side_a) / ((side_b - side_a) * dot(v, v));
      out.push_back({when, when});
    }
  }

  const auto first = out.begin() + static_cast<std::ptrdiff_t>(mine);
  std::sort(first, out.end(), [](const Span& one, const Span& other) { return one.begin < other.begin; });
  std::size_t kept = mine;
  for (std::size_t i = mine; i + 1 < out.size(); i += 2) {
    const Span within = cut_to(leg, out[i].begin, out[i + 1].begin);
    if (has_length(within)) out[kept++] = within;
  }
  out.resize(kept);

  if (along_an_edge) add_edges_along(leg, out);
  merge_spans(out, mine);
}

/// Crossings see a leg that runs along an edge on one side of it; the edge itself is inside.
void Region::add_edges_along(const Leg& leg, std::vector<Span>& out) const {
  const Vec2 v = leg.velocity;
  for (const Edge& edge : edges_) {
    const Vec2 a = edge.a - leg.start;
    const Vec2 b = edge.b - leg.start;
    if (cross(v, a) != 0 || cross(v, b) != 0) continue;
    const double along_a = dot(a, v) / dot(v, v);
    const double along_b = dot(b, v) / dot(v, v);
    const Span within = cut_to(leg, std::min(along_a, along_b), std::max(along_a, along_b));
    if (has_length(within)) out.push_back(within);
  }
}

Vec2 Region::point_inside() const {
  const Vec2 middle = (low_ + high_) * 0.5;
  if (contains(middle)) return middle;
  std::vector<Span> crossings;
  for (int lines = 2; lines <= 64; lines *= 2) {  // The new lines lie between those tried before.
    double longest_m = 0;
    Vec2 best = middle;
    for (int i = 1; i < lines; i += 2) {
      const Vec2 from{low_.x, low_.y + (high_.y - low_.y) * i / lines};
      crossings.clear();
      inside({0, high_.x - low_.x, from, {1, 0}}, crossings);  // At 1 m/s.
      for (const Span& span : crossings) {
        if (!(span.end - span.begin > longest_m)) continue;
        longest_m = span.end - span.begin;
        best = from + Vec2{(span.begin + span.end) / 2, 0};
      }
    }
    if (longest_m > 0) return best;
  }
  // Thin or scattered: a line between two neighbouring corners' heights cannot miss.
  std::vector<double> heights;
  for (const Edge& edge : edges_) heights.push_back(edge.a.y);
  std::sort(heights.begin(), heights.end());
  for (std::size_t i = 1; i < heights.size(); ++i) {
    const Vec2 from{low_.x, (heights[i - 1] + heights[i]) / 2};
    crossings.clear();
    inside({0, high_.x - low_.x, from, {1, 0}}, crossings);
    if (!crossings.empty()) return from + Vec2{(crossings[0].begin + crossings[0].end) / 2, 0};
  }
  return middle;
}

}  // namespace dronewall
