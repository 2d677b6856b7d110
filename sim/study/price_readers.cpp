#include "dronewall/study/price_readers.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <set>

#include "dronewall/model/world.hpp"
#include "dronewall/replication/policy.hpp"

namespace dronewall {
namespace {

/// Weapons among which a doctrine chooses in one network.
using Arsenal = std::set<std::uint32_t>;

/// A policy's scores of weapons under the prices that it read, and under others.
class Choices {
 public:
  Choices(const World& world, const AssignPolicy& policy, const PriceBook& book)
      : world_(world), policy_(policy), book_(book) {}

  void compare(const Arsenal& arsenal, ClassId of, std::set<std::string>& changes) const {
    for (const std::uint32_t a : arsenal) {
      if (!world_.weapons[a].pk[of].given) continue;
      if (std::isinf(before(a, of)) != std::isinf(after(a, of)))
        changes.insert(fmt::format("{} would {} be fired at a {}", name(a),
                                   std::isinf(after(a, of)) ? "no longer" : "now", world_.classes[of]));
      for (const std::uint32_t b : arsenal)
        if (a < b && world_.weapons[b].pk[of].given) compare_pair(a, b, of, changes);
    }
  }

 private:
  [[nodiscard]] const std::string& name(std::uint32_t weapon) const { return world_.weapons[weapon].name; }
  [[nodiscard]] double score(std::uint32_t weapon, ClassId of, double price) const {
    Candidate candidate;
    candidate.perceived = of;
    candidate.pk = world_.weapons[weapon].pk[of].mean;
    candidate.price = price;
    return policy_.score(candidate);
  }
  [[nodiscard]] double before(std::uint32_t weapon, ClassId of) const {
    return score(weapon, of, world_.weapons[weapon].planning_price);
  }
  [[nodiscard]] double after(std::uint32_t weapon, ClassId of) const {
    const auto price = book_.items.find(name(weapon));
    return score(weapon, of, price == book_.items.end() ? 0 : price->second.point());
  }
  void compare_pair(std::uint32_t a, std::uint32_t b, ClassId of, std::set<std::string>& changes) const {
    const auto order = [](double first, double second) { return (first > second) - (first < second); };
    const int was = order(before(a, of), before(b, of)), is = order(after(a, of), after(b, of));
    if (was == is) return;
    if (is == 0)
      changes.insert(fmt::format("{} and {} would rank alike", name(a), name(b)));
    else
      changes.insert(fmt::format("{} would be taken before {}", name(is < 0 ? a : b), name(is < 0 ? b : a)));
  }

  const World& world_;
  const AssignPolicy& policy_;
  const PriceBook& book_;
};

}  // namespace

std::vector<std::string> changed_choices(const Model& model, const PriceBook& book) {
  const World& world = model.world();
  std::map<std::pair<std::uint32_t, std::uint32_t>, Arsenal> arsenals;  // by doctrine and network
  for (const Unit& unit : world.units)
    for (const Mount& mount : unit.mounts) arsenals[{unit.doctrine, unit.network}].insert(mount.weapon);
  std::set<std::string> changes;
  for (const auto& [of, arsenal] : arsenals) {
    const auto* policy = dynamic_cast<const AssignPolicy*>(world.doctrines[of.first].assign);
    if (policy == nullptr || !policy->reads_prices()) continue;
    const Choices choices(world, *policy, book);
    for (ClassId each = 0; each < world.classes.size(); ++each) choices.compare(arsenal, each, changes);
  }
  return {changes.begin(), changes.end()};
}

}  // namespace dronewall
