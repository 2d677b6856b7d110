// Command posts as compiled: rules of engagement, who is bound by them, desks, and how tracks are identified.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "dronewall/geometry/geometry.hpp"
#include "dronewall/model/kind.hpp"
#include "dronewall/random/draws.hpp"

namespace dronewall {

enum class RuleAction : std::uint8_t { watch, escort, engage };
enum class RuleAfter : std::uint8_t { detected, classified, visual };
[[nodiscard]] const char* name_of(RuleAction action);

/// Where a rule holds: zones, and how far ahead on its present leg a track is looked for. Equal ones are one.
struct Ground {
  std::vector<std::uint32_t> zones;  ///< sorted
  double ahead_s = 0;
};

/// One rule of engagement.
struct Rule {
  RuleAction action = RuleAction::watch;
  RuleAfter after = RuleAfter::classified;
  std::vector<bool> classes;         ///< by ClassId, perceived; empty: any
  std::uint32_t decided = no_index;  ///< ground of the track when it is decided on; no_index: anywhere
  std::uint32_t met = no_index;  ///< ground of the meeting point when a round is fired; no_index: anywhere
  Drawn decision_s;
};

/// Those of a command's units that the same rules bind: they share one verdict on each track.
struct Authority {
  std::uint32_t command = 0;
  std::uint32_t network = 0;
  std::vector<std::uint32_t> rules;  ///< of the command, in order
  std::vector<std::uint32_t> met;    ///< grounds of the meeting points of its engage rules, each once
};

/// Desks and the queue before them.
struct Post {
  std::string name;
  Entity entity;
  std::uint32_t command = 0;
  std::uint32_t desks = 1;  ///< no_index: as many as are asked for
  bool by_time_left = false;
  struct Columns {
    std::uint32_t wait_us = 0, visits = 0, waited = 0, busy_us = 0, done = 0;
  } columns;
};

/// How a class is perceived: classes and cumulated shares, the last 1. Empty: as it is.
using ConfusionRow = std::vector<std::pair<ClassId, double>>;

struct Command {
  std::string name;
  Entity entity;
  std::uint32_t network = 0;
  std::vector<Rule> rules;
  std::uint32_t post = 0;  ///< its decision desks
  std::vector<Span> down;  ///< windows in which no desk begins anything; sorted
  bool fails = false;      ///< up and repair times alternate beside
  Drawn up_s, repair_s;
};

/// How the tracks of a network are identified.
struct Identification {
  std::uint32_t command = no_index;  ///< that does it; no_index: a track is classified at detection, as it is
  std::uint32_t post = no_index;     ///< its desks; no_index: it needs none
  Drawn time_s;
  std::vector<ConfusionRow> confusion;  ///< by true class
};

/// Everything that a scenario's commands bring into its world; empty without any.
struct CommandWorld {
  std::vector<Command> commands;
  std::vector<Authority> authorities;
  std::vector<Ground> grounds;
  std::vector<Post> posts;
  std::vector<Identification> identification;              ///< by network
  std::vector<std::vector<std::uint32_t>> authorities_of;  ///< by network; empty: no command there
  std::vector<std::vector<std::uint32_t>> grounds_of;      ///< by network: those that its rules name
  /// Addresses of what a command, and a network, draws for an attack's intruders. [attack * n + other]
  std::vector<Entity> attack_command, attack_network;
  struct Columns {
    std::uint32_t wrong = no_index, wrong_civil = no_index, wrong_aircraft = no_index;
    std::uint32_t wrong_kills = no_index;
  } columns;

  [[nodiscard]] const Rule& rule(const Authority& authority, std::uint32_t index) const {
    return commands[authority.command].rules[index];
  }
  [[nodiscard]] bool is_there() const { return !commands.empty(); }
  [[nodiscard]] bool is_there(std::uint32_t network) const {
    return !commands.empty() && !authorities_of[network].empty();
  }
};

}  // namespace dronewall
