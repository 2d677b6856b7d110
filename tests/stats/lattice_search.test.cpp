#include "dronewall/stats/lattice_search.hpp"

#include <algorithm>
#include <set>

#include "catch.hpp"

namespace dronewall {
namespace {

/// 3 x + 2 y + 4 z, where 2 x + y + 3 z must be at least 20: the least is 27 (z = 6, x = 1: 27; 6 × 3 + 2 =
/// 20).
Appearance look(const LatticePoint& at) {
  const double strength = 2.0 * at[0] + 1.0 * at[1] + 3.0 * at[2];
  return {std::max(0.0, 20 - strength), 3.0 * at[0] + 2.0 * at[1] + 4.0 * at[2]};
}

struct Counted {
  std::set<LatticePoint> seen;
  std::uint64_t twice = 0;
  std::vector<Appearance> operator()(const std::vector<LatticePoint>& points) {
    std::vector<Appearance> looks;
    for (const LatticePoint& point : points) {
      twice += !seen.insert(point).second;
      looks.push_back(look(point));
    }
    return looks;
  }
};

TEST_CASE("a lattice search comes near the cheapest mix of a small knapsack", "[stats][selection]") {
  LatticeSearchPlan plan;
  plan.levels = {21, 21, 21};
  Counted counted;
  const LatticeSearchResult result = search_lattice(plan, std::ref(counted));
  Appearance least{1e9, 1e9};
  for (std::uint32_t x = 0; x < 21; ++x)
    for (std::uint32_t y = 0; y < 21; ++y)
      for (std::uint32_t z = 0; z < 21; ++z)
        if (looks_better(look({x, y, z}), least)) least = look({x, y, z});
  CHECK(least.value == 27);
  const Appearance found = look(result.visited[result.best]);
  CHECK(found.violation == 0);
  CHECK(found.value <= 1.1 * least.value);  // a ridge of three factors may hold it back
  CHECK(result.is_local_optimum);
  CHECK(counted.twice == 0);
  CHECK(result.points == 9261);
  CHECK(result.visited.size() < 500);
  for (const LatticePoint& near : neighbours_of(result.visited[result.best], plan.levels, 1)) {
    CHECK(counted.seen.contains(near));
    CHECK_FALSE(looks_better(look(near), look(result.visited[result.best])));
  }
}

TEST_CASE("a lattice search that may look no further says so", "[stats][selection]") {
  LatticeSearchPlan plan;
  plan.levels = {1'000, 1'000, 1'000};
  plan.most_points = 10;
  Counted counted;
  const LatticeSearchResult result = search_lattice(plan, std::ref(counted));
  CHECK_FALSE(result.is_local_optimum);
  CHECK(result.visited.size() >= 10);
}

TEST_CASE("neighbours stay inside and trade one factor for another", "[stats][selection]") {
  const std::vector<LatticePoint> around = neighbours_of({0, 1}, {2, 3}, 1);
  const std::set<LatticePoint> expected = {{1, 1}, {0, 2}, {0, 0}, {1, 0}};
  CHECK(std::set<LatticePoint>(around.begin(), around.end()) == expected);
  CHECK(neighbours_of({0}, {1}, 1).empty());
}

}  // namespace
}  // namespace dronewall
