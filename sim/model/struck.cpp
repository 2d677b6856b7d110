// Strikes at units and sensors: what an attack means to end the service of; and the border over which those
// leave that turn back.
#include <algorithm>

#include <fmt/format.h>

#include "model/compiler.hpp"

namespace dronewall {

/// The place of a unit or sensor in World::struck, made when new.
std::uint32_t Compiler::struck_defence(const Name& name) {
  for (std::uint32_t i = 0; i < world_.struck.size(); ++i)
    if (world_.struck[i].name == name.text) return i;
  Defence defence;
  defence.name = name.text;
  if (const auto sensor = in_.sensors.find(name.text); sensor != in_.sensors.end()) {
    if (sensor->second.orbit)
      problems_.error(name.place,
                      fmt::format("{} cannot be struck (it flies on an orbit)", escaped(name.text)),
                      "strike an asset at its base");
    for (const auto& [other, group] : in_.sensors) {
      if (other == name.text) break;
      defence.first_sensor += group.count;
    }
    defence.sensors = sensor->second.count;
  } else {
    defence.unit = index_of(in_.units, name.text);
  }
  world_.struck.push_back(std::move(defence));
  return static_cast<std::uint32_t>(world_.struck.size() - 1);
}

void Compiler::compile_struck() {
  for (Attack& attack : world_.attacks) {
    if (attack.origin != Origin::attack) continue;
    const GoalDescription& goal = in_.attacks.at(attack.name).goal;
    if (goal.kind == GoalDescription::Kind::strike && goal.at_defence)
      attack.defence = struck_defence(goal.asset);
  }
}

void Compiler::compile_outline() {
  if (std::none_of(world_.attacks.begin(), world_.attacks.end(),
                   [](const Attack& attack) { return attack.turns_back.has_value(); }))
    return;
  std::vector<const Region*> zones;
  for (const std::uint32_t zone : world_.defended) zones.push_back(&world_.zones[zone]);
  world_.outline = Outline(zones);
}

void Compiler::lay_out_struck() {
  for (Defence& defence : world_.struck) {
    LedgerLine damage =
        line("strike." + defence.name, Account::damage, defence.name, *owners_.at(defence.name));
    defence.strikes_column = add_line("strikes." + defence.name, 1, std::move(damage));
    measure("strikes." + defence.name, "intruders that struck this unit or sensor", "",
            {{{defence.strikes_column, 1.0}}, 0});
  }
}

}  // namespace dronewall
