#include "dronewall/stats/lattice_search.hpp"

#include <algorithm>
#include <map>

#include "dronewall/core/contracts.hpp"
#include "dronewall/core/hash.hpp"

namespace dronewall {
namespace {

/// So many of one factor are traded for one of another at the most.
constexpr std::int64_t most_traded = 3;

/// The level `step` away, kept inside the range.
std::uint32_t moved(std::uint32_t level, std::int64_t step, std::uint32_t levels) {
  return static_cast<std::uint32_t>(
      std::clamp<std::int64_t>(static_cast<std::int64_t>(level) + step, 0, std::int64_t{levels} - 1));
}

class Search {
 public:
  Search(const LatticeSearchPlan& plan, const LookAt& look_at) : plan_(plan), look_at_(look_at) {}

  LatticeSearchResult result() {
    for (std::uint32_t start = 0; start < plan_.starts && !is_spent(); ++start) descend(start_of(start));
    result_.points = 1;
    for (const std::uint32_t levels : plan_.levels) result_.points *= levels;
    return std::move(result_);
  }

 private:
  [[nodiscard]] LatticePoint start_of(std::uint32_t number) const;
  /// Looks at those that were not looked at.
  void visit(const std::vector<LatticePoint>& points);
  void descend(LatticePoint point);
  [[nodiscard]] bool is_spent() const { return result_.visited.size() >= plan_.most_points; }
  [[nodiscard]] const Appearance& appearance(const LatticePoint& point) const { return seen_.at(point); }

  const LatticeSearchPlan& plan_;
  const LookAt& look_at_;
  std::map<LatticePoint, Appearance> seen_;
  LatticeSearchResult result_;
};

LatticePoint Search::start_of(std::uint32_t number) const {
  LatticePoint point;
  for (std::size_t f = 0; f < plan_.levels.size(); ++f) {
    const std::uint32_t levels = plan_.levels[f];
    const std::uint32_t last = levels - 1;
    const std::uint64_t drawn = mix64(mix64(plan_.seed) ^ mix64((std::uint64_t{number} << 32) + f));
    point.push_back(number == 0   ? last / 2
                    : number == 1 ? last
                    : number == 2 ? 0
                                  : static_cast<std::uint32_t>(drawn % levels));
  }
  return point;
}

void Search::visit(const std::vector<LatticePoint>& points) {
  std::vector<LatticePoint> fresh;
  for (const LatticePoint& point : points)
    if (!seen_.contains(point)) fresh.push_back(point);
  if (fresh.empty()) return;
  const std::vector<Appearance> looks = look_at_(fresh);
  expects(looks.size() == fresh.size());
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    seen_.emplace(fresh[i], looks[i]);
    result_.visited.push_back(fresh[i]);
    if (looks_better(looks[i], appearance(result_.visited[result_.best]))) {
      result_.best = result_.visited.size() - 1;
      result_.is_local_optimum = false;
    }
  }
}

void Search::descend(LatticePoint point) {
  visit({point});
  std::uint32_t step = std::max(1U, *std::max_element(plan_.levels.begin(), plan_.levels.end()) / 4);
  while (!is_spent()) {
    const std::vector<LatticePoint> around = neighbours_of(point, plan_.levels, step);
    visit(around);
    const auto next = std::min_element(around.begin(), around.end(), [&](const auto& a, const auto& b) {
      return looks_better(appearance(a), appearance(b));
    });
    if (next != around.end() && looks_better(appearance(*next), appearance(point))) {
      point = *next;
    } else if (step > 1) {
      step /= 2;
    } else {
      if (point == result_.visited[result_.best]) result_.is_local_optimum = true;
      return;
    }
  }
}

}  // namespace

bool looks_better(const Appearance& one, const Appearance& other) {
  if (one.violation != other.violation) return one.violation < other.violation;
  return one.value < other.value;
}

std::vector<LatticePoint> neighbours_of(const LatticePoint& point, const std::vector<std::uint32_t>& levels,
                                        std::uint32_t step) {
  std::vector<LatticePoint> around;
  const auto add = [&](std::size_t up, std::int64_t by, std::size_t down, std::int64_t of) {
    LatticePoint next = point;
    if (up < point.size()) next[up] = moved(point[up], by * step, levels[up]);
    if (down < point.size()) next[down] = moved(point[down], -of * step, levels[down]);
    if (next != point && std::find(around.begin(), around.end(), next) == around.end())
      around.push_back(next);
  };
  const std::size_t nobody = point.size();
  for (std::size_t f = 0; f < point.size(); ++f) add(f, 1, nobody, 0), add(nobody, 0, f, 1);
  for (std::size_t up = 0; up < point.size(); ++up)
    for (std::size_t down = 0; down < point.size(); ++down)
      if (up != down)
        for (std::int64_t n = 1; n <= most_traded; ++n) add(up, 1, down, n), add(up, n, down, 1);
  return around;
}

LatticeSearchResult search_lattice(const LatticeSearchPlan& plan, const LookAt& look_at) {
  expects(!plan.levels.empty() && plan.starts >= 1);
  return Search(plan, look_at).result();
}

}  // namespace dronewall
