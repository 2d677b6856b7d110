#include "dronewall/study/price_readers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>

#include "dronewall/model/world.hpp"
#include "dronewall/replication/policy.hpp"

namespace dronewall {
namespace {

/// To ten digits: prices are written with fewer, and where they meet is seldom hit to the last bit.
double rounded(double price) { return std::strtod(fmt::format("{:.10g}", price).c_str(), nullptr); }

/// Weapons among which a doctrine chooses in one network.
using Arsenal = std::set<std::uint32_t>;

/// No price is as high.
constexpr double dearest = 1e15;
/// From there to a millionth of a cent.
constexpr int halvings = 80;

/// -1 where the first score is taken first, 0 where they rank alike.
int order(double first, double second) { return (first > second) - (first < second); }

/// A policy's scores of weapons under the prices that it read, and under others.
class Choices {
 public:
  Choices(const World& world, const AssignPolicy& policy, const PriceBook& book)
      : world_(world), policy_(policy), book_(book) {}

  void compare(const Arsenal& arsenal, ClassId of, std::set<std::string>& changes) const {
    for (const std::uint32_t a : arsenal) {
      if (!world_.weapons[a].pk[of].given) continue;
      if (std::isinf(before(a, of)) != std::isinf(after(a, of)))
        changes.insert(fired_words(a, of, std::isinf(after(a, of))));
      for (const std::uint32_t b : arsenal)
        if (a < b && world_.weapons[b].pk[of].given) compare_pair(a, b, of, changes);
    }
  }

  /// Narrows each item's room to where this arsenal's order of weapons against a class stays.
  void find_turns(const Arsenal& arsenal, ClassId of, std::map<std::string, PriceTurns>& turns) const {
    for (const std::uint32_t a : arsenal) {
      if (!world_.weapons[a].pk[of].given || book_.items.count(name(a)) == 0) continue;
      const bool was_unfit = std::isinf(before(a, of));
      narrow(
          a, turns, [&](double price) { return std::isinf(score(a, of, price)) != was_unfit; },
          [&](double) { return fired_words(a, of, !was_unfit); });
      for (const std::uint32_t b : arsenal) {
        if (a == b || !world_.weapons[b].pk[of].given) continue;
        const int was = order(before(a, of), before(b, of));
        const auto is = [&](double price) { return order(score(a, of, price), after(b, of)); };
        narrow(
            a, turns, [&](double price) { return is(price) != was; },
            [&](double price) { return taken_words(a, b, is(price)); });
      }
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
    const int was = order(before(a, of), before(b, of)), is = order(after(a, of), after(b, of));
    if (was != is) changes.insert(taken_words(a, b, is));
  }

  [[nodiscard]] std::string fired_words(std::uint32_t weapon, ClassId of, bool is_unfit) const {
    return fmt::format("{} would {} be fired at a {}", name(weapon), is_unfit ? "no longer" : "now",
                       world_.classes[of]);
  }
  [[nodiscard]] std::string taken_words(std::uint32_t a, std::uint32_t b, int is) const {
    if (is == 0) return fmt::format("{} and {} would rank alike", name(a), name(b));
    return fmt::format("{} would be taken before {}", name(is < 0 ? a : b), name(is < 0 ? b : a));
  }

  /// Scores grow with the price, so what a price of the weapon changes one farther from the book's changes,
  /// too.
  template <typename Changes, typename Words>
  void narrow(std::uint32_t weapon, std::map<std::string, PriceTurns>& turns, Changes changes,
              Words words) const {
    const double is = book_.items.at(name(weapon)).point();
    for (const double end : {0.0, dearest}) {
      if (!changes(end)) continue;
      double same = is, other = end;
      for (int halved = 0; halved < halvings; ++halved) {
        const double middle = (same + other) / 2;
        (changes(middle) ? other : same) = middle;
      }
      // A hair's breadth beyond, where two weapons no longer rank alike.
      const PriceTurn turn{rounded(same), words(same + 1e-6 * (end - same))};
      std::optional<PriceTurn>& known = end == 0 ? turns[name(weapon)].below : turns[name(weapon)].above;
      if (!known || std::abs(turn.price - is) < std::abs(known->price - is)) known = turn;
    }
  }

  const World& world_;
  const AssignPolicy& policy_;
  const PriceBook& book_;
};

/// Each arsenal that a doctrine chooses from by price, against each class: see(choices, arsenal, class).
template <typename See>
void each_choice(const World& world, const PriceBook& book, See see) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, Arsenal> arsenals;  // by doctrine and network
  for (const Unit& unit : world.units)
    for (const Mount& mount : unit.mounts) arsenals[{unit.doctrine, unit.network}].insert(mount.weapon);
  for (const auto& [of, arsenal] : arsenals) {
    const auto* policy = dynamic_cast<const AssignPolicy*>(world.doctrines[of.first].assign);
    if (policy == nullptr || !policy->reads_prices()) continue;
    const Choices choices(world, *policy, book);
    for (ClassId each = 0; each < world.classes.size(); ++each) see(choices, arsenal, each);
  }
}

}  // namespace

bool reads_prices(const Model& model) {
  const std::vector<Doctrine>& doctrines = model.world().doctrines;
  return std::any_of(doctrines.begin(), doctrines.end(), [](const Doctrine& doctrine) {
    const auto* assign = dynamic_cast<const AssignPolicy*>(doctrine.assign);
    return assign && assign->reads_prices();
  });
}

std::vector<std::string> changed_choices(const Model& model, const PriceBook& book) {
  std::set<std::string> changes;
  each_choice(model.world(), book, [&](const Choices& choices, const Arsenal& arsenal, ClassId of) {
    choices.compare(arsenal, of, changes);
  });
  return {changes.begin(), changes.end()};
}

PriceBook laid_over(PriceBook base, const PriceBook& over) {
  for (const auto& [item, price] : over.items) base.items[item] = price;
  return base;
}

bool is_of_choice(const std::string& path) {
  for (const char* section :
       {"units", "weapons", "doctrine", "prices", "planning_prices", "threats", "networks"})
    if (path.rfind(section, 0) == 0) return true;
  return false;
}

std::map<std::string, PriceTurns> price_turns(const Model& model, const PriceBook& book) {
  std::map<std::string, PriceTurns> turns;
  each_choice(model.world(), book, [&](const Choices& choices, const Arsenal& arsenal, ClassId of) {
    choices.find_turns(arsenal, of, turns);
  });
  return turns;
}

}  // namespace dronewall
