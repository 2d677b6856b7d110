// What can be checked and completed only when all sections have been read.
#pragma once
#include "scenario/reading.hpp"

namespace dronewall {

/// Reports attacks that would launch more than a million intruders in one replication, together.
void check_intruders(const ScenarioDescription& scenario, Reading& reading);

/// Reports names that stand for two things where books, measures or draws could not tell them apart.
void check_twins(Reading& reading);

/// Reports commands that share a network and do not differ in the nations whose units they command, or that
/// both identify its tracks; and units that no command of their network commands.
void check_commands(const ScenarioDescription& scenario, Reading& reading);

/// Leaves out what refers to something that was left out for its own mistakes, so that what is returned is
/// closed.
void prune(ScenarioDescription& scenario);

/// Adds every network that a sensor or unit names and nobody declared.
void complete_networks(ScenarioDescription& scenario);

}  // namespace dronewall
