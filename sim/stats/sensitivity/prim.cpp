#include "dronewall/stats/sensitivity/prim.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "dronewall/core/contracts.hpp"
#include "stats/sensitivity/chance.hpp"

namespace dronewall {
namespace {

using Members = std::vector<std::size_t>;

double mass_of(const Members& members, std::span<const double> is_so) {
  return std::accumulate(members.begin(), members.end(), 0.0,
                         [&](double sum, std::size_t i) { return sum + is_so[i]; });
}

/// Harmonic mean of density and coverage.
double merit_of(const Members& members, std::span<const double> is_so, double whole) {
  const double mass = mass_of(members, is_so);
  return 2 * mass / (static_cast<double>(members.size()) + whole);
}

/// Bounds of all factors.
struct Box {
  std::vector<std::pair<double, double>> bounds;
};

/// One box on its way, with the points that it holds.
class Peeling {
 public:
  Peeling(const UnitPoints& points, std::span<const double> is_so, Members members,
          const PrimOptions& options)
      : points_(points), is_so_(is_so), members_(std::move(members)), options_(options) {
    box_.bounds.assign(points.factors, {0.0, 1.0});
    least_ = std::max<std::size_t>(
        5, static_cast<std::size_t>(options.least_support * static_cast<double>(members_.size())));
    whole_ = mass_of(members_, is_so);
    best_box_ = box_;
    best_merit_ = merit_of(members_, is_so, whole_);
  }

  void run() {
    while (peel())
      if (const double merit = merit_of(members_, is_so_, whole_); merit > best_merit_ + 1e-12)
        best_merit_ = merit, best_box_ = box_;
  }
  [[nodiscard]] const Box& best() const { return best_box_; }
  [[nodiscard]] double merit() const { return best_merit_; }

 private:
  enum class End { low, high };
  /// What is left when the outermost values of a factor are peeled off at one end: at least a share `peel`
  /// of the points, and all that have the same value.
  struct Peel {
    Members left;
    double bound = 0;
    double mean = -1;
  };

  [[nodiscard]] Peel peel_of(std::size_t factor, End end) const {
    Members order = members_;
    const auto take = std::max<std::size_t>(
        1, static_cast<std::size_t>(options_.peel * static_cast<double>(members_.size())));
    const auto value = [&](std::size_t i) {
      return end == End::low ? points_.at(i, factor) : -points_.at(i, factor);
    };
    std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(take - 1), order.end(),
                     [&](std::size_t a, std::size_t b) { return value(a) < value(b); });
    const double cut = value(order[take - 1]);
    Peel peel;
    double next = 2;
    for (const std::size_t i : members_)
      if (value(i) > cut) peel.left.push_back(i), next = std::min(next, value(i));
    if (peel.left.size() < least_) return {};
    // Halfway between what went and what stays.
    peel.bound = (end == End::low ? 1 : -1) * (cut + next) / 2;
    peel.mean = mass_of(peel.left, is_so_) / static_cast<double>(peel.left.size());
    return peel;
  }

  bool peel() {
    Peel best;
    std::size_t factor = 0;
    End at = End::low;
    for (std::size_t k = 0; k < points_.factors; ++k)
      for (const End end : {End::low, End::high})
        if (Peel peel = peel_of(k, end); peel.mean > best.mean) best = std::move(peel), factor = k, at = end;
    if (best.mean < 0) return false;
    (at == End::low ? box_.bounds[factor].first : box_.bounds[factor].second) = best.bound;
    members_ = std::move(best.left);
    return true;
  }

  const UnitPoints& points_;
  std::span<const double> is_so_;
  Members members_;
  const PrimOptions& options_;
  Box box_, best_box_;
  std::size_t least_ = 5;
  double whole_ = 0, best_merit_ = 0;
};

Members inside(const UnitPoints& points, const Members& all, const Box& box) {
  Members members;
  for (const std::size_t i : all) {
    bool in = true;
    for (std::size_t k = 0; k < points.factors && in; ++k)
      in = box.bounds[k].first <= points.at(i, k) && points.at(i, k) <= box.bounds[k].second;
    if (in) members.push_back(i);
  }
  return members;
}

/// Takes off sides that do not earn their place: without them the box is as good.
void drop_idle_sides(const UnitPoints& points, const Members& all, std::span<const double> is_so,
                     double whole, Box& box) {
  double merit = merit_of(inside(points, all, box), is_so, whole);
  for (bool dropped = true; dropped;) {
    dropped = false;
    for (std::size_t k = 0; k < points.factors; ++k)
      for (double std::pair<double, double>::*side :
           {&std::pair<double, double>::first, &std::pair<double, double>::second}) {
        Box wider = box;
        wider.bounds[k].*side = side == &std::pair<double, double>::first ? 0.0 : 1.0;
        if (wider.bounds[k] == box.bounds[k]) continue;
        // Half a percent of merit is less than a side must earn to be worth its words.
        const double without = merit_of(inside(points, all, wider), is_so, whole);
        if (without < merit - 0.005) continue;
        box = std::move(wider);
        merit = without;
        dropped = true;
      }
  }
}

}  // namespace

PrimBox find_box(const UnitPoints& points, std::span<const double> is_so, const PrimOptions& options) {
  expects(is_so.size() == points.size() && 0 < options.peel && options.peel < 0.5);
  Members all;
  for (std::size_t i = 0; i < points.size(); ++i)
    if (!std::isnan(is_so[i])) all.push_back(i);
  PrimBox made;
  const double whole = mass_of(all, is_so);
  if (all.size() < 10 || whole <= 0) return made;

  Peeling peeling(points, is_so, all, options);
  peeling.run();
  Box box = peeling.best();
  drop_idle_sides(points, all, is_so, whole, box);
  for (std::size_t k = 0; k < points.factors; ++k)
    if (box.bounds[k] != std::pair{0.0, 1.0})
      made.sides.push_back({k, box.bounds[k].first, box.bounds[k].second});
  made.points = inside(points, all, box);
  const double mass = mass_of(made.points, is_so);
  made.density = mass / static_cast<double>(made.points.size());
  made.coverage = mass / whole;
  if (made.sides.empty()) return made;

  Chance chance(options.seed);
  std::vector<double> shuffled(is_so.begin(), is_so.end());
  std::uint32_t as_good = 0;
  for (std::uint32_t s = 0; s < options.shuffles; ++s) {
    for (std::size_t i = all.size(); i > 1; --i)
      std::swap(shuffled[all[i - 1]], shuffled[all[chance.index(i)]]);
    Peeling again(points, shuffled, all, options);
    again.run();
    if (again.merit() >= peeling.merit()) ++as_good;
  }
  made.chance = (as_good + 1.0) / (options.shuffles + 1.0);
  return made;
}

}  // namespace dronewall
