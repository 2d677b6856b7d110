// Weapons that would be fired for ever at one instant: they take no time, nothing limits their rounds, and
// what they are fired at may never die of them.
#include <fmt/format.h>

#include <algorithm>

#include "model/compiler.hpp"

namespace dronewall {

namespace {

bool never_lasts(const Drawn& time_s) { return !(time_s.distribution.mean() > 0); }

/// Once in a million draws, or more often.
bool may_be_zero(const Drawn& chance) {
  constexpr double rare = 1e-6;
  return !(chance.distribution.value(rare) > 0);
}

bool is_unlimited(const Mount& mount, const Weapon& weapon, const Doctrine& doctrine) {
  if (doctrine.at_most != no_index) return false;
  return mount.rounds == unlimited_rounds || (weapon.reload_s && never_lasts(*weapon.reload_s));
}

}  // namespace

/// Whether a network can take intruders of one class for another.
bool Compiler::is_taken_for(std::uint32_t network, ClassId true_class, ClassId perceived) const {
  if (true_class == perceived) return true;
  for (const Attack& attack : world_.attacks)
    if (attack.origin == Origin::traffic && attack.network == network && attack.apparent == perceived &&
        world_.threats[attack.mix.front().first].threat_class == true_class)
      return true;
  if (world_.command.identification.empty()) return false;
  const auto& confusion = world_.command.identification[network].confusion;
  if (true_class >= confusion.size()) return false;
  return std::any_of(confusion[true_class].begin(), confusion[true_class].end(),
                     [&](const auto& entry) { return entry.first == perceived; });
}

/// A class that comes, may be engaged with this weapon, and of which some never die of it; "": none.
std::string Compiler::undying(const Weapon& weapon, std::uint32_t network) const {
  for (const Attack& attack : world_.attacks) {
    if (attack.origin == Origin::false_track) continue;  // One round ends it.
    for (const auto& [threat, share] : attack.mix) {
      const ClassId is = world_.threats[threat].threat_class;
      if (weapon.pk[is].given && !may_be_zero(weapon.pk[is].chance)) continue;
      for (ClassId seen_as = 0; seen_as < world_.classes.size(); ++seen_as)
        if (weapon.pk[seen_as].given && is_taken_for(network, is, seen_as) &&
            never_lasts(weapon.dwell_s[weapon.pk[is].given ? is : seen_as]))
          return world_.classes[is];
    }
  }
  return "";
}

void Compiler::check_endless_fire() {
  for (const Unit& unit : world_.units) {
    const Doctrine& doctrine = world_.doctrines[unit.doctrine];
    for (const Mount& mount : unit.mounts) {
      const Weapon& weapon = world_.weapons[mount.weapon];
      const Assessment& assess = weapon.assess ? *weapon.assess : doctrine.assess;
      if (weapon.mode != WeaponMode::dwell || !is_unlimited(mount, weapon, doctrine) || weapon.cycle_s > 0 ||
          !never_lasts(weapon.reaction_s) || !never_lasts(assess.time_s))
        continue;
      const std::string target = undying(weapon, unit.network);
      if (target.empty()) continue;
      problems_.error(
          in_.weapons.at(weapon.name).name.place,
          fmt::format("{} would fire {} for ever at one instant (dwell, reaction, assess and cycle "
                      "are 0 s, its rounds are unlimited, and a {} may never die of it)",
                      escaped(unit.name), escaped(weapon.name), escaped(target)),
          "write a dwell above 0 s, or at_most: 1 in the doctrine");
    }
  }
}

}  // namespace dronewall
