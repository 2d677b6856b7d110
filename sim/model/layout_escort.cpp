// What is reported only where a rule of engagement says escort.
#include <algorithm>

#include "model/compiler.hpp"

namespace dronewall {

void Compiler::lay_out_escort() {
  const auto& commands = world_.command.commands;
  const bool escorts = std::any_of(commands.begin(), commands.end(), [](const Command& command) {
    return std::any_of(command.rules.begin(), command.rules.end(),
                       [](const Rule& rule) { return rule.action == RuleAction::escort; });
  });
  if (!escorts) return;
  world_.columns.escorted = by_intruder(add_column("escorted"));
  measure("escorted", "intruders that an escort joined; also counted as leakers unless they turned back", "",
          {{{world_.columns.escorted, 1.0}}, 0});
}

}  // namespace dronewall
