#include "scenario/ring.hpp"

#include <algorithm>

namespace dronewall {
namespace {

using Point = std::pair<double, double>;

struct Edge {
  Point a, b;
  std::size_t index = 0;

  [[nodiscard]] double x_low() const { return std::min(a.first, b.first); }
  [[nodiscard]] double x_high() const { return std::max(a.first, b.first); }
  [[nodiscard]] double y_low() const { return std::min(a.second, b.second); }
  [[nodiscard]] double y_high() const { return std::max(a.second, b.second); }
};

/// Sign of the turn a → b → c: 1 to the left, −1 to the right, 0 straight.
int turn(const Point& a, const Point& b, const Point& c) {
  const double cross =
      (b.first - a.first) * (c.second - a.second) - (b.second - a.second) * (c.first - a.first);
  return (cross > 0) - (cross < 0);
}

bool lie_on_each_other(const Edge& p, const Edge& q) {
  // Both on one line: they share more than a point where their spans overlap in x or, when upright, in y.
  const bool upright = p.a.first == p.b.first;
  const double low = upright ? std::max(p.y_low(), q.y_low()) : std::max(p.x_low(), q.x_low());
  const double high = upright ? std::min(p.y_high(), q.y_high()) : std::min(p.x_high(), q.x_high());
  return low < high;
}

bool cross(const Edge& p, const Edge& q) {
  const int q_a = turn(p.a, p.b, q.a), q_b = turn(p.a, p.b, q.b);
  const int p_a = turn(q.a, q.b, p.a), p_b = turn(q.a, q.b, p.b);
  if (q_a == 0 && q_b == 0) return lie_on_each_other(p, q);
  return q_a * q_b < 0 && p_a * p_b < 0;
}

}  // namespace

RingState check_ring(const Ring& ring, Crossing& crossing) {
  constexpr std::size_t most_comparisons = 50'000'000;
  std::vector<Edge> edges;
  for (std::size_t i = 0; i < ring.size(); ++i) edges.push_back({ring[i], ring[(i + 1) % ring.size()], i});
  std::sort(edges.begin(), edges.end(), [](const Edge& p, const Edge& q) { return p.x_low() < q.x_low(); });
  std::size_t comparisons = 0;
  for (std::size_t i = 0; i < edges.size(); ++i)
    for (std::size_t j = i + 1; j < edges.size() && edges[j].x_low() <= edges[i].x_high(); ++j) {
      if (++comparisons > most_comparisons) return RingState::too_intricate;
      if (edges[i].y_high() < edges[j].y_low() || edges[j].y_high() < edges[i].y_low()) continue;
      if (!cross(edges[i], edges[j])) continue;
      crossing = {std::min(edges[i].index, edges[j].index), std::max(edges[i].index, edges[j].index)};
      return RingState::crosses;
    }
  return RingState::sound;
}

}  // namespace dronewall
